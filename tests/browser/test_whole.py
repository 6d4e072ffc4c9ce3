"""The whole provision on paper: three full rooms of fourteen pupils stand on one landscape page, view by view."""

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from playwright.sync_api import Page
from pypdf import PdfReader

from iap.schools.calendar import Calendar
from iap.schools.models import Period, Role
from tests.factories import (
    HybridStepFactory,
    MembershipFactory,
    PlacementFactory,
    PupilFactory,
    StaffMemberFactory,
    see,
)
from tests.timetables.week import lesson_of, session_in
from timetables.models import SessionStaff, StepPlace

from .conftest import DESK, NOW, PHONE, check_accessibility
from .test_every_page import school as _school
from .test_every_page import sign_in_quickly

pytestmark = pytest.mark.django_db(transaction=True)
school = _school  # the fixture
BEFORE = dt.date(2026, 1, 1)
NAMES = [
    "Kai Mensah", "Ada Brown", "Tobias Featherstone", "Mia Li", "Omar Haddad", "Jess Price",
    "Leo Novak", "Ruby Cole", "Sam Osei", "Isla Grant", "Noah Webb", "Zara Khan",
    "Halima Walton", "Reuben Kaya",
]  # fmt: skip
SUBJECTS = ["English", "Maths", "Science", "Art", "History"]


def fill(school: Any) -> None:
    """Fourteen pupils, six adults and three sessions in each lesson of this week."""
    label = Calendar.of(school, NOW.date(), NOW.date()).week_label(NOW.date())
    adults = [StaffMemberFactory(school=school, family_name="McAllister") for _ in range(6)]
    steps = []
    for name in NAMES:
        given, family = name.split()
        pupil = PupilFactory(school=school, given_name=given, family_name=family)
        placement = PlacementFactory(school=school, pupil=pupil, starts_on=BEFORE)
        steps.append(HybridStepFactory(school=school, placement=placement))
    for n, period in enumerate(Period.objects.filter(school=school, kind="lesson").in_order()):
        rooms = [
            (SUBJECTS[n % 5], "Orchard room", "curriculum"),
            ("Reading together", "Quiet room", "intervention"),
            ("Making and mending", "Studio", "vocational"),
        ]
        sessions = [
            session_in(school, label, number=n, title=title, room=room, strand=strand, valid_from=BEFORE)
            for title, room, strand in rooms
        ]
        at = {"school": school, "week": label, "period": period}
        for k, session in enumerate(sessions):
            for j, role in enumerate(("qt", "support")):
                adult = adults[2 * k + j]
                SessionStaff.objects.create(**at, session=session, adult=adult, role=role, valid_from=BEFORE)
        for k, step in enumerate(steps):
            if (n + k) % 5 < 3:
                StepPlace.objects.create(**at, step=step, place="session", session=sessions[k % 3])
            elif (n + k) % 5 == 3:
                StepPlace.objects.create(**at, step=step, place="mainstream")
                lesson_of(
                    school, step.pupil, period, week=label, name=f"8R{k % 3}/{n}",
                    subject=SUBJECTS[(n + k) % 5], valid_from=BEFORE,
                )  # fmt: skip
            else:
                StepPlace.objects.create(**at, step=step, place="offsite", provider="Dale College")


def test_each_view_is_one_landscape_page(school: Any, open_window: Callable[..., Page]) -> None:
    with transaction.atomic():
        see(school)
        user = MembershipFactory(school=school, role=Role.LEAD).user
        fill(school)
    page = open_window(DESK, bypass_csp=True)
    sign_in_quickly(page, user)
    pages = {}
    for view in ("now", "groups", "adults", "pupils"):
        page.set_viewport_size(PHONE)
        page.goto(reverse("timetables:whole") + f"?view={view}")
        check_accessibility(page)
        page.set_viewport_size(DESK)
        check_accessibility(page)
        paper = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
        pages[view] = len(paper), paper[0].mediabox.width > paper[0].mediabox.height
    assert pages == dict.fromkeys(pages, (1, True))


def test_what_helps_in_the_days_lessons_stands_two_to_a_page(
    school: Any, open_window: Callable[..., Page]
) -> None:
    with transaction.atomic():
        see(school)
        user = MembershipFactory(school=school, role=Role.LEAD).user
        fill(school)
    page = open_window(PHONE, bypass_csp=True)
    sign_in_quickly(page, user)
    page.goto(reverse("timetables:lessons_day"))
    check_accessibility(page)
    halves = page.locator(".iap-half").count()
    paper = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert halves > 2 and len(paper) == (halves + 1) // 2
    assert "Somebody else takes a lesson" not in paper[0].extract_text()
