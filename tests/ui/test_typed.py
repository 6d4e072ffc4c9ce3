"""What people paste from a word processor."""

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from iap.ui.typed import Day, Words, long_words, tidied


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("Kai\u2019s \u201cgood\u201d day", 'Kai\'s "good" day'),
        ("warn\xa0before\u202fchanges", "warn before changes"),
        ("one\r\ntwo\rthree\x0bfour\u2028five", "one\ntwo\nthree\nfour\nfive"),
        ("a\x00b\x07c", "abc"),
        ("co\xadoperate\u200b\ufeff", "cooperate"),
        ("he said \x93no\x94 \x96 twice\x85", 'he said "no" – twice…'),
        ("\uf0b7\tFirst point", "• First point"),
        ("  two   blanks  ", "two blanks"),
        ("one\n\n\n\ntwo", "one\n\ntwo"),
        ("Zoë – naïve £5 👍🏽", "Zoë – naïve £5 👍🏽"),
        ("", ""),
    ],
)
def test_what_a_word_processor_hides_is_cleaned_and_nothing_else(pasted, kept):
    assert tidied(pasted) == kept


@given(st.text())
def test_tidying_twice_changes_nothing(text):
    assert tidied(tidied(text)) == tidied(text)


@given(st.text(alphabet=st.characters(categories=["L", "N"])))
def test_no_letter_or_number_is_ever_lost(text):
    assert tidied(text) == text


@given(st.text())
def test_what_is_kept_holds_nothing_that_the_database_refuses_or_nobody_can_see(text):
    assert not set(tidied(text)) & set("\x00\xa0\ufeff\u200b\r\x0b")


class Form(forms.Form):
    short = Words(max_length=5)
    long = long_words("Long", most=10, required=False)


def test_a_field_tidies_before_it_measures():
    form = Form({"short": "\xa0abcde\x00 ", "long": "0123456789\u200b"})
    assert form.is_valid()
    assert form.cleaned_data == {"short": "abcde", "long": "0123456789"}


def test_blanks_that_only_look_like_words_are_none():
    assert "short" in Form({"short": "\xa0\u200b"}).errors


def test_a_field_that_is_too_long_says_how_much_it_holds():
    form = Form({"short": "a", "long": "0" * 11})
    assert form.errors["long"] == ["This holds 10 characters. Shorten it."]


@pytest.mark.parametrize("typed", ["0001-01-01", "1949-12-31", "2100-01-01", "9999-12-31"])
def test_a_day_of_a_year_far_from_ours_is_asked_about(typed):
    with pytest.raises(forms.ValidationError, match=r"Check the year\."):
        Day().clean(typed)


@pytest.mark.parametrize("typed", ["1950-01-01", "2099-12-31", "24/11/2026"])
def test_a_day_of_a_year_near_ours_is_taken(typed):
    assert Day().clean(typed).year in (1950, 2026, 2099)
