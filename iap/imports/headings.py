"""How alike a heading is to one that we know."""

import re
from functools import lru_cache

from rapidfuzz import fuzz

SURE, NEARLY, LIKELY = 100, 95, 82  # per cent: the same; the same but for a word that says nothing; alike
SHORTEST = 5  # letters: shorter words are alike by chance
OF_PUPILS = frozenset({"pupil", "pupils", "student", "students", "learner", "learners", "child"})
SAYS_NOTHING = OF_PUPILS | {"current", "the", "of", "s", "value"}


@lru_cache(maxsize=4096)
def plain(heading: str) -> str:
    """Its letters and digits alone."""
    return re.sub(r"[^a-z0-9]", "", heading.lower())


@lru_cache(maxsize=4096)
def words(heading: str) -> tuple[str, ...]:
    """Its words, apart also where DateOfBirth or date_of_birth runs them together."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading)
    return tuple(re.findall(r"[a-z0-9]+", apart.lower()))


@lru_cache(maxsize=65536)
def likeness(heading: str, known: str) -> int:
    """Per cent: 100 is the same heading, and less than `LIKELY` is no likeness to build on."""
    one, other = plain(heading), plain(known)
    if not one or not other:
        return 0
    if one == other:
        return SURE
    if (bare := _bare(heading)) and bare == _bare(known):
        return NEARLY
    if min(len(one), len(other)) < SHORTEST:
        return 0
    sorted_words = fuzz.token_sort_ratio(" ".join(words(heading)), " ".join(words(known)))
    return min(int(max(fuzz.ratio(one, other), sorted_words)), NEARLY - 1)


def _bare(heading: str) -> str:
    return "".join(word for word in words(heading) if word not in SAYS_NOTHING)
