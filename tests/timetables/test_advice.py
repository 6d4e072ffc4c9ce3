"""What speaks for and against a next lesson, from what stands in the database to what the planner says."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from iap.schools.forms.settings import ProvisionForm
from iap.schools.models import CycleWeek, Period
from pupils.models.readiness import AREAS, PupilReadiness
from referrals.models import GoodLesson, TeacherView
from tests.factories import CheckInFactory, PupilFactory, ReferralFactory, StaffMemberFactory
from timetables.actions.returns import ChangeIn, agree_return, note_change, note_read
from timetables.actions.steps import publish_step
from timetables.models import AgreedChange, MainstreamClass, RoomReadiness
from timetables.models.rooms import ROOM_AREAS

from .week import TODAY, lesson_of, placement_at, session_in, with_sessions

LONG_SINCE = TODAY - dt.timedelta(weeks=8)
LESSONS = {"Art": ("8A1", "Ms Kaur"), "History": ("8Hi", "Mrs Ogden"), "Science": ("8R2", "Mr Whitfield")}


@dataclass
class Way:
    """A pupil who has art, history and science in the first three lessons of Monday, and is in sessions then."""

    placement: Any
    sessions: list[Any]
    teachers: dict[str, Any]
    lead: Any
    client: Any

    @property
    def school(self) -> Any:
        return self.placement.school

    @property
    def pupil(self) -> Any:
        return self.placement.pupil

    def step(self, kind: str, on: dt.date) -> None:
        publish_step(
            self.placement, by=self.lead, kind=kind, starts_on=on, why="Talked over", today=on,
            places=with_sessions(self.school, *self.sessions),
        )  # fmt: skip

    def advice(self) -> Any:
        self.client.force_login(self.lead)
        return self.client.get(reverse("timetables:new_step", args=[self.pupil.uuid])).context["advice"]

    def order(self) -> list[str]:
        advice = self.advice()
        return [each.candidate.subject for each in (*advice.suggested, *advice.later)]

    def said(self, subject: str = "Science") -> tuple[set[str], set[str]]:
        """What the planner says for and against the lesson."""
        advice = self.advice()
        (found,) = [each for each in (*advice.suggested, *advice.later) if each.candidate.subject == subject]
        return set(found.speaks_for), set(found.speaks_against)

    def group(self, subject: str = "Science") -> Any:
        return MainstreamClass.objects.get(school=self.school, name=LESSONS[subject][0])


@pytest.fixture
def way(school: Any, lead: Any, client: Any) -> Way:
    placement = placement_at(school, starts_on=LONG_SINCE)
    sessions = [session_in(school, number=number, valid_from=LONG_SINCE) for number in range(3)]
    teachers = {}
    for session, (subject, (name, called)) in zip(sessions, LESSONS.items(), strict=True):
        title, family = called.split()
        teachers[subject] = StaffMemberFactory(school=school, title=title, family_name=family)
        lesson_of(
            school, placement.pupil, session.period, name=name, subject=subject, teacher=teachers[subject]
        )
    way = Way(placement, sessions, teachers, lead, client)
    way.step("start", LONG_SINCE)
    return way


NEW: tuple[set[str], set[str]] = (
    set(),
    {"First lesson with Mr Whitfield: meet before it", "Nothing agreed yet that the classroom changes"},
)


def test_with_nothing_known_lessons_stand_in_the_order_of_the_week(way: Way) -> None:
    assert way.order() == ["Art", "History", "Science"]
    assert way.said() == NEW


# What teachers said at referral


def referred(way: Way, *, days_ago: int = 60) -> Any:
    sent = timezone.now() - dt.timedelta(days=days_ago)
    return ReferralFactory(school=way.school, pupil=way.pupil, state="placed", submitted_at=sent)


def answers(way: Way, referral: Any, going: int | None, back_first: bool | None, subject: str) -> None:
    answered = None if going is None else timezone.now()
    TeacherView.objects.create(
        school=way.school, referral=referral, teacher=way.teachers[subject], classes=subject,
        asked_at=timezone.now(), answered_at=answered, answered_by=answered and way.lead,
        going=going, back_first=back_first,
    )  # fmt: skip


WELL, MIXED, HARD = 2, 1, 0


@pytest.mark.parametrize(
    ("going", "back_first", "reason"),
    [
        (WELL, True, "Mr Whitfield would have them back first"),
        (MIXED, True, "Mr Whitfield would have them back first"),
        (WELL, False, "Mr Whitfield said at referral that it goes well"),
        (WELL, None, "Mr Whitfield said at referral that it goes well"),
    ],
)
def test_a_good_answer_at_referral_brings_the_lesson_of_that_teacher_forward(
    way: Way, going: int, back_first: bool | None, reason: str
) -> None:
    answers(way, referred(way), going, back_first, "Science")
    assert way.order() == ["Science", "Art", "History"]
    assert way.said()[0] == {reason}


@pytest.mark.parametrize("back_first", [True, False, None])
def test_an_answer_that_it_is_hard_puts_the_lesson_of_that_teacher_last(
    way: Way, back_first: bool | None
) -> None:
    answers(way, referred(way), HARD, back_first, "Art")
    assert way.order() == ["History", "Science", "Art"]
    assert "Ms Kaur found it hard at referral: talk first" in way.said("Art")[1]
    assert way.said() == NEW


@pytest.mark.parametrize("going", [MIXED, None])
def test_a_mixed_answer_and_none_yet_say_nothing_either_way(way: Way, going: int | None) -> None:
    answers(way, referred(way), going, None if going is None else False, "Science")
    assert way.order() == ["Art", "History", "Science"]
    assert way.said() == NEW


def test_only_the_newest_referral_of_the_same_pupil_is_asked(way: Way) -> None:
    answers(way, referred(way, days_ago=300), HARD, False, "Science")
    other = ReferralFactory(school=way.school, pupil=PupilFactory(school=way.school), state="placed")
    answers(way, other, HARD, False, "Science")
    newest = referred(way)
    assert way.said() == NEW
    answers(way, newest, WELL, False, "Science")
    assert way.order()[0] == "Science"


def test_a_subject_that_went_well_counts_also_where_its_class_is_another_by_now(way: Way) -> None:
    referral = referred(way)
    before = MainstreamClass.objects.create(school=way.school, name="8S1", subject="Science")
    nameless = MainstreamClass.objects.create(school=way.school, name="8T", subject="")
    for group in (before, nameless):
        GoodLesson.objects.create(school=way.school, referral=referral, mainstream_class=group)
    assert way.order() == ["Science", "Art", "History"]
    assert way.said()[0] == {"Another class in Science was named at referral as going well"}
    GoodLesson.objects.create(school=way.school, referral=referral, mainstream_class=way.group())
    assert way.said()[0] == {"Named at referral as going well"}


def test_a_class_that_was_named_at_referral_comes_forward(way: Way) -> None:
    GoodLesson.objects.create(school=way.school, referral=referred(way), mainstream_class=way.group())
    assert way.order() == ["Science", "Art", "History"]
    assert way.said() == ({"Named at referral as going well"}, NEW[1])
    referred(way, days_ago=1)
    assert way.said() == NEW


# What the receiving lesson has ready


def agree(way: Way, pupil: Any, *whats: str) -> Any:
    owner = way.teachers["Science"]
    kept = [
        ChangeIn(each.what, each.owner, each.due_on, each)
        for each in AgreedChange.objects.filter(class_return__pupil=pupil)
    ]
    new = [ChangeIn(what, owner, TODAY) for what in whats]
    return agree_return(pupil, way.group(), by=way.lead, helps="Short tasks", changes=[*kept, *new])


def stands(way: Way, what: str, state: str) -> None:
    note_change(AgreedChange.objects.get(what=what), by=way.lead, state=state)


def test_agreed_changes_bring_a_lesson_forward_once_all_that_still_counts_is_in_place(way: Way) -> None:
    agree(way, way.pupil, "Seat", "Words", "Exit")
    assert "0 of 3 agreed changes in place" in way.said()[1]
    stands(way, "Seat", "in-place")
    stands(way, "Words", "look-again")
    assert "1 of 3 agreed changes in place" in way.said()[1]
    assert way.order() == ["Art", "History", "Science"]
    stands(way, "Words", "ended")
    stands(way, "Exit", "in-place")
    assert "What the classroom changes is in place" in way.said()[0]
    assert way.order() == ["Science", "Art", "History"]


def test_what_another_pupil_of_the_class_was_promised_is_not_this_pupils(way: Way) -> None:
    other = PupilFactory(school=way.school)
    period = way.sessions[2].period
    lesson_of(way.school, other, period, name="8R2", teacher=way.teachers["Science"])
    note_read(agree(way, other, "Seat"), by=way.lead)
    stands(way, "Seat", "in-place")
    assert way.said() == NEW


def test_what_helps_counts_as_read_in_its_newest_version_only(way: Way) -> None:
    read = "The teacher has read what helps"
    first = agree(way, way.pupil)
    assert read not in way.said()[0]
    note_read(first, by=way.lead)
    assert read in way.said()[0]
    assert way.order() == ["Science", "Art", "History"]
    second = agree(way, way.pupil)
    assert read not in way.said()[0]
    note_read(second, by=way.lead)
    assert read in way.said()[0]


def look(way: Way, holds: int, *, ago: dt.timedelta = dt.timedelta(days=1), **fields: Any) -> Any:
    steps = {name: 3 if number < holds else 2 for number, name in enumerate(ROOM_AREAS)}
    return RoomReadiness.objects.create(
        school=way.school, pupil=way.pupil, mainstream_class=way.group(), by=way.lead, day=TODAY - ago,
        **steps, **fields,
    )  # fmt: skip


def test_the_last_look_at_a_room_counts_for_its_own_class(way: Way) -> None:
    look(way, 3, ago=dt.timedelta(days=9))
    assert way.said() == (set(), NEW[1] | {"The lesson is ready in 3 of 5 areas so far"})
    look(way, 4)
    assert way.said() == ({"The lesson is ready in 4 of 5 areas"}, NEW[1])
    assert way.order() == ["Science", "Art", "History"]


def test_a_look_at_a_room_long_ago_or_in_error_says_nothing(way: Way) -> None:
    weeks = dt.timedelta(weeks=12)
    look(way, 5, ago=weeks + dt.timedelta(days=1))
    wrong = {"in_error_at": timezone.now(), "in_error_by": way.lead, "in_error_why": "The wrong class"}
    look(way, 5, **wrong)
    assert way.said() == NEW
    look(way, 5, ago=weeks)
    assert way.said()[0] == {"The lesson is ready in 5 of 5 areas"}


def test_the_last_look_at_the_pupil_that_stands_is_said_beside_the_list(way: Way) -> None:
    def looked(holds: int, days: int, **fields: Any) -> None:
        steps = {name: 3 if number < holds else 2 for number, name in enumerate(AREAS)}
        PupilReadiness.objects.create(
            school=way.school, pupil=way.pupil, by=way.lead, day=TODAY - dt.timedelta(days=days),
            **steps, **fields,
        )  # fmt: skip

    assert way.advice().ready == ""
    looked(3, 2)
    looked(5, 9)
    looked(1, 1, in_error_at=timezone.now(), in_error_by=way.lead, in_error_why="The wrong pupil")
    assert way.advice().ready.startswith("3 of 5 areas of readiness hold; the school looks for 4.")
    assert way.order() == ["Art", "History", "Science"]


def test_how_many_areas_the_school_looks_for_is_what_page_panel_and_planner_say(way: Way) -> None:
    """Four hold: enough as a school begins, and too few once the lead asks for five."""
    steps = {name: 3 if number < 4 else 2 for number, name in enumerate(AREAS)}
    PupilReadiness.objects.create(school=way.school, pupil=way.pupil, by=way.lead, day=TODAY, **steps)
    look(way, 4)

    def shown(page: str) -> str:
        return str(way.client.get(reverse(page, args=[way.pupil.uuid])).content.decode())

    def said(words: str) -> list[bool]:
        pages = [shown(page) for page in ("pupils:readiness", "pupils:detail", "timetables:new_step")]
        return [words in page for page in pages]

    way.client.force_login(way.lead)
    assert said("as many as the school looks for") == [True] * 3
    assert "The lesson is ready in 4 of 5 areas" in way.said()[0]
    sent = ProvisionForm(instance=way.school.provision).initial | {"ready_areas": "5", "room_areas": "5"}
    assert way.client.post(reverse("schools:provision"), sent).status_code == 302
    assert said("the school looks for 5") == [True] * 3
    assert said("as many as the school looks for") == [False] * 3
    assert "The lesson is ready in 4 of 5 areas so far" in way.said()[1]


# How the pupil was at that moment of the day


def checked_in(way: Way, name: str | None, readiness: int, number: int = 5, **fields: Any) -> None:
    """Check-ins at the lesson of this name on each weekday; without a name, at no lesson."""
    periods = (
        list(Period.objects.filter(school=way.school, name=name).order_by("weekday")) if name else [None]
    )
    for each in range(number):
        period = periods[each % len(periods)]
        mine = {"school": way.school, "pupil": way.pupil, "by": way.lead, "day": TODAY, "period": period}
        CheckInFactory(readiness=readiness, **{**mine, **fields})


FIRST, AFTER = "at the first lesson of the day", "at a lesson after a break"


def moments(way: Way) -> dict[str, set[str]]:
    """What is said of the moment of each lesson."""
    advice = way.advice()
    return {
        each.candidate.subject: {
            words for words in (*each.speaks_for, *each.speaks_against) if "than usual" in words
        }
        for each in (*advice.suggested, *advice.later)
    }


@pytest.mark.parametrize(
    ("at", "then", "usually", "said"),
    [
        ("1", 5, 3, {"Art": {f"Readier than usual {FIRST}"}}),
        ("1", 2, 4, {"Art": {f"Less ready than usual {FIRST}"}}),
        ("3", 5, 3, {"Science": {f"Readier than usual {AFTER}"}}),
        ("4", 2, 4, {"Science": {f"Less ready than usual {AFTER}"}}),  # after lunch
        ("2", 5, 3, {}),
        ("5", 5, 3, {}),
        (None, 5, 3, {}),
    ],
)
def test_check_ins_at_a_moment_speak_of_the_lessons_of_that_moment(
    way: Way, at: str | None, then: int, usually: int, said: dict[str, set[str]]
) -> None:
    checked_in(way, at, then)
    checked_in(way, None, usually)
    assert moments(way) == {subject: said.get(subject, set()) for subject in LESSONS}


def test_a_readier_moment_brings_its_lesson_forward_and_a_less_ready_one_back(way: Way) -> None:
    checked_in(way, None, 3, 10)
    checked_in(way, "3", 5)
    assert way.order() == ["Science", "Art", "History"]
    checked_in(way, "1", 1)
    assert way.order() == ["Science", "History", "Art"]


def test_only_standing_check_ins_of_the_last_eight_weeks_of_this_pupil_count(way: Way) -> None:
    checked_in(way, None, 3, 10)
    checked_in(way, "1", 5, day=TODAY - dt.timedelta(weeks=8))
    checked_in(way, "1", 5, undone_at=timezone.now(), undone_by=way.lead)
    checked_in(way, "1", 5, pupil=PupilFactory(school=way.school))
    checked_in(way, "1", 5, 4)
    assert moments(way)["Art"] == set()
    checked_in(way, "1", 5, 1, day=TODAY - dt.timedelta(weeks=8) + dt.timedelta(days=1))
    assert moments(way)["Art"] == {f"Readier than usual {FIRST}"}


# The pace


def test_a_week_of_holiday_is_no_week_since_the_last_change(way: Way) -> None:
    way.step("forward", TODAY - dt.timedelta(weeks=2))
    assert way.advice().wait == ""
    CycleWeek.objects.filter(
        school=way.school, monday=TODAY - dt.timedelta(weeks=1, days=TODAY.weekday())
    ).delete()
    assert way.advice().wait == "The week last changed 1 school week ago. Give it 1 school week more."


@pytest.mark.parametrize("kind", ["correction", "hold"])
def test_a_correction_and_a_hold_are_no_change_of_the_week(way: Way, kind: str) -> None:
    way.step(kind, TODAY)
    advice = way.advice()
    assert (advice.wait, len(advice.suggested)) == ("", way.school.provision.pace_lessons)


@pytest.mark.parametrize("kind", ["correction", "hold"])
def test_the_weeks_run_on_from_the_change_before_a_correction_or_a_hold(way: Way, kind: str) -> None:
    way.step("forward", TODAY - dt.timedelta(weeks=1))
    way.step(kind, TODAY)
    assert way.advice().wait == "The week last changed 1 school week ago. Give it 1 school week more."


def test_after_a_step_back_a_hold_opens_the_way_and_a_correction_does_not(way: Way) -> None:
    way.step("back", TODAY - dt.timedelta(weeks=4))
    way.step("correction", TODAY - dt.timedelta(weeks=2))
    assert "Hold first" in way.advice().wait
    way.step("hold", TODAY)
    assert way.advice().wait == ""


# Who has left


BEGINS = TODAY + dt.timedelta(days=7 - TODAY.weekday())  # the day the planner offers for the step


def left(teacher: Any, on: dt.date = BEGINS) -> None:
    teacher.left_on = on
    teacher.save(update_fields=["left_on"])


def test_a_lesson_whose_only_teacher_will_have_left_when_the_step_begins_is_not_yet(way: Way) -> None:
    answers(way, referred(way), WELL, True, "Science")
    left(way.teachers["Science"], BEGINS + dt.timedelta(days=1))
    assert way.order()[0] == "Science"
    left(way.teachers["Science"])
    (refused,) = way.advice().not_yet
    assert (refused.candidate.subject, refused.why) == (
        "Science", "Nobody is named as its teacher at present.",
    )  # fmt: skip
    assert way.order() == ["Art", "History"]


def test_of_two_teachers_the_one_who_stays_is_named_and_their_answer_counts(way: Way) -> None:
    stays = StaffMemberFactory(school=way.school, title="Dr", family_name="Zaman")
    lesson_of(way.school, way.pupil, way.sessions[2].period, name="8R2", subject="Science", teacher=stays)
    answers(way, referred(way), HARD, False, "Science")
    assert "Mr Whitfield and Dr Zaman found it hard at referral: talk first" in way.said()[1]
    left(way.teachers["Science"])
    assert way.said() == (set(), {words.replace("Mr Whitfield", "Dr Zaman") for words in NEW[1]})
