"""Charts for pages: SVG through classes, each with its words and its table."""

from .drawing import picture
from .steps import step_chart

__all__ = ["picture", "step_chart"]
