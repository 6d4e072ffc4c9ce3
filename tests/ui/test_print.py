"""Pages on paper."""

import re
from pathlib import Path

import pytest

PRINT = (Path(__file__).parents[2] / "static/css/print.css").read_text()


def test_paper_is_a4_and_a_timetable_lies_on_its_side():
    assert re.search(r"@page \{[^}]*size: A4;", PRINT)
    assert re.search(r"@page wide \{[^}]*size: A4 landscape;", PRINT)
    assert ".iap-main--wide { page: wide; }" in PRINT


@pytest.mark.parametrize(
    "part", ["iap-top", "iap-nav", "btn", "iap-act", "iap-toasts", "iap-menu", "iap-errors", "iap-pager"]
)
def test_what_cannot_be_pressed_on_paper_is_left_out(part):
    left_out = re.search(r"(\.iap-top,[^{]*)\{ display: none; \}", PRINT)[1]
    assert f".{part}" in left_out


def test_the_print_sheet_is_linked_for_print_alone(client):
    page = client.get("/account/login/").content.decode()
    assert re.search(r'css/print\.css" media="print"', page)


def test_paper_shows_the_whole_week_and_whole_tables_although_it_is_narrow():
    sheet = (Path(__file__).parents[2] / "static/css/iap.css").read_text()
    for hidden in [".iap-week--days thead { display: none; }", ".iap-stacked thead {"]:
        block = sheet[: sheet.index(hidden)].rpartition("@media")[2]
        assert block.startswith(" screen and (max-width")
