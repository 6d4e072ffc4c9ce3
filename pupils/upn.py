"""Unique pupil numbers. Source: DfE, "Unique pupil numbers: guide for schools and local authorities"."""

import re

SHAPE = re.compile(r"^[A-HJ-NP-RT-Z]\d{11}[0-9A-HJ-NP-RT-Z]$")
CHECK_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def tidy(text: str) -> str:
    """The number in upper case without blanks."""
    return "".join(text.split()).upper()


def check_letter(upn: str) -> str:
    """The first letter that the other twelve characters of a tidy number call for."""
    values = (CHECK_LETTERS.index(c) if c.isalpha() else int(c) for c in upn[1:])
    return CHECK_LETTERS[sum(weight * value for weight, value in enumerate(values, start=2)) % 23]


def is_valid(upn: str) -> bool:
    """True for a tidy number of the right shape whose check letter agrees."""
    return bool(SHAPE.match(upn)) and check_letter(upn) == upn[0]


def is_temporary(upn: str) -> bool:
    return upn[-1:].isalpha()
