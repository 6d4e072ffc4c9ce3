"""Who may open which address: one line for each.

A line names the address, the roles that open it, how its parts are made, and whether it is posted. Add one
with every new view: `tests/test_access.py` fails for an address that has none.
"""

import datetime as dt
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.utils import timezone
from pypdf import PdfWriter

from iap.imports.models import ImportJob, ImportRun, State
from iap.inbox.models import Message
from iap.schools.models import Code, Membership, Period, Role, SafeguardingPerson
from pupils.actions.passports import save_passport
from pupils.actions.voices import ask_teachers
from pupils.models import HandOff, Intervention, Letter, Need, Programme, RiskAssessment
from pupils.standard.needs import words_of
from pupils.standard.tools import tools_of
from referrals.models import InterimSupport, KeepApart, Meeting, Offer, TeacherView
from reporting.models import Costs, NamesPermission, Pack, PackReader, Schedule, SelfReview, Snapshot
from reporting.packs.document import Document
from tests.factories import (
    IapSessionFactory,
    MembershipFactory,
    NoteFactory,
    PlacementFactory,
    PupilFactory,
    ReferralFactory,
    StaffMemberFactory,
    UserFactory,
    bell,
    see,
)
from tests.pupils.plans import comes_to, held, plan_for
from timetables.actions.feeds import make_feed
from timetables.actions.returns import ChangeIn, agree_return
from timetables.models import AgreedChange, MainstreamClass

LEAD, LEADER, DATA, DSL = Role.LEAD, Role.LEADER, Role.DATA, Role.DSL
STAFF, SENCO, TEACHER, TRUST = Role.STAFF, Role.SENCO, Role.TEACHER, Role.TRUST
READERS = {STAFF, LEAD, LEADER, SENCO, DSL}
WRITERS = {STAFF, LEAD, SENCO, DSL}
PLANNERS = {STAFF, LEAD, SENCO}
KEEPERS = {LEAD, DATA}
PEOPLE = {LEAD, LEADER, DATA}
PANEL = {LEAD, LEADER, SENCO}
REFERRERS = {STAFF, LEAD, LEADER, SENCO, DSL, TEACHER}
OPENERS = {LEAD, LEADER, SENCO, DSL, TRUST}
EVERYBODY = frozenset(Role)

# Makes the parts of an address in a school: keyword → what stands for it.
Maker = Callable[[Any], Mapping[str, Any]]


def pupil(school: Any) -> dict[str, Any]:
    return {"uuid": PupilFactory(school=school).uuid}


def pupil_figure(school: Any) -> dict[str, Any]:
    return {**pupil(school), "key": "check-ins-by-weekday"}


def placed(school: Any) -> dict[str, Any]:
    return {"uuid": PlacementFactory(school=school).pupil.uuid}


def costs(school: Any) -> dict[str, Any]:
    """A year further on each time it is asked: a day is paid for once."""
    year = 2026 + Costs.objects.filter(school=school).count()
    days = {"starts_on": dt.date(year, 9, 1), "ends_on": dt.date(year + 1, 8, 31)}
    return {"uuid": Costs.objects.create(school=school, staff=84_000, **days).uuid}


def noted(school: Any) -> dict[str, Any]:
    note = NoteFactory(school=school)
    return {"uuid": note.pupil.uuid, "entry": note.entry}


def needed(school: Any) -> dict[str, Any]:
    placement = PlacementFactory(school=school)
    need = Need.objects.create(
        school=school,
        pupil=placement.pupil,
        by=UserFactory(),
        day=dt.date.today(),
        area="learning",
        detail="Long texts",
        found_at="day",
    )
    return {"uuid": placement.pupil.uuid, "need": need.uuid}


def tool(school: Any) -> dict[str, Any]:
    see(school)
    return {"uuid": tools_of(school)[0].uuid}


def scored(school: Any) -> dict[str, Any]:
    return {**placed(school), "tool": tool(school)["uuid"]}


def _programme(school: Any) -> Programme:
    see(school)
    number = Programme.objects.filter(school=school).count()
    return Programme.objects.create(
        school=school,
        name=f"Talking {number}",
        strand="intervention",
        sessions=12,
        valid_from=dt.date.today(),
    )


def offered_programme(school: Any) -> dict[str, Any]:
    return {"uuid": _programme(school).uuid}


def could_begin(school: Any) -> dict[str, Any]:
    return {**placed(school), "programme": _programme(school).uuid}


def begun(school: Any) -> dict[str, Any]:
    placement = PlacementFactory(school=school)
    held = Intervention.objects.create(
        school=school,
        pupil=placement.pupil,
        by=UserFactory(),
        day=dt.date.today(),
        programme=_programme(school),
        delivered_by="Speech therapist",
        planned=6,
    )
    return {"uuid": placement.pupil.uuid, "intervention": held.uuid}


def need_word(school: Any) -> dict[str, Any]:
    see(school)
    return {"uuid": words_of(school)[0].uuid}


def ended(school: Any) -> dict[str, Any]:
    place = PlacementFactory(school=school, ends_on=dt.date.today(), destination="full-return")
    return {"uuid": place.pupil.uuid, "place": place.uuid}


def _blank_paper() -> bytes:
    writer, held = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.write(held)
    return held.getvalue()


def written_home(school: Any) -> dict[str, Any]:
    see(school)
    made = Letter.objects.create(
        school=school,
        pupil=PupilFactory(school=school),
        by=UserFactory(),
        day=dt.date.today(),
        kind="review",
        to_name="Alex",
        title="A letter",
        text="Words",
        signed="x",
        paper=_blank_paper(),
    )
    return {"uuid": made.pupil.uuid, "letter": made.uuid}


def handed_on(school: Any) -> dict[str, Any]:
    see(school)
    person = SafeguardingPerson.objects.create(school=school, name="Mr Siddiq", room="Office")
    held = HandOff.objects.create(
        school=school,
        pupil=PupilFactory(school=school),
        day=dt.date.today(),
        by=UserFactory(),
        told_at=timezone.now(),
        to=person,
    )
    return {"uuid": held.uuid}


def lined(school: Any) -> dict[str, Any]:
    """A note of whoever joined the school last."""
    last = Membership.objects.filter(school=school).order_by("-pk").first()
    note = NoteFactory(school=school, **({"by": last.user} if last else {}))
    return {"uuid": note.pupil.uuid, "stream": "note", "row": note.entry}


def session(school: Any) -> dict[str, Any]:
    see(school)
    if not Period.objects.filter(school=school).exists():
        bell(school)
    return {"uuid": IapSessionFactory(school=school).uuid}


def person(school: Any) -> dict[str, Any]:
    return {"uuid": MembershipFactory(school=school, role=Role.STAFF).user.uuid}


def staff(school: Any) -> dict[str, Any]:
    return {"uuid": StaffMemberFactory(school=school).uuid}


def today(school: Any) -> dict[str, Any]:
    return {"day": dt.date.today().isoformat()}


def period_today(school: Any) -> dict[str, Any]:
    return {**today(school), "period": "1"}


def tapped(school: Any) -> dict[str, Any]:
    place = placed(school)
    return {**today(school), "session": session(school)["uuid"], "uuid": place["uuid"]}


def tapped_lesson(school: Any) -> dict[str, Any]:
    return {**today(school), **placed(school)}


def returned(school: Any) -> dict[str, Any]:
    see(school)
    group, _ = MainstreamClass.objects.get_or_create(school=school, name="8R2")
    held = agree_return(PupilFactory(school=school), group, by=UserFactory())
    return {"uuid": held.uuid}


def changed(school: Any) -> dict[str, Any]:
    see(school)
    group, _ = MainstreamClass.objects.get_or_create(school=school, name="8R2")
    change = ChangeIn("Side bench", StaffMemberFactory(school=school), dt.date.today())
    agree_return(pupil := PupilFactory(school=school), group, by=UserFactory(), changes=[change])
    return {"uuid": AgreedChange.objects.get(class_return__pupil=pupil).uuid}


def assessed(school: Any) -> dict[str, Any]:
    held = RiskAssessment.objects.create(
        school=school,
        pupil=PupilFactory(school=school),
        version=1,
        changed="First version",
        review_on=dt.date.today() + dt.timedelta(days=40),
        by=UserFactory(),
    )
    return {"uuid": held.pupil.uuid, "version": 1}


def off_site(school: Any) -> dict[str, Any]:
    return {**today(school), **placed(school)}


def upload(school: Any) -> dict[str, Any]:
    see(school)
    return {
        "uuid": ImportJob.objects.create(school=school, state=State.CHECKED, state_at=timezone.now()).uuid
    }


def brought_in(school: Any) -> dict[str, Any]:
    see(school)
    return {"uuid": ImportRun.objects.create(school=school, outcome={}).uuid}


def exported(school: Any) -> dict[str, Any]:
    return {"uuid": uuid4()}


def referred(school: Any) -> dict[str, Any]:
    return {"uuid": ReferralFactory(school=school).uuid}


def waiting(school: Any) -> dict[str, Any]:
    return {"uuid": ReferralFactory(school=school, state="waiting", decided_at=timezone.now()).uuid}


def supported(school: Any) -> dict[str, Any]:
    referral = ReferralFactory(school=school)
    support = InterimSupport.objects.create(
        school=school,
        referral=referral,
        what="A calm start",
        who="Mr Ortiz",
        review_on=dt.date.today(),
        recorded_at=timezone.now(),
        recorded_by=referral.referrer,
    )
    return {"uuid": referral.uuid, "support": support.uuid}


def offered(school: Any) -> dict[str, Any]:
    referral = ReferralFactory(school=school, state="offered", decided_at=timezone.now())
    day = dt.date.today() + dt.timedelta(days=9)
    offer = Offer.objects.create(
        school=school,
        referral=referral,
        starts_on=day,
        expires_on=day,
        made_at=timezone.now(),
        made_by=referral.referrer,
    )
    return {"uuid": referral.uuid, "offer": offer.uuid}


def pair(school: Any) -> dict[str, Any]:
    one, other = PupilFactory(school=school), PupilFactory(school=school)
    kept = KeepApart.objects.create(
        school=school, one=one, other=other, reason="x", recorded_by=UserFactory(), recorded_at=timezone.now()
    )
    return {"uuid": kept.uuid}


def meeting(school: Any) -> dict[str, Any]:
    planned = Meeting.objects.filter(school=school).count()
    day = dt.date.today() + dt.timedelta(days=3 + planned)
    return {"uuid": Meeting.objects.create(school=school, day=day, starts=dt.time(15, 30)).uuid}


def papers(school: Any) -> dict[str, Any]:
    return {**meeting(school), "paper": uuid4()}


def told(school: Any) -> dict[str, Any]:
    person = MembershipFactory(school=school).user
    message = Message.objects.create(
        school=school, to=person, kind="x", text="A referral was sent.", link="/", key="x", at=timezone.now()
    )
    return {"uuid": message.uuid}


def section(school: Any) -> dict[str, Any]:
    return {**referred(school), "slug": "happening"}


def file(school: Any) -> dict[str, Any]:
    return {**referred(school), "file": uuid4()}


def question(school: Any) -> dict[str, Any]:
    referral = ReferralFactory(school=school)
    asked = TeacherView.objects.create(
        school=school,
        referral=referral,
        teacher=StaffMemberFactory(school=school),
        classes="English",
        asked_at=timezone.now(),
    )
    return {"uuid": asked.uuid}


def code(school: Any) -> dict[str, Any]:
    kept, _ = Code.objects.get_or_create(
        school=school, set="attendance", code="J", valid_from=dt.date(2020, 9, 1)
    )
    return {"uuid": kept.uuid}


def monday(school: Any) -> dict[str, Any]:
    return {"weekday": 1}


def self_reviewed(school: Any) -> dict[str, Any]:
    begun = SelfReview.objects.create(school=school, stage="developing", begun_by=UserFactory())
    begun.kept_at, begun.kept_by = timezone.now(), begun.begun_by
    begun.save(update_fields=["kept_at", "kept_by"])
    return {"uuid": begun.uuid}


def tenet(school: Any) -> dict[str, Any]:
    return {"key": "unified"}


def reported(school: Any) -> dict[str, Any]:
    number = Snapshot.objects.filter(school=school).count()
    day = dt.date(2025, 9, 1) + dt.timedelta(days=number)
    document = Document("governors", "Pack", "The Orchard", school.name, "A day", day, ()).as_json()
    kept = Snapshot.objects.create(
        school=school, kind="governors", period=f"own:{day}:{day}", name="A day", first=day, last=day,
        document=document,
    )  # fmt: skip
    return {"uuid": kept.uuid}


def packed(school: Any) -> dict[str, Any]:
    """A pack that everybody whom one may be addressed to has been addressed."""
    until = timezone.now() + dt.timedelta(days=1)
    pack = Pack.objects.create(school=school, kind="governors", name="Autumn term", expires_at=until)
    named = Membership.objects.filter(school=school, role__in=OPENERS).values_list("user", flat=True)
    PackReader.objects.bulk_create(PackReader(school=school, pack=pack, user_id=user) for user in set(named))
    return {"uuid": pack.uuid}


def packed_file(school: Any) -> dict[str, Any]:
    return {**packed(school), "ending": "pdf"}


def scheduled(school: Any) -> dict[str, Any]:
    Schedule.objects.filter(school=school).delete()
    held = Schedule.objects.create(school=school, kind="governors", set_by=UserFactory())
    return {"uuid": held.uuid}


def own_school(school: Any) -> dict[str, Any]:
    return {"uuid": school.uuid}


def own_figure(school: Any) -> dict[str, Any]:
    return {"uuid": school.uuid, "key": "pupils-supported"}


def asked_for_names(school: Any) -> dict[str, Any]:
    return {"uuid": NamesPermission.objects.create(school=school, to=UserFactory(), reason="A visit").uuid}


def feed(school: Any) -> dict[str, Any]:
    see(school)
    reader = MembershipFactory(school=school, role=Role.STAFF).user
    return {"school": school.uuid, "token": make_feed(school, by=reader)}


def planned(school: Any) -> dict[str, Any]:
    plan = plan_for(PlacementFactory(school=school))
    return {"uuid": plan.pupil.uuid, "plan": plan.uuid}


def reviewed(school: Any) -> dict[str, Any]:
    review = held(plan_for(PlacementFactory(school=school)), MembershipFactory(school=school).user)
    return {"uuid": review.pupil.uuid, "review": review.uuid}


def targeted(school: Any) -> dict[str, Any]:
    plan = plan_for(PlacementFactory(school=school))
    return {"uuid": plan.pupil.uuid, "target": plan.targets.get().uuid}  # type: ignore[attr-defined]


def asked_for_review(school: Any) -> dict[str, Any]:
    place = PlacementFactory(school=school)
    see(school)
    if not Period.objects.filter(school=school).exists():
        bell(school)
    comes_to(place)
    voice, *_ = ask_teachers(plan_for(place), by=MembershipFactory(school=school).user)
    return {"uuid": voice.uuid}


def passport_on_paper(school: Any) -> dict[str, Any]:
    pupil = PupilFactory(school=school)
    by = MembershipFactory(school=school).user
    save_passport(pupil, by=by, own_words="Art is where I feel like me.", helps="Warn before changes")
    return {"uuid": pupil.uuid, "edition": "family"}


@dataclass(frozen=True)
class Row:
    """Who opens an address. `own` makes its parts; those of another school must then give 404.

    `public` says that it opens without signing in; `shared` that its parts name nothing of a school. `ok` are the
    answers that mean it opened: a post without data is refused by the form, which is past the door.
    """

    name: str
    roles: frozenset[Role] | set[Role]
    own: Maker | None = None
    post: bool = False
    shared: bool = False
    public: bool = False
    data: Mapping[str, str] = field(default_factory=dict)
    ok: tuple[int, ...] = (200, 302)


TABLE = [
    Row("home", EVERYBODY),
    Row("schools:still_here", EVERYBODY, public=True, ok=(200, 401)),
    Row("schools:choose", EVERYBODY, post=True, ok=(404,)),  # without a school of theirs
    Row("schools:settings", KEEPERS),
    Row("schools:provision", {LEAD}),
    Row("schools:school", KEEPERS),
    Row("schools:years", KEEPERS),
    Row("schools:terms", KEEPERS),
    Row("schools:closures", KEEPERS),
    Row("schools:weeks", KEEPERS),
    Row("schools:bell", KEEPERS),
    Row("schools:copy_monday", KEEPERS, post=True),
    Row("schools:bell_day", KEEPERS, monday, shared=True),
    Row("schools:code_sets", KEEPERS),
    Row("schools:code_set", KEEPERS, lambda school: {"name": "attendance"}, shared=True),
    Row("schools:code", KEEPERS, code),
    Row("schools:code_remove", KEEPERS, code, post=True),
    Row("schools:safeguarding", KEEPERS | {DSL}),
    Row("schools:learning", {LEAD}),
    Row("schools:topics", {LEAD}),
    Row("schools:my_learning", EVERYBODY),
    Row("schools:people", PEOPLE),
    Row("schools:person_add", PEOPLE),
    Row("schools:person", PEOPLE, person),
    Row("schools:role_give", PEOPLE, person, post=True, ok=(422,)),
    Row("schools:role_take", PEOPLE, person, post=True),
    Row("schools:send_link", PEOPLE, person, post=True),
    Row("schools:staff", PEOPLE),
    Row("schools:staff_member", PEOPLE, staff),
    Row("schools:staff_link", PEOPLE, staff, post=True, ok=(422,)),
    Row("schools:staff_unlink", PEOPLE, staff, post=True),
    Row("schools:staff_leave", PEOPLE, staff, post=True),
    Row("schools:staff_correct", KEEPERS, staff),
    Row("pupils:to_correct", KEEPERS),
    Row("pupils:correct", KEEPERS, pupil),
    Row("pupils:reads", {DSL}, pupil),
    Row("pupils:everything", {LEAD, DSL}, pupil),
    Row("pupils:list", READERS),
    Row("pupils:search", READERS),
    Row("pupils:detail", READERS, pupil),
    Row("pupils:check_ins", READERS, pupil),
    Row("pupils:safeguarding", READERS | {TEACHER}),
    Row("pupils:speak", READERS, pupil),
    Row("pupils:hand_offs", {DSL}),
    Row("pupils:confirm_hand_off", {DSL}, handed_on, post=True),
    Row("pupils:hand_off_in_error", WRITERS, handed_on, post=True, ok=(404,)),  # written by somebody else
    Row("pupils:exit", READERS, ended),
    Row("pupils:contacts", READERS, pupil),
    Row("pupils:letter", WRITERS, pupil),
    Row("pupils:letter_paper", READERS, written_home),
    Row("pupils:timeline", READERS, pupil),
    Row("pupils:strike", READERS, lined, ok=(200, 404)),  # its writer and the lead
    Row("pupils:note", WRITERS, pupil),
    Row("pupils:undo", WRITERS, noted, post=True),
    Row("pupils:followed_up", WRITERS, noted, post=True),
    Row("pupils:words", {LEAD}, noted),
    Row("pupils:needs", READERS, pupil),
    Row("pupils:end_need", WRITERS, needed, post=True, ok=(422,)),
    Row("pupils:sort_need", WRITERS, needed, post=True),
    Row("pupils:need_words", {LEAD, SENCO}),
    Row("pupils:end_need_word", {LEAD, SENCO}, need_word, post=True),
    Row("pupils:assessments", READERS, pupil),
    Row("pupils:assessment_tool", READERS, scored),
    Row("pupils:scores", WRITERS, scored),
    Row("pupils:tools", {LEAD, SENCO}),
    Row("pupils:new_tool", {LEAD, SENCO}),
    Row("pupils:edit_tool", {LEAD, SENCO}, tool),
    Row("pupils:end_tool", {LEAD, SENCO}, tool, post=True),
    Row("pupils:readiness", READERS, pupil),
    Row("pupils:plan", READERS, pupil),
    Row("pupils:plan_new", PLANNERS, placed),
    Row("pupils:plan_cycle", READERS, planned),
    Row("pupils:plan_change", PLANNERS, planned),
    Row("pupils:plan_paper", READERS, planned),
    Row("pupils:plan_json", {LEAD, SENCO}, planned),
    Row("pupils:review", READERS, planned),
    Row("pupils:review_correct", PLANNERS, planned),
    Row("pupils:next_cycle", PLANNERS, planned, post=True, ok=(404,)),  # it has no review
    Row("pupils:held_review", READERS, reviewed),
    Row("pupils:target", PLANNERS, targeted),
    Row("pupils:asked", REFERRERS, asked_for_review, ok=(404,)),  # somebody else is asked
    Row("pupils:passport", READERS, pupil),
    Row("pupils:passport_write", PLANNERS, pupil),
    Row("pupils:passport_paper", READERS, passport_on_paper),
    Row("inbox:list", EVERYBODY),
    Row("inbox:count", EVERYBODY),
    Row("inbox:read_all", EVERYBODY, post=True),
    Row("inbox:open", EVERYBODY, told, ok=(404,)),  # told to somebody else
    Row("imports:new", {DATA}),
    Row("imports:rules", {DATA}),
    Row("imports:let_go", {DATA}, post=True, ok=(404,)),  # of a correction that there is not
    Row("imports:show", {DATA}, upload),
    Row("imports:understood", {DATA}, upload),
    Row("imports:answers", {DATA}, upload, post=True),
    Row("imports:apply", {DATA}, upload, post=True),
    Row("imports:put_away", {DATA}, upload, post=True),
    Row("imports:again", {DATA}, upload, post=True),
    Row("imports:refused", {DATA}, upload),
    Row("nightly:show", {DATA}),
    Row("nightly:ask", {DATA}, post=True),
    Row("exports:start", PEOPLE),
    Row("exports:make", PEOPLE, post=True),
    Row("exports:show", PEOPLE, exported, ok=(404,)),  # only who asked for it finds it
    Row("exports:download", PEOPLE, exported, ok=(404,)),
    Row("imports:run", {DATA}, brought_in),
    Row("imports:undo", {DATA}, brought_in, post=True),
    Row("imports:left", {DATA}, brought_in, post=True),
    Row("timetables:sessions", {LEAD, SENCO}),
    Row("timetables:new_session", {LEAD}),
    Row("timetables:session", {LEAD, SENCO}, session),
    Row("timetables:staff", {LEAD}, session, post=True, ok=(422,)),
    Row("timetables:end_staff", {LEAD}, session, post=True, ok=(404,)),  # nobody staffs it
    Row("timetables:cover", {LEAD}, session, post=True, ok=(422,)),
    Row("timetables:cover_back", {LEAD}, session, post=True, ok=(404,)),
    Row("timetables:end_session", {LEAD}, session, post=True, ok=(422,)),
    Row("timetables:open_placement", {LEAD, SENCO}, placed),
    Row("timetables:end_placement", {LEAD}, placed, post=True, ok=(422,)),
    Row("timetables:reduced_hours", {LEAD}, placed, post=True, ok=(422,)),
    Row("timetables:new_step", {LEAD}, placed),
    Row("timetables:returns", READERS, pupil),
    Row("timetables:agree", {LEAD, STAFF, SENCO}, pupil, ok=(404,)),  # without a class named
    Row("timetables:interventions", READERS, pupil),
    Row("timetables:start_intervention", {LEAD, SENCO, STAFF}, could_begin),
    Row("timetables:intervention", READERS, begun),
    Row("timetables:change_intervention", {LEAD, SENCO, STAFF}, begun, post=True),
    Row("timetables:tap_given", {LEAD, SENCO, STAFF}, begun, post=True),
    Row("timetables:programmes", READERS),
    Row("timetables:new_programme", {LEAD, SENCO}),
    Row("timetables:programme", READERS, offered_programme),
    Row("timetables:edit_programme", {LEAD, SENCO}, offered_programme),
    Row("timetables:end_programme", {LEAD, SENCO}, offered_programme, post=True),
    Row("timetables:kept_up", READERS, pupil),
    Row("timetables:room", {LEAD, SENCO, STAFF, TEACHER}, pupil, ok=(404,)),  # without a class named
    Row("timetables:work", {LEAD, SENCO, STAFF, TEACHER}, pupil, post=True, ok=(404,)),
    Row("timetables:my_pupils", {TEACHER}),
    Row("timetables:half_days", {LEAD}, placed),
    Row("timetables:next_year", READERS, placed),
    Row("timetables:rollover", {LEAD, SENCO}),
    Row("timetables:rollover_seen", {LEAD, SENCO}, placed, post=True),
    Row("timetables:week_for_home", {STAFF, LEAD}, placed),
    Row("timetables:risks", READERS, pupil),
    Row("timetables:read_risks", READERS, pupil, post=True, ok=(404,)),  # nothing is written yet
    Row("timetables:write_risks", {LEAD, SENCO, DSL}, pupil),
    Row("timetables:risks_earlier", READERS - {STAFF}, assessed),
    Row("timetables:hand_over", WRITERS, placed, post=True),
    # Nobody is signed in there: without a time that staff opened for a pupil it leads to signing in.
    Row("timetables:voice", EVERYBODY, public=True, ok=(302,)),
    Row("timetables:voice_my_time", EVERYBODY, post=True, public=True, ok=(302,)),
    Row("timetables:voice_finish", EVERYBODY, post=True, public=True, ok=(302,)),
    Row("timetables:absence", {LEAD}),
    Row("timetables:offsite", READERS),
    Row("timetables:offsite_mark", {STAFF, LEAD}, off_site, post=True, ok=(422,)),
    Row("timetables:offsite_checks", {STAFF, LEAD}, placed),
    Row("timetables:my_lessons", {TEACHER}),
    Row("timetables:my_lessons_coming", {TEACHER}),
    Row("timetables:feedback", {TEACHER}, tapped_lesson, post=True, ok=(404,)),  # not a lesson of theirs
    Row("timetables:passport", {TEACHER}, pupil, ok=(404,)),  # not a pupil of theirs
    Row("timetables:read_passport", {TEACHER}, pupil, post=True, ok=(404,)),
    Row("timetables:read_return", {TEACHER}, returned, post=True, ok=(404,)),
    Row("timetables:note_change", {TEACHER}, changed, post=True, ok=(404,)),
    Row("timetables:whole", READERS),
    Row("timetables:lessons_day", WRITERS),
    Row("timetables:feed", {STAFF, LEAD, TEACHER}),
    Row("timetables:feed_make", {STAFF, LEAD, TEACHER}, post=True),
    Row("timetables:feed_off", {STAFF, LEAD, TEACHER}, post=True),
    Row("timetables:calendar", EVERYBODY, feed, shared=True, public=True, ok=(200,)),  # whoever has it
    Row("timetables:today", READERS),
    Row("timetables:today_on", READERS, today, shared=True),
    Row("timetables:today_at", READERS, period_today, shared=True),
    Row("timetables:tap", {STAFF, LEAD}, tapped, post=True, ok=(422,)),
    Row("referrals:mine", REFERRERS),
    Row("referrals:new", REFERRERS),
    # Only who wrote it, or is asked, finds anything here: everybody else's answer is as if it did not exist.
    Row("referrals:section", REFERRERS, section, ok=(404,)),
    Row("referrals:send", REFERRERS, referred, ok=(404,)),
    Row("referrals:mine_one", REFERRERS, referred, ok=(404,)),
    Row("referrals:withdraw", REFERRERS, referred, post=True, ok=(302, 404)),
    Row("referrals:attach", REFERRERS, referred, post=True, ok=(404,)),
    Row("referrals:file", REFERRERS, file, ok=(404,)),
    Row("referrals:remove_file", REFERRERS, file, post=True, ok=(404,)),
    Row("referrals:asked", REFERRERS, question, ok=(404,)),
    Row("referrals:capacity", {LEAD, LEADER}),
    Row("referrals:room", {LEAD}),
    Row("reporting:overview", PANEL),
    Row("reporting:what_works", PANEL),
    Row("reporting:check_ins", PANEL | {STAFF}),
    Row("reporting:pupil_check_ins", READERS, pupil),
    Row("reporting:pupil_figure", READERS, pupil_figure),
    Row("reporting:to_do", PANEL),
    Row("reporting:costs", {LEAD, LEADER}),
    Row("reporting:new_costs", {LEAD, LEADER}),
    Row("reporting:change_costs", {LEAD, LEADER}, costs),
    Row("reporting:figure", PANEL | {STAFF}, lambda school: {"key": "check-ins-by-weekday"}, shared=True),
    Row("reporting:reintegration", PANEL),
    Row("reporting:make_way_back", PANEL, post=True),
    Row("reporting:review", PANEL),
    Row("reporting:review_begin", {LEAD, LEADER}, post=True),
    Row("reporting:review_keep", {LEAD, LEADER}, post=True, ok=(404,)),  # none is underway
    Row("reporting:review_tenet", {LEAD, LEADER}, tenet, shared=True),
    Row("reporting:review_kept", PANEL, self_reviewed),
    Row("reporting:packs", PANEL),
    Row("reporting:make_governors", PANEL, post=True, ok=(422,)),
    Row("reporting:make_provision", PANEL, post=True),
    Row("reporting:make_case_file", {LEAD, LEADER, SENCO, DSL}, pupil, post=True),
    Row("reporting:schedule", {LEAD, LEADER}),
    Row("reporting:end_schedule", {LEAD, LEADER}, scheduled, post=True),
    Row("reporting:snapshot", PANEL, reported),
    Row("reporting:make_again", PANEL, reported, post=True),
    Row("reporting:pack", OPENERS, packed),
    Row("reporting:pack_file", OPENERS, packed_file, ok=(404,)),  # nothing was made
    Row("reporting:trust", {TRUST}),
    Row("reporting:count_again", {TRUST}, post=True),
    Row("reporting:make_trust", {TRUST}, post=True),
    Row("reporting:ask_names", {TRUST}, own_school),
    Row("reporting:names", {TRUST}, own_figure, ok=(403,)),  # nobody has allowed it
    Row("reporting:permissions", {LEADER}),
    Row("reporting:decide_names", {LEADER}, asked_for_names, post=True, ok=(422,)),
    Row("reporting:end_names", {LEADER}, asked_for_names, post=True),
    Row("referrals:queue", PANEL),
    Row("referrals:ended", PANEL),
    Row("referrals:detail", PANEL, referred),
    Row("referrals:rules", {LEAD, LEADER}),
    Row("referrals:keep_apart", {LEAD}),
    Row("referrals:keep_apart_end", {LEAD}, pair, post=True),
    Row("referrals:talked", {LEAD}, referred, post=True, ok=(422,)),
    Row("referrals:order", {LEAD, LEADER}, referred, post=True),
    Row("referrals:interim", PANEL, waiting, post=True, ok=(422,)),
    Row("referrals:interim_review", PANEL, supported, post=True, ok=(422,)),
    Row("referrals:fit", {LEAD}, referred, post=True, ok=(422,)),
    Row("referrals:offer", {LEAD, LEADER}, waiting, post=True, ok=(422,)),
    Row("referrals:answer", {LEAD, LEADER}, offered, post=True, ok=(422,)),
    Row("referrals:panels", PANEL),
    Row("referrals:panel_new", {LEAD, LEADER}),
    Row("referrals:panel", PANEL, meeting),
    Row("referrals:panel_agenda", {LEAD, LEADER}, meeting, post=True, ok=(422,)),
    Row("referrals:panel_minutes", {LEAD, LEADER}, meeting, post=True),
    Row("referrals:panel_close", {LEAD, LEADER}, meeting, post=True),
    Row("referrals:pack", PANEL, meeting, post=True),
    Row("referrals:pack_wait", PANEL, papers),
    Row("referrals:pack_file", PANEL, papers, ok=(404,)),  # nothing was made
    Row("referrals:decide", {LEAD, LEADER}, referred, post=True, ok=(422,)),
    Row("referrals:family_told", {LEAD, LEADER}, referred, post=True),
]

# Addresses of other people's apps, by how they begin: they guard them, and our own tests cover what we set.
OTHERS = {
    "account/": "signing in, passwords and second factors, by allauth; see tests/schools/test_sign_in.py",
}
