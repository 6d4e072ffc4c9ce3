"""What the school around the provision knows and does: rooms that change, marks, suspensions, costs."""

from django.utils import timezone

from iap.schools.models import AcademicYear
from pupils.models import AttendanceMark, Incident, Suspension
from reporting.models import Costs
from timetables.models import AgreedChange, ChangeState, ClassReturn

from .made import Made

CHANGES = (
    "A seat by the door",
    "Instructions written down too",
    "A way to take a break",
    "A warning before reading aloud",
)


def agree_changes(made: Made) -> None:
    chance = made.chance
    classes = list(
        {lesson.mainstream_class.pk: lesson.mainstream_class for lesson in made.lessons.values()}.values()
    )
    returns = {
        (placement.pupil_id, each.pk): ClassReturn(
            school=made.school,
            pupil_id=placement.pupil_id,
            mainstream_class=each,
            saved_at=timezone.now(),
            saved_by=made.by,
        )
        for placement in made.placements
        for each in chance.sample(classes, 2)
    }
    ClassReturn.objects.bulk_create(returns.values())
    AgreedChange.objects.bulk_create(
        AgreedChange(
            school=made.school,
            class_return=each,
            what=chance.choice(CHANGES),
            owner=chance.choice(made.staff),
            due_on=chance.choice(made.past),
            state=chance.choice(ChangeState.values),
            state_on=made.past[-1],
            state_by=made.by,
        )
        for each in returns.values()
        for _ in range(2)
    )


def bring_evidence(made: Made) -> None:
    """Marks of everybody with a place, suspensions and the log."""
    chance = made.chance
    pupils = sorted({placement.pupil_id for placement in made.placements})
    codes = {pupil: "/" * chance.randrange(3, 30) + "LIOBX" for pupil in pupils}
    AttendanceMark.objects.bulk_create(
        (
            AttendanceMark(
                school=made.school, pupil_id=pupil, day=day, half=half, code=chance.choice(codes[pupil])
            )
            for pupil in pupils
            for day in made.past
            for half in ("AM", "PM")
        ),
        5000,
    )
    Suspension.objects.bulk_create(
        (
            Suspension(
                school=made.school,
                pupil_id=pupil,
                starts_on=day,
                sessions=chance.randrange(1, 11),
                reasons=["DB"],
            )
            for pupil in pupils
            for day in chance.sample(made.past, min(len(made.past), chance.randrange(4)))
        ),
    )
    Incident.objects.bulk_create(
        (
            Incident(school=made.school, pupil_id=pupil, day=day, period="P1", kind="Late to the lesson")
            for pupil in pupils
            for day in chance.sample(made.past, min(len(made.past), chance.randrange(20)))
        ),
    )


def enter_costs(made: Made) -> None:
    for year in AcademicYear.objects.filter(school=made.school):
        Costs.objects.create(
            school=made.school,
            starts_on=year.starts_on,
            ends_on=year.ends_on,
            staff=made.chance.randrange(90_000, 180_000),
            other=made.chance.randrange(30_000),
            external_week=made.chance.randrange(400, 900),
        )
