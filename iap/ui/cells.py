"""Cells of a table that a spreadsheet will open."""

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe(cell: str) -> str:
    """What somebody typed, so that no spreadsheet takes it for a formula: with an apostrophe before it."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
