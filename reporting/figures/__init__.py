"""Figures: what is reported, the rows that make each, and the registry from which every page and paper takes them.

A measure is one function that gives **rows**. The figure is worked out from these rows and from nothing else, so
that the figure and its list can never disagree:

    def pupils_supported(facts, period):
        '''Pupils who had a place on at least one school day of the period.'''
        return [Row((p.starts_on, p.ends_on), pupil=p.pupil_id) for p in facts.placements ...]

    register(Measure("pupils-supported", "Pupils supported", pupils_supported, unit="pupils",
                     columns=("From", "Until"), order=10))

The function's docstring is the definition that people read, on screen and in a paper's list of definitions. Say
there, in plain words, what is counted, of what, and what is left out.

Rows hold no pupil's name, only the key of the pupil: names are looked up where somebody may see them
(`Measure.named_to`), and are in no cache, no file and no message. A page, a PDF, a spreadsheet and a trust page
all take `figures_of(facts, period, …)`; what leaves the school takes `Figure.leaving()` of each.
"""

from .figure import Figure, figure_of, figures_of
from .measures import INSIDE, Measure, measure, measures, register
from .rows import Number, Row, Way, worked_out
from .words import Percent, Pounds, cell, percent, said

__all__ = [
    "INSIDE",
    "Figure",
    "Measure",
    "Number",
    "Percent",
    "Pounds",
    "Row",
    "Way",
    "cell",
    "figure_of",
    "figures_of",
    "measure",
    "measures",
    "percent",
    "register",
    "said",
    "worked_out",
]
