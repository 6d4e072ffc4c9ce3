"""A figure: a measure of one school over one period, with the rows that make it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from reporting.facts import Facts
from reporting.periods import Period
from reporting.suppression import hidden_among, is_small

from .measures import Measure, measures
from .rows import Number, Row, Way, is_of_few, told_of, unnamed, worked_out
from .words import said


@dataclass(frozen=True)
class Figure:
    """A measure of one school over one period, with the very rows that make it.

    earlier  the rows of the period before, where there is one
    beside   what is said beside it, where that is not the figure of the period before
    hidden   it would tell of fewer than five people, so that neither its value nor what it could be worked out
             from is told
    n_told   whether it may be said on how many rows it rests
    """

    measure: Measure
    period: Period
    rows: tuple[Row, ...]
    earlier: tuple[Row, ...] | None = None
    beside: str = ""
    hidden: bool = False
    n_told: bool = True
    group: str = ""

    @property
    def key(self) -> str:
        return self.measure.key

    @property
    def label(self) -> str:
        return self.measure.label

    @property
    def unit(self) -> str:
        if self.measure.is_percent or self.measure.unit == "£":
            return ""
        return self.measure.one if self.measure.one and self.value == 1 else self.measure.unit

    @property
    def definition(self) -> str:
        return self.measure.definition

    @cached_property
    def counted(self) -> tuple[Row, ...]:
        """The rows that count: those of which it is known."""
        return tuple(row for row in self.rows if row.part is not None)

    @cached_property
    def value(self) -> Number | None:
        """The figure as an exact number; nothing while nothing is known, or where it is hidden."""
        return None if self.hidden else worked_out(self.measure.way, self.rows)

    @cached_property
    def before(self) -> Number | None:
        return None if self.hidden or self.earlier is None else worked_out(self.measure.way, self.earlier)

    @property
    def n(self) -> int | None:
        """How many rows it rests on; nothing where that is not told."""
        return len(self.counted) if self.n_told and not self.hidden else None

    @property
    def pupils(self) -> set[int]:
        """The pupils it tells of."""
        return {row.pupil for row in self.counted if row.pupil is not None}

    @property
    def said(self) -> str:
        """43%, 14, 2.5, £1,240 or, of nothing, a dash."""
        return "not shown" if self.hidden else said(self.measure, self.value)

    @property
    def comparison(self) -> str:
        """Beside the figure, in words."""
        if self.hidden:
            return ""
        return self.beside or self.compared_with_before()

    def compared_with_before(self) -> str:
        """Autumn term: 30%. Or: same part of Autumn term: 30%."""
        earlier = self.period.before
        if earlier is None or self.before is None:
            return ""
        part = "Same part of " if earlier.runs else ""
        return f"{part}{earlier.name}: {said(self.measure, self.before)}"

    @property
    def listed(self) -> Sequence[Row]:
        """The rows as a list shows them, first what is to be looked at: of a share, what does not count, unless the
        measure says otherwise; of any other figure, what is not known.
        """
        first = self.measure.first if self.measure.way == Way.SHARE else None
        return sorted(self.rows, key=lambda row: row.part != first)

    def groups(self) -> list["Figure"]:
        """The figure of each group of its rows, in the measure's order; the groups together are its rows."""
        names = list(dict.fromkeys([*self.measure.groups, *(row.group for row in self.rows)]))
        return [self.of_group(name) for name in names]

    def of_group(self, name: str) -> "Figure":
        return replace(
            self,
            group=name,
            rows=tuple(row for row in self.rows if row.group == name),
            earlier=None if self.earlier is None else tuple(row for row in self.earlier if row.group == name),
        )

    def leaving(self) -> "Figure":
        """As it may leave the school: rows of pupils say nothing; hidden where it tells of 1 to 4, or stays in."""
        stays = self.hidden or not self.measure.leaves or is_of_few(self.measure.way, self.rows)
        if stays or self._tells_a_part:
            return replace(self, rows=(), earlier=None, beside="", hidden=True)
        few = self.earlier is None or is_of_few(self.measure.way, self.earlier)
        earlier = None if few or self.earlier is None else unnamed(self.earlier)
        beside = self.beside if self.measure.target else ""
        n_told = self.n_told and not self._is_of_all_windows
        return replace(self, rows=unnamed(self.rows), earlier=earlier, beside=beside, n_told=n_told)

    def groups_leaving(self) -> list["Figure"]:
        """The groups as they may leave the school: small ones are hidden, with what would give them away. Of windows
        that is all of them together (`leaving`).
        """
        groups = self.groups()
        parts = {} if self.measure.again else {each.group: len(each.told_of) for each in groups}
        hidden = hidden_among(parts)
        few = {each.group for each in groups if each.leaving().hidden}
        return [
            replace(each, rows=(), earlier=None, hidden=True)
            if self.hidden or each.group in hidden | few
            else replace(each.leaving(), earlier=None, n_told=each.n_told and not each.leaves_few_of(groups))
            for each in groups
        ]

    def leaves_few_of(self, groups: Iterable["Figure"]) -> bool:
        """Whether on how many it rests would tell of the few who are in another of these groups and not in this."""
        return self.measure.again and any(is_small(len(each.pupils - self.pupils)) for each in groups)

    @property
    def _is_of_all_windows(self) -> bool:
        """Whether the same pupils are in it more than once."""
        return self.measure.again and not self.group

    @property
    def _tells_a_part(self) -> bool:
        """Whether a part that is hidden would follow from it and from the parts that are told."""
        return self._is_of_all_windows and any(each.hidden for each in self.groups_leaving())

    @property
    def told_of(self) -> set[int]:
        """The pupils who add something to it."""
        return told_of(self.rows)


def figure_of(facts: Facts, period: Period, of: Measure) -> Figure:
    """One figure of a school over a period, with that of the period before."""
    facts.look_at(period)
    rows = tuple(of.build(facts, period))
    before = None if of.alone else period.before
    earlier = None if before is None else tuple(of.build(facts, before))
    figure = Figure(of, period, rows, earlier)
    return figure if of.compared is None else replace(figure, beside=of.compared(figure, facts))


def figures_of(facts: Facts, period: Period, wanted: Iterable[Measure] | None = None) -> dict[str, Figure]:
    """These figures by their key, or all there are. What they share is read once (`Facts`)."""
    return {each.key: figure_of(facts, period, each) for each in (measures() if wanted is None else wanted)}
