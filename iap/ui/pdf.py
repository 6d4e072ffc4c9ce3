"""Papers as PDF: a Typst template and its data make a tagged document.

Data goes in as JSON and is only ever shown, so that whatever somebody wrote cannot be taken for markup.
"""

import json
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

TEMPLATES = Path(settings.BASE_DIR) / "templates" / "pdf"


def render(template: str, data: dict[str, Any]) -> bytes:
    """`templates/pdf/<template>.typ` with this data. The same data gives the same bytes.

    The fonts are those that come with Typst, whatever the machine has. The document keeps to PDF/UA-1 unless a
    character has no glyph in them (an emoji, say): then it is tagged all the same, and that one shows as a box.
    """
    inputs = {"data": json.dumps(data, ensure_ascii=False, sort_keys=True)}
    given: dict[str, Any] = {"root": str(TEMPLATES), "ignore_system_fonts": True, "sys_inputs": inputs}
    source = str(TEMPLATES / f"{template}.typ")
    try:
        return bytes(typst.compile(source, pdf_standards=["ua-1"], **given))
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
        return bytes(typst.compile(source, **given))
