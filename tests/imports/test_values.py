"""What a cell says: read in every form schools use, refused in words otherwise, and never a crash."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from iap.imports import values

READERS = [
    values.date,
    values.time,
    values.yes_or_no,
    values.whole,
    values.year_group,
    values.sex,
    values.weekday,
    values.week_label,
    values.period_name,
    values.email,
]
DAYS = st.dates(dt.date(1970, 1, 1), dt.date(2068, 12, 31))
FORMS = [
    "%Y-%m-%d",
    "%Y-%m-%d 00:00:00",
    "%d/%m/%Y",
    "%d.%m.%Y",
    "%d-%m-%Y",
    "%d %b %Y",
    "%d %B %Y",
    "%d-%b-%Y",
]


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)
@given(cell=st.text(max_size=30))
@example(cell="²")
@example(cell="٣٤/٠١/٢٠٢٦")
@example(cell="31/02/2026")
def test_any_cell_is_read_or_refused_with_a_reason(reader: Callable[[str], Any], cell: str) -> None:
    try:
        reader(cell)
    except values.Wrong as wrong:
        assert str(wrong).endswith(".")


@given(DAYS, st.sampled_from(FORMS), st.sampled_from(["", " ", "  "]))
def test_a_date_is_read_in_every_form_that_systems_write(day: dt.date, form: str, blanks: str) -> None:
    assert values.date(f"{blanks}{day.strftime(form)}{blanks}") == day


def test_days_come_before_months() -> None:
    assert values.date("03/09/2026") == dt.date(2026, 9, 3)


@given(
    st.integers(1, 13), st.sampled_from(["{}", "Year {}", "Year  {}", "Yr {}", "Y{}", "year {:02}", " {} "])
)
def test_a_year_group_is_read_in_every_form(year: int, form: str) -> None:
    assert values.year_group(form.format(year)) == str(year)


@pytest.mark.parametrize("cell", ["14", "99", "Year", "Year nine", ""])
def test_what_is_no_year_group_is_refused(cell: str) -> None:
    with pytest.raises(values.Wrong, match="year group"):
        values.year_group(cell)


@given(st.times().map(lambda time: time.replace(second=0, microsecond=0, fold=0)))
def test_a_time_is_read_with_or_without_seconds(time: dt.time) -> None:
    assert values.time(time.strftime("%H:%M")) == values.time(time.strftime("%H:%M:%S")) == time


def test_year_nought_is_reception_as_some_primary_schools_write_it() -> None:
    assert values.year_group("0") == values.year_group("Reception") == "R"
