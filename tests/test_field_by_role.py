"""Least privilege by the field: a teacher's pages hold what helps, what is agreed and their own words, and no more.

Every text of every model of a pupil's record holds a word found nowhere else. Then every address that a teacher's role
opens is opened, with all that these pages link to, and read for those words.
"""

import datetime as dt
import re
from typing import Any

import pytest
from django.urls import reverse

from iap.schools.models import Role
from pupils.models import TeacherVoice
from referrals.models import TeacherView
from tests.access_table import TABLE
from tests.canaries import RECORDS, Everything, texts_of

# What a mainstream teacher may read of a pupil's record: who comes, what helps, what is agreed, their own feedback,
# and what they are asked and have answered.
ALLOWED = {
    "Pupil": {"family_name", "preferred_name", "tutor_group"},
    "ClassReturn": {"helps", "first_lesson", "exit_plan"},
    "AgreedChange": {"what"},
    "LessonFeedback": {"line"},
    "Passport": {"own_words", "strengths", "helps", "avoid", "early_signs", "script", "exit_card"},
    "TeacherVoice": {"classes", "line"},
    "TeacherView": {"classes", "works"},
}


@pytest.fixture
def record(school: Any, teacher: Any, time_machine: Any) -> Everything:
    time_machine.move_to(_weekday(), tick=False)
    return Everything(school, teacher)


def _weekday() -> dt.datetime:
    day = dt.datetime.now(dt.UTC).replace(hour=15, minute=30)
    return day - dt.timedelta(days=max(day.weekday() - 4, 0))


def crawl(client: Any, record: Everything) -> dict[str, str]:
    """Every page that a teacher's role opens about this pupil, and all that these link to, by address."""
    waiting = [
        reverse("pupils:asked", args=[record.made[TeacherVoice].uuid]),
        reverse("referrals:new") + "?q=zq",
        reverse("referrals:asked", args=[record.made[TeacherView].uuid]),
    ]
    for row in TABLE:
        if row.post or Role.TEACHER not in row.roles:
            continue
        address = reverse(row.name, kwargs=row.own(record.school) if row.own else None)
        waiting.append(re.sub(r"^/pupils/[0-9a-f-]{36}/", record.pupil.get_absolute_url(), address))
    seen: dict[str, str] = {}
    while waiting:
        address = waiting.pop().partition("#")[0]
        if address in seen or address.startswith("/account/logout"):
            continue
        answer = client.get(address, follow=True)
        seen[address] = answer.content.decode(errors="replace").lower()
        links = re.findall(r'(?:href|hx-get)="(/[^"]*)"', answer.content.decode(errors="replace"))
        waiting += [link.replace("&amp;", "&") for link in links if not link.startswith("/static/")]
        assert len(seen) < 400, "the pages lead on without end"
    return seen


def leaks(pages: dict[str, str], record: Everything) -> set[str]:
    """Where a word stands that a teacher may not read."""
    return {
        f"{model}.{field} on {address}"
        for word, (model, field) in record.words.items()
        if field not in ALLOWED.get(model, set())
        for address, page in pages.items()
        if word in page
    }


def test_a_teachers_pages_hold_nothing_else_of_a_pupils_record(
    client: Any, teacher: Any, record: Everything
) -> None:
    client.force_login(teacher)
    pages = crawl(client, record)
    assert leaks(pages, record) == set()
    everything = "".join(pages.values())
    seen = {where for word, where in record.words.items() if word in everything}
    allowed = {(model, field) for model, fields in ALLOWED.items() for field in fields}
    assert allowed - seen == set(), "what no page shows needs no allowance; or a page was not reached"


def test_every_text_of_every_model_of_a_pupils_record_holds_such_a_word(record: Everything) -> None:
    """A field or a model that is added is in it by itself, or this is red until it is."""
    assert record.unmade == []
    texts = {(model.__name__, field.name) for model in RECORDS for field in texts_of(model)}
    assert texts - set(record.words.values()) == set()
    assert len(texts) > 150, "an almost empty record proves nothing"


def test_a_field_that_leaks_is_found(client: Any, teacher: Any, record: Everything, monkeypatch: Any) -> None:
    """The same crawl, with one field no longer allowed that is shown: it has to be seen."""
    monkeypatch.setitem(ALLOWED, "ClassReturn", set())
    client.force_login(teacher)
    found = leaks(crawl(client, record), record)
    assert any(leak.startswith("ClassReturn.helps") for leak in found)
