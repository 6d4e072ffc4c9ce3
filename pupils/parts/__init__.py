"""What this app shows on a pupil's page and in the list of pupils."""

from iap.schools.models import Role
from pupils.access import READERS, SENSITIVE, SUBJECT_ACCESS
from pupils.panels import Area, Column, Panel, register, register_column

from . import attendance, columns, conduct, entries, needs, people, place, plan


def offer() -> None:
    """Strengths and what helps come first; what was difficult comes last, and only to those who answer for it."""
    for panel in (
        Panel("entry-acts", READERS, entries.acts, "pupils/panels/entry_acts.html", Area.ACTIONS, 10),
        Panel("correct", {Role.LEAD}, people.correct, "pupils/panels/correct.html", Area.MORE, 85),
        Panel(
            "everything", SUBJECT_ACCESS, people.everything, "pupils/panels/everything.html", Area.MORE, 90
        ),
        Panel("since", READERS, place.since, "pupils/panels/since.html", Area.FACTS, 10),
        Panel("rate", READERS, attendance.rate, "pupils/panels/rate.html", Area.FACTS, 30),
        Panel("key-adult", READERS, place.key_adult, "pupils/panels/key_adult.html", Area.FACTS, 40),
        Panel("home", READERS, people.home, "pupils/panels/home.html", Area.FACTS, 50),
        Panel("next-review", READERS, place.next_review, "pupils/panels/next_review.html", Area.FACTS, 60),
        Panel("helps", READERS, plan.helps, "pupils/panels/helps.html", Area.LOOK, 10),
        Panel(
            "follow-ups",
            READERS,
            entries.follow_ups,
            "pupils/panels/follow_ups.html",
            Area.LOOK,
            20,
            entries.ask_follow_ups,
        ),
        Panel("needs", READERS, needs.needs, "pupils/panels/needs.html", Area.MAIN, 30, needs.ask_needs),
        Panel("scores", READERS, needs.scores, "pupils/panels/scores.html", Area.MAIN, 32, needs.ask_scores),
        Panel("ready", READERS, needs.ready, "pupils/panels/ready.html", Area.SIDE, 15, needs.ask_ready),
        Panel("targets", READERS, plan.targets, "pupils/panels/targets.html", Area.MAIN, 28),
        Panel("attendance", READERS, attendance.by_week, "pupils/panels/attendance.html", Area.MAIN, 40),
        Panel("notes", READERS, entries.notes, "pupils/panels/notes.html", Area.MAIN, 50, entries.ask_notes),
        Panel(
            "check-ins",
            READERS,
            entries.check_ins,
            "pupils/panels/check_ins.html",
            Area.SIDE,
            10,
            entries.ask_check_ins,
        ),
        Panel("review", READERS, plan.review, "pupils/panels/review.html", Area.SIDE, 15),
        Panel("place", READERS, place.place, "pupils/panels/place.html", Area.SIDE, 20),
        Panel("contacts", READERS, people.contacts, "pupils/panels/contacts.html", Area.SIDE, 30),
        Panel(
            "support",
            READERS,
            people.support,
            "pupils/panels/details.html",
            Area.SIDE,
            40,
            people.ask_support,
        ),
        Panel("care", SENSITIVE, people.care, "pupils/panels/details.html", Area.SIDE, 50),
        Panel(
            "conduct", SENSITIVE, conduct.conduct, "pupils/panels/conduct.html", Area.SIDE, 90, conduct.asks
        ),
    ):
        register(panel)
    for column in (
        Column("place", "Place", READERS, columns.place, 10),
        Column("key-adult", "Key adult", READERS, columns.key_adult, 20),
        Column("attendance", "Attendance, last 6 weeks", READERS, columns.attendance, 30),
    ):
        register_column(column)
