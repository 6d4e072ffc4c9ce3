"""What the school around the provision knows and does: rooms that change, marks, suspensions, costs."""

import datetime as dt

from django.utils import timezone

from iap.schools.models import AcademicYear, Membership, Role, Training, TrainingTopic
from pupils.models import AttendanceMark, Incident, Suspension
from reporting.models import Costs
from timetables.models import AgreedChange, ChangeState, ClassReturn

from .made import Made

TOPICS = ("Attachment and trauma", "Calming and co-regulation", "Speech, language and communication")
LOGGED = ("Late to the lesson", "Left the room", "Positive: strong effort")
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
    changes = AgreedChange.objects.bulk_create(
        AgreedChange(
            school=made.school,
            class_return=each,
            what=chance.choice(CHANGES),
            owner=chance.choice(made.staff),
            due_on=chance.choice(made.past),
            state_on=chance.choice(made.past),
            state_by=made.by,
        )
        for each in returns.values()
        for _ in range(2)
    )
    for state in ChangeState.values:  # how some of them stand later
        chosen = [change for change in changes if chance.random() < 0.3]
        day = chance.choice(made.past[len(made.past) // 2 :])
        later = AgreedChange.objects.filter(pk__in=[change.pk for change in chosen], state_on__lt=day)
        later.update(state=state, state_on=day)


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
            for day in chance.sample(made.past, min(len(made.past), chance.randrange(10)))
        ),
    )
    Incident.objects.bulk_create(
        (
            Incident(school=made.school, pupil_id=pupil, day=day, period="P1", kind=chance.choice(LOGGED))
            for pupil in pupils
            for day in chance.sample(made.past, min(len(made.past), chance.randrange(60)))
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


def train_staff(made: Made) -> None:
    """Topics, and who of the adults has which; some of it is not fresh any longer."""
    topics = TrainingTopic.objects.bulk_create(
        TrainingTopic(school=made.school, name=name, for_teachers=n % 2 == 0) for n, name in enumerate(TOPICS)
    )
    Membership.objects.get_or_create(school=made.school, user=made.by, role=Role.LEAD)
    made.staff[0].user = made.staff[0].linked_by = made.by
    made.staff[0].save(update_fields=["user", "linked_by"])
    Training.objects.bulk_create(
        Training(
            school=made.school, staff=adult, topic=topic, done_on=(done := made.chance.choice(made.past)),
            refresh_by=made.chance.choice((None, done + dt.timedelta(days=made.chance.randrange(30, 700)))),
            recorded_by=made.by,
        )
        for topic in topics
        for adult in made.chance.sample(made.staff, 7)
    )  # fmt: skip
