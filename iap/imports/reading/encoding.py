"""What bytes a text file was written in."""

import codecs

from charset_normalizer import from_bytes

from .files import CHUNK, File

MARK = "\ufeff"  # with which a file may begin, to say that it is one of Unicode
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
UNICODE = {
    "utf-8": "Unicode (UTF-8)",
    "utf-16-le": "Unicode (UTF-16)",
    "utf-16-be": "Unicode (UTF-16, big-endian)",
}
OLDER = {
    "cp1252": "Windows, Western Europe",
    "cp1250": "Windows, Central Europe",
    "iso8859_15": "Latin 9 (ISO 8859-15)",
    "mac_roman": "Mac",
    "cp850": "DOS",
}  # whatever else is met in England's schools
ENCODINGS = {**UNICODE, **OLDER}
SAMPLE = 4000  # bytes
PUNCTUATION = set("£€°·½¼¾‘’“”–—…•´`«»¿¡©®™º²³×÷§¶ \u00a0")


def encoding_of(file: File) -> str:
    """The encoding: by its mark, by its zeros (UTF-16), as UTF-8 if nearly all of it agrees, else an older one."""
    head = file.head(SAMPLE)
    for mark, name in MARKS:
        if head.startswith(mark):
            return name
    if wide := _wide(head):
        return wide
    foreign = _not_utf8(file)
    return _older(foreign) if foreign and not _mostly_utf8(foreign) else "utf-8"


def _wide(head: bytes) -> str:
    """UTF-16 without a mark: in Western text every second byte is zero."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = max(len(head) // 2, 1)
    if odd > 0.6 * half and even < 0.1 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 * half and odd < 0.1 * half else ""


def _not_utf8(file: File) -> bytes:
    """Up to a sample of the lines that are not UTF-8; nothing where all of it is."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with file.open() as handle:
        try:
            while chunk := handle.read(CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
            return b""
        except UnicodeDecodeError:
            handle.seek(0)
            found = bytearray()
            while len(found) < SAMPLE and (line := handle.readline(SAMPLE)):
                if any(byte > 127 for byte in line):
                    found += line
            return bytes(found)


def _mostly_utf8(foreign: bytes) -> bool:
    """Whether only a few of the lines with foreign letters are not UTF-8: a file that was cut off, or mended badly."""
    lines = foreign.splitlines()
    return sum(map(_is_utf8, lines)) > len(lines) / 2


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _older(foreign: bytes) -> str:
    """Windows-1252, as nearly always, unless what it makes of the bytes is no text."""
    text = foreign.decode("cp1252", errors="replace")
    if all(c < "\x80" or c in PUNCTUATION or (c.isalpha() and c not in "Žžƒˆ") for c in text):
        return "cp1252"
    best = from_bytes(foreign, cp_isolation=list(OLDER)).best()
    return best.encoding if best else "cp1252"
