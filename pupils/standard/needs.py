"""Words for needs and strengths that a school starts with. It adds its own and ends what it does not use."""

import datetime as dt
from typing import Any

from pupils.models import NeedArea, NeedWord

SINCE = dt.date(2020, 9, 1)
WORDS = {
    NeedArea.LEARNING: (
        "Reading",
        "Writing",
        "Number",
        "Speech and language",
        "Attention",
        "Memory and organising",
        "Starting and finishing tasks",
        "Gaps from missed lessons",
    ),
    NeedArea.WELLBEING: (
        "Worry about school",
        "Low mood",
        "Strong feelings",
        "Confidence",
        "Friendships",
        "Loss or change at home",
        "Sleep",
        "Noise and busy places",
        "Moving between rooms",
        "Belonging in school",
    ),
    NeedArea.SAFETY: (
        "Leaves the room or the site",
        "Not safe when upset",
        "Bullied by others",
        "Online safety",
        "Influence of others outside school",
    ),
    NeedArea.STRENGTH: (
        "Art",
        "Animals",
        "Computing",
        "Cooking",
        "Humour",
        "Keeps going",
        "Kind to younger pupils",
        "Makes things by hand",
        "Music",
        "Sport",
        "Talks well with adults",
    ),
}


def words_of(school: Any) -> list[NeedWord]:
    """The words the school offers. A school that has none yet is given the standard ones first."""
    if not NeedWord.objects.filter(school=school).exists():
        NeedWord.objects.bulk_create(
            (
                NeedWord(school=school, area=area, words=words, valid_from=SINCE)
                for area, listed in WORDS.items()
                for words in listed
            ),
            ignore_conflicts=True,  # two people may open the page for the first time together
        )
    return list(NeedWord.objects.filter(school=school, valid_to=None))
