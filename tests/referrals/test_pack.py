"""The papers of a panel: one page each, tagged, confidential, and safe with whatever was written."""

import datetime as dt
import io
from dataclasses import replace
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from iap.ui.pdf import UNSHOWN, printable
from referrals.actions import panels
from referrals.models import Meeting, Strategy, TeacherView
from referrals.pack import MORE, Pack, PackPage, PackPart, cut, pack_pdf
from referrals.packing import pack_of
from referrals.states import State
from tests.factories import ReferralFactory, StaffMemberFactory

PAGE = PackPage(
    number=31,
    name="Hannah Stokes",
    year="8",
    days=9,
    facts=("Year 8, 8T", "SEN support", "Family agrees"),
    referred="by Mr Hale, head of Year 8, on 11 February",
    happening="Leaves after ten minutes.",
    goes_well="Textiles",
    pupil_words="It is too loud.",
    family="Mornings are hard.",
    outcomes="A calm start",
    tried=(("A seat by the door", "It helped a little"),),
    attendance=(("11 February", 93), ("18 February", None), ("25 February", 66)),
    evidence=(("Suspensions this year", "2 suspensions, 7 half-days"),),
    priority=71,
    parts=tuple(PackPart(f"Part {n}", 10, 20, "Why") for n in range(6)),
    override="",
    answers=(("Ms Holt, English", "well", "A seat by the door", True),),
    asked=9,
)
PACK = Pack(
    provision="The Orchard",
    school="Harrowgate Hill Academy",
    day=dt.date(2026, 11, 26),
    place="15:30, Library",
    members=("Dr Denholm, Headteacher",),
    pages=(PAGE,),
    made_for="Ms Aspinall",
    made_on=dt.date(2026, 11, 23),
)
LONG = "Wortwechsel mit WWWWWWWWWW und viel mehr Text als auf eine Seite passt. " * 60


def read(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def text(content: bytes, page: int) -> str:
    """What a page says, without the places at which a long word may break."""
    return " ".join(read(content).pages[page].extract_text().replace("\u200b", "").split())


def on_page(**said: Any) -> str:
    """What the page of a pupil says of whom this was written."""
    content = pack_pdf(replace(PACK, pages=(replace(PAGE, **said),)))
    assert b"pdfuaid" in content
    return text(content, 1)


def spoken(content: bytes) -> list[str]:
    """What stands for pictures, in order, for those who do not see them."""

    def within(part: Any) -> list[str]:
        part = part.get_object()
        if isinstance(part, ArrayObject):
            return [says for each in part for says in within(each)]
        if not isinstance(part, DictionaryObject):
            return []
        here = [str(part["/Alt"])] if "/Alt" in part else []
        return here + (within(part["/K"]) if "/K" in part else [])

    return within(read(content).trailer["/Root"]["/StructTreeRoot"])


def test_there_is_an_agenda_and_one_page_for_each_pupil() -> None:
    content = pack_pdf(replace(PACK, pages=(PAGE, replace(PAGE, number=32, name="Yusuf Demir"))))
    assert len(read(content).pages) == 3
    assert "Dr Denholm" in text(content, 0) and "Yusuf Demir" in text(content, 0)
    assert "It is too loud." in text(content, 1) and "Ms Holt" in text(content, 1)


def test_every_page_is_confidential_and_numbered() -> None:
    content = pack_pdf(PACK)
    for page in range(2):
        assert "Confidential" in text(content, page)
        assert f"Page {page + 1} of 2" in text(content, page)
        assert "for Ms Aspinall" in text(content, page)


def test_it_is_tagged_titled_and_in_english() -> None:
    content = pack_pdf(PACK)
    document = read(content)
    root = document.trailer["/Root"]
    assert "/StructTreeRoot" in root and root["/MarkInfo"]["/Marked"] and b"pdfuaid" in content
    assert root["/Lang"] == "en-GB"
    assert document.metadata and document.metadata.title == "Panel pack, Thursday 26 November 2026"


def test_pictures_are_spoken_with_their_gaps() -> None:
    attendance, priority = spoken(pack_pdf(PACK))
    assert attendance == "Attendance by week: 11 February 93%, 18 February not known, 25 February 66%"
    assert priority.startswith("Part 0 10 of 20, Part 1 10 of 20")


@pytest.mark.parametrize("letter", ["W", "i", "\ufdfd", "م", "🙂", LONG])
def test_however_much_was_written_a_pupil_has_one_page(letter: str) -> None:
    much = (letter + " ") * 900 if len(letter) == 1 else letter
    page = replace(
        PAGE,
        happening=much,
        goes_well=much,
        pupil_words=much,
        family=much,
        outcomes=much,
        referred=much,
        override=much,
        facts=(much,) * 9,
        tried=((much, much),) * 12,
        evidence=((much, much),) * 9,
        answers=((much, "well", much, True),) * 12,
        parts=tuple(replace(part, name=much, why=much) for part in PAGE.parts * 4),
    )
    assert len(read(pack_pdf(replace(PACK, pages=(page, PAGE)))).pages) == 3


def test_nothing_is_cut_while_there_is_room() -> None:
    words = " ".join(f"{n} times" for n in range(75))
    assert len(words) > 600
    assert words in on_page(happening=words)


def test_rows_that_have_no_room_are_counted() -> None:
    said = on_page(tried=(("A seat", "None"),) * 15, answers=PAGE.answers * 17, asked=17)
    assert "3 more in the product." in said and "17 of 17 teachers answered." in said
    members = replace(PACK, members=("Dr Denholm",) * 16)
    assert "2 more in the product." in text(pack_pdf(members), 0)


def test_an_override_stands_beside_what_the_parts_make() -> None:
    said = on_page(priority=90, override="Set to 90 by Ms Aspinall: the family moves.")
    assert "Set to 90 by Ms Aspinall" in said and "The parts below make 60." in said
    assert "The parts below" not in on_page(priority=60)


def test_what_is_cut_says_where_the_rest_is() -> None:
    assert cut("word " * 200, 100).endswith(MORE)
    assert len(cut("word " * 200, 100)) <= 100
    assert cut("word " * 200, 100).removesuffix(MORE).endswith("word")
    assert cut("  two\n lines ", 100) == "two lines"
    assert cut("W" * 40, 100).replace("\u200b", "") == "W" * 40
    assert max(map(len, cut("W" * 400, 200).split("\u200b"))) < 50


def test_what_looks_like_markup_is_shown_as_it_was_typed() -> None:
    words = '#let x = 1 $a$ *b* _c_ @d <e> "f" `g` \\ // = h'
    assert words in on_page(pupil_words=words)
    for field in ("name", "referred", "happening", "goes_well", "family", "outcomes", "override"):
        assert "#panic() $a$ *b*" in on_page(**{field: "#panic() $a$ *b*"})


def test_an_emoji_is_told_by_its_name_and_what_cannot_be_printed_is_said() -> None:
    said = on_page(pupil_words="🙂🙂 Łukasz 👍🏽 আমি ভালো আছি.")
    assert "[slightly smiling face ×2] Łukasz [thumbs up sign, letters that cannot be printed here]." in said
    assert "مرحبا" in on_page(pupil_words="مرحبا")


def test_only_what_the_fonts_lack_is_told_otherwise() -> None:
    plain = ["Ngũgĩ Ṣọlá “é” – ½ ❤ ✓", {"a": ("1", 2, None)}]
    assert printable(plain) == ["Ngũgĩ Ṣọlá “é” – ½ ❤ ✓", {"a": ["1", 2, None]}]
    assert printable("你 好") == f"[{UNSHOWN}]"
    assert printable("a\x07\ud800b \u202ec") == "ab c"


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=200))
def test_no_words_break_the_papers(words: str) -> None:
    page = replace(
        PAGE, happening=words, pupil_words=words, name=f"A {words}", answers=((words, "", words, True),)
    )
    content = pack_pdf(replace(PACK, pages=(page,)))
    assert len(read(content).pages) == 2 and b"pdfuaid" in content


def test_the_same_pack_gives_the_same_bytes_in_whatever_year() -> None:
    content = pack_pdf(PACK)
    with time_machine.travel(dt.datetime(2027, 2, 3, tzinfo=dt.UTC)):
        assert pack_pdf(PACK) == content
    metadata = read(content).metadata
    assert metadata and metadata.creation_date and metadata.creation_date.date() == PACK.made_on


def test_an_empty_agenda_is_a_paper_too() -> None:
    assert "Nothing is on the agenda yet." in text(pack_pdf(replace(PACK, pages=())), 0)


@pytest.fixture
def meeting(school: Any, lead: Any) -> Meeting:
    day = timezone.localdate() + dt.timedelta(days=3)
    meeting = Meeting.objects.create(school=school, day=day, starts=dt.time(15, 30), room="Library")
    referral = ReferralFactory(school=school, pupil__given_name="Hannah", pupil__family_name="Stokes")
    Strategy.objects.create(school=school, referral=referral, what="A seat by the door", effect="none")
    TeacherView.objects.create(
        school=school,
        referral=referral,
        teacher=StaffMemberFactory(school=school),
        classes="English",
        asked_at=timezone.now(),
    )
    panels.put_on_agenda(meeting, [referral], by=lead)
    return meeting


def test_the_papers_hold_what_is_stored(meeting: Meeting) -> None:
    page = pack_of(meeting, made_for="Ms Aspinall").pages[0]
    assert (page.name, page.tried[0][0], page.asked, page.answers) == (
        "Hannah Stokes",
        "A seat by the door",
        1,
        (),
    )
    assert page.priority == sum(part.points for part in page.parts)


def test_filling_them_costs_the_same_for_one_and_for_twelve(meeting: Meeting, lead: Any, school: Any) -> None:
    counts = []
    for number in (0, 11):
        panels.put_on_agenda(meeting, ReferralFactory.create_batch(number, school=school), by=lead)
        with CaptureQueriesContext(connection) as asked:
            assert len(pack_of(meeting, made_for="x").pages) == number + 1
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_they_are_made_and_downloaded_by_those_who_read_the_panel(
    client: Any, lead: Any, teacher: Any, meeting: Meeting, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    client.force_login(lead)
    waiting = client.post(reverse("referrals:pack", args=[meeting.uuid])).url
    assert "The papers are ready" in client.get(waiting).content.decode()
    answer = client.get(f"{waiting}pdf/")
    content = b"".join(answer.streaming_content)
    assert content.startswith(b"%PDF") and len(read(content).pages) == 2
    assert answer["Content-Disposition"].startswith("attachment;") and "no-store" in answer["Cache-Control"]
    client.force_login(teacher)
    assert client.get(f"{waiting}pdf/").status_code == 403


def test_a_decided_referral_stays_in_the_papers_of_its_meeting(meeting: Meeting, leader: Any) -> None:
    referral = meeting.agenda.get().referral
    panels.decide(
        referral, by=leader, meeting=meeting, outcome=State.WAITING, rationale="x", priority=1, parts=[]
    )
    assert len(pack_of(meeting, made_for="x").pages) == 1
