"""Charts for pages and papers: SVG through classes, each with its words and its table."""

from .bars import Bars, Pairs, Parts
from .chart import Chart, chart_of
from .drawing import picture
from .flow import Flow
from .intervals import Intervals
from .lines import Lines, Survival
from .multiples import Multiples
from .scores import Scores
from .steps import step_chart

__all__ = [
    "Bars",
    "Chart",
    "Flow",
    "Intervals",
    "Lines",
    "Multiples",
    "Pairs",
    "Parts",
    "Scores",
    "Survival",
    "chart_of",
    "picture",
    "step_chart",
]
