from .costs import Costs
from .packs import Pack, PackKind, PackReader, PackState, Recipient, Rhythm, Schedule, Snapshot
from .reviews import Judgement, Level, SelfReview
from .trust import Counted, NamesPermission
from .versions import Change

__all__ = [
    "Change",
    "Costs",
    "Counted",
    "Judgement",
    "Level",
    "NamesPermission",
    "Pack",
    "PackKind",
    "PackReader",
    "PackState",
    "Recipient",
    "Rhythm",
    "Schedule",
    "SelfReview",
    "Snapshot",
]
