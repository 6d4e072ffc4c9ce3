"""Papers as PDF: a Typst template and its data make a tagged document that keeps to PDF/UA-1.

Data goes in as JSON and is only ever shown, so that whatever somebody wrote cannot be taken for markup.
The fonts are those that come with Typst, whatever the machine has.
"""

import json
import re
import unicodedata
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Any, TypeVar

import typst
from django.conf import settings

TEMPLATES = Path(settings.BASE_DIR) / "templates" / "pdf"

# What stands for letters of a script that the fonts lack.
UNSHOWN = "letters that cannot be printed here"

_Data = TypeVar("_Data")
_ALONE = """#set document(title: "Letters")
#set text(font: "Libertinus Serif", lang: "en")
#for each in sys.inputs.letters.codepoints() [#box(each) ]"""
_NAMED_IN_ERROR = re.compile(r'the text `"(?:\\u\{([0-9a-f]+)\}|\\?(.))')
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")  # would turn round what stands after them
_shown: dict[str, bool] = {}


def render(template: str, data: dict[str, Any]) -> bytes:
    """`templates/pdf/<template>.typ` with this data. The same data gives the same bytes."""
    inputs = {"data": json.dumps(printable(data), ensure_ascii=False, sort_keys=True)}
    return _compile(str(TEMPLATES / f"{template}.typ"), root=str(TEMPLATES), sys_inputs=inputs)


def printable(data: _Data) -> _Data:
    """The data as the fonts can show it: an emoji by its name, other letters they lack as a note that says so.

    `[slightly smiling face]` keeps what somebody meant, where a box would not.
    """
    lacking = _lacking(set().union(*(set(text) for text in _texts(data))))
    if not lacking:
        return _with(data, lambda text: _TURNS.sub("", text))
    some = "".join(map(re.escape, sorted(lacking)))
    run = re.compile(f"[{some}](?:[{some}\u200d\ufe0f\\s]*[{some}\u200d\ufe0f])?")
    return _with(data, lambda text: run.sub(_in_words, _TURNS.sub("", text)))


def _in_words(run: re.Match[str]) -> str:
    said = []
    for character in run[0]:
        kind = unicodedata.category(character)
        if kind == "So":
            said.append(unicodedata.name(character, UNSHOWN).lower())
        elif kind[0] not in "CMZ" and kind != "Sk":  # a control, an accent or a shade of the one before
            said.append(UNSHOWN)
    counted = ((words, len(list(each))) for words, each in groupby(said))
    names = (f"{words} ×{n}" if n > 1 and words != UNSHOWN else words for words, n in counted)
    together = ", ".join(names)
    return f"[{together}]" if together else ""


def _lacking(characters: set[str]) -> set[str]:
    """Those of the characters that no font has. Asked of Typst once for each."""
    new = sorted(each for each in characters if each not in _shown and not (each.isascii() and each >= " "))
    if new:
        unpaired = {each for each in new if unicodedata.category(each) == "Cs"}
        letters = "".join(each for each in new if each not in unpaired and not each.isspace())
        lacking = unpaired | _refused(letters)
        _shown.update((each, each not in lacking) for each in new)
    return {each for each in characters if not _shown.get(each, True)}


def _refused(letters: str) -> set[str]:
    try:
        _compile(_ALONE.encode(), sys_inputs={"letters": letters})
    except typst.TypstError as error:
        found = _NAMED_IN_ERROR.findall(error.diagnostic)
        return {chr(int(code, 16)) if code else letter for code, letter in found}
    return set()


def _compile(source: str | bytes, **given: Any) -> bytes:
    return bytes(typst.compile(source, pdf_standards=["ua-1"], ignore_system_fonts=True, **given))


def _texts(data: Any) -> Iterable[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for each in data.values():
            yield from _texts(each)
    elif isinstance(data, list | tuple):
        for each in data:
            yield from _texts(each)


def _with(data: Any, change: Any) -> Any:
    """The same data with each of its texts changed."""
    if isinstance(data, str):
        return change(data)
    if isinstance(data, dict):
        return {key: _with(each, change) for key, each in data.items()}
    if isinstance(data, list | tuple):
        return [_with(each, change) for each in data]
    return data
