"""Tells the demo's referrals: each step by the person and at the moment it would have happened."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from iap.inbox.actions import read_all
from iap.schools.models import Role, User
from pupils.models import Pupil
from referrals.actions import answers, drafts, panels, waiting
from referrals.actions.offers import offer_place
from referrals.models import Effect, Going, Meeting, Outcome, Referral
from referrals.priority import priority_of
from timetables.models import ClassMember

from . import clock, meetings
from .accounts import teacher_who_signs_in
from .provision import Base
from .referred import Referred
from .school import Child, Invented

DECISION = {
    "gathering": Outcome.MORE,
    "deferred": Outcome.DEFER,
    "waiting": Outcome.WAIT,
    "offered": Outcome.WAIT,
    "declined": Outcome.DECLINE,
}
SESSIONS_A_WEEK = 14  # most pupils here begin with more than half of the week in the base
READ_DAYS_AGO = 5  # messages of before are read
WORKS = (
    "A seat by the door, and the first task written down.",
    "Short instructions, then time.",
    "Working beside one trusted person.",
    "Knowing the day before what we will do.",
)


def refer_all(invented: Invented, base: Base, users: dict[str, User]) -> None:
    """Every referral of the plan, the oldest first; panels as they were held, and the next one planned."""
    with clock.at(invented.year.days[0]):
        waiting.set_rules(base.school, by=base.lead, sessions_a_week=SESSIONS_A_WEEK)
    told = Telling(invented, base, users)
    for child, referred in sorted(
        zip(invented.referred_children, invented.plan.referrals, strict=True),
        key=lambda pair: -pair[1].days_ago,
    ):
        told.refer(child, referred)
        if referred.days_ago > READ_DAYS_AGO:
            told.read()
    told.hold_panels()


class Telling:
    """One school's referrals, told in order."""

    def __init__(self, invented: Invented, base: Base, users: dict[str, User]) -> None:
        self.invented, self.base = invented, base
        self.leader = next(user for user in users.values() if self._is(user, Role.LEADER))
        self.senco = next(user for user in users.values() if self._is(user, Role.SENCO))
        self.teacher = users[teacher_who_signs_in(invented).code]
        self.sent: list[tuple[Referral, Referred]] = []

    def refer(self, child: Child, referred: Referred) -> None:
        day = self._ago(referred.days_ago)
        pupil = Pupil.objects.get(school=self.base.school, upn=child.upn)
        by = self.teacher if referred.written_by_teacher else self.senco
        with clock.at(day, dt.time(12, 40)):
            referral = drafts.start(pupil, by=by)
            drafts.save_section(
                referral,
                by=by,
                fields=self._fields(referred, day),
                strategies=[
                    {"what": what, "weeks": weeks, "effect": Effect(effect).value, "effect_words": words}
                    for what, weeks, effect, words in referred.tried
                ],
                classes=self._going_well(pupil, day),
            )
            if referred.stage == "draft":
                return
            drafts.submit(referral, by=by)
        self._answer(referral, day)
        if referred.fit != "unknown":
            with clock.at(self._after(day, 1)):
                waiting.judge_fit(referral, by=self.base.lead, fit=referred.fit, note="")
        self.sent.append((referral, referred))

    def read(self) -> None:
        """The lead and the leader have read what they were told so far."""
        for user in (self.base.lead, self.leader):
            read_all(self.base.school, by=user)

    def hold_panels(self) -> None:
        """Two panels that were held, and one to come with the referrals for it."""
        decided = [each for each in self.sent if each[1].stage in DECISION]
        self._panel(self._ago(13), [each for each in decided if each[1].days_ago > 13])
        self.read()
        self._panel(self._ago(4), [each for each in decided if each[1].days_ago <= 13])
        coming = next(
            day for day in self.invented.year.days if day > self.invented.today + dt.timedelta(days=2)
        )
        with clock.at(self._ago(2)):
            self._agenda(
                meetings.planned(self.invented, self.base, coming),
                [each for each in self.sent if each[1].stage == "panel"],
            )

    def _panel(self, day: dt.date, listed: list[tuple[Referral, Referred]]) -> None:
        with clock.at(self._before(day)):
            meeting = meetings.planned(self.invented, self.base, day)
            self._agenda(meeting, listed)
        for referral, referred in listed:
            with clock.at(day, dt.time(15, 45)):
                self._decide(meeting, referral, referred, day)
            self._meanwhile(referral, referred, day)
        meetings.close(meeting, self.base, day)

    def _agenda(self, meeting: Meeting, listed: list[tuple[Referral, Referred]]) -> None:
        panels.put_on_agenda(meeting, [referral for referral, _ in listed], by=self.base.lead)

    def _decide(self, meeting: Meeting, referral: Referral, referred: Referred, day: dt.date) -> None:
        outcome = DECISION[referred.stage]
        referral.refresh_from_db()
        priority = priority_of(referral, day)
        panels.decide(
            referral,
            by=self.leader,
            meeting=meeting,
            outcome=outcome,
            rationale=referred.rationale,
            priority=priority.points,
            parts=priority.as_json(),
            tells_family=self.invented.plan.who("senco").name,
            tells_family_by=self._after(day, 2),
            **self._with(outcome, day),
        )

    def _with(self, outcome: Outcome, day: dt.date) -> dict[str, Any]:
        match outcome:
            case Outcome.WAIT:
                adult = self.base.staff[self.invented.plan.stories[0].key_adult]
                return {"model": self.invented.plan.model, "key_adult": adult}
            case Outcome.DECLINE:
                advice = "A seating plan in both lessons and a talk with the teacher after two weeks."
                return {"advice": advice, "support_by": "Head of Year 9"}
            case Outcome.MORE:
                return {"asked_of": self.invented.plan.who("senco").name, "asked_by_day": self._after(day, 8)}
            case _:
                return {"deferred_to": self.invented.today + dt.timedelta(weeks=5)}

    def _meanwhile(self, referral: Referral, referred: Referred, day: dt.date) -> None:
        if referred.interim:
            with clock.at(self._after(day, 1)) as moment:
                what, who = referred.interim
                waiting.give_interim_support(
                    referral,
                    by=self.base.lead,
                    what=what,
                    who=who,
                    review_on=moment.date() + dt.timedelta(weeks=3),
                )
        if referred.stage == "offered":
            self._offer(referral)

    def _offer(self, referral: Referral) -> None:
        coming = [day for day in self.invented.year.days if day > self.invented.today]
        with clock.at(self._ago(1)) as moment:
            offer_place(
                referral, by=self.base.lead, starts_on=coming[8], expires_on=coming[4], today=moment.date()
            )

    def _fields(self, referred: Referred, day: dt.date) -> dict[str, Any]:
        told = {"yes": day, "not-yet": day, "no": day}
        return {
            "referrer_post": "Teacher" if referred.written_by_teacher else "SENCO",
            "happening": referred.happening,
            "hardest": list(referred.hardest),
            "goes_well": referred.goes_well,
            "interests": referred.interests,
            "reasons": list(referred.reasons),
            "exclusion_risk": referred.risk,
            "needs": referred.needs,
            "pupil_words": referred.pupil_words,
            "family_informed_on": told[referred.agrees] if referred.family_views else day,
            "family_agrees": referred.agrees,
            "family_views": referred.family_views,
            "outcomes": referred.outcomes,
            "supported_by": self.leader,
            "is_punishment": referred.stage == "talk",
        }

    def _going_well(self, pupil: Pupil, day: dt.date) -> list[Any]:
        """Two classes, the easier ones first."""
        held = ClassMember.objects.valid_on(day).filter(school=self.base.school, pupil=pupil)
        named = {
            row.mainstream_class.subject: row.mainstream_class
            for row in held.select_related("mainstream_class")
        }
        return [named[subject] for subject in ("Art", "Music", "Computing", "Geography") if subject in named][
            :2
        ]

    def _answer(self, referral: Referral, day: dt.date) -> None:
        """Most teachers answer within two days; who has no account has somebody type it for them."""
        random = self.invented.random(f"answers {referral.pupil.upn}")
        for number, view in enumerate(referral.views.select_related("teacher__user").order_by("pk")):
            user = view.teacher.user
            if user is None or self._after(day, 1) > self.invented.today:
                continue
            with clock.at(self._after(day, 1), dt.time(16, 10)):
                answers.answer(
                    view,
                    by=user,
                    going=random.choice(Going.values),
                    works=WORKS[number % len(WORKS)],
                    back_first=random.random() < 0.4,
                )
                read_all(self.base.school, by=user)

    def _is(self, user: User, role: Role) -> bool:
        return user.memberships.filter(school=self.base.school, role=role).exists()

    def _days(self) -> list[dt.date]:
        return [day for day in self.invented.year.days if day <= self.invented.today]

    def _ago(self, number: int) -> dt.date:
        """The school day so many before the last."""
        return self._days()[-1 - number]

    def _after(self, day: dt.date, number: int) -> dt.date:
        days = [each for each in self.invented.year.days if each > day]
        return days[number - 1]

    def _before(self, day: dt.date) -> dt.date:
        return next(iter(self._earlier(day)))

    def _earlier(self, day: dt.date) -> Iterator[dt.date]:
        return reversed([each for each in self.invented.year.days if each < day])
