"""What this app gathers for a review: attendance, check-ins, the pupil's own words, contacts and notes."""

import datetime as dt
from collections import Counter

from django.db.models import Count, Q

from iap.ui.moments import day as said
from iap.ui.words import plural
from pupils import attendance
from pupils.models import CheckIn, ContactLog, DayMood, Note, PupilSaid, Readiness, Tone

from .gathered import Fact, Part, Quote, Source, Span, register

NEWEST = 4


def offer() -> None:
    register(Source("attendance", attended, order=10))
    register(Source("check-ins", check_ins, order=20))
    register(Source("own-words", own_words, order=25))
    register(Source("contacts", contacts, order=60))
    register(Source("notes", notes, order=70))


def attended(span: Span) -> Part | None:
    """Attendance since the plan began, beside as many days before it: one query."""
    length = span.last - span.first
    before = (span.first - length - dt.timedelta(days=1), span.first - dt.timedelta(days=1))
    now, then = attendance.rates_of(span.pupil, [(span.first, span.last), before])
    if not now.known:
        return None
    compared = (
        f"it was {then.percent}% in as many days before"
        if then.known
        else "it is not known for the days before"
    )
    missed = f"{plural(now.missed, 'half-day')} missed of {now.possible}"
    says = f"Attendance was {now.percent}%; {compared}."
    return Part(
        "Attendance", "calendar-days", says, [Fact("Since the plan began", f"{now.percent}%", missed)]
    )


def check_ins(span: Span) -> Part | None:
    """How the pupil came, in five words, in the first and in the second half: one query."""
    held = CheckIn.objects.filter(
        school=span.school, pupil=span.pupil, day__range=(span.first, span.last)
    ).standing()
    rows = (
        held.order_by()
        .values("readiness")
        .annotate(
            early=Count("pk", filter=Q(day__lt=span.halfway)),
            late=Count("pk", filter=Q(day__gte=span.halfway)),
        )
    )
    counts = {row["readiness"]: (row["early"], row["late"]) for row in rows}
    early, late = (sum(pair[half] for pair in counts.values()) for half in (0, 1))
    if not early + late:
        return None
    steady = [sum(pair[half] for face, pair in counts.items() if face >= Readiness.STEADY) for half in (0, 1)]
    facts = [Fact(Readiness(face).label, str(sum(counts[face]))) for face in sorted(counts, reverse=True)]
    seen = f"{plural(early + late, 'check-in')} {'was' if early + late == 1 else 'were'}"
    says = (
        f"{sum(steady)} of {seen} steady or ready: "
        f"{steady[0]} of {early} in the first half, {steady[1]} of {late} in the second."
    )
    return Part("Check-ins", "face-smile", says, facts)


def own_words(span: Span) -> Part | None:
    """What the pupil said of their days, on their own page: one query."""
    held = PupilSaid.objects.filter(
        school=span.school, pupil=span.pupil, day__range=(span.first, span.last)
    ).standing()
    rows = list(held.newest_first().values_list("day", "mood", "helped", "words"))
    if not rows:
        return None
    moods = Counter(DayMood(mood).label for _, mood, _, _ in rows if mood)
    quotes = [Quote(words, said(day, weekday=False)) for day, _, _, words in rows if words][:NEWEST]
    facts = [Fact(label, str(number)) for label, number in moods.most_common(3)]
    return Part("In their own words", "chat-bubble-left-right", "", facts, quotes)


def contacts(span: Span) -> Part | None:
    """Who was spoken to, and how much of it was good news: one query."""
    held = ContactLog.objects.filter(school=span.school, pupil=span.pupil, day__range=(span.first, span.last))
    rows = list(held.reached().newest_first().values_list("day", "agency__name", "with_name", "tone"))
    if not rows:
        return None
    home = [tone for _, agency, _, tone in rows if agency is None]
    good = sum(tone == Tone.GOOD for tone in home)
    says = (
        f"{plural(len(home), 'contact')} with home, {good or 'none'} of them with good news." if home else ""
    )
    facts = [Fact(agency or name, said(day, weekday=False)) for day, agency, name, _ in rows[:NEWEST]]
    return Part("Contacts", "phone", says, facts)


def notes(span: Span) -> Part | None:
    """The newest notes: one query."""
    held = Note.objects.filter(
        school=span.school, pupil=span.pupil, day__range=(span.first, span.last)
    ).standing()
    rows = list(held.select_related("by").newest_first()[:NEWEST])
    quotes = [Quote(note.text, f"{note.by}, {said(note.day, weekday=False)}") for note in rows]
    return Part("Notes", "pencil-square", "", [], quotes) if quotes else None
