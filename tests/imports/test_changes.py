"""Of every kind of file it is listed what would change, field by field from old to new."""

from typing import Any

import time_machine

from tests.imports.conftest import Manager
from tests.imports.test_rows import TIMETABLE

KAI = "B801200005001"
BASE = {
    **TIMETABLE,
    "pupils": TIMETABLE["pupils"].replace("05/03/2014", "2014-03-05"),
    "staff": "Staff Code,Surname,QTS\nABC,Adeyemi,N\nDEF,Ortiz,Y\n",
    "attendance": f"UPN,Date,Session,Mark\n{KAI},2026-11-23,AM,/\n",
    "attendance-last-year": f"UPN,Year,Possible,Attended\n{KAI},2025/26,380,360\n",
    "suspensions": f"UPN,Start Date,Sessions,Reason\n{KAI},2026-09-14,2,TH\n",
    "incidents": f"UPN,Date,Incident type\n{KAI},2026-11-02,Rudeness\n",
    "contacts": f"UPN,Priority,Name,Telephone\n{KAI},1,Ama Mensah,07700 900123\n",
}
CHANGES = {
    "pupils": ("Year 8", "Year 9", "Kai Mensah Year group: 8 → 9"),
    "staff": ("ABC,Adeyemi,N", "ABC,Adeyemi,Y", "Adeyemi, ABC Qualified teacher: No → Yes"),
    "periods": ("2,10:00,11:00", "2,10:05,11:00", "Starts: 10:00 → 10:05"),
    "timetable": ("2,8x/En,English,ABC,E1", "2,8x/En,English,DEF,E9", "Room: E1 → E9 Teachers: ABC → DEF"),
    "attendance": ("AM,/", "AM,N", "Mark: / → N"),
    "attendance-last-year": ("380,360", "380,350", "Attended: 360 → 350"),
    "suspensions": ("2026-09-14,2", "2026-09-14,4", "Sessions lost: 2 → 4"),
    "contacts": ("07700 900123", "07700 900124", "Phone: 07700 900123 → 07700 900124"),
}


def test_what_would_change_is_listed_from_old_to_new(manager: Manager, school: Any) -> None:
    school.cycle_weeks = 1
    school.save()
    with time_machine.travel("2026-11-23 09:00"):
        manager.bring_in({f"{name}.csv": text for name, text in BASE.items()})
    for kind, (old, new, said) in CHANGES.items():
        with time_machine.travel("2026-11-30 09:00"):
            manager.send({f"{kind}.csv": BASE[kind].replace(old, new)})
            listed = manager.listed(kind, "changed").partition("Find ")[2]
        assert said in listed, kind
