"""What a cell may say where only a few things can be said, and the words in which products say them."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils import timezone

from iap.schools.models import Code, CodeSet

from .headings import plain
from .values import Wrong, sex, weekday, year_group, yes_or_no

SAME = {  # facts of the common basic data set, in the words products print beside or instead of its codes
    CodeSet.SEN_STAGE: {
        "N": ("No SEN", "None", "No special educational needs", "No special provision"),
        "K": ("SEN Support", "Support", "School support", "SENS"),
        "E": ("EHCP", "EHC plan", "Education Health and Care Plan", "EHC", "Statement or EHCP"),
    },
    CodeSet.SEN_TYPE: {
        "SPLD": ("Specific learning difficulties", "Dyslexia"),
        "MLD": ("Moderate learning difficulties",),
        "SLD": ("Severe learning difficulties",),
        "PMLD": ("Profound and multiple learning difficulties",),
        "SEMH": ("Social emotional and mental health needs",),
        "SLCN": ("Speech language and communication need", "Speech language or communication needs"),
        "HI": ("Hearing impaired",),
        "VI": ("Visual impairment", "Visually impaired"),
        "MSI": ("Multi sensory impairment", "Multisensory impairment"),
        "PD": ("Physical difficulty",),
        "ASD": (
            "Autistic spectrum disorder",
            "Autism spectrum disorder",
            "Autistic spectrum condition",
            "Autism spectrum condition",
            "ASC",
        ),
        "DS": ("Downs syndrome",),
        "OTH": ("Other", "Other difficulty", "Other difficulty/disability"),
        "NSA": (
            "No specialist assessment",
            "No specialist assessment of type of need",
            "SEN support but no specialist assessment",
            "SEN support but no specialist assessment of type of need",
        ),
    },
    CodeSet.ETHNICITY: {
        "WBRI": ("White British", "White English", "British"),
        "WIRI": ("White Irish", "Irish"),
        "WIRT": ("Traveller of Irish Heritage", "Irish Traveller"),
        "WROM": ("Gypsy/Roma", "Roma", "Roma/Roma Gypsy", "White Roma"),
        "WOTH": ("Any other White background", "White other", "Other White"),
        "MWBC": ("White and Black Caribbean", "Mixed White and Black Caribbean"),
        "MWBA": ("White and Black African", "Mixed White and Black African"),
        "MWAS": ("White and Asian", "Mixed White and Asian"),
        "MOTH": ("Any other Mixed background", "Mixed other", "Other Mixed"),
        "AIND": ("Indian", "Asian Indian"),
        "APKN": ("Pakistani", "Asian Pakistani"),
        "ABAN": ("Bangladeshi", "Asian Bangladeshi"),
        "AOTH": ("Any other Asian background", "Asian other", "Other Asian"),
        "BCRB": ("Black Caribbean", "Caribbean"),
        "BAFR": ("Black African", "African"),
        "BOTH": ("Any other Black background", "Black other", "Other Black"),
        "CHNE": ("Chinese",),
        "OOTH": ("Any other ethnic group", "Other ethnic group"),
        "REFU": ("Refused", "Prefer not to say"),
        "NOBT": ("Information not yet obtained", "Not obtained", "Not known", "Not stated"),
    },
}
BESIDE = re.compile(r"\s*[-–:]\s+|\s+[-–:]\s*|\s*\(")  # where a cell says it in two ways


@dataclass(frozen=True)
class Words:
    """`values` are what may be meant, with words for each; `read` finds which one a cell says, or raises Wrong."""

    values: Mapping[str, str]
    read: Callable[[str], Any]

    def knows(self, cell: str) -> bool:
        try:
            self.read(cell)
        except Wrong:
            return False
        return True

    def meant_by(self, cell: str) -> str | None:
        """Which of the values a cell that is known says, as that value is written; None where it is another thing."""
        return self._values.get(self.read(cell))

    @cached_property
    def _values(self) -> dict[Any, str]:
        """By what is read of it; a code of the school's own may be one that no cell can say."""
        return {self.read(value): value for value in self.values if self.knows(value)}


def yes_no(school: Any) -> Words:
    return Words({"Yes": "Yes", "No": "No"}, yes_or_no)


def sexes(school: Any) -> Words:
    return Words({"F": "Female", "M": "Male", "": "Not said"}, sex)


def weekdays(school: Any) -> Words:
    days = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
    return Words({day: day for day in days}, weekday)


def halves(school: Any) -> Words:
    return Words({"AM": "Morning", "PM": "Afternoon"}, half_day)


def years(school: Any) -> Words:
    """The year groups that every school has, in all forms; the school's own by code or by what it calls them."""
    rows = Code.objects.filter(school=school, set=CodeSet.YEAR_GROUP).valid_on(timezone.localdate())
    codes = dict(rows.values_list("code", "label"))
    own = {plain(word): code for code, label in codes.items() for word in (code, label) if word}

    def read(cell: str) -> str:
        try:
            return year_group(cell)
        except Wrong:
            if plain(cell) in own:
                return own[plain(cell)]
            raise

    return Words(codes or {str(n): f"Year {n}" for n in range(1, 14)}, read)


def ended(school: Any, code_set: CodeSet) -> dict[str, dt.date]:
    """The last day of each code that has one, and is not given out again."""
    codes = Code.objects.filter(school=school, set=code_set).order_by("valid_from")
    last = {each.code: each.last_day for each in codes}
    return {code: day for code, day in last.items() if day}


def half_day(cell: str) -> str:
    half = _HALVES.get(plain(cell))
    if half is None:
        raise Wrong(f"“{cell}” is neither AM nor PM.")
    return half


_HALVES = {"am": "AM", "a": "AM", "morning": "AM", "pm": "PM", "p": "PM", "afternoon": "PM"}
_HALVES |= {
    "amreg": "AM",
    "pmreg": "PM",
    "amregistration": "AM",
    "pmregistration": "PM",
    "1": "AM",
    "2": "PM",
}


def codes(code_set: CodeSet, *, at_all_times: bool = False) -> Callable[[Any], Words]:
    """The school's own codes of a set, those valid today unless `at_all_times`; an empty cell is no code.

    A cell may be the code, its meaning, a word for it, or several of them: "K - SEN Support", "EHCP (E)", and
    "Black or Black British - African", whose second half says more than the first.
    """

    def of(school: Any) -> Words:
        rows = Code.objects.filter(school=school, set=code_set)
        if not at_all_times:
            rows = rows.valid_on(timezone.localdate())
        labels = dict(rows.values_list("code", "label"))
        meant = {plain(label): code for code, label in labels.items() if label}
        for code, same in SAME.get(code_set, {}).items():
            meant |= {plain(word): code for word in same if code in labels}

        def known(word: str) -> str | None:
            code = word.strip(" )").upper()
            return code if code in labels else meant.get(plain(word.replace("&", "and")))

        def read(cell: str) -> str:
            word = cell.strip()
            if not word:
                return ""
            found = next(filter(None, map(known, [word, *BESIDE.split(word, maxsplit=1)])), None)
            if found is None:
                raise Wrong(
                    f"“{word.upper()}” is not a known code of the set “{code_set.label}”. Mend it, or say on the page "
                    "what it stands for."
                )
            return found

        return Words({code: (label and f"{code}, {label}") or code for code, label in labels.items()}, read)

    return of
