"""Pupils whose place began some weeks into the year: referred, accepted by a panel, offered a place, and in."""

import datetime as dt

from iap.schools.models import User
from pupils.models import Placement, Pupil
from referrals.actions import drafts, panels
from referrals.actions.offers import accept_offer, offer_place
from referrals.models import Effect, Meeting, Outcome, Referral
from referrals.priority import priority_of

from . import clock, meetings
from .plans import Story
from .provision import Base
from .school import Invented

SENT, DECIDED, OFFERED = 26, 16, 6  # school days before the first day, about
HAPPENING = (
    "Leaves lessons within minutes, and waits in the corridor until the bell.",
    "In school every day, and in fewer lessons each week.",
    "Small things become big ones after lunch; mornings go well.",
)
TRIED = (("A seat by the door", 6), ("A mentor each week", 5))


class Arrivals:
    """How pupils came to their place in one school; pupils of one day share a panel."""

    def __init__(self, invented: Invented, base: Base, users: dict[str, User]) -> None:
        self.invented, self.base = invented, base
        self.senco, self.leader = (self._who(users, role) for role in ("senco", "leader"))
        self.meetings: dict[dt.date, Meeting] = {}

    def could_come(self, start: dt.date) -> bool:
        """Whether there is a school day early enough in the year to be referred on."""
        return len(self._before(start)) > SENT + len(HAPPENING)

    def place(
        self, pupil: Pupil, story: Story, start: dt.date, *, expected_weeks: int, first_review_on: dt.date
    ) -> Placement:
        """From the referral to the place, each step on its own day."""
        number = pupil.pk % len(HAPPENING)
        before = self._before(start)
        referral = self._refer(pupil, story, before[-SENT - number], HAPPENING[number])
        self._decide(referral, story, before[-DECIDED + number])
        with clock.at(before[-OFFERED], dt.time(9, 30)) as moment:
            offer = offer_place(
                referral, by=self.base.lead, starts_on=start, expires_on=before[-2], today=moment.date()
            )
        with clock.at(before[-OFFERED + 2], dt.time(15, 40)) as moment:
            return accept_offer(
                offer,
                by=self.base.lead,
                key_adult=self.base.staff[story.key_adult],
                model=self.invented.plan.model,
                first_review_on=first_review_on,
                expected_weeks=expected_weeks,
                words="Glad. Asks to be rung on the first Friday.",
                today=moment.date(),
            )

    def close_panels(self) -> None:
        """Keep the minutes of every panel on its evening."""
        for day, meeting in self.meetings.items():
            meetings.close(meeting, self.base, day)

    def _refer(self, pupil: Pupil, story: Story, day: dt.date, happening: str) -> Referral:
        with clock.at(day, dt.time(12, 40)):
            referral = drafts.start(pupil, by=self.senco)
            drafts.save_section(
                referral,
                by=self.senco,
                fields={
                    "referrer_post": "SENCO",
                    "happening": happening,
                    "goes_well": f"{story.helps}. Trusts one adult.",
                    "reasons": ["learning", "wellbeing"],
                    "exclusion_risk": "none",
                    "pupil_words": "I can do it when I know what comes next.",
                    "family_informed_on": day,
                    "family_agrees": "yes",
                    "outcomes": "To be in lessons again, step by step.",
                    "supported_by": self.leader,
                    "is_punishment": False,
                },
                strategies=[
                    {
                        "what": what,
                        "weeks": weeks,
                        "effect": Effect.SOME.value,
                        "effect_words": "A little calmer",
                    }
                    for what, weeks in TRIED
                ],
                classes=[],
            )
            drafts.submit(referral, by=self.senco)
        return referral

    def _decide(self, referral: Referral, story: Story, day: dt.date) -> None:
        with clock.at(self._before(day)[-1]):
            if day not in self.meetings:
                self.meetings[day] = meetings.planned(self.invented, self.base, day)
            panels.put_on_agenda(self.meetings[day], [referral], by=self.base.lead)
        with clock.at(day, dt.time(15, 45)):
            referral.refresh_from_db()
            priority = priority_of(referral, day)
            panels.decide(
                referral,
                by=self.leader,
                meeting=self.meetings[day],
                outcome=Outcome.WAIT,
                rationale="What was tried has helped a little. A smaller room and one adult would help more.",
                priority=priority.points,
                parts=priority.as_json(),
                tells_family=self.invented.plan.who("senco").name,
                tells_family_by=self._after(day),
                model=self.invented.plan.model,
                key_adult=self.base.staff[story.key_adult],
            )

    def _who(self, users: dict[str, User], role: str) -> User:
        return users[self.invented.plan.who(role).code]

    def _before(self, day: dt.date) -> list[dt.date]:
        return [each for each in self.invented.year.days if each < day]

    def _after(self, day: dt.date) -> dt.date:
        return next(each for each in self.invented.year.days if each > day)
