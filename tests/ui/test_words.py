"""What the provision's facts are called on screen."""

import pytest

from iap.ui import words
from pupils.models.entries import Readiness
from timetables.models.sessions import SessionRole, Strand
from timetables.models.steps import Place, StepKind


def test_all_that_can_be_stored_has_words():
    assert set(Place.values) == set(words.PLACES)
    assert set(Strand.values) == set(words.STRANDS)
    assert set(StepKind.values) == set(words.STEPS)
    assert set(SessionRole.values) <= set(words.ROLES)
    assert dict(Readiness.choices) == words.READINESS


def test_a_session_is_named_after_the_provision_and_looks_like_its_strand():
    assert words.place("session", provision="The Bridge").label == "The Bridge"
    assert words.place("session", "vocational") == words.STRANDS["vocational"]


def test_what_is_not_known_says_so():
    assert words.place("nonsense") is words.strand("") is words.step("x") is words.UNKNOWN


@pytest.mark.parametrize(
    ("value", "word"), [(1, "Stuck"), ("5", "Ready"), (None, ""), (0, ""), (6, ""), ("x", "")]
)
def test_readiness_is_a_word_or_nothing(value, word):
    assert words.readiness(value) == word


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Kai Mensah", "KM"), ("Kai", "K"), ("", ""), ("Anne-Marie O'Neill", "AO"), ("李 明", "李明")],
)
def test_initials_are_the_first_and_the_last(name, letters):
    assert words.initials(name) == letters


@pytest.mark.parametrize(("number", "said"), [(0, "0 pupils"), (1, "1 pupil"), (2, "2 pupils")])
def test_a_number_agrees_with_its_noun(number, said):
    assert words.plural(number, "pupil") == said


def test_no_word_on_screen_blames_a_pupil():
    said = " ".join(
        look.label
        for looks in (words.PLACES, words.STRANDS, words.STEPS, words.ROLES)
        for look in looks.values()
    )
    said += " ".join(words.OUTCOMES.values()) + " ".join(words.READINESS.values())
    for word in ["fail", "refus", "naughty", "truant", "poor", "removed", "offend"]:
        assert word not in said.lower()
