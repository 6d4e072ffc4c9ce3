"""Wonde, asked over real HTTP: pages, patience, going on where it was left, and a key that is never said."""

import datetime as dt
import inspect
import logging
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache

from iap.imports.models import ImportJob, State
from iap.inbox.models import Message
from iap.nightly import tasks
from iap.nightly.models import Nightly
from iap.nightly.wonde import run
from iap.nightly.wonde.client import LONGEST_WAIT, Client, Trouble, _Patience
from iap.schools.models import Membership, Role, StaffMember
from pupils.models import AttendanceMark, Contact, Pupil
from tests.factories import MembershipFactory, see, upn_number
from timetables.models import ClassMember, LessonTeacher, MainstreamLesson

from .fake_wonde import KEY, SCHOOL, FakeWonde, contact, moment, pupil, serving

BUSY = (429, {"Retry-After": "0"}, b"")
BROKEN = (503, {}, b"")


@pytest.fixture
def wonde(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeWonde]:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setenv("WONDE_TOKEN", KEY)
    with serving() as fake:
        settings.WONDE_URL = fake.base
        yield fake


@pytest.fixture
def nightly(school: Any) -> Any:
    return Nightly.objects.create(school=school, wonde_id=SCHOOL, wonde_on=True)


@pytest.fixture
def client_of(wonde: FakeWonde, tmp_path: Path) -> Any:
    def make(token: str = KEY, school: str = SCHOOL) -> Client:
        return Client(wonde.base, school, token, tmp_path / "fetched", wait=0)

    return make


def ids(client: Client, resource: str = "students") -> list[str]:
    return [thing["id"] for thing in client.things(resource)]


def five(wonde: FakeWonde) -> list[str]:
    wonde.things["students"] = [pupil(n, upn_number(n)) for n in range(5)]
    return [f"A{n}" for n in range(5)]


def test_all_pages_are_read(wonde: FakeWonde, client_of: Any) -> None:
    assert five(wonde) == ids(client_of())
    assert len(wonde.asked) == 3


@pytest.mark.parametrize(
    "fails", [[BUSY] * 3, [BROKEN] * 5, [(500, {}, b"x"), BUSY, (502, {}, b""), (504, {}, b"")]]
)
def test_a_busy_or_broken_server_is_asked_again(wonde: FakeWonde, client_of: Any, fails: list[Any]) -> None:
    expected, wonde.fails = five(wonde), list(fails)
    assert ids(client_of()) == expected
    assert len(wonde.asked) == 3 + len(fails)


def test_a_connection_that_breaks_off_is_made_again(wonde: FakeWonde, client_of: Any) -> None:
    expected, wonde.fails = five(wonde), [lambda: None, lambda: None]
    assert ids(client_of()) == expected


def test_it_waits_as_long_as_it_is_asked_to(wonde: FakeWonde, client_of: Any) -> None:
    five(wonde)
    wonde.fails = [(429, {"Retry-After": "1"}, b"")]
    began = time.monotonic()
    ids(client_of())
    assert time.monotonic() - began >= 1


def test_but_never_for_hours() -> None:
    class Asks:
        headers = {"Retry-After": "86400"}

    assert _Patience().get_retry_after(Asks()) == LONGEST_WAIT  # type: ignore[arg-type]


def test_a_broken_run_goes_on_where_it_was_left(wonde: FakeWonde, client_of: Any) -> None:
    expected, wonde.fails = five(wonde), [(0, {}, b""), *[BROKEN] * 7]
    with pytest.raises(Trouble, match="too busy"):
        ids(client_of())
    wonde.asked.clear()
    assert ids(client_of()) == expected
    assert [
        path for path in wonde.asked if "page=1" in path or "page=" not in path.replace("per_page=", "")
    ] == []


def test_half_a_page_that_was_written_is_not_kept(wonde: FakeWonde, client_of: Any, tmp_path: Path) -> None:
    expected, wonde.fails = five(wonde), [(0, {}, b""), *[BROKEN] * 7]
    with pytest.raises(Trouble):
        ids(client_of())
    with (tmp_path / "fetched" / "students.jsonl").open("a") as out:
        out.write('{"id": "A2", "half')
    assert ids(client_of()) == expected


@pytest.mark.parametrize(
    ("fails", "said"),
    [
        ([(401, {}, b"")], "does not accept our key"),
        ([(403, {}, b"")], "does not accept our key"),
        ([(404, {}, b"")], "does not know this school"),
        ([(418, {}, b"")], "418"),
        ([(301, {"Location": "http://127.0.0.1:9/"}, b"")], "301"),
        ([(200, {}, b"<html>")], "could not be read"),
        ([(200, {}, b'{"data": {}}')], ""),
        ([(200, {}, b'{"data": [1]}')], "could not be read"),
        ([(200, {}, b'{"meta": {}}')], "could not be read"),
        ([(200, {}, b"[]")], "could not be read"),
        ([lambda: None] * 8, "did not answer"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(
    wonde: FakeWonde, client_of: Any, fails: list[Any], said: str
) -> None:
    wonde.fails = list(fails)
    if not said:
        assert ids(client_of()) == []
        return
    with pytest.raises(Trouble, match=said):
        ids(client_of())


def test_the_key_is_sent_to_no_other_address(wonde: FakeWonde, client_of: Any) -> None:
    with serving() as other:
        body = f'{{"data": [], "meta": {{"pagination": {{"more": true, "next": "{other.base}/x"}}}}}}'
        wonde.fails = [(200, {}, body.encode())]
        with pytest.raises(Trouble, match="another address"):
            ids(client_of())
        assert other.asked == []


def test_the_key_stands_in_no_log_and_no_message(
    wonde: FakeWonde, client_of: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    five(wonde)
    wonde.fails = [BUSY, BROKEN]
    ids(client_of())
    said = [repr(client_of())]
    for fails in ([(401, {}, KEY.encode())], [(200, {}, KEY.encode())], [lambda: None] * 8):
        wonde.fails = list(fails)
        with pytest.raises(Trouble) as trouble:
            ids(client_of(), "employees")
        said += [str(trouble.value), repr(trouble.value)]
    assert wonde.keys == {f"Bearer {KEY}"}
    assert caplog.records
    assert KEY not in caplog.text
    assert not any(KEY in each for each in said)


def test_without_a_key_nothing_is_asked(wonde: FakeWonde, client_of: Any) -> None:
    with pytest.raises(Trouble, match="no key"):
        client_of(token="")
    assert wonde.asked == []


def a_school(wonde: FakeWonde, first: dt.date) -> None:
    numbers = [upn_number(n) for n in range(3)]
    group = {"id": "C1", "name": "8x/En1", "subject": {"data": {"name": "English"}}}
    period = {"id": "P1", "name": "1", "day": "monday", "start_time": "09:00:00", "end_time": "10:00:00"}
    monday = first - dt.timedelta(days=first.weekday())
    wonde.things = {
        "employees": [
            {
                "id": "E1",
                "initials": "RAD",
                "title": "Ms",
                "forename": "Rosa",
                "surname": "Adeyemi",
                "contact_details": {"data": {"emails": {"work": "r.adeyemi@school.example"}}},
            }
        ],
        "students": [pupil(n, number) for n, number in enumerate(numbers)],
        "periods": [
            period,
            {"id": "P9", "name": "Sat", "day": "saturday", "start_time": None, "end_time": None},
        ],
        "classes": [{**group, "students": {"data": [{"id": "A0"}, {"id": "A1"}, {"id": "unknown"}]}}],
        "lessons": [
            {
                "id": f"L{week}",
                "start_at": moment((monday + dt.timedelta(weeks=week)).isoformat()),
                "class": {"data": group},
                "period": {"data": period},
                "room": {"data": {"name": "EN1"}},
                "employee": {"data": {"id": "E1"}},
            }
            for week in range(2)
        ],
        "attendance/session": [
            {
                "id": f"M{n}",
                "date": moment((monday - dt.timedelta(days=4)).isoformat()),
                "session": "AM",
                "student": {"data": {"id": f"A{n}"}},
                "attendance_code": {"data": {"code": "/"}},
            }
            for n in range(3)
        ],
    }


def test_a_nights_answer_is_brought_in_by_itself(
    wonde: FakeWonde,
    school: Any,
    nightly: Any,
    data_manager: Any,
    django_capture_on_commit_callbacks: Any,
    tmp_path: Path,
) -> None:
    a_school(wonde, dt.date.today())
    wonde.fails = [BUSY, BROKEN]
    with django_capture_on_commit_callbacks(execute=True):
        job = run.ask(school, wait=0)
    job.refresh_from_db()
    unsure = [(each.table, each.unsure, each.unknown, each.missing, each.undecided) for each in job.tables]
    assert (job.state, job.report.refused, job.problem) == (State.APPLIED, [], ""), unsure
    kai = Pupil.objects.get(school=school, mis_id="000")
    assert (kai.family_name, kai.sex, kai.year_group, kai.tutor_group) == ("Mensah0", "M", "8", "8R")
    assert (kai.sen_stage, kai.pupil_premium, kai.born_on) == ("K", True, dt.date(2014, 3, 5))
    assert kai.first_language == "Polish"
    assert StaffMember.objects.get(school=school).email == "r.adeyemi@school.example"
    assert ClassMember.objects.filter(school=school).count() == 2
    assert MainstreamLesson.objects.filter(school=school).count() == 2
    assert LessonTeacher.objects.filter(school=school).count() == 2
    assert AttendanceMark.objects.filter(school=school, code="/").count() == 3
    nightly.refresh_from_db()
    assert nightly.wonde_given_at and not nightly.wonde_problem
    assert not Message.objects.exists()
    assert not list((tmp_path / "wonde").rglob("*.json*")) and not list((tmp_path / "wonde").rglob("*.csv"))


def family_of(school: Any, number: str) -> list[tuple[Any, ...]]:
    fields = ("priority", "name", "relationship", "phone", "email", "parental_responsibility")
    return list(
        Contact.objects.filter(school=school, pupil__mis_id=number).order_by("priority").values_list(*fields)
    )


def test_a_pupils_family_comes_in_the_order_in_which_they_are_to_be_called(
    wonde: FakeWonde, school: Any, nightly: Any, django_capture_on_commit_callbacks: Any
) -> None:
    a_school(wonde, dt.date.today())
    kin = {"relationship": "Aunt", "parental_responsibility": None, "priority": 1}
    family = [
        contact("Efua", priority=2),
        contact("Nobody", priority=None, title=None, forename=None, surname=None),
        contact("Ama", priority=1, relationship=kin, contact_details={"data": None}),
        contact("Yaw", priority=2, contact_details=None, relationship=None),
    ]
    wonde.things["students"][0]["contacts"] = {"data": family}
    wonde.things["students"][1]["contacts"] = None  # not opened to us
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            job = run.ask(school, wait=0)
    job.refresh_from_db()
    assert (job.state, job.report.refused, job.report.changes) == (State.APPLIED, [], 0)
    see(school)
    assert family_of(school, "000") == [
        (1, "Ms Ama Mensah", "Aunt", "", "", False),
        (2, "Ms Efua Mensah", "Mother", "07700 900123", "home@family.example", True),
        (3, "Ms Yaw Mensah", "", "", "", False),
    ]
    assert family_of(school, "001") == []


def test_what_was_fetched_and_never_asked_for_again_goes_after_a_day(
    wonde: FakeWonde, school: Any, nightly: Any, tmp_path: Path
) -> None:
    a_school(wonde, dt.date.today())
    wonde.fails = [(0, {}, b""), (0, {}, b""), *[BROKEN] * 7]
    assert run.ask(school, wait=0) is None
    run.sweep()
    there = list((tmp_path / "wonde").rglob("*.json*"))
    assert there
    long_ago = time.time() - run.KEPT - 1
    for file in (tmp_path / "wonde").rglob("*"):
        os.utime(file, (long_ago, long_ago))
    run.sweep()
    assert not any(file.exists() for file in there)


def test_the_next_night_asks_only_for_marks_since(
    wonde: FakeWonde, school: Any, nightly: Any, django_capture_on_commit_callbacks: Any
) -> None:
    a_school(wonde, dt.date.today())
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            job = run.ask(school, wait=0)
    job.refresh_from_db()
    assert job.state == State.APPLIED and job.report.changes == 0
    last = [path for path in wonde.asked if "attendance/session" in path and "updated_after" in path][-1]
    assert f"updated_after={dt.date.today() - run.AGAIN}" in last


def test_a_night_in_vain_tells_the_data_manager_once_and_says_why(
    wonde: FakeWonde, school: Any, nightly: Any, data_manager: Any, client: Any
) -> None:
    for _ in range(2):
        wonde.fails = [(403, {}, b"")]
        assert run.ask(school, wait=0) is None
    (message,) = Message.objects.filter(to=data_manager)
    assert KEY not in message.text
    client.force_login(data_manager)
    page = client.get(message.link).content.decode()
    assert "does not accept our key" in page
    assert KEY not in page
    assert not ImportJob.objects.exists()


@pytest.mark.parametrize("odd", [{"groups": {"data": ["8R"]}}, {"contacts": {"data": 7}}])
def test_an_answer_nobody_foresaw_is_told_too_and_says_no_key(
    wonde: FakeWonde, school: Any, nightly: Any, data_manager: Any, caplog: pytest.LogCaptureFixture, odd: Any
) -> None:
    a_school(wonde, dt.date.today())
    wonde.things["students"][0] |= odd
    tasks.ask_wonde.delay(school_id=school.pk)
    assert Message.objects.get(to=data_manager)
    nightly.refresh_from_db()
    assert nightly.wonde_problem == run.UNFORESEEN
    assert "Traceback" in caplog.text and KEY not in caplog.text
    assert not ImportJob.objects.exists()


def test_no_task_is_given_the_key(school: Any) -> None:
    given = inspect.signature(tasks.ask_wonde.run).parameters
    assert list(given) == ["school_id"]


def test_two_runs_never_ask_at_once(wonde: FakeWonde, school: Any, nightly: Any) -> None:
    cache.add(f"nightly-wonde-{school.pk}", "another", 60)
    assert run.ask(school, wait=0) is None
    assert wonde.asked == []
    assert cache.get(f"nightly-wonde-{school.pk}") == "another"


def test_a_school_that_does_not_ask_wonde_is_not_asked_about(wonde: FakeWonde, school: Any) -> None:
    assert run.ask(school, wait=0) is None
    assert wonde.asked == []


def test_a_key_of_the_schools_own_goes_before_the_one_for_all(
    school: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WONDE_TOKEN", "for all")
    monkeypatch.setenv(f"WONDE_TOKEN_{school.urn}", "for one")
    assert run.token_of(school) == "for one"


def test_a_data_manager_switches_it_on_and_sees_when_it_last_ran(
    client: Any, school: Any, data_manager: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(data_manager)
    monkeypatch.delenv("WONDE_TOKEN", raising=False)
    page = client.get("/imports/every-night/").content.decode()
    assert "There is no key for Wonde yet" in page and "Not asked yet" in page
    assert client.post("/imports/every-night/", {"wonde_on": "on"}).status_code == 422
    assert client.post("/imports/every-night/", {"wonde_id": "A 1", "wonde_on": "on"}).status_code == 422
    assert client.post("/imports/every-night/", {"wonde_id": SCHOOL, "wonde_on": "on"}).status_code == 302
    see(school)
    assert Nightly.objects.get(school=school).wonde_on


def test_only_data_managers_are_told(wonde: FakeWonde, school: Any, nightly: Any, lead: Any) -> None:
    MembershipFactory(school=school, role=Role.DATA)
    wonde.fails = [(403, {}, b"")]
    run.ask(school, wait=0)
    told = set(Message.objects.values_list("to", flat=True))
    assert told == set(
        Membership.objects.filter(school=school, role=Role.DATA).values_list("user", flat=True)
    )
