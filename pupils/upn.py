"""Unique pupil numbers. Source: DfE, "Unique pupil numbers: guide for schools and local authorities"."""

import re

SHAPE = re.compile(r"^[A-HJ-NP-RT-Z]\d{11}[0-9A-HJ-NP-RT-Z]$")
CHECK_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
# The three digits after the letter are the local authority that gave the number: those there are in England and Wales
# and at schools of the forces overseas, and those that are no more but stand in the numbers of pupils of today.
# Source: DfE, "Get information about schools", until 2018 as the register of local authorities had it; since then 838
# Dorset and 839 Bournemouth, Christchurch and Poole (2019), 940 and 941 Northamptonshire (2021), 942 and 943 Cumbria
# (2023).
AUTHORITIES = frozenset(
    number
    for first, last in (
        *((201, 213), (301, 320), (330, 336), (340, 344), (350, 359), (370, 373), (380, 384), (390, 394)),
        *((420, 420), (660, 681), (701, 702), (704, 708), (800, 803), (805, 808), (810, 813), (815, 816)),
        *((820, 823), (825, 826), (830, 831), (835, 841), (845, 846), (850, 852), (855, 857), (860, 861)),
        *((865, 896), (901, 943)),
    )
    for number in range(first, last + 1)
)


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


def names_an_authority(upn: str) -> bool:
    """Whether the authority in a tidy number is one we know; if not, the number may be right all the same."""
    return int(upn[1:4]) in AUTHORITIES


def is_temporary(upn: str) -> bool:
    return upn[-1:].isalpha()
