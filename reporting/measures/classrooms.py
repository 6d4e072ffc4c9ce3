"""What the school has changed for pupils who come back."""

from collections.abc import Iterable

from reporting.facts import Facts
from reporting.figures import Measure, Row, Way, register
from reporting.periods import Period
from timetables.models import ChangeState


def changes_in_place(facts: Facts, period: Period) -> Iterable[Row]:
    """Classroom changes that were in place on the last day of the period: of all that had been agreed by then for
    pupils who had a place in the period, without those no longer needed. Each was agreed with the teachers of one
    class for one pupil.
    """
    supported = {place.pupil_id for place in facts.open_in(*period.window)}
    for change in facts.changes_on(period.last):
        held, state = change.class_return, ChangeState(change.state_then)
        if held.pupil_id in supported and state != ChangeState.ENDED:
            group = held.mainstream_class
            yield Row(
                (change.what, group.name, change.due_on, state.label, change.since),
                part=int(state == ChangeState.IN_PLACE),
                pupil=held.pupil_id,
                group=group.subject or "No subject",
            )


def offer() -> None:
    register(
        Measure(
            "changes-in-place",
            "Classroom changes in place",
            changes_in_place,
            way=Way.SHARE,
            columns=("Change", "Class", "By", "How it stood", "Since"),
            alone=True,
            about="classrooms",
            order=40,
        )
    )
