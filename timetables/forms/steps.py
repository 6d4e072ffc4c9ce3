"""A step of a pupil's week: for each slot of the cycle where the pupil is."""

import datetime as dt
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django import forms

from iap.schools.models import Period, School
from iap.ui.typed import Words
from iap.ui.words import plural
from pupils.models import Placement
from timetables.actions.slots import PlaceIn, SlotKey, SlotsRefused
from timetables.first_week import going_well
from timetables.grids import name_of
from timetables.journeys import Journey, journey_of
from timetables.lessons import Lesson, lessons_of_cycle
from timetables.measures.places import most_at_once, sessions_with_stays
from timetables.measures.share import IN_MAINSTREAM
from timetables.models import HybridStep, IapSession, Place, StepKind, StepPlace

from .sessions import date_field

TOLD = [
    ("pupil", "The pupil, and a parent or carer: by a person, with the week on paper"),
    ("teachers", "The teachers of the lessons: in their messages, with what helps"),
    ("tutor", "The tutor: by a person"),
    ("office", "The attendance office: register groups change"),
]
WORTH = (StepKind.FORWARD, StepKind.HOLD, StepKind.BACK)


@dataclass(frozen=True)
class Offer:
    """What a pupil may be given in the slots of the cycle, read once."""

    periods: list[Period]
    lessons: dict[SlotKey, Lesson]
    sessions: dict[SlotKey, list[IapSession]]
    known: dict[int, IapSession]  # those, and any that the steps name
    taken: dict[int, int]  # places, by other pupils, at most on that day or later
    way: Journey
    step: HybridStep | None
    school: School
    going_well: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls, placement: Placement, step: HybridStep | None, day: dt.date, *, way: Journey | None = None
    ) -> "Offer":
        """Three queries; one more for the way where it was not read yet."""
        school, way = placement.school, way or journey_of(placement)
        lessons = lessons_of_cycle(school, [placement.pupil_id], day)
        held = IapSession.objects.at([school])
        known = held.valid_on(day) | held.filter(pk__in=way.sessions())
        with_stays = sessions_with_stays(known.order_by("title", "pk"), school, day, without=placement)
        sessions: dict[SlotKey, list[IapSession]] = {}
        for session, _ in with_stays:
            for week in (
                ([session.week] if session.week else school.weeks) if session.is_valid_on(day) else ()
            ):
                sessions.setdefault((week, session.period_id), []).append(session)
        return cls(
            periods=list(Period.objects.at([school]).in_order()),
            lessons={(week, period): lesson for (_, week, period), lesson in lessons.items()},
            sessions=sessions,
            known={session.pk: session for session, _ in with_stays},
            taken={session.pk: most_at_once(placed) for session, placed in with_stays},
            way=way,
            step=step,
            school=school,
            going_well=frozenset() if step else going_well(placement),
        )

    @cached_property
    def held(self) -> dict[SlotKey, StepPlace]:
        """Where the step that the plan starts from has the pupil."""
        if self.step is None:
            return {}
        return self.way.held(self.step, {period.pk: period for period in self.periods}, self.known)

    @property
    def besides(self) -> list[PlaceIn]:
        """What that step says of registration, breaks and lunch. A lesson, or a session in place of one, stood
        there while the bell had a lesson: it goes with the slot, as nobody could take it out of the week.
        """
        rows = {row.pk: row for row in self.held.values() if not row.period.is_lesson}
        return [PlaceIn.of(row) for row in rows.values() if row.place not in {*IN_MAINSTREAM, Place.SESSION}]

    def after(self, step: HybridStep | None) -> "Offer":
        """The same offer, told from another step."""
        return replace(self, step=step)

    def limit(self, session: IapSession) -> int:
        return session.places or self.school.provision.places

    def left(self, session: IapSession) -> int:
        """Places that are free from the day on."""
        return max(self.limit(session) - self.taken.get(session.pk, 0), 0)

    def choices(self, key: SlotKey) -> list[tuple[str, Any]]:
        lesson = self.lessons.get(key)
        said = (
            f"{lesson.subject}{f' ({lesson.detail})' if lesson.detail else ''}"
            if lesson
            else "lesson with the class"
        )
        sessions = [(f"session:{s.uuid}", f"{s.title}, {self._free(s)}") for s in self.sessions.get(key, [])]
        held = self.held.get(key)
        known = [(f"offsite:{held.provider}", f"Off site: {held.provider}")] if held and held.provider else []
        return [
            ("", "Choose where"),
            ("mainstream", f"Mainstream: {said}"),
            ("supported", f"Supported in mainstream: {lesson.subject if lesson else 'lesson'}"),
            *([("Sessions", sessions)] if sessions else []),
            *known,
            ("offsite", "Off site, with the provider named below"),
            ("social", "Shared social time"),
            ("reduced", "Agreed reduced hours, at home"),
        ]

    def _free(self, session: IapSession) -> str:
        left = self.left(session)
        return f"{plural(left, 'place')} left" if left else "full"

    def initial(self, key: SlotKey) -> str:
        """Where the pupil is by the step before; where there is none, what a first week starts from."""
        row = self.held.get(key)
        if row is None:
            return self._first(key)
        if row.session is not None:
            return f"session:{row.session.uuid}"
        return f"offsite:{row.provider}" if row.place == Place.OFFSITE else row.place

    def _first(self, key: SlotKey) -> str:
        """Mainstream, unless lessons are known to go well: then those are, and the base has the others with room."""
        lesson = self.lessons.get(key)
        if not self.going_well or (lesson and lesson.class_name in self.going_well):
            return "mainstream"
        room = [session for session in self.sessions.get(key, []) if self.left(session)]
        return f"session:{room[0].uuid}" if room else "mainstream"


class StepForm(forms.Form):
    """The week, and the decision about it."""

    kind = forms.ChoiceField(
        widget=forms.RadioSelect, error_messages={"required": "Choose what kind of step this is."}
    )
    starts_on = date_field("From", "Choose the first day of this step.")
    why = Words(
        label="What changed and why",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say what changed and why, in a few words."},
    )
    provider = Words(label="Off-site provider", max_length=120, required=False)
    over_places = forms.BooleanField(
        label="Place the pupil although a session is full; the reason stands above", required=False
    )
    together = forms.BooleanField(
        label="Together all the same, though you keep them apart; the reason stands above", required=False
    )
    pupil_view = Words(
        label="The pupil’s view",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="In their own words, where they wish.",
    )
    told = forms.MultipleChoiceField(
        label="Who will be told", choices=TOLD, required=False, widget=forms.CheckboxSelectMultiple
    )
    seen = Words(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, placement: Placement, offer: Offer, first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.placement, self.offer = placement, offer
        self.first = first
        self.full = self.beside_apart = False  # what was refused, and may be accepted
        self.beside: Any = None  # what stands beside the week, and which suggestions are ticked: the view's
        self.ticked: set[str] = set()
        kinds = [StepKind.START] if first else [*WORTH, StepKind.CORRECTION]
        kind: Any = self.fields["kind"]
        kind.choices = [(each.value, each.label) for each in kinds]
        if first:
            kind.initial = StepKind.START.value
        for key, period in self.slots():
            self.fields[slot_name(key)] = forms.ChoiceField(
                label=self.label(key, period),
                choices=offer.choices(key),
                initial=offer.initial(key),
                widget=forms.Select(attrs={"class": "form-select"}),
                error_messages={
                    "required": f"{self.label(key, period)}: choose where {placement.pupil.known_as} is.",
                    "invalid_choice": f"{self.label(key, period)}: choose one of the places offered.",
                },
            )

    def mark_errors(self) -> None:
        """Selects whose slot has an error look and say so."""
        for name in self.errors:
            if name in self.fields and isinstance(self.fields[name].widget, forms.Select):
                self.fields[name].widget.attrs |= {"class": "form-select is-invalid", "aria-invalid": "true"}

    def slots(self) -> list[tuple[SlotKey, Period]]:
        lessons = [period for period in self.offer.periods if period.is_lesson]
        return [((week, period.pk), period) for week in self.placement.school.weeks for period in lessons]

    def weeks(self) -> list[tuple[str, list[tuple[str, list[Any]]]]]:
        """For the page: week → weekday → its slots as bound fields with the bell's name."""
        found: dict[str, dict[str, list[Any]]] = {}
        for key, period in self.slots():
            day = found.setdefault(key[0], {}).setdefault(period.get_weekday_display(), [])
            day.append((self[slot_name(key)], name_of(period), period, self.offer.lessons.get(key)))
        return [(week, list(days.items())) for week, days in found.items()]

    def places(self) -> list[PlaceIn]:
        """The places chosen; what the step before says of registration, breaks and lunch is kept."""
        chosen = [self._place(key, period) for key, period in self.slots()]
        return [*_joined(chosen, self.placement.school.weeks), *self.offer.besides]

    def chosen(self, key: SlotKey) -> str:
        """Where the pupil would be in a slot, as it stands in the form; empty where nothing is chosen."""
        return self[slot_name(key)].value() or ""

    def refuse_slots(self, refusal: SlotsRefused) -> None:
        """Put each sentence beside its slot, any other at the top, and offer what may be accepted."""
        self.full, self.beside_apart = refusal.full, refusal.together
        for (week, period), sentence in refusal.slots.items():
            named = [
                slot_name((label, period)) for label in ([week] if week else self.placement.school.weeks)
            ]
            field = next((name for name in named if name in self.fields), None)
            self.add_error(field, sentence)

    def label(self, key: SlotKey, period: Period) -> str:
        week = f"Week {key[0]}, " if key[0] else ""
        return f"{week}{period.get_weekday_display()} {name_of(period)}"

    def _place(self, key: SlotKey, period: Period) -> PlaceIn:
        kind, _, more = self.cleaned_data[slot_name(key)].partition(":")
        session = next((s for s in self.offer.sessions.get(key, []) if str(s.uuid) == more), None)
        provider = (more or self.cleaned_data.get("provider", "")) if kind == Place.OFFSITE else ""
        return PlaceIn(key[0], period, kind, session if kind == Place.SESSION else None, provider)


def slot_name(key: SlotKey) -> str:
    return f"slot-{key[0]}-{key[1]}"


def _joined(chosen: list[PlaceIn], weeks: list[str]) -> list[PlaceIn]:
    """A session of every week, chosen in each week, is one place without a week."""
    every = [p for p in chosen if p.session is not None and not p.session.week and len(weeks) > 1]
    whole = {
        p.session.pk for p in every if p.session and sum(q.session == p.session for q in every) == len(weeks)
    }
    kept = [p for p in chosen if p.session is None or p.session.pk not in whole]
    once = {
        p.session.pk: PlaceIn("", p.period, p.place, p.session)
        for p in every
        if p.session and p.session.pk in whole
    }
    return [*kept, *once.values()]
