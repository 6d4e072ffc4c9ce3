"""Test data in sentences. Schools open their own context, so that rows can be made in them."""

import datetime as dt
import uuid
from typing import Any

import factory
from django.db import connection
from django.utils import timezone
from factory.django import DjangoModelFactory

from iap.schools.models import CycleWeek, Membership, Period, Provision, Role, School, StaffMember, User
from iap.tenancy import context
from pupils import upn
from pupils.models import CheckIn, Note, Placement, Pupil
from referrals.models import Referral
from referrals.states import State
from timetables.models import HybridStep, IapSession, StepKind, Strand

PASSWORD = "a long enough phrase"
BELL = [
    ("Reg", "08:40", "09:00", "registration"),
    ("1", "09:00", "10:00", "lesson"),
    ("2", "10:00", "11:00", "lesson"),
    ("Break", "11:00", "11:20", "break"),
    ("3", "11:20", "12:20", "lesson"),
    ("Lunch", "12:20", "13:05", "lunch"),
    ("4", "13:05", "14:05", "lesson"),
    ("5", "14:05", "15:05", "lesson"),
]


def see(*schools: Any) -> None:
    """Add these schools to what the test's transaction may touch."""
    if connection.in_atomic_block:
        known, user = context._get()
        ids = {int(i) for i in known.split(",") if i} | {s.pk for s in schools}
        context.enter(ids, user_id=int(user) if user else None)


def bell(school: Any) -> list[Period]:
    """Five lessons a day, registration, break and lunch."""
    return Period.objects.bulk_create(
        Period(school=school, weekday=weekday, name=name, starts=starts, ends=ends, kind=kind)
        for weekday in range(1, 6)
        for name, starts, ends, kind in BELL
    )


def open_weeks(school: Any, first: dt.date, last: dt.date) -> None:
    """Every week open, labels A and B in turn where the cycle has two weeks."""
    monday = first - dt.timedelta(days=first.weekday())
    labels = ["A", "B"] if school.cycle_weeks == 2 else ["", ""]
    weeks = []
    while monday <= last:
        weeks.append(CycleWeek(school=school, monday=monday, label=labels[len(weeks) % 2]))
        monday += dt.timedelta(weeks=1)
    CycleWeek.objects.bulk_create(weeks)


class SchoolFactory(DjangoModelFactory[School]):
    class Meta:
        model = School

    urn = factory.Sequence(lambda n: f"{100000 + n}")
    name = factory.Sequence(lambda n: f"School {n}")
    phase = "secondary"
    cycle_weeks = 2

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        school = super()._create(model_class, *args, **kwargs)
        see(school)
        Provision.objects.create(school=school, name="The Orchard", places=9)
        return school


def open_school() -> Any:
    """A secondary school on a two-week cycle, open all this year, with a bell of five lessons."""
    school = SchoolFactory()
    bell(school)
    today = dt.date.today()
    open_weeks(school, today - dt.timedelta(weeks=20), today + dt.timedelta(weeks=20))
    return school


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User

    name = factory.Sequence(lambda n: f"Ms Person {n}")
    email = factory.Sequence(lambda n: f"person{n}@school.example")
    password = factory.django.Password(PASSWORD)


class MembershipFactory(DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    school = factory.SubFactory(SchoolFactory)
    user = factory.SubFactory(UserFactory)
    role = Role.STAFF


def of_every_role(school: Any) -> Any:
    """One person who holds them all."""
    user = UserFactory()
    for role in Role:
        MembershipFactory(school=school, user=user, role=role)
    return user


class StaffMemberFactory(DjangoModelFactory[StaffMember]):
    class Meta:
        model = StaffMember

    school = factory.SubFactory(SchoolFactory)
    code = factory.Sequence(lambda n: f"S{n}")
    title = "Ms"
    given_name = "Rosa"
    family_name = factory.Sequence(lambda n: f"Adeyemi{n}")
    qualified = True


def upn_number(n: int) -> str:
    digits = f"8012{26:02}{n:06}"[:12].ljust(12, "0")
    return upn.check_letter("A" + digits) + digits


class PupilFactory(DjangoModelFactory[Pupil]):
    class Meta:
        model = Pupil

    school = factory.SubFactory(SchoolFactory)
    upn = factory.Sequence(upn_number)
    given_name = "Kai"
    family_name = factory.Sequence(lambda n: f"Mensah{n}")
    born_on = dt.date(2014, 3, 5)
    year_group = "8"
    tutor_group = "8R"


class PlacementFactory(DjangoModelFactory[Placement]):
    class Meta:
        model = Placement

    school = factory.SubFactory(SchoolFactory)
    pupil = factory.SubFactory(PupilFactory, school=factory.SelfAttribute("..school"))
    key_adult = factory.SubFactory(StaffMemberFactory, school=factory.SelfAttribute("..school"))
    model = "reintegration"
    starts_on = factory.LazyFunction(lambda: dt.date.today() - dt.timedelta(weeks=6))


class CheckInFactory(DjangoModelFactory[CheckIn]):
    class Meta:
        model = CheckIn

    school = factory.SubFactory(SchoolFactory)
    pupil = factory.SubFactory(PupilFactory, school=factory.SelfAttribute("..school"))
    by = factory.SubFactory(UserFactory)
    entry = factory.LazyFunction(uuid.uuid4)
    day = factory.LazyFunction(timezone.localdate)
    at = factory.LazyFunction(timezone.now)
    readiness = 4


class NoteFactory(DjangoModelFactory[Note]):
    class Meta:
        model = Note

    school = factory.SubFactory(SchoolFactory)
    pupil = factory.SubFactory(PupilFactory, school=factory.SelfAttribute("..school"))
    by = factory.SubFactory(UserFactory)
    entry = factory.LazyFunction(uuid.uuid4)
    day = factory.LazyFunction(timezone.localdate)
    at = factory.LazyFunction(timezone.now)
    text = "Chose to show his work."


class IapSessionFactory(DjangoModelFactory[IapSession]):
    class Meta:
        model = IapSession

    school = factory.SubFactory(SchoolFactory)
    title = "Maths"
    strand = Strand.CURRICULUM
    week = "A"
    valid_from = dt.date(2026, 1, 1)
    period = factory.LazyAttribute(lambda o: Period.objects.filter(school=o.school, kind="lesson").first())


class HybridStepFactory(DjangoModelFactory[HybridStep]):
    class Meta:
        model = HybridStep

    school = factory.SubFactory(SchoolFactory)
    placement = factory.SubFactory(PlacementFactory, school=factory.SelfAttribute("..school"))
    pupil = factory.SelfAttribute("placement.pupil")
    kind = StepKind.START
    starts_on = factory.SelfAttribute("placement.starts_on")
    why = "A first week, from the lessons that go well."
    by = factory.SubFactory(UserFactory)


class ReferralFactory(DjangoModelFactory[Referral]):
    """Sent today and new, unless a state and times say otherwise."""

    class Meta:
        model = Referral

    school = factory.SubFactory(SchoolFactory)
    pupil = factory.SubFactory(PupilFactory, school=factory.SelfAttribute("..school"))
    referrer = factory.SubFactory(UserFactory)
    number = factory.Sequence(lambda n: n + 1)
    state = State.SUBMITTED
    state_at = begun_at = saved_at = submitted_at = factory.LazyFunction(timezone.now)
    happening = "Leaves the room within ten minutes, mostly after lunch."
    goes_well = "Textiles, and helping in the library."
    reasons = factory.LazyFunction(lambda: ["absence"])
    pupil_words = "It is too loud to think."
    family_agrees = "yes"
    is_punishment = False
