"""The local authority in a pupil's number: one that nobody knows is told of, and keeps nobody out."""

from typing import Any

import pytest

from iap.imports.run import import_files
from pupils import upn
from pupils.models import Pupil
from tests.factories import see
from tests.imports.test_rows import sent

HEADING = "UPN,Surname,First name,Date of birth,Year group\n"


def number(authority: int, n: int = 0) -> str:
    digits = f"{authority:03}2000{n:05}"
    return upn.check_letter("A" + digits) + digits


def row(authority: int, n: int = 0) -> str:
    return f"{number(authority, n)},Mensah{n},Kai,25/03/2014,8\n"


NOW = (201, 213, 320, 380, 394, 420, 801, 816, 838, 896, 939, 940, 943)
BEFORE = (820, 835, 836, 837, 875, 901, 909, 928)
ELSEWHERE = (660, 681, 702)  # in Wales, and with the forces overseas


@pytest.mark.parametrize("authority", [*NOW, *BEFORE, *ELSEWHERE])
def test_an_authority_that_there_is_or_was_says_nothing(authority: int) -> None:
    assert upn.names_an_authority(number(authority))


@pytest.mark.parametrize(
    "authority", [0, 199, 214, 300, 321, 399, 500, 682, 703, 804, 842, 897, 900, 944, 999]
)
def test_a_number_that_no_authority_has_is_not_known(authority: int) -> None:
    assert upn.is_valid(number(authority))
    assert not upn.names_an_authority(number(authority))


def test_pupils_of_no_authority_that_is_known_come_in_with_one_warning_for_the_file(school: Any) -> None:
    rows = [row(999, n) for n in range(4)] + [row(801), row(214)]
    report = import_files(sent(pupils=HEADING + "".join(rows)), school.urn)
    (warning,) = report.warnings
    assert (warning.file, warning.row, warning.column) == ("pupils.csv", 2, "UPN")
    assert warning.reason == (
        "5 UPNs name a local authority that we do not know: row 2, row 3, row 4 and 2 more. "
        "They were taken all the same; look for a slip in the digits."
    )
    see(school)
    assert (report.left_out, Pupil.objects.filter(school=school).count()) == (0, 6)


def test_numbers_of_known_authorities_are_not_told_of(school: Any) -> None:
    assert import_files(sent(pupils=HEADING + row(380) + row(941)), school.urn).warnings == []
