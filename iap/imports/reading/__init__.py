"""A school's files as a source: text in any encoding and with any delimiter, workbooks, and zips of them."""

from .files import File, Unreadable, in_folder
from .sending import sending_of

__all__ = ["File", "Unreadable", "in_folder", "sending_of"]
