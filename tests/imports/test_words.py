"""The words in which products say the same thing are read as one, and kept as the school's own codes."""

import csv
import io
from typing import Any

import pytest

from iap.imports.run import import_files
from iap.schools.codes import seed
from pupils.models import Pupil
from tests.factories import see, upn_number
from tests.imports.test_rows import sent

HEADING = ["UPN", "Surname", "Forename", "DOB", "Year"]
YES = ("T", "Yes", "1", "Y", "True", "yes", "TRUE", "y ", "✓")
NO = ("F", "No", "0", "N", "False", "no", "FALSE", "n", "-", "")
SEN_STAGE = {
    "N": ("N", "n", "No SEN", "None", "No special educational need", "N - No special educational need"),
    "K": ("K", "k", "SEN Support", "SEN support (K)", "K - SEN Support", "K: SEN Support", "School Support"),
    "E": (
        "E",
        "EHCP",
        "EHC Plan",
        "E - EHCP",
        "Education, health and care plan",
        "E (EHC plan)",
        "EHCP (E)",
        "Education, Health & Care Plan",
    ),
    "": ("", " "),
}
SEN_TYPE = {
    "SEMH": (
        "SEMH",
        "semh",
        "Social, Emotional and Mental Health",
        "SEMH - Social, Emotional",
        "SEMH (primary)",
    ),
    "SPLD": ("SPLD", "SpLD", "Specific Learning Difficulty", "Dyslexia"),
    "ASD": ("ASD", "Autistic Spectrum Disorder", "ASC", "ASD - Autism"),
    "SLCN": ("SLCN", "Speech, Language and Communication Needs", "Speech, Language or Communication Needs"),
}
ETHNICITY = {
    "WBRI": ("WBRI", "White British", "White - British", "WBRI - White British", "British"),
    "MWBC": ("MWBC", "White and Black Caribbean", "Mixed - White and Black Caribbean"),
    "APKN": ("APKN", "Pakistani", "Asian - Pakistani", "Asian or Asian British - Pakistani"),
    "BAFR": ("BAFR", "Black or Black British - African"),
    "MWAS": ("MWAS", "Mixed/Dual Background - White and Asian"),
    "WROM": ("WROM", "Gypsy/Roma", "Gypsy / Roma"),
    "REFU": ("REFU", "Refused", "Prefer not to say"),
    "NOBT": ("NOBT", "Information not yet obtained", "Not obtained"),
}
SEX = {
    "F": ("F", "f", "Female", "girl", "Girl"),
    "M": ("M", "m", "MALE", "boy", "Boy "),
    "": ("", "Unknown"),
}
FLAG = {True: YES, False: NO}


@pytest.mark.parametrize(
    ("heading", "field", "means"),
    [
        ("Pupil Premium", "pupil_premium", FLAG),
        ("FSM", "free_meals", FLAG),
        ("Gender", "sex", SEX),
        ("SEN Status", "sen_stage", SEN_STAGE),
        ("SEN Need", "sen_type", SEN_TYPE),
        ("Ethnicity", "ethnicity", ETHNICITY),
    ],
)
def test_each_word_is_read_as_what_it_means(
    school: Any, heading: str, field: str, means: dict[Any, tuple[str, ...]]
) -> None:
    seed(school)
    said = [(word, meant) for meant, words in means.items() for word in words]
    assert import_files(sent(pupils=of_words(heading, [word for word, _ in said])), school.urn).refused == []
    see(school)
    found = dict(Pupil.objects.filter(school=school).values_list("upn", field))
    assert [(word, found[upn_number(n)]) for n, (word, _) in enumerate(said)] == said


@pytest.mark.parametrize("heading", ["Pupil Premium", "Gender", "SEN Status", "SEN Need", "Ethnicity"])
def test_a_word_that_means_nothing_is_left_out_by_name(school: Any, heading: str) -> None:
    seed(school)
    (refused,) = import_files(sent(pupils=of_words(heading, ["perhaps"])), school.urn).refused
    assert (refused.row, refused.column, refused.value) == (2, heading, "perhaps")
    assert "perhaps" in refused.reason.lower()


def of_words(heading: str, words: list[str]) -> str:
    """A list of pupils, one for each word, which stands under this heading."""
    rows = csv.writer(out := io.StringIO())
    rows.writerow([*HEADING, heading])
    for number, word in enumerate(words):
        rows.writerow([upn_number(number), "Mensah", "Kai", "2014-03-05", "8", word])
    return out.getvalue()
