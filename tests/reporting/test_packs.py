"""Packs: the same figures on screen, on paper, in a spreadsheet and in the code; frozen, kept and opened safely."""

import csv
import datetime as dt
import json
import re
from dataclasses import replace
from functools import partial
from io import BytesIO, StringIO

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from iap.audit.models import Event, Read
from iap.errors import Refused
from iap.inbox.models import Message
from iap.local.bench.years import Size
from iap.schools.models import Role
from pupils.models import Placement
from reporting import fairness, tasks
from reporting.actions import packs as actions
from reporting.facts import Facts
from reporting.figures import figures_of
from reporting.models import PackKind, PackState, Snapshot
from reporting.packs import case_file, files, governors, lines, paper, provision, sheet
from reporting.packs.corrections import corrections
from reporting.packs.document import HIDDEN, Document, Part, Table, Told, document_of
from reporting.packs.due import ask_for_due
from reporting.packs.make import document_for
from reporting.periods import Kind, Periods
from reporting.release import Release
from tests.factories import (
    IapSessionFactory,
    MembershipFactory,
    PlacementFactory,
    PupilFactory,
    SchoolFactory,
    bell,
    upn_number,
)
from tests.ui.charts import KINDS
from timetables.models import StepPlace

from .conftest import TODAY, a_school, kept_for_the_module, on_its_own

SIZE = Size(years=2, roll=40, places=30, logged=False)
NOW = dt.datetime(2027, 3, 3, 9, tzinfo=dt.UTC)
DOCUMENT = Document(
    kind="governors",
    title="Governors’ pack",
    provision="The Orchard",
    school="Harrowgate Hill Academy",
    about="Autumn term",
    made_on=dt.date(2026, 12, 18),
    parts=(
        Part(
            "At a glance",
            figures=(
                Told("a", "Pupils supported", "14", "pupils", "Summer term: 12", 14, "14"),
                Told("b", "In mainstream", "43%", n=14, value="3/7", percent=True),
                Told("c", "Back full time", HIDDEN, hidden=True),
            ),
        ),
        Part("Drawn", charts=KINDS[:6]),
        Part(
            "Listed", tables=(Table("Adults", ("Who", "From", "Hours"), (("=1+1", dt.date(2026, 3, 1), 3),)),)
        ),
    ),
    definitions=(("Pupils supported", "Pupils who had a place on at least one day."),),
    cautions=("Counts of fewer than five are hidden.",),
)


thirty = kept_for_the_module(partial(a_school, size=SIZE), NOW)


@pytest.fixture
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def made(_now, thirty):
    return on_its_own(thirty)


@pytest.fixture
def closed(made):
    """The last term that is over."""
    return next(each for each in Periods(made.school, TODAY).past(Kind.TERM) if not each.runs)


@pytest.fixture
def head(made):
    return MembershipFactory(school=made.school, role=Role.LEADER).user


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


# The document and its three forms


def test_a_document_can_be_kept_and_is_the_same_afterwards():
    assert document_of(json.loads(DOCUMENT.as_text())) == DOCUMENT


def test_the_same_document_gives_the_same_bytes():
    again = document_of(json.loads(DOCUMENT.as_text()))
    assert paper.pdf(again) == paper.pdf(DOCUMENT)


def test_the_pdf_is_tagged_has_bookmarks_and_says_every_figure():
    content = paper.pdf(DOCUMENT)
    read = PdfReader(BytesIO(content))
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert [mark.title for mark in read.outline[1]] == [
        "At a glance",
        "Drawn",
        "Listed",
        "How each figure is counted",
    ]
    says = text_of(content)
    for word in ["14 pupils", "43%", HIDDEN, "Summer term: 12", "1 March 2026", "=1+1", DOCUMENT.cautions[0]]:
        assert word in says, word
    assert "Confidential" not in says
    assert "Confidential" in text_of(paper.pdf(replace(DOCUMENT, confidential=True)))


def test_every_chart_is_in_the_pdf_with_its_sentence_and_its_words():
    says = text_of(paper.pdf(DOCUMENT))
    for chart in KINDS[:6]:
        assert chart.title in says
    assert "not known" in says


def test_the_spreadsheet_has_typed_cells_and_how_each_figure_is_counted():
    book = load_workbook(BytesIO(sheet.xlsx(DOCUMENT)))
    assert book.sheetnames[:2] == ["About", "Figures"] and book.sheetnames[-1] == "Definitions"
    rows = list(book["Figures"].values)
    assert [row[3] for row in rows[1:]] == [14, pytest.approx(3 / 7), None]
    assert book["Figures"]["D3"].number_format == "0%"
    assert rows[3][5] == HIDDEN
    adults = book["Adults"]
    assert adults["B2"].value.date() == dt.date(2026, 3, 1) and adults["B2"].is_date
    assert adults["C2"].value == 3
    assert list(book["Definitions"].values)[1] == DOCUMENT.definitions[0]


@pytest.mark.parametrize("typed", ["=1+1", "+44 20", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x","y")'])
def test_what_begins_like_a_formula_is_never_one(typed):
    """In the spreadsheet it is text; in plain data a quote stands before it."""
    part = Part("Listed", tables=(Table("Words", ("Who", "Says"), (("x", typed),)),))
    document = replace(DOCUMENT, parts=(part,))
    cell = load_workbook(BytesIO(sheet.xlsx(document)))["Words"]["B2"]
    assert cell.data_type == "s" and cell.quotePrefix
    assert cell.value.strip() == typed.strip()
    rows = list(csv.reader(StringIO(lines.text(document).removeprefix("\ufeff"))))
    assert rows[-1][4].startswith("'")


def test_sheets_have_names_of_their_own_however_alike_and_long_they_are():
    tables = tuple(Table(f"Every [way] back: {'x' * 40} {n}", ("A", "B"), (("a", 1),)) for n in range(3))
    names = load_workbook(
        BytesIO(sheet.xlsx(replace(DOCUMENT, parts=(Part("P", tables=tables),))))
    ).sheetnames
    assert len(set(names)) == len(names) and all(len(name) <= 31 for name in names)


# Figures on screen, on paper, in the spreadsheet and in the code


def test_on_paper_no_part_is_listed_of_a_figure_that_is_not_told():
    whole, part = (
        Told("attendance", "Attendance", "", hidden=True),
        Told("attendance", "Attendance", "", group="Before", hidden=True),
    )
    other = Told("sizes", "Sizes", "4", group="Monday")
    assert paper._listed([whole, part, other]) == [whole, other]
    assert paper._listed([replace(whole, hidden=False), part]) == [replace(whole, hidden=False), part]


def test_figures_are_equal_in_the_code_the_pdf_the_spreadsheet_and_the_plain_data(made, closed):
    facts = Facts(made.school, TODAY)
    figures, release = figures_of(facts, closed), Release(facts)
    document = governors.document(facts, closed, made_on=TODAY)
    says = text_of(paper.pdf(document))
    cells = {
        (row[1], row[2] or ""): row for row in load_workbook(BytesIO(sheet.xlsx(document)))["Figures"].values
    }
    plain = {(row[1], row[2]): row for row in csv.reader(StringIO(lines.text(document)))}
    assert len(figures) > 10
    for figure in figures.values():
        if not figure.measure.leaves:
            assert (figure.label, "") not in cells
            continue
        if figure.measure.about == "fairness":
            continue  # a table of its own, below
        leaving = release.leaving(figure)
        words = HIDDEN if leaving.hidden else f"{leaving.said} {leaving.unit}".strip()
        assert words in says
        row = cells[figure.label, ""]
        assert row[5] == words
        if leaving.value is not None:
            assert row[3] == pytest.approx(float(leaving.value))
            assert float(plain[figure.label, ""][4]) == pytest.approx(float(leaving.value))


def test_one_row_more_changes_the_figure_the_pdf_and_the_spreadsheet_alike(made, closed):

    def everywhere():
        facts = Facts(made.school, TODAY)
        document = governors.document(facts, closed, made_on=TODAY)
        (told_,) = [each for each in document.parts[0].figures if each.key == "pupils-supported"]
        row = next(
            r for r in load_workbook(BytesIO(sheet.xlsx(document)))["Figures"].values if r[1] == told_.label
        )
        assert told_.words in text_of(paper.pdf(document))
        return int(told_.value), row[3]

    before = everywhere()
    pupil = PupilFactory(school=made.school, upn=upn_number(900))
    PlacementFactory(school=made.school, pupil=pupil, starts_on=closed.first, key_adult=made.staff[0])
    assert everywhere() == (before[0] + 1, before[1] + 1)


def test_nothing_in_a_pack_tells_of_one_to_four_pupils(made, closed):
    facts = Facts(made.school, TODAY)
    few = {
        figure.key
        for figure in figures_of(facts, closed).values()
        if figure.measure.way == "count" and 0 < len(figure.told_of) < 5
    }
    document = governors.document(facts, closed, made_on=TODAY)
    shown = {each.key: each for part in document.parts for each in part.figures if not each.group}
    for key in few:
        assert shown[key].hidden and shown[key].value is None


def test_who_gets_a_place_is_told_by_the_table_in_which_no_column_gives_another_away(made, closed):
    facts = Facts(made.school, TODAY)
    year = next(each for each in facts.periods.past(Kind.YEAR) if not each.runs)
    lines_ = fairness.table(figures_of(facts, year))
    document = governors.document(facts, closed, made_on=TODAY)
    (table,) = next(part.tables for part in document.parts if part.heading == "Who gets a place")
    assert len(table.rows) == len(lines_) > 5
    for row, line in zip(table.rows, lines_, strict=True):
        for told_, cell in zip(row[1:4], (line.roll, line.referred, line.placed), strict=True):
            assert told_ == ("not shown" if cell.percent is None else f"{cell.percent}%")
    assert not [each for each in document.figures() if each.key.startswith("placed-by-")]


def test_no_pupils_name_is_in_a_pack(made, closed):
    document = governors.document(Facts(made.school, TODAY), closed, made_on=TODAY)
    kept = document.as_text()
    for place in Placement.objects.filter(school=made.school).select_related("pupil"):
        assert place.pupil.family_name not in kept


# Frozen figures


def test_a_closed_period_is_frozen_when_it_is_first_reported(made, closed, head):
    first = actions.ask(made.school, PackKind.GOVERNORS, closed.name, by=head, period=closed)
    document = document_for(first)
    assert document_of(Snapshot.objects.get(school=made.school).document) == document


def test_a_running_period_is_not_frozen(made, head):
    running = Periods(made.school, TODAY).now(Kind.TERM)
    document_for(actions.ask(made.school, PackKind.GOVERNORS, running.name, by=head, period=running))
    assert not Snapshot.objects.filter(school=made.school).exists()


def test_last_terms_pack_is_made_again_to_the_letter_and_corrections_stand_beside_it(made, closed, head):
    pack = actions.ask(made.school, PackKind.GOVERNORS, closed.name, by=head, period=closed)
    reported = document_for(pack)
    first = paper.pdf(reported)
    for n in range(6):  # entered late: places that were there all along
        pupil = PupilFactory(school=made.school, family_name=f"Late{n}", upn=upn_number(900 + n))
        PlacementFactory(school=made.school, pupil=pupil, starts_on=closed.first, key_adult=made.staff[0])
    with time_machine.travel(NOW + dt.timedelta(days=30), tick=False):
        again = actions.ask_again(Snapshot.objects.get(school=made.school), by=head)
        assert paper.pdf(document_for(again)) == first
        asked_anew = actions.ask(made.school, PackKind.GOVERNORS, closed.name, by=head, period=closed)
        assert paper.pdf(document_for(asked_anew)) == first
        today = governors.document(Facts(made.school, TODAY), closed, made_on=TODAY)
    changed = {(each.label, each.group): each for each in corrections(reported, today)}
    late = changed["Pupils supported", ""]
    assert int(late.now.split()[0]) == int(late.reported.split()[0]) + 6


def test_a_frozen_figure_cannot_be_rewritten(made, closed, head):
    document_for(actions.ask(made.school, PackKind.GOVERNORS, closed.name, by=head, period=closed))
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Snapshot.objects.filter(school=made.school).update(name="Other")
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Snapshot.objects.filter(school=made.school)._raw_delete("default")


# Made by the worker, opened behind sign-in


@pytest.fixture
def ready(made, closed, head, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        pack = actions.ask(made.school, PackKind.GOVERNORS, closed.name, by=head, period=closed)
    pack.refresh_from_db()
    return pack


def test_the_worker_makes_all_three_files_under_a_name_nobody_can_guess(ready):
    assert ready.state == PackState.READY
    paths = [files.find(ready, ending) for ending in files.FORMATS]
    assert all(re.fullmatch(r"[0-9a-f]{48}\.(pdf|xlsx|csv)", path.name) for path in paths)
    assert all(path.stat().st_mode & 0o077 == 0 for path in paths)
    assert str(ready.uuid) not in "".join(map(str, paths))


@pytest.mark.parametrize("ending", ["pdf", "xlsx", "csv"])
def test_a_leader_downloads_it_and_that_is_kept(client, ready, head, ending):
    client.force_login(head)
    answer = client.get(reverse("reporting:pack_file", args=[ready.uuid, ending]))
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    assert "attachment" in answer["Content-Disposition"]
    assert Event.objects.filter(verb="pack.opened", object_id=ready.pk, by=head).exists()


def test_an_ending_that_is_none_of_ours_is_not_found(client, ready, head):
    client.force_login(head)
    assert client.get(reverse("reporting:pack_file", args=[ready.uuid, "exe"])).status_code == 404


def test_a_pack_that_has_run_out_is_gone(client, ready, head):
    client.force_login(head)
    with time_machine.travel(NOW + dt.timedelta(days=61), tick=False):
        assert client.get(reverse("reporting:pack_file", args=[ready.uuid, "pdf"])).status_code in (302, 404)
        files.clear(ready.school)
        assert not list(files._folder(ready.school).glob("*"))


def test_making_twice_makes_it_once(ready, monkeypatch):
    monkeypatch.setattr(tasks, "make_files", lambda pack: pytest.fail("made again"))
    tasks.make(school_id=ready.school_id, pack=ready.pk)


def test_one_that_cannot_be_made_says_so(
    made, closed, head, client, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(tasks, "make_files", lambda pack: 1 / 0)
    with django_capture_on_commit_callbacks(execute=True):
        pack = actions.ask(made.school, PackKind.GOVERNORS, closed.name, by=head, period=closed)
    client.force_login(head)
    assert "could not be made" in client.get(reverse("reporting:pack", args=[pack.uuid])).content.decode()


def test_one_that_is_waited_for_in_vain_is_said_on_the_list_as_on_its_own_page(client, ready, head):
    ready.state, ready.asked_at = "making", timezone.now() - actions.PATIENCE - dt.timedelta(minutes=1)
    ready.save()
    client.force_login(head)
    for address in (reverse("reporting:packs"), reverse("reporting:pack", args=[ready.uuid])):
        assert "ould not be made" in client.get(address).content.decode()


def test_the_page_asks_for_the_pack_of_a_period(
    client, made, closed, head, django_capture_on_commit_callbacks
):
    client.force_login(head)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("reporting:make_governors"), {"period": closed.key})
    page = client.get(answer.url).content.decode()
    assert "It is ready" in page
    assert "file.pdf" in page and "file.xlsx" in page and "file.csv" in page


def test_a_period_that_is_none_is_refused_in_words(client, head):
    client.force_login(head)
    answer = client.post(reverse("reporting:make_governors"), {"period": "term:1066-10-14"})
    assert answer.status_code == 422


def test_a_school_without_periods_is_told_what_brings_them(client, other_school):
    client.force_login(MembershipFactory(school=other_school, role=Role.LEADER).user)
    page = client.get(reverse("reporting:packs")).content.decode()
    assert "Once the school’s weeks are in the calendar" in page
    assert "<select" not in page and reverse("reporting:make_governors") not in page
    answer = client.post(reverse("reporting:make_governors"), {"period": "term:2026-09-07"})
    assert answer.status_code == 422


def test_the_page_of_what_was_reported_shows_what_was_corrected_since(client, made, closed, head):
    document_for(actions.ask(made.school, PackKind.GOVERNORS, closed.name, by=head, period=closed))
    snapshot = Snapshot.objects.get(school=made.school)
    client.force_login(head)
    address = reverse("reporting:snapshot", args=[snapshot.uuid])
    assert "every figure would be told the same today" in client.get(address).content.decode()
    reported = next(
        each for each in document_of(snapshot.document).figures() if each.key == "mainstream-share"
    )
    StepPlace.objects.filter(school=made.school).update(place="mainstream", session=None)
    page = " ".join(client.get(address).content.decode().split())
    assert f'In mainstream</th><td></td><td class="n">{reported.words}</td><td class="n">100%</td>' in page


def test_somebody_it_is_not_addressed_to_does_not_find_it(client, ready):
    for role in (Role.SENCO, Role.DSL, Role.TRUST):
        client.force_login(MembershipFactory(school=ready.school, role=role).user)
        assert client.get(reverse("reporting:pack", args=[ready.uuid])).status_code == 404, role


# By itself


@pytest.fixture
def scheduled(made, head):
    named = MembershipFactory(school=made.school, role=Role.DSL).user
    return actions.schedule(made.school, by=head, kind="governors", rhythm="term", people=[head, named])


def _first_day_after(made):
    running = Periods(made.school, TODAY).now(Kind.TERM)
    return running, running.closes + dt.timedelta(days=1)


def test_a_pack_is_made_by_itself_once_after_the_term(made, scheduled, django_capture_on_commit_callbacks):
    running, day = _first_day_after(made)
    assert ask_for_due(made.school, running.closes) == []
    with time_machine.travel(dt.datetime.combine(day, dt.time(7), tzinfo=dt.UTC), tick=False):
        with django_capture_on_commit_callbacks(execute=True):
            (pack,) = ask_for_due(made.school, day)
        assert ask_for_due(made.school, day + dt.timedelta(days=1)) == []
    pack.refresh_from_db()
    assert (pack.asked_by, pack.state, pack.snapshot.name) == (None, PackState.READY, running.name)
    told_ = Message.objects.filter(school=made.school, kind="pack")
    assert {message.to_id for message in told_} == {each.user_id for each in scheduled.recipients.all()}
    assert all("/reports/packs/" in message.link for message in told_)


def test_who_is_named_opens_it_behind_their_sign_in(
    client, made, scheduled, django_capture_on_commit_callbacks
):
    _, day = _first_day_after(made)
    with time_machine.travel(dt.datetime.combine(day, dt.time(7), tzinfo=dt.UTC), tick=False):
        with django_capture_on_commit_callbacks(execute=True):
            (pack,) = ask_for_due(made.school, day)
        address = reverse("reporting:pack_file", args=[pack.uuid, "pdf"])
        assert client.get(address).url.startswith(reverse("account_login"))
        named = next(each.user for each in scheduled.recipients.all() if each.user != scheduled.set_by)
        client.force_login(named)
        assert client.get(address).status_code == 200


def test_each_morning_every_school_is_looked_at(made, scheduled, settings, monkeypatch):
    """By the clock, with nobody asking: the sweep sends each school its morning, which asks for what is due."""
    asked = []
    monkeypatch.setattr(tasks, "ask_for_due", lambda school, day: asked.append((school, day)))
    assert "reporting.tasks.sweep_each_morning" in {
        each["task"] for each in settings.CELERY_BEAT_SCHEDULE.values()
    }
    tasks.sweep_each_morning()
    assert (made.school, TODAY) in asked


def test_who_has_left_is_sent_nothing(made, scheduled):
    gone = scheduled.recipients.exclude(user=scheduled.set_by).get().user
    gone.memberships.all().delete()
    _, day = _first_day_after(made)
    (pack,) = ask_for_due(made.school, day)
    assert {each.user_id for each in pack.readers.all()} == {scheduled.set_by_id}


def test_a_term_long_past_is_no_news(made, scheduled):
    _, day = _first_day_after(made)
    assert ask_for_due(made.school, day + dt.timedelta(days=40)) == []


def test_only_people_who_lead_here_can_be_named(made, head):
    outsider = MembershipFactory().user
    teacher = MembershipFactory(school=made.school, role=Role.TEACHER).user
    for person in (outsider, teacher):
        with pytest.raises(Refused, match="Choose people who lead"):
            actions.schedule(made.school, by=head, kind="governors", rhythm="term", people=[person])


def test_setting_it_up_again_changes_who_gets_it(made, scheduled, head):
    again = actions.schedule(made.school, by=head, kind="governors", rhythm="term", people=[head])
    assert again == scheduled
    assert [each.user for each in again.recipients.all()] == [head]


def test_one_that_was_ended_makes_nothing(made, scheduled, head):
    actions.end_schedule(scheduled, by=head)
    _, day = _first_day_after(made)
    assert ask_for_due(made.school, day) == []


# The case file of one pupil


@pytest.fixture
def case(made, django_capture_on_commit_callbacks):
    pupil = Placement.objects.filter(school=made.school, ends_on=None).first().pupil
    pupil.school = made.school
    asker = MembershipFactory(school=made.school, role=Role.SENCO).user
    with django_capture_on_commit_callbacks(execute=True):
        pack = actions.ask(made.school, PackKind.CASE, "for who asked", by=asker, pupil=pupil)
    pack.refresh_from_db()
    return pack


def test_a_case_file_names_the_pupil_tells_the_way_and_says_it_is_confidential(case):
    says = text_of(files.find(case, "pdf").read_bytes())
    for word in (
        case.pupil.full_name,
        "Confidential",
        "Places",
        "The way back",
        "designated safeguarding lead",
    ):
        assert word in says


def test_what_is_about_a_day_stands_there_without_a_time():
    summer = dt.date(2026, 7, 1)
    assert case_file._when(dt.datetime.combine(summer, dt.time(), tzinfo=dt.UTC)) == (summer, "")
    assert case_file._when(dt.datetime(2026, 7, 1, 8, 5, tzinfo=dt.UTC)) == (summer, "9:05")
    assert case_file._when(dt.datetime(2026, 7, 1, 23, 30, tzinfo=dt.UTC)) == (dt.date(2026, 7, 2), "0:30")


def test_taking_it_away_is_kept_as_a_read_of_the_pupil(client, case):
    client.force_login(case.asked_by)
    assert client.get(reverse("reporting:pack_file", args=[case.uuid, "pdf"])).status_code == 200
    (read,) = Read.objects.filter(page="case-file")
    assert read.pupil_ids == [case.pupil_id] and read.by == case.asked_by


def test_nobody_else_opens_it_whatever_their_role(client, case):
    for role in (Role.LEAD, Role.LEADER, Role.SENCO, Role.DSL):
        client.force_login(MembershipFactory(school=case.school, role=role).user)
        assert client.get(reverse("reporting:pack", args=[case.uuid])).status_code == 404


def test_it_is_kept_for_a_day(case):
    assert case.expires_at - case.asked_at <= dt.timedelta(days=1)


# The provision on paper


def test_the_provision_on_paper_has_no_pupil_in_it(made, head, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        pack = actions.ask(made.school, PackKind.PROVISION, "today", by=head)
    says = text_of(files.find(pack, "pdf").read_bytes())
    assert "Who we are" in says and "The week" in says
    for place in Placement.objects.filter(school=made.school).select_related("pupil"):
        assert place.pupil.family_name not in says


def test_sessions_at_the_same_time_stand_together_and_both_weeks_once_where_they_are_alike():
    school = SchoolFactory()
    lesson = next(each for each in bell(school) if each.kind == "lesson")
    for title, week, places in (
        ("Maths", "A", 4),
        ("Maths", "B", 4),
        ("Cooking", "A", 6),
        ("Cooking", "B", 6),
    ):
        session = IapSessionFactory(school=school, title=title, week=week, places=places, period=lesson)
    (table,) = weeks_of(school)
    assert [row[1:] for row in table.rows] == [("Both weeks", "Cooking, Maths", 10, "0 (0 teachers)")]
    session.title = "Art"
    session.save()
    (table,) = weeks_of(school)
    assert [row[1:3] for row in table.rows] == [("Week A", "Cooking, Maths"), ("Week B", "Art, Maths")]


def weeks_of(school):
    parts = provision.document(Facts(school, TODAY), made_on=TODAY).parts
    return next(part.tables for part in parts if part.heading == "The week")
