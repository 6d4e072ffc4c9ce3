"""The people around the pupils: who to speak to, contacts with home, and what staff have learnt."""

import datetime as dt
from uuid import UUID

from iap.schools.actions.learning import begin_with_our_list, keep_personal, keep_training
from iap.schools.actions.safeguarding import keep_people
from iap.schools.models import StaffMember, TrainingTopic
from pupils.actions.agencies import keep_agency, record_consent
from pupils.actions.contacts import Agreed, log_contact, plan_contact
from pupils.models import Contact, Pupil
from timetables.receiving import teachers_of_returns

from . import clock
from .provision import Base
from .school import Invented

SAID = (
    ("good", "Rang to say how well the cooking went, and who was helped to tidy up."),
    ("plain", "Talked about the week: mornings are easier, Thursdays still long."),
    ("hard", "Told them that the afternoon had been hard, and what we do differently tomorrow."),
)


def meet(invented: Invented, base: Base) -> None:
    """As of the last school day: names and telephone numbers are invented."""
    adults = [adult for adult in invented.plan.team if "dsl" in adult.signs_in]
    rows = [
        {
            "name": f"{adult.title} {adult.family}",
            "phone": f"01632 9600{n}1",
            "room": "Office 2",
            "is_deputy": False,
        }
        for n, adult in enumerate(adults)
    ]
    lead = next(adult for adult in invented.plan.team if "lead" in adult.signs_in)
    rows.append(
        {
            "name": f"{lead.title} {lead.family}",
            "phone": "01632 960045",
            "room": "By the library",
            "is_deputy": True,
        }
    )
    keep_people(base.school, by=base.lead, rows=rows, hand_offs_chased_at=dt.time(14, 30))
    _learn(invented, base)
    _talk(invented, base)


def _learn(invented: Invented, base: Base) -> None:
    begin_with_our_list(base.school, by=base.lead)
    topics = list(TrainingTopic.objects.filter(school=base.school))
    team = [base.staff[adult.code] for adult in invented.plan.team]
    for number, topic in enumerate(topics):
        took_part = [member for index, member in enumerate(team) if (index + number) % 3]
        done_on = invented.today - dt.timedelta(days=70 * (number + 1))
        keep_training(base.school, by=base.lead, topic=topic, done_on=done_on, staff=took_part)
    receiving = teachers_of_returns(base.school, invented.today)
    teachers = list(StaffMember.objects.filter(school=base.school, pk__in=receiving).order_by("family_name"))
    for number, topic in enumerate(topics[::2]):
        done_on, took_part = invented.today - dt.timedelta(days=45 * (number + 1)), teachers[number::2]
        keep_training(
            base.school, by=base.lead, topic=topic, done_on=done_on, staff=took_part, given_by=str(team[0])
        )
    soon = invented.today + dt.timedelta(days=25)
    keep_personal(base.school, by=base.lead, staff=team[0], kind="qualification", name="First aid", day=soon)
    keep_personal(base.school, by=base.lead, staff=team[1], kind="skill", name="Makaton", day=None)
    keep_personal(base.school, by=base.lead, staff=team[1], kind="supervision", name="Dr Bright", day=soon)


def _talk(invented: Invented, base: Base) -> None:
    random, days = invented.random("contacts"), [day for day in invented.year.days if day <= invented.today]
    mine = Pupil.objects.filter(school=base.school, upn__in=[child.upn for child in invented.story_children])
    for pupil in mine.order_by("pk"):
        first = Contact.objects.filter(school=base.school, pupil=pupil).order_by("priority").first()
        name = first.name if first else "Home"
        for day in sorted(random.sample(days[-20:], min(3, len(days)))):
            tone, said = random.choice(SAID)
            agreed = (
                [Agreed("Ring again on Friday", _friday_after(day), owner_name=name)]
                if tone == "hard"
                else []
            )
            with clock.at(day, dt.time(15, 30)):
                log_contact(
                    pupil, by=base.lead, entry=UUID(int=random.getrandbits(128), version=4), day=day, with_name=name,
                    how="phone", said=said, tone=tone, agreed=agreed,
                )  # fmt: skip
    planned = mine.order_by("pk").first()
    if planned is not None:
        later = next(
            (day for day in invented.year.days if day > invented.today + dt.timedelta(days=1)), days[-1]
        )
        first = Contact.objects.filter(school=base.school, pupil=planned).order_by("priority").first()
        name = first.name if first else "Home"
        plan_contact(planned, by=base.lead, day=later, with_name=name, why="How the new week is going")
        _with_an_agency(invented, base, planned, name)


def _friday_after(day: dt.date) -> dt.date:
    return day + dt.timedelta(days=(3 - day.weekday()) % 7 + 1)


def _with_an_agency(invented: Invented, base: Base, pupil: Pupil, parent: str) -> None:
    """One agency, with the family's consent, and what it said."""
    days = [day for day in invented.year.days if day <= invented.today]
    since, spoken_on = days[-28:][0], days[-23:][0]
    agency = keep_agency(
        pupil, by=base.lead, name="Early help", worker="Ms Farrow", phone="01632 960077", since=since
    )
    record_consent(agency, by=base.lead, given_by=parent, starts_on=since)
    entry = UUID(int=invented.random("agency").getrandbits(128), version=4)
    log_contact(
        pupil, by=base.lead, entry=entry, day=spoken_on, with_name="Ms Farrow", agency=agency,
        how="phone", said="They meet the family on Thursdays, and tell us what helps at home.",
    )  # fmt: skip
