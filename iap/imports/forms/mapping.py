"""What was understood of one table, to be corrected."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django import forms

from iap.imports import dates
from iap.imports.finding import Found, fit
from iap.imports.headings import NEARLY, SURE
from iap.imports.kinds import Kind, kind_named, registered
from iap.imports.mapping import Understood, plain_word
from iap.imports.reading.encoding import ENCODINGS
from iap.imports.reading.text import DELIMITERS

LEAVE = "leave"
NOT_READ = "Leave this column out"
NOTHING = "none"  # stands for a value that is empty
LEFT_OUT = "Leave these rows out"


@dataclass(frozen=True)
class Line:
    """One column of the file as the page shows it."""

    heading: str
    samples: list[str]
    field: forms.BoundField
    sure: int | None
    order: forms.BoundField | None
    undecided: str  # why the order of its dates is asked, while nobody has said it
    words: list[
        tuple[str, forms.BoundField]
    ]  # that stand for nothing, or that somebody has said the meaning of
    read: list[tuple[str, forms.BoundField]]  # that are read as something else

    @property
    def likely(self) -> str:
        return f"{self.sure}% alike"


class MappingForm(forms.Form):
    """The kind of a table, where its headings stand, and for each heading the column it is.

    `asked` is the mapping as the page showed it; what was posted is the answer to that.
    """

    def __init__(self, understood: Understood, school: Any, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.understood, self.school = understood, school
        self.fields["kind"] = forms.ChoiceField(
            label="What this file holds",
            choices=[
                ("", "Choose …"),
                *((k.name, str(k)) for k in registered()),
                (LEAVE, "Leave this file alone"),
            ],
            initial=understood.kind if understood.take else LEAVE,
            required=False,
        )
        self.fields["heading_row"] = forms.IntegerField(
            label="Headings in row",
            min_value=1,
            max_value=1000,
            initial=understood.heading_row,
            required=False,
        )
        if understood.encoding:
            self._add_writing(understood)
        if understood.of:
            self._add_columns(understood.of)
        for field in self.fields.values():
            field.widget.attrs["class"] = (
                "form-select" if isinstance(field, forms.ChoiceField) else "form-control"
            )
            field.widget.attrs.setdefault("aria-label", field.label)

    def _add_writing(self, understood: Understood) -> None:
        """How a text file is written: as it was found, to be put right where that is wrong."""
        for name, label, known in (
            ("delimiter", "Between cells", DELIMITERS),
            ("encoding", "Letters", ENCODINGS),
        ):
            found = getattr(understood, name)
            self.fields[name] = forms.ChoiceField(
                label=label, choices={found: found, **known}.items(), initial=found, required=False
            )

    @property
    def writing(self) -> str:
        """How a text file is written, in words; nothing for a table of another source."""
        found = (DELIMITERS.get(self.understood.delimiter, ""), ENCODINGS.get(self.understood.encoding, ""))
        return ", ".join(filter(None, found))

    @property
    def of_writing(self) -> list[forms.BoundField]:
        return [self[name] for name in ("delimiter", "encoding") if name in self.fields]

    @property
    def writing_opens(self) -> bool:
        """Whether somebody should see how it is written: where little was understood, that may be why."""
        return not self.understood.kind or any(field.errors for field in self.of_writing)

    def _add_columns(self, kind: Kind) -> None:
        at = {found.place: name for name, found in self.understood.columns.items()}
        options = [("", NOT_READ), *((column.name, column.label) for column in kind.columns)]
        for place in range(len(self.understood.heading)):
            field = forms.ChoiceField(choices=options, initial=at.get(place, ""), required=False)
            field.label = f"What “{self.understood.heading[place]}” is"
            self.fields[f"c{place}"] = field
        for name, found in self.understood.columns.items():
            if name in self.understood.undecided or self._chosen_order(name):
                orders = forms.ChoiceField(choices=[("", "Choose …"), *dates.ORDERS.items()], required=False)
                orders.label = f"Order of the dates in “{self.understood.heading[found.place]}”"
                orders.initial = self._chosen_order(name)
                self.fields[f"d-{name}"] = orders
            self._add_words(kind, name)

    def _chosen_order(self, name: str) -> str:
        order = self.understood.dates.get(name, "")
        return order if order in dates.ORDERS and name in self.understood.asked else ""

    def _add_words(self, kind: Kind, name: str) -> None:
        column, known = kind.column(name), self.understood.words.get(name, {})
        read, asked = self.understood.read.get(name, {}), self._asked(name)
        if not column.words or not (asked or read):
            return
        options = [(value or NOTHING, label) for value, label in column.words(self.school).values.items()]
        for number, word in enumerate(asked):
            field = forms.ChoiceField(choices=[("", LEFT_OUT), *options], required=False)
            field.label = f"What “{word}” stands for"
            field.initial = (known[word] or NOTHING) if word in known else ""
            self.fields[f"w-{name}-{number}"] = field
        for number, (word, meant) in enumerate(read.items()):
            field = forms.ChoiceField(choices=options, initial=meant or NOTHING, required=False)
            field.label = f"What “{word}” is read as"
            self.fields[f"r-{name}-{number}"] = field

    def _asked(self, name: str) -> list[str]:
        """Words of a column that somebody has said the meaning of, and those that stand for nothing yet."""
        known = self.understood.words.get(name, {})
        return [*known, *(word for word in self.understood.unknown.get(name, ()) if word not in known)]

    def lines(self) -> Iterator[Line]:
        """The headings of the file in their order, with what belongs to each."""
        at = {found.place: (name, found.sure) for name, found in self.understood.columns.items()}
        for place, heading in enumerate(self.understood.heading):
            name, sure = at.get(place, ("", None))
            samples = self.understood.samples[place] if place < len(self.understood.samples) else []
            order = self[f"d-{name}"] if f"d-{name}" in self.fields else None
            undecided = dates.UNDECIDED.get(self.understood.dates.get(name, ""), "")
            if heading.strip() or samples:
                asked, read = list(self._fields_of("w", name)), list(self._fields_of("r", name))
                yield Line(heading, samples, self[f"c{place}"], sure, order, undecided, asked, read)

    def _fields_of(self, sort: str, name: str) -> Iterator[tuple[str, forms.BoundField]]:
        """The words of a column that are asked about (w) or read (r), each with its field."""
        words = self._asked(name) if sort == "w" else self.understood.read.get(name, ())
        for number, word in enumerate(words):
            if f"{sort}-{name}-{number}" in self.fields:
                yield word, self[f"{sort}-{name}-{number}"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        chosen: dict[str, str] = {}
        for place, heading in enumerate(self.understood.heading):
            name = data.get(f"c{place}")
            if name and name in chosen:
                said = f"“{chosen[name]}” and “{heading}” cannot both be {self.understood.of.column(name).label}."  # type: ignore[union-attr]
                self.add_error(f"c{place}", f"{said} Leave one of them out.")
            elif name:
                chosen[name] = heading
        return data

    def is_another(self) -> bool:
        """Whether its kind, its row of headings or how it is written was changed: its columns are found anew."""
        kind = self.cleaned_data.get("kind")
        changed_kind = kind not in ("", self.understood.kind)
        return kind != LEAVE and (changed_kind or bool(self.said_otherwise))

    @property
    def reading(self) -> dict[str, Any]:
        """Where its headings stand and how it is written, as it was said or left."""
        names = ("heading_row", "delimiter", "encoding")
        return {name: self.cleaned_data.get(name) or getattr(self.understood, name) for name in names}

    @property
    def said_otherwise(self) -> list[str]:
        """What of that was changed."""
        return [name for name, said in self.reading.items() if said != getattr(self.understood, name)]

    def answer(self) -> Understood:
        """The mapping as it was corrected. Call after `is_valid`."""
        data, old = self.cleaned_data, self.understood
        kind = kind_named(data.get("kind") or "")
        if kind is None:
            return replace(old, take=data.get("kind") != LEAVE, because="", kind=old.kind if old.of else "")
        if kind.name != old.kind:
            found = fit(old.heading, kind).columns
            return replace(
                old,
                kind=kind.name,
                take=True,
                because="",
                columns=found,
                dates={},
                words={},
                unknown={},
                remembered=False,
            )
        at = {name: found for name, found in old.columns.items()}
        columns = {}
        for place in range(len(old.heading)):
            if name := data.get(f"c{place}"):
                before = at.get(name)
                # What somebody has chosen or left standing is as sure as it can be.
                columns[name] = Found(place, SURE if before is None or before.sure < NEARLY else before.sure)
        orders = {name: data.get(f"d-{name}") or order for name, order in old.dates.items()}
        return replace(
            old,
            take=True,
            because="",
            columns=columns,
            dates={name: order for name, order in orders.items() if name in columns},
            asked=sorted({*old.asked, *(n for n in old.dates if data.get(f"d-{n}"))}),
            words={name: words for name in columns if (words := self._words(name))},
            shown={name: shown for name in columns if (shown := self._shown(name))},
            unknown={},
        )

    def _shown(self, name: str) -> list[str]:
        asked = (plain_word(word) for word, _ in self._fields_of("w", name))
        return sorted({*self.understood.shown.get(name, ()), *asked})

    def _words(self, name: str) -> dict[str, str]:
        """What somebody has said, also where we had read a word otherwise."""
        said = {}
        for sort in ("w", "r"):
            for word, field in self._fields_of(sort, name):
                value = self.cleaned_data.get(field.name)
                if value and (sort == "w" or value != field.initial):
                    said[plain_word(word)] = "" if value == NOTHING else value
        return said
