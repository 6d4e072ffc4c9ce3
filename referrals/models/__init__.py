from .panels import AgendaItem, Decision, Meeting, Member, Outcome
from .parts import Attachment, Effect, Going, GoodLesson, Strategy, TeacherView
from .referrals import Agrees, Fit, Hardest, Reason, Referral, Risk
from .rules import Rules
from .waiting import Answer, InterimSupport, KeepApart, Offer

__all__ = [
    "AgendaItem",
    "Agrees",
    "Answer",
    "Attachment",
    "Decision",
    "Effect",
    "Fit",
    "Going",
    "GoodLesson",
    "Hardest",
    "InterimSupport",
    "KeepApart",
    "Meeting",
    "Member",
    "Offer",
    "Outcome",
    "Reason",
    "Referral",
    "Risk",
    "Rules",
    "Strategy",
    "TeacherView",
]
