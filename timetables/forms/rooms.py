"""How ready a receiving lesson is."""

from iap.ui.typed import Words
from pupils.forms.readiness import ScaleForm
from timetables.models.rooms import ROOM, RoomStep


class RoomForm(ScaleForm):
    """The five areas of a class for one pupil."""

    STATEMENTS = ROOM
    STEPS = RoomStep

    next_change = Words(
        label="What the room changes next",
        max_length=160,
        required=False,
        help_text="Optional. Recovery lasts when the room changes too.",
    )
