"""The parts pages are put together from."""

import re
from pathlib import Path

import pytest
from bootstrap_wrapper import get_bootstrap_css_dir
from django.core.paginator import Paginator
from django.template import Context, Template, engines

from iap.ui import svg

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
pytestmark = pytest.mark.urls("tests.ui.urls")


def draw(markup, **context):
    return Template("{% load ui %}" + markup).render(Context(context))


@pytest.fixture
def page(client, lead):
    client.force_login(lead)
    return client.get("/parts/").content.decode()


def _classes(css):
    return set(re.findall(r"\.(-?[a-zA-Z_][\w-]*)", re.sub(r"/\*.*?\*/", "", css, flags=re.S)))


@pytest.fixture(scope="module")
def known():
    own = "".join(path.read_text() for path in (ROOT / "static/css").glob("*.css"))
    bootstrap = (Path(get_bootstrap_css_dir()) / "bootstrap.min.css").read_text()
    return _classes(own) | _classes(bootstrap) | HOOKS


# Names that carry no look: crispy's own, and a hook for print.
HOOKS = {"requiredField", "asteriskField", "iap-search"}
HOOKS |= {"numberinput", "checkboxinput", "radioselect", "textinput"}


def _used(markup):
    return {name for value in re.findall(r'class="([^"]*)"', markup) for name in value.split()}


def test_every_class_of_the_page_with_every_part_has_a_look(page, known):
    assert _used(page) - known == set()


@pytest.mark.parametrize(
    "path", [*(TEMPLATES / "ui").glob("*.html"), *TEMPLATES.glob("*.html")], ids=lambda p: p.name
)
def test_every_class_a_part_names_has_a_look(path, known):
    source = re.sub(r"{% comment %}.*?{% endcomment %}", "", path.read_text(), flags=re.S)
    source = re.sub(r"mood-{{.*?}}|{%.*?%}|{{.*?}}", " ", source, flags=re.S)
    assert _used(source) - known == set()


def test_the_style_sheets_close_what_they_open():
    for path in (ROOT / "static/css").glob("*.css"):
        depth = 0
        for letter in re.sub(r'/\*.*?\*/|"[^"]*"', "", path.read_text(), flags=re.S):
            depth += {"{": 1, "}": -1}.get(letter, 0)
            assert depth >= 0, path.name
        assert depth == 0, path.name


def test_colours_are_named_only_among_the_tokens():
    css = (ROOT / "static/css/iap.css").read_text()
    tokens, _, rest = css.partition("@layer iap.base {")
    assert "--iap-ink:" in tokens
    # The codes an app scans need white around them; arrows drawn as data cannot read a token.
    rest = re.sub(r'url\("[^"]*"\)', "", rest).replace("background: #fff", "")
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?![^{]*\{)", rest) == []


def test_the_page_needs_no_inline_style_or_script(page):
    assert "style=" not in page
    assert not re.search(r"\son[a-z]+=", page)
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)


def test_no_two_elements_share_an_id(page):
    ids = re.findall(r'\sid="([^"]+)"', page)
    twice = {each for each in ids if ids.count(each) > 1}
    assert twice == set()


def test_what_people_typed_is_escaped():
    nasty = "<script>x</script>"
    drawn = draw(
        "{% tag 'look' 'bell-alert' t %}{% note t %}{% avatar t %}{% stat t t detail=t %}"
        "{% empty_state t t %}"
        "{% facts rows %}{% session_head s 'h' %}{% tile_head 'h' t '/' t %}{% mood '/' t %}{% role 'qt' t %}"
        "{% table_details t rows.0 rows %}{% bar 'main:1' label=t %}{% spark v t %}",
        t=nasty, rows=[(nasty, nasty, nasty)], v=[1, 2],
        s={"title": nasty, "room": nasty, "people": [("qt", nasty)], "taken": 0, "places": 0},
    )  # fmt: skip
    assert "<script" not in drawn
    assert drawn.count("&lt;script") >= 15


def test_five_faces_are_five_buttons_that_work_without_script():
    drawn = draw("{% mood '/check-in/' 'Kai' 4 hidden=h %}", h={"entry": "7b"})
    assert '<form method="post" action="/check-in/"' in drawn
    assert drawn.count('type="submit" name="readiness"') == 5
    assert re.findall(r'value="(\d)"[^>]*aria-pressed="true"', drawn) == ["4"]
    assert "How is Kai now?" in drawn
    assert '<input type="hidden" name="entry" value="7b">' in drawn


def test_a_tap_that_has_not_left_the_device_looks_so():
    assert "iap-mood--queued" in draw("{% mood '/' 'Kai' 4 queued=True %}")


def test_marks_are_summed_up_in_one_sentence_and_unrated_lessons_left_out():
    drawn = draw("{% marks m %}", m=["well", "well", None, "hard", "absent"])
    assert 'aria-label="Last 4: 2 went well, 1 found it hard, 1 not there"' in drawn
    assert draw("{% marks m %}", m=[None]) == ""


def test_seats_beyond_the_limit_are_drawn_as_such():
    drawn = draw("{% seats 9 8 %}")
    assert drawn.count('class="on"') == 8
    assert drawn.count('class="over"') == 1


def test_a_session_is_called_what_the_school_calls_its_provision():
    assert "The Bridge" in draw("{% place_tag 'session' %}", provision_name="The Bridge")


def test_an_error_links_to_its_field_and_a_group_to_its_first_choice(page):
    assert 'href="#id_lessons"' in page
    assert 'href="#id_place_0"' in page
    assert 'id="id_place_0"' in page


def test_an_error_of_the_whole_form_is_said_once(page):
    assert page.count("Choose a day after today.") == 1


def test_an_empty_field_is_named_in_the_summary(page):
    assert "First day: fill this in." in page
    assert page.count("Fill this in.") == 1
    assert "This field is required" not in page


def test_a_refused_form_comes_back_with_what_was_typed(page):
    assert 'name="lessons" value="x"' in page


def test_fields_with_errors_name_them_to_a_screen_reader(page):
    field = re.search(r"<input[^>]*id_lessons[^>]*>", page)[0]
    assert 'aria-invalid="true"' in field
    assert "aria-describedby=" in field


def test_an_error_summary_draws_nothing_while_all_is_well():
    assert draw("{% error_summary form %}", form=None).strip() == ""


def test_a_week_shows_one_day_on_a_phone_and_links_to_the_others(page):
    assert 'data-day="tue"' in page
    assert 'href="?day=wed"' in page
    assert 'aria-current="date"' in page


def test_an_icon_nobody_has_drawn_is_a_mistake():
    with pytest.raises(svg.UnknownIcon):
        svg.icon("unicorn")


def test_a_list_of_pages_keeps_the_rest_of_the_query(rf):
    pager = engines["django"].from_string("{% load ui %}{% pager page %}")
    drawn = pager.render({"page": Paginator(range(60), 20).page(2)}, rf.get("/?q=kai"))
    assert 'href="?q=kai&amp;page=3"' in drawn
    assert pager.render({"page": Paginator(range(2), 20).page(1)}, rf.get("/")).strip() == ""
