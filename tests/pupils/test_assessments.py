"""Assessments: scores and bands, when they are due again, and change over time."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import transaction
from django.db.models import CharField, TextField
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from iap.errors import Conflict, Refused
from iap.imports.reading import File
from iap.imports.run import import_files
from iap.imports.undo import undo
from iap.inbox import duties
from iap.schools.models import Role
from pupils.actions import assessments as actions
from pupils.actions.assessments import FieldIn, end_tool, keep_scores, keep_tool
from pupils.actions.errors import mark_in_error
from pupils.actions.interventions import measure, start_intervention
from pupils.actions.programmes import keep_programme
from pupils.actions.readiness import look_at_readiness
from pupils.forms.assessments import bands_in, read_score
from pupils.models import Assessment, Band, PupilReadiness, Score, ScoreField
from pupils.models.assessments import band_of
from pupils.models.readiness import AREAS
from pupils.readiness import advice
from pupils.schedule import assessments_due, wanted_of
from pupils.scores import scores_of
from pupils.standard.tools import tools_of
from tests.factories import MembershipFactory, PlacementFactory, PupilFactory
from tests.timetables.race import committed, meet, together

from .needs import field, scored, tool

DAY, WEEK = dt.timedelta(days=1), dt.timedelta(weeks=1)


def test_a_school_begins_with_known_tools_as_data_and_changes_them_as_its_own(school):
    """Names of scores, ranges, bands by whose view it is, and which way is good: there is no room for an item."""
    tools = {each.name: each for each in tools_of(school)}
    assert list(tools) == ["Boxall Profile", "How school feels", "PASS", "Reading", "SDQ"]
    scores = {
        name: {each.name: (each.good, float(each.low), float(each.high)) for each in used.fields.all()}
        for name, used in tools.items()
    }
    assert scores["SDQ"]["Total"] == ("lower", 0, 40)
    assert scores["SDQ"]["Prosocial"] == ("higher", 0, 10)
    assert scores["Boxall Profile"]["Diagnostic profile"] == ("lower", 0, 136)
    assert scores["PASS"]["Factor 9"] == ("higher", 0, 100)
    assert field(tools["Reading"], "Reading age").unit == "age"
    assert {band.informant for band in field(tools["SDQ"]).bands.all()} == {"pupil", "family", "teacher"}
    assert {name: len(of) for name, of in scores.items()} == {
        "SDQ": 7, "Boxall Profile": 2, "PASS": 9, "Reading": 2, "How school feels": 3,
    }  # fmt: skip
    prosocial = field(tools["SDQ"], "Prosocial").bands.all()
    assert [band_of(prosocial, "teacher", Decimal(value)) for value in (3, 6)] == [
        "Much lowered", "Close to average",
    ]  # fmt: skip
    texts = {each.name for each in ScoreField._meta.fields if isinstance(each, TextField | CharField)}
    assert texts == {"name", "unit", "good"}
    assert [each.pk for each in tools_of(school)] == [each.pk for each in tools.values()], "given once"


def test_a_score_is_called_by_the_band_of_whose_view_it_is(pupil, lead):
    teacher = scored(pupil, lead, 12).scores.get()
    family = scored(pupil, lead, 12, informant="family").scores.get()
    assert (teacher.band, family.band) == ("A little raised", "Close to average")


def test_later_bands_do_not_rename_what_was_kept(pupil, lead):
    kept = scored(pupil, lead, 12).scores.get()
    Band.objects.filter(field=kept.field).update(words="Renamed")
    assert Score.objects.get(pk=kept.pk).band == "A little raised"


@given(st.integers(0, 40))
def test_bands_agree_with_looking_them_up_by_hand(value):
    bands = [
        Band(informant="", least=Decimal(least), words=words)
        for least, words in ((0, "a"), (12, "b"), (19, "c"))
    ]
    assert band_of(bands, "teacher", Decimal(value)) == ("c" if value >= 19 else "b" if value >= 12 else "a")


def test_two_people_who_keep_the_same_scores_keep_them_once(pupil, lead, senco):
    first, again = scored(pupil, lead, 14), scored(pupil, senco, 14)
    assert (first.pk, again.by) == (again.pk, lead)
    with pytest.raises(Conflict, match=r"has kept scores of .* already: Total 14"):
        scored(pupil, senco, 15)
    mark_in_error(first, by=lead, why="Read off wrongly")
    assert scored(pupil, senco, 15).by == senco


@pytest.mark.django_db(transaction=True)
def test_two_who_keep_scores_at_once_wait_for_each_other(transactional_db, monkeypatch):
    with transaction.atomic():
        school, lead = committed()
        from iap.tenancy import context

        with context.within(school.pk):
            pupil = PlacementFactory(school=school).pupil
            used = tool(school)
    meet(monkeypatch, actions, "refuse_long_before")

    def keep(value):
        return lambda: keep_scores(
            pupil,
            by=lead,
            tool=used,
            informant="teacher",
            day=dt.date.today(),
            scores={field(used): Decimal(value)},
        )

    answers = together(school, keep(14), keep(15))
    assert sorted(type(each).__name__ for each in answers) == ["Assessment", "Conflict"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"scores": {}}, "at least one score"),
        ({"informant": "staff"}, "whose view"),
        ({"day": dt.date.today() + DAY}, "has not come yet"),
        ({"day": dt.date(2019, 1, 1)}, "Check the year"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words(pupil, lead, today, change, words):
    used = tool(pupil.school)
    of = {"tool": used, "informant": "teacher", "day": today, "scores": {field(used): Decimal(9)}}
    with pytest.raises(Refused, match=words):
        keep_scores(pupil, by=lead, **{**of, **change})


def test_a_score_outside_its_range_or_of_an_ended_tool_is_refused(pupil, lead):
    with pytest.raises(Refused, match="Total: enter a score from 0 to 40"):
        scored(pupil, lead, 41)
    used = tool(pupil.school)
    end_tool(used, by=lead)
    used.refresh_from_db()
    with pytest.raises(Refused, match="not used any longer"):
        scored(pupil, lead, 9, tool=used)


def test_change_is_said_by_the_way_that_is_good(pupil, lead, today):
    scored(pupil, lead, 20, day=today - 9 * DAY)
    scored(pupil, lead, 14, day=today)
    (course,) = scores_of(pupil)
    assert course.change == 6
    assert course.change_words.startswith("6 lower than on")
    assert course.change_words.endswith("the hoped-for way")


def test_first_scores_are_due_three_weeks_in_and_repeats_by_school_weeks(pupil, place, lead, school, today):
    first = {each.tool.name: each for each in wanted_of(school, [place], today) if each.first}
    tool(school)
    first = {each.tool.name: each for each in wanted_of(school, [place], today) if each.first}
    assert first["SDQ"].on == place.starts_on + 3 * WEEK
    scored(pupil, lead, 20, day=today - 13 * WEEK)
    (again,) = [each for each in wanted_of(school, [place], today) if each.tool.name == "SDQ"]
    assert not again.first
    assert again.informants == ("teacher",)
    assert again.on <= today
    scored(pupil, lead, 20, day=today)
    (later,) = [each for each in wanted_of(school, [place], today) if each.tool.name == "SDQ"]
    assert later.on > today


def test_what_is_due_waits_for_those_who_assess_and_costs_the_same_for_many(
    school, place, lead, today, django_assert_num_queries
):
    scored(place.pupil, lead, 20, day=today - 13 * WEEK)
    assert any(each.name == "assessments-due" for each in duties.of([Role.STAFF]))
    (due,) = [each for each in assessments_due(school, today) if "SDQ again (teacher)" in each.text]
    assert due.pupil == place.pupil
    for _ in range(5):
        scored(PlacementFactory(school=school).pupil, lead, 20, day=today - 13 * WEEK)
    with django_assert_num_queries(4):
        assert len([each for each in assessments_due(school, today) if "SDQ" in each.text]) == 6


def test_a_school_adds_a_tool_of_its_own_and_keeps_scores_that_pupils_have(pupil, lead, school):
    own = FieldIn(
        "Calm",
        Decimal(0),
        Decimal(10),
        "higher",
        bands=[("", Decimal(0), "Stormy"), ("", Decimal(6), "Calm")],
    )
    made = keep_tool(school, by=lead, name="Weather", informants=["pupil"], fields=[own])
    kept = ScoreField.objects.get(tool=made)
    scored(pupil, lead, 7, tool=tool(school, "Weather"), informant="pupil")
    with pytest.raises(Refused, match="Pupils have scores under “Calm”"):
        keep_tool(
            school,
            by=lead,
            tool=made,
            name="Weather",
            informants=["pupil"],
            fields=[FieldIn("Sun", Decimal(0), Decimal(5), "higher")],
        )
    with pytest.raises(Refused, match="outside this range"):
        keep_tool(
            school,
            by=lead,
            tool=made,
            name="Weather",
            informants=["pupil"],
            fields=[FieldIn("Calm", Decimal(0), Decimal(5), "higher", kept=kept)],
        )
    with pytest.raises(Refused, match="called “sdq”"):
        keep_tool(school, by=lead, name="sdq", informants=["pupil"], fields=[own])


@pytest.mark.parametrize(
    ("typed", "months"),
    [
        ("9:06", 114),
        ("9.6", 114),
        ("9", 108),
        ("9y 6m", 114),
        ("9:12", None),
        ("soon", None),
        ("99:00", None),
    ],
)
def test_an_age_is_read_in_years_and_months(school, typed, months):
    reading = field(tool(school, "Reading"), "Reading age")
    assert read_score(reading, typed) == (None if months is None else Decimal(months))


@pytest.mark.parametrize(
    ("typed", "number"),
    [("14", 14), (" 14,5 ", Decimal("14.5")), ("14.55", None), ("NaN", None), ("1e9", None), ("-1", None)],
)
def test_a_number_is_read_as_people_write_it(school, typed, number):
    assert read_score(field(tool(school)), typed) == number


def test_bands_are_typed_one_a_line():
    assert bands_in("0 Fine\nteacher 12 A little raised\nparent 14.5 Raised") == [
        ("", Decimal(0), "Fine"), ("teacher", Decimal(12), "A little raised"), ("family", Decimal("14.5"), "Raised"),
    ]  # fmt: skip
    for wrong in ("Fine", "cat 3 Fine", "0 Fine\n0 Good"):
        with pytest.raises(ValueError, match=r"write it as|same score"):
            bands_in(wrong)


# On screen.


def test_staff_enter_scores_and_see_the_change_drawn_with_its_table(client, iap_staff, pupil, lead, today):
    scored(pupil, lead, 20, day=today - 9 * DAY)
    client.force_login(iap_staff)
    used = tool(pupil.school)
    way = reverse("pupils:scores", args=[pupil.uuid, used.uuid])
    name = f"score-{field(used).pk}"
    data = {"informant": "teacher", "day": today.isoformat(), name: "14"}
    assert client.post(way, {**data, name: "99"}).status_code == 422
    assert client.post(way, data).status_code == 302
    assert client.post(way, data).status_code == 302
    conflict = client.post(way, {**data, name: "15"})
    assert conflict.status_code == 409
    assert 'value="15"' in conflict.content.decode()
    shown = client.get(reverse("pupils:assessment_tool", args=[pupil.uuid, used.uuid])).content.decode()
    assert "Teacher: from 20 to 14, 6 lower" in shown
    assert "See this as a table" in shown
    own = [band.words for band in field(used).bands.all() if band.informant == "teacher"]
    assert len(own) > 2
    assert [words for words in own if words not in shown] == [], "the bands stand behind the course"


def test_pages_cost_the_same_for_one_score_and_for_forty(client, lead, pupil, cost, today):
    client.force_login(lead)
    used = tool(pupil.school)
    ways = [
        reverse("pupils:detail", args=[pupil.uuid]),
        reverse("pupils:assessments", args=[pupil.uuid]),
        reverse("pupils:assessment_tool", args=[pupil.uuid, used.uuid]),
    ]
    scored(pupil, lead, 20, day=today)
    few = [cost(way) for way in ways]
    for number in range(1, 20):
        scored(pupil, lead, number, day=today - number * DAY)
    assert [cost(way) for way in ways] == few


def test_the_senco_changes_a_tool_on_its_page(client, senco, school):
    client.force_login(senco)
    data = {
        "name": "Weather", "informants": ["pupil"], "repeat_weeks": "6",
        "fields-TOTAL_FORMS": "1", "fields-INITIAL_FORMS": "0", "fields-0-name": "Calm", "fields-0-low": "0",
        "fields-0-high": "10", "fields-0-unit": "number", "fields-0-good": "higher",
        "fields-0-bands": "0 Stormy\n6 Calm",
    }  # fmt: skip
    assert client.post(reverse("pupils:new_tool"), {**data, "fields-0-bands": "Stormy"}).status_code == 422
    assert client.post(reverse("pupils:new_tool"), data).status_code == 302
    assert Band.objects.filter(field__tool__name="Weather").count() == 2


def test_a_tool_is_changed_and_ended_on_its_page_and_what_was_kept_stays(client, senco, pupil, school):
    scored(pupil, senco, 14)
    used = tool(school)
    client.force_login(senco)
    opened = client.get(reverse("pupils:edit_tool", args=[used.uuid]))
    sent = {
        name: value
        for form in (
            opened.context["form"],
            opened.context["fields"].management_form,
            *opened.context["fields"],
        )
        for name, value in ((bound.html_name, bound.value()) for bound in form)
        if value not in (None, "")
    }
    changed = sent | {"repeat_weeks": "7", "fields-0-bands": "0 Fine\n15 Not so fine"}
    assert client.post(reverse("pupils:edit_tool", args=[used.uuid]), changed).status_code == 302
    used = tool(school)
    assert used.repeat_weeks == 7
    assert {band.words for band in field(used).bands.all()} == {"Fine", "Not so fine"}
    assert Score.objects.get().band == "A little raised"
    assert "then every 7 school weeks" in client.get(reverse("pupils:tools")).content.decode()
    client.post(reverse("pupils:end_tool", args=[used.uuid]))
    assert "SDQ" in client.get(reverse("pupils:tools")).content.decode().partition("No longer used")[2]
    page = reverse("pupils:assessments", args=[pupil.uuid])
    shown = client.get(page).content.decode()
    assert "A little raised" in shown
    assert reverse("pupils:scores", args=[pupil.uuid, used.uuid]) not in shown


OWN = {
    "name": "Weather", "informants": ["pupil"], "repeat_weeks": "6", "fields-TOTAL_FORMS": "2",
    "fields-INITIAL_FORMS": "0", "fields-0-name": "Calm", "fields-0-low": "0", "fields-0-high": "10",
    "fields-0-unit": "number", "fields-0-good": "higher", "fields-0-bands": "0 Stormy\n6 Calm",
}  # fmt: skip
SUN = {
    "fields-1-name": "Sun", "fields-1-low": "0", "fields-1-high": "5", "fields-1-unit": "number",
    "fields-1-good": "higher",
}  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"name": " "}, "name"),
        ({"informants": []}, "Choose who is asked."),
        ({"fields-0-name": ""}, "at least one score"),
        ({"fields-0-high": "1000000"}, "Enter a number, such as 40."),
        ({"fields-0-low": "1e9"}, "Enter a number, such as 0."),
        ({"fields-0-high": "-1"}, "the highest score must be above the lowest"),
        ({"fields-0-bands": "0 Stormy\n60 Calm"}, "begins outside the range"),
        ({"repeat_weeks": "99"}, "between 1 and 52"),
        (SUN | {"fields-1-name": "calm"}, "Two scores have the same name."),
    ],
)
def test_a_tool_that_cannot_be_is_refused_in_words_and_stays_as_typed(client, senco, school, typed, says):
    client.force_login(senco)
    answer = client.post(reverse("pupils:new_tool"), OWN | typed)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert says in shown
    assert "6 Calm" in shown or "60 Calm" in shown
    assert not ScoreField.objects.filter(tool__name="Weather").exists()


def test_two_scores_of_a_tool_change_names_with_each_other(client, senco, school):
    client.force_login(senco)
    client.post(reverse("pupils:new_tool"), OWN | SUN)
    used = tool(school, "Weather")
    calm, sun = field(used, "Calm"), field(used, "Sun")
    kept = {"fields-INITIAL_FORMS": "2", "fields-0-kept": calm.uuid, "fields-1-kept": sun.uuid}
    swapped = OWN | SUN | kept | {"fields-0-name": "Sun", "fields-1-name": "Calm"}
    assert client.post(reverse("pupils:edit_tool", args=[used.uuid]), swapped).status_code == 302
    assert [each.name for each in (calm, sun) if not each.refresh_from_db()] == ["Sun", "Calm"]


@pytest.mark.parametrize("role", [Role.TEACHER, Role.TRUST, Role.DATA])
def test_a_mainstream_teacher_sees_none_of_it(client, school, pupil, role):
    client.force_login(MembershipFactory(school=school, role=role).user)
    for name in ("assessments", "readiness"):
        assert client.get(reverse(f"pupils:{name}", args=[pupil.uuid])).status_code == 403


# Readiness.


def test_readiness_is_looked_at_once_a_day_within_the_place(pupil, place, lead, senco, today):
    steps = dict.fromkeys(AREAS, 3)
    first = look_at_readiness(pupil, by=lead, day=today, steps=steps, pupil_words="I want art\x00")
    assert (first.holding, first.pupil_words) == (5, "I want art")
    assert look_at_readiness(pupil, by=senco, day=today, steps=steps, pupil_words="I want art").pk == first.pk
    with pytest.raises(Conflict, match="already"):
        look_at_readiness(pupil, by=senco, day=today, steps={**steps, "asking": 1})
    with pytest.raises(Refused, match="place begins on"):
        look_at_readiness(pupil, by=lead, day=place.starts_on - DAY, steps=steps)
    with pytest.raises(Refused, match="Feelings: choose one"):
        look_at_readiness(pupil, by=lead, day=today, steps={**steps, "feelings": 5})


def test_the_schools_threshold_advises():
    look = PupilReadiness(**{**dict.fromkeys(AREAS, 4), "asking": 2})
    assert advice(look, 4).startswith("4 of 5 areas hold")
    assert "as many as the school looks for" in advice(look, 4)
    assert "the school looks for 5" in advice(look, 5)


def test_nobody_is_asked_to_look_where_there_is_no_place_to_keep_it_for(client, iap_staff, school):
    client.force_login(iap_staff)
    page = reverse("pupils:readiness", args=[PupilFactory(school=school).uuid])
    shown = client.get(page).content.decode()
    assert "Not looked at yet" in shown
    assert "Look for the first time" not in shown


def test_staff_look_with_the_pupil_on_the_page(client, iap_staff, pupil, today):
    client.force_login(iap_staff)
    way = reverse("pupils:readiness", args=[pupil.uuid])
    data = {**dict.fromkeys(AREAS, "3"), "day": today.isoformat(), "pupil_words": "Maths back"}
    wrong = client.post(way, {**data, "people": ""})
    assert wrong.status_code == 422
    assert "Maths back" in wrong.content.decode()
    assert client.post(way, data).status_code == 302
    assert "With a reminder" in client.get(way).content.decode()


# Brought in from a table.


def brought(school, by, *rows):
    text = "UPN,Assessment,Score name,Score,Date,View of\n" + "\n".join(rows)
    return import_files([File("scores.csv", text.encode())], school.urn, by=by)


def test_scores_come_in_from_a_table_and_again_change_nothing(school, pupil, lead, today):
    rows = [
        f"{pupil.upn},SDQ,Total,14,{today:%d/%m/%Y},Teacher",
        f"{pupil.upn},SDQ,Peers,3,{today:%d/%m/%Y},Teacher",
    ]
    assert brought(school, lead, *rows).of("scores").created == 2
    kept = Assessment.objects.get(pupil=pupil)
    assert (kept.by, kept.scores.count()) == (lead, 2)
    assert brought(school, lead, *rows).of("scores").unchanged == 2


def test_rows_that_say_different_things_and_what_differs_from_what_is_kept_are_named(
    school, pupil, lead, senco, today
):
    row = f"{pupil.upn},SDQ,Total,%s,{today:%d/%m/%Y},Teacher"
    report = brought(school, lead, row % 14, row % 15)
    assert [each.row for each in report.refused] == [2, 3]
    assert "Two rows say different things about SDQ, Total, on that day" in report.refused[0].reason
    scored(pupil, senco, 20)
    (refused,) = brought(school, lead, row % 14).refused
    assert f"{senco} has kept scores of" in refused.reason
    assert Score.objects.get().value == 20


def test_scores_are_not_kept_in_nobodys_name(school, pupil, today):
    (refused,) = brought(school, None, f"{pupil.upn},SDQ,Total,14,{today:%d/%m/%Y},Teacher").refused
    assert "import them while signed in" in refused.reason
    assert not Assessment.objects.exists()


def test_scores_that_were_brought_in_go_again_with_their_import(school, pupil, lead, today):
    mine = scored(pupil, lead, 20, day=today - DAY)
    run = brought(
        school,
        lead,
        f"{pupil.upn},SDQ,Total,14,{today:%d/%m/%Y},Teacher",
        f"{pupil.upn},SDQ,Peers,3,{today:%d/%m/%Y},Teacher",
        f"{pupil.upn},SDQ,Total,20,{today - DAY:%d/%m/%Y},Teacher",
    ).run
    assert Score.objects.filter(assessment__pupil=pupil).count() == 3
    undo(run, by=lead)
    assert Assessment.objects.get(pupil=pupil) == mine, "what was kept before stays"
    assert Score.objects.get(assessment__pupil=pupil).value == 20


def test_scores_that_stand_before_an_intervention_hold_their_import(school, pupil, lead, today):
    run = brought(school, lead, f"{pupil.upn},SDQ,Total,14,{today:%d/%m/%Y},Teacher").run
    programme = keep_programme(school, by=lead, name="Talking", strand="intervention", sessions=12)
    begun = start_intervention(
        pupil,
        by=lead,
        programme=programme,
        day=today,
        planned=12,
        delivered_by="A charity",
        entry=Score.objects.get(),
    )
    with pytest.raises(Refused, match=r"1 intervention stands on what this import brought\."):
        undo(run, by=lead)
    assert Score.objects.get().value == 14
    measure(begun, by=lead, entry=None, exit=None)
    undo(run, by=lead)
    assert not Assessment.objects.exists()


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("{upn},Tarot,,14,{day},Teacher", "not an assessment the school uses"),
        ("{upn},SDQ,Luck,14,{day},Teacher", "no score called"),
        ("{upn},SDQ,Total,99,{day},Teacher", "not a score from 0 to 40"),
        ("{upn},SDQ,Total,14,{day},", "Say whose view it is"),
        ("{upn},SDQ,Total,14,01/01/2010,Teacher", "Check the year"),
        ("A801200005001,SDQ,Total,14,{day},Teacher", "not a UPN"),
    ],
)
def test_a_row_that_cannot_be_is_named_with_its_reason(school, pupil, lead, today, row, reason):
    report = brought(school, lead, row.format(upn=pupil.upn, day=today.isoformat()))
    assert reason in report.refused[0].reason
    assert not Assessment.objects.filter(pupil=pupil).exists()
