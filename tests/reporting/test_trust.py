"""A trust's schools side by side: no names, none but its own, and names only where a school allows it."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from iap.audit.models import Event, Read
from iap.errors import Refused
from iap.inbox.models import Message
from iap.local.bench.years import Size
from iap.schools.models import Role, Trust
from iap.tenancy import context
from pupils.models import Placement
from reporting.actions import trust as actions
from reporting.facts import Facts
from reporting.figures import figures_of
from reporting.models import Counted, NamesPermission, Pack
from reporting.packs import files
from reporting.packs.document import HIDDEN
from reporting.periods import Kind
from reporting.release import Release
from reporting.trust.board import CAUTION, board
from reporting.trust.counting import compared, count, figures_kept
from tests.factories import MembershipFactory, SchoolFactory, UserFactory

from .conftest import TODAY, a_school, kept_for_the_module, on_its_own

NOW = dt.datetime(2027, 3, 3, 9, tzinfo=dt.UTC)
SIZE = Size(years=1, roll=30, places=12, logged=False)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def counted():
    """A school of a trust, and what has been counted of it."""
    made = a_school(size=SIZE, trust=Trust.objects.create(name="Larkrise"))
    count(made.school)
    return made


larkrise = kept_for_the_module(counted, NOW)


@pytest.fixture
def one(larkrise):
    return on_its_own(larkrise).school


@pytest.fixture
def chief(one):
    """A trust leader of this school and of an empty one."""
    user = MembershipFactory(school=one, role=Role.TRUST).user
    MembershipFactory(school=SchoolFactory(name="Zeal School", trust=one.trust), user=user, role=Role.TRUST)
    return user


@pytest.fixture
def head(one):
    return MembershipFactory(school=one, role=Role.LEADER).user


def page(client, user, **query):
    client.force_login(user)
    return client.get(reverse("reporting:trust"), query).content.decode()


# Side by side


def test_what_is_counted_is_what_the_school_itself_is_shown_and_may_leave_it(one):
    facts = Facts(one, TODAY)
    for name, kind in (("term", Kind.TERM), ("year", Kind.YEAR)):
        kept = figures_kept(Counted.objects.get(school=one, period=name))
        figures = figures_of(facts, facts.periods.now(kind), compared())
        assert set(kept) == set(figures)
        for key, figure in figures.items():
            assert kept[key].said == (HIDDEN if Release(facts).leaving(figure).hidden else figure.said)


def test_the_page_shows_each_school_with_the_caution_and_in_the_order_of_the_alphabet(client, one, chief):
    shown = page(client, chief)
    assert CAUTION in shown.replace("&#x27;", "'")
    assert shown.index(f">{one.name}<") < shown.index(">Zeal School<")
    assert "Not counted yet" in shown
    assert "Not shown: it tells of fewer than five pupils" in shown
    for told in figures_kept(Counted.objects.get(school=one, period="term")).values():
        assert told.words.replace("’", "’") in shown


def test_the_days_stand_once_where_all_schools_are_counted_over_the_same(client, one, chief):
    row = Counted.objects.get(school=one, period="term")
    assert page(client, chief).count(row.name) == 1
    assert "Not counted yet" in page(client, chief)
    zeal = SchoolFactory(name="Abbey School", trust=one.trust)
    MembershipFactory(school=zeal, user=chief, role=Role.TRUST)
    counted = {"figures": row.figures, "counted_at": row.counted_at}
    for each in one.trust.schools.exclude(pk=one.pk):
        Counted.objects.create(school=each, period="term", name=row.name, **counted)
    assert page(client, chief).count(row.name) == 1
    Counted.objects.filter(school=zeal).update(name="Other days")
    assert page(client, chief).count(row.name) == 2


def test_no_pupils_name_is_on_it(client, one, chief):
    shown = page(client, chief)
    for place in Placement.objects.filter(school=one).select_related("pupil"):
        assert place.pupil.family_name not in shown


def test_a_school_of_the_trust_in_which_somebody_holds_no_role_is_not_theirs(client, one, chief):
    """The trust's name gives nothing: memberships decide."""
    third = SchoolFactory(name="Third School", trust=one.trust)
    Counted.objects.create(school=third, period="term", name="Term", figures={}, counted_at=timezone.now())
    assert "Third School" not in page(client, chief)
    with context.within(one.pk):
        assert not Counted.objects.filter(school=third).exists()


def test_somebody_elses_role_at_another_school_opens_nothing_of_it(client, one, chief):
    teacher_there = SchoolFactory(name="Elsewhere", trust=one.trust)
    MembershipFactory(school=teacher_there, user=chief, role=Role.TEACHER)
    assert '<th scope="row">Elsewhere' not in page(client, chief)


def test_it_costs_the_same_for_one_school_and_for_forty(client, one, chief):
    row = Counted.objects.get(school=one, period="term")

    def asked():
        client.force_login(chief)
        client.get(reverse("reporting:trust"))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("reporting:trust")).status_code == 200
        return len(queries)

    few = asked()
    for n in range(38):
        school = SchoolFactory(name=f"School {n:02}", trust=one.trust)
        MembershipFactory(school=school, user=chief, role=Role.TRUST)
        Counted.objects.create(
            school=school, period="term", name=row.name, figures=row.figures, counted_at=row.counted_at
        )
    assert asked() == few <= 20


def test_counting_again_counts_every_school_of_the_trust_leader(client, one, chief):
    Counted.objects.all().delete()
    client.force_login(chief)
    client.post(reverse("reporting:count_again"))
    assert Counted.objects.filter(school=one).count() == 2


def test_the_pack_has_the_same_figures_and_only_their_schools(
    client, one, chief, django_capture_on_commit_callbacks
):
    from tests.reporting.test_packs import text_of

    client.force_login(chief)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("reporting:make_trust"), {"period": "term"})
    pack = Pack.objects.get(kind="trust")
    assert answer.url == reverse("reporting:pack", args=[pack.uuid])
    says = text_of(files.find(pack, "pdf").read_bytes())
    for told in figures_kept(Counted.objects.get(school=one, period="term")).values():
        assert told.words in says
    assert "Zeal School" in says and CAUTION in says


def test_a_pack_is_made_over_the_schools_that_are_led_when_it_is_made(one, chief):
    from reporting.actions.packs import ask_trust
    from reporting.tasks import make_trust

    pack = ask_trust(one, by=chief, period="term")
    chief.memberships.exclude(school=one).delete()
    make_trust(school_id=one.pk, pack=pack.pk, user_id=chief.pk)
    assert "Zeal School" not in files.find(pack, "csv").read_text()


# Names


def asked(one, chief, **more):
    return actions.ask(one, by=chief, reason="A visit to talk about waiting times.", **more)


def names(client, user, school, key="pupils-supported"):
    client.force_login(user)
    return client.get(reverse("reporting:names", args=[school.uuid, key]))


def test_without_a_permission_there_are_no_names(client, one, chief):
    assert names(client, chief, one).status_code == 403
    asked(one, chief)
    assert names(client, chief, one).status_code == 403


def test_the_schools_leaders_are_told_and_the_message_names_nobody(one, chief, head):
    permission = asked(one, chief)
    (message,) = Message.objects.filter(school=one, kind="names")
    assert message.to == head
    assert permission.reason not in message.text and chief.name not in message.text


def test_a_granted_permission_opens_names_for_its_time_and_each_opening_is_kept(client, one, chief, head):
    permission = actions.decide(asked(one, chief), by=head, granted=True, answer="For the visit.", days=7)
    shown = names(client, chief, one)
    assert shown.status_code == 200
    period = Facts(one, TODAY).periods.now(Kind.TERM)
    pupils = {place.pupil for place in Facts(one, TODAY).open_in(*period.window)}
    assert all(pupil.full_name in shown.content.decode() for pupil in pupils)
    (read,) = Read.objects.filter(page="trust-names")
    assert set(read.pupil_ids) == {pupil.pk for pupil in pupils} and read.by == chief
    with time_machine.travel(NOW + dt.timedelta(days=7, minutes=1), tick=False):
        assert not permission.is_in_force
        assert names(client, chief, one).status_code in (302, 403)
        client.force_login(chief)
        assert names(client, chief, one).status_code == 403


def test_it_opens_that_school_to_that_person_alone(client, one, chief, head):
    actions.decide(asked(one, chief), by=head, granted=True, answer="For the visit.", days=7)
    other = MembershipFactory(school=one, role=Role.TRUST).user
    assert names(client, other, one).status_code == 403
    zeal = next(m.school for m in chief.memberships.all() if m.school != one)
    assert names(client, chief, zeal).status_code == 403


def test_it_may_be_taken_back_before_its_time(client, one, chief, head):
    permission = actions.decide(asked(one, chief), by=head, granted=True, answer="For the visit.", days=7)
    actions.end(permission, by=head)
    assert names(client, chief, one).status_code == 403
    with pytest.raises(Refused, match="ended already"):
        actions.end(permission, by=head)


def test_a_refusal_says_why_and_opens_nothing(client, one, chief, head):
    actions.decide(
        asked(one, chief), by=head, granted=False, answer="The pupils have not been asked.", days=0
    )
    assert names(client, chief, one).status_code == 403
    assert "The pupils have not been asked." in page(client, chief)


def test_it_is_decided_once(one, chief, head):
    permission = actions.decide(asked(one, chief), by=head, granted=False, answer="Not now.", days=0)
    with pytest.raises(Refused, match="decided already"):
        actions.decide(permission, by=head, granted=True, answer="Yes", days=7)


def test_nobody_grants_it_to_themselves(one, chief):
    """Somebody who leads both the school and the trust asks a colleague."""
    MembershipFactory(school=one, user=chief, role=Role.LEADER)
    with pytest.raises(Refused, match="Somebody else"):
        actions.decide(asked(one, chief), by=chief, granted=True, answer="Mine", days=7)


@pytest.mark.parametrize("days", [0, 31])
def test_it_lasts_between_one_day_and_thirty(one, chief, head, days):
    with pytest.raises(Refused, match="between 1 and 30"):
        actions.decide(asked(one, chief), by=head, granted=True, answer="Yes", days=days)


def test_asking_twice_before_an_answer_is_refused(one, chief):
    asked(one, chief)
    with pytest.raises(Refused, match="has not decided yet"):
        asked(one, chief)


def test_everything_about_it_is_kept(one, chief, head):
    permission = actions.decide(asked(one, chief), by=head, granted=True, answer="For the visit.", days=7)
    actions.end(permission, by=head)
    verbs = (
        Event.objects.filter(model="reporting.namespermission").order_by("pk").values_list("verb", flat=True)
    )
    assert list(verbs) == ["names.asked", "names.decided", "names.ended"]


def test_the_leaders_page_keeps_what_was_typed_and_says_what_is_missing(client, one, chief, head):
    permission = asked(one, chief)
    client.force_login(head)
    answer = client.post(
        reverse("reporting:decide_names", args=[permission.uuid]),
        {"granted": "yes", "days": "99", "answer": "Mine"},
    )
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "from 1 to 30" in shown and "Mine" in shown
    answer = client.post(
        reverse("reporting:decide_names", args=[permission.uuid]),
        {"granted": "yes", "days": "5", "answer": "Visit"},
    )
    assert answer.status_code == 302
    permission.refresh_from_db()
    assert permission.until - permission.decided_at == dt.timedelta(days=5)


def test_another_figure_than_those_compared_is_not_found(client, one, chief, head):
    actions.decide(asked(one, chief), by=head, granted=True, answer="For the visit.", days=7)
    assert names(client, chief, one, "suspensions").status_code == 404


def test_a_board_of_no_counted_school_is_calm(one):
    Counted.objects.all().delete()
    found = board([one], "term", asked_by=UserFactory())
    assert found.oldest is None and found.lines[0].counted_at is None
    assert NamesPermission.objects.count() == 0
