"""What is understood of a table before a row of it is brought in."""

import datetime as dt
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iap.imports import dates, values
from iap.imports.finding import Found, columns_of, fit, heading_row, recognise
from iap.imports.headings import LIKELY, NEARLY, SURE, likeness
from iap.imports.kinds import kind_named, registered
from iap.imports.looking import look
from iap.imports.mapping import leave_repeated, understand
from iap.imports.remembering import outgrown, to_keep
from iap.imports.tables import Table

DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2027, 12, 31))


def table(*rows: str, name: str = "export.csv") -> Table:
    cells = [row.split(",") for row in rows]
    return Table.of(name, cells[0], cells[1:])


def seen(found: Table, **more: Any) -> Any:
    understood = understand(found)
    look(understood, found, **more)
    return understood


@given(st.lists(DAYS, min_size=1, max_size=40))
def test_a_columns_order_is_decided_by_all_of_it_or_left_open(days: list[dt.date]) -> None:
    for order, form in ((dates.DAY, "%d/%m/%Y"), (dates.MONTH, "%m/%d/%Y")):
        found = dates.order_of(day.strftime(form) for day in days)
        clear, turned = any(day.day > 12 for day in days), any(day.day != day.month for day in days)
        assert found == (order if clear else dates.EITHER if turned else "")


@given(DAYS, st.sampled_from(["%m/%d/%Y", "%m-%d-%Y", "%m.%d.%y", "%-m/%-d/%Y"]))
def test_a_month_first_date_is_turned_to_the_same_day(day: dt.date, form: str) -> None:
    assert values.date(dates.month_first(day.strftime(form))) == day


def test_dates_of_both_orders_in_one_column_are_nobodys_to_guess() -> None:
    assert dates.order_of(["25/03/2014", "03/25/2014"]) == dates.MIXED


def test_a_date_written_year_first_has_no_order_to_ask_for() -> None:
    assert dates.order_of(["2014-03-05", "2014/03/05", "5 Mar 2014", ""]) == ""
    assert dates.month_first("2014-03-05") == "2014-03-05"


@pytest.mark.parametrize("kind", registered(), ids=str)
def test_each_heading_we_know_is_sure_whatever_its_case_and_marks(kind: Any) -> None:
    for column in kind.columns:
        for heading in column.headings:
            for written in (heading, heading.upper(), f" {heading.lower()} ", heading.replace(" ", "_")):
                assert column.likeness(written) == SURE


@pytest.mark.parametrize(
    ("heading", "known", "least", "most"),
    [
        ("Pupil's date of birth", "Date of birth", NEARLY, NEARLY),
        ("DateOfBirth", "Date of birth", SURE, SURE),
        ("Student Surname", "Surname", NEARLY, NEARLY),
        ("Date of brith", "Date of birth", LIKELY, NEARLY - 1),
        ("Registration grp", "Registration group", LIKELY, NEARLY - 1),
        ("Legal forname", "Legal Forename", LIKELY, NEARLY - 1),
        ("Shoe size", "Date of birth", 0, LIKELY - 1),
        ("PS", "PP", 0, 0),
        ("", "UPN", 0, 0),
    ],
)
def test_how_alike_headings_are(heading: str, known: str, least: int, most: int) -> None:
    assert least <= likeness(heading, known) <= most


def test_a_heading_is_one_column_and_the_better_likeness_has_it() -> None:
    kind = kind_named("pupils")
    found = columns_of(["Surname", "Preferred surname", "Forename", "Forname"], kind)  # type: ignore[arg-type]
    assert (found["family_name"].place, found["given_name"].place) == (0, 2)
    assert len({each.place for each in found.values()}) == len(found)


def test_pupils_without_a_birthday_are_not_taken_for_staff() -> None:
    assert (
        recognise(Table.of("list.csv", ["Student code", "Surname", "Forename", "Year", "Form"], [])) is None
    )


@pytest.mark.parametrize("kind", registered(), ids=str)
def test_a_kind_is_recognised_by_its_headings_in_any_order(kind: Any) -> None:
    shuffled = random.Random(7)
    for _ in range(20):
        headings = [shuffled.choice(column.headings) for column in kind.columns]
        shuffled.shuffle(headings)
        found = recognise(Table.of("export 12.csv", headings, []))
        assert found is not None
        assert (found.kind.name, found.missing) == (kind.name, [])


def test_a_table_of_no_kind_we_know_is_of_none() -> None:
    assert recognise(table("Menu,Price", "Pie,3.40")) is None


def test_a_name_that_a_kind_bears_does_not_outweigh_the_headings() -> None:
    found = recognise(Table.of("staff.csv", ["UPN", "Date", "Session", "Mark"], [], kind=""))
    assert found is not None
    assert found.kind.name == "attendance"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["UPN,Surname", "B8,Mensah"], 1),
        (["All pupils,,", "", "UPN,Surname,DOB", "B8,Mensah,1/2/2014"], 3),
        (["Pupils of 8R,,", "Printed on 3 March,,", "Nummer,Nachname,Geboren", "17,Mensah,2014-02-01"], 3),
        (["Code,Wert", "a,1", "b,2"], 1),
    ],
)
def test_the_heading_is_found_below_titles(rows: list[str], expected: int) -> None:
    assert heading_row(enumerate((row.split(",") for row in rows), start=1)) == expected


def test_a_heading_that_each_printed_page_repeats_is_no_row() -> None:
    found = table("UPN,Surname", "B8,Mensah", "UPN,Surname", ",", "C9,Adeyemi")
    assert [number for number, _ in found.rows()] == [2, 5]


def test_a_mapping_is_kept_by_headings_whatever_their_order() -> None:
    kept = to_keep(seen(table("Number of child,Nachname,Born", "B8,Mensah,25/03/2014")))
    kept |= {
        "kind": "pupils",
        "columns": {"upn": "numberofchild", "family_name": "nachname", "born_on": "born"},
    }
    again = understand(table("Born,Nachname,Number of child"), kept=kept)
    assert {name: found.place for name, found in again.columns.items()} == {
        "born_on": 0,
        "family_name": 1,
        "upn": 2,
    }
    assert again.remembered


@pytest.mark.parametrize("twice", ["Name", ""])
def test_of_headings_that_are_alike_the_kept_one_is_read_and_in_another_order_it_is_asked(twice: str) -> None:
    held = understand(table(f"UPN,{twice},{twice},Born,Year"))
    held.kind = "pupils"
    held.columns = {
        name: Found(n) for n, name in enumerate(["upn", "family_name", "given_name", "born_on", "year_group"])
    }
    kept = to_keep(held)
    again = understand(table(f"UPN,{twice},{twice},Born,Year"), kept=kept)
    assert again.columns == held.columns
    assert again.remembered and not again.worth_a_look
    for other in (
        understand(table(f"Born,{twice},Year,UPN,{twice}"), kept=kept),
        understand(
            table(f"UPN,{twice},{twice},Born,Year"),
            kept={n: kept[n] for n in kept if n not in {"which", "heading"}},
        ),
    ):
        assert set(other.unsure) == {"family_name", "given_name"}
        assert other.worth_a_look and outgrown(other, {"": kept})


def test_a_kept_order_holds_where_the_column_does_not_decide_and_not_where_it_does() -> None:
    open_dates, clear = (table("UPN,Date,Type", f"B8,{day},Rudeness") for day in ("05/03/2026", "25/03/2026"))
    assert seen(open_dates).dates == {"day": dates.EITHER}
    assert seen(open_dates, usual={"day": dates.MONTH}).dates == {"day": dates.MONTH}
    assert seen(clear, usual={"day": dates.MONTH}).dates == {"day": dates.DAY}


def test_dates_of_both_orders_are_read_only_as_somebody_has_said() -> None:
    mixed = table(
        "UPN,Date,Type", "B8,25/03/2026,Rudeness", "B8,03/25/2026,Rudeness", "B8,03/05/2026,Rudeness"
    )
    assert seen(mixed, usual={"day": dates.DAY}).dates == {"day": dates.MIXED}
    understood = understand(mixed)
    understood.asked = ["day"]
    look(understood, mixed, usual={"day": dates.MONTH})
    assert understood.dates == {"day": dates.MONTH}


def test_words_nobody_has_explained_are_named(school: Any) -> None:
    rows = [f"{word},Monday,1,09:00,10:00" for word in ("lesson", "Assembly", "assembly", "Break")]
    understood = seen(table("Type,Day,Period,Start,End", *rows), school=school)
    assert understood.unknown == {"kind": ["Assembly", "assembly"]}
    assert understood.worth_a_look
    assert not understood.must_be_asked


def test_of_two_reports_of_one_kind_the_one_named_like_it_is_read() -> None:
    tables = [
        Table.of("others.csv", ["UPN", "Class"], []),
        Table.of("members.csv", ["Class", "UPN"], []),
    ]
    understood = [understand(each) for each in tables]
    leave_repeated(zip(tables, understood, strict=True))
    assert [each.take for each in understood] == [False, True]
    assert "left alone" in understood[0].because


def test_parts_of_one_report_are_all_read_and_another_report_is_not() -> None:
    headings = [["UPN", "Class"], ["Class", "UPN"], ["UPN", "Class", "Teacher"]]
    tables = [Table.of(f"part {n}.csv", heading, []) for n, heading in enumerate(headings)]
    understood = [understand(each) for each in tables]
    leave_repeated(zip(tables, understood, strict=True))
    assert [each.take for each in understood] == [True, True, False]


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("MonA:1", ("A", 1, "1")),
        ("A-Mon-P1", ("A", 1, "1")),
        ("1Mon1", ("A", 1, "1")),
        ("2Fri5", ("B", 5, "5")),
        ("Wk2 Tuesday Period 3", ("B", 2, "3")),
        ("Week A Wed Reg", ("A", 3, "Reg")),
        ("ThuB:Reg", ("B", 4, "Reg")),
        ("Thurs B 4", ("B", 4, "4")),
        ("MonA1", ("A", 1, "1")),
        ("Mon:1", ("", 1, "1")),
        ("Monday 1", ("", 1, "1")),
        ("Tue P2", ("", 2, "2")),
        ("Fri AM", ("", 5, "AM")),
    ],
)
def test_a_label_of_a_slot_is_taken_apart(label: str, expected: tuple[str, int, str]) -> None:
    assert values.slot(label) == expected


@given(st.text(max_size=20))
def test_any_label_is_taken_apart_or_refused_in_words(label: str) -> None:
    try:
        values.slot(label)
    except values.Wrong as wrong:
        assert str(wrong).endswith(".")


def test_a_column_that_is_missing_is_named_by_what_would_do() -> None:
    kind = kind_named("pupils")
    assert fit(["UPN", "Surname", "DOB", "Year"], kind).missing == ["Legal Forename"]  # type: ignore[arg-type]
    marks = kind_named("attendance")
    assert fit(["Date", "Session", "Mark"], marks).missing == [  # type: ignore[arg-type]
        "UPN, admission number, or name and date of birth"
    ]
