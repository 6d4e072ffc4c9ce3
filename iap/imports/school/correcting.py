"""What people correct on the pages of the school itself."""

from iap.imports.correctable import Things, register
from iap.schools.actions.bell import REMOVED
from iap.schools.actions.staff import CORRECTABLE
from iap.schools.models import StaffMember, Weekday


def offer() -> None:
    """Staff, the bell, and when the school is open."""
    labels = {name: _label(name) for name in CORRECTABLE}
    times = {"name": "Name", "starts": "Starts at", "ends": "Ends at", "kind": "Kind", REMOVED: "Taken out"}
    for things in (
        Things("schools.staffmember", "Staff", "Staff records", "schools:staff", labels),
        Things("schools.period", "Periods", "Periods of the day", "schools:bell", times, gone=_period),
        Things("schools.cycleweek", "Weeks", "Weeks", "schools:weeks", {"label": "Week of the cycle"}, True),
        Things(
            "schools.closure", "Closures", "Closures", "schools:closures", {"day": "Closed or open"}, True
        ),
    ):
        register(things)


def _period(key: str) -> str:
    weekday, _, name = key.partition(" ")
    return f"{Weekday(int(weekday)).label}, {name}"


def _label(name: str) -> str:
    label = str(StaffMember._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return label[:1].upper() + label[1:]
