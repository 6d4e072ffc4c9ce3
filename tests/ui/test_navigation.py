"""What the navigation offers to whom."""

import pytest

from iap.ui import navigation
from iap.ui.navigation import Item

pytestmark = pytest.mark.urls("tests.ui.urls")


@pytest.fixture(autouse=True)
def _empty(monkeypatch):
    monkeypatch.setattr(navigation, "_items", {})


@pytest.fixture
def ask(rf):
    def asking(path="/", roles=("lead",)):
        request = rf.get(path)
        request.roles = set(roles)
        return request

    return asking


def _item(key="a", **more):
    given = {"label": key.title(), "url_name": "list", "icon": "home", "roles": {"lead"}, "order": 10} | more
    return Item(key, **given)


def test_people_see_what_their_roles_open_and_in_order(ask):
    navigation.register(_item("later", order=20))
    navigation.register(_item("first"))
    navigation.register(_item("other", roles={"data"}))
    assert [link.key for link in navigation.shown_to(ask()).links] == ["first", "later"]
    assert [link.key for link in navigation.shown_to(ask(roles=["data"])).links] == ["other"]
    assert navigation.shown_to(ask(roles=[])).links == []


def test_two_items_cannot_share_a_key():
    navigation.register(_item())
    with pytest.raises(ValueError, match="'a'"):
        navigation.register(_item())


def test_the_longest_address_a_page_lies_under_is_current(ask):
    navigation.register(_item("list"))
    navigation.register(_item("rows", url_name="list_rows"))
    assert navigation.shown_to(ask("/list/rows/7/")).current == "rows"
    assert navigation.shown_to(ask("/list/7/")).current == "list"
    assert navigation.shown_to(ask("/elsewhere/")).current == ""


def test_what_does_not_fit_goes_behind_more(ask):
    for number in range(8):
        navigation.register(_item(f"i{number}", order=number))
    shown = navigation.shown_to(ask())
    assert len(shown.shown) == 5
    assert [link.key for link in shown.more] == ["i5", "i6", "i7"]


def test_six_fit_without_more(ask):
    for number in range(6):
        navigation.register(_item(f"i{number}", order=number))
    assert navigation.shown_to(ask()).more == []


def test_an_item_whose_page_does_not_exist_is_left_out_and_complained_about(ask):
    navigation.register(_item(url_name="nowhere"))
    assert navigation.shown_to(ask()).links == []
    assert [each.id for each in navigation.check_addresses(None)] == ["ui.E001"]


def test_what_waits_is_counted_once_and_only_for_those_who_see_it(ask):
    asked = []
    navigation.register(_item("mine", badge=lambda request: asked.append(1) or 3))
    navigation.register(_item("theirs", roles={"data"}, badge=lambda request: asked.append(1) or 4))
    shown = navigation.shown_to(ask())
    assert asked == []
    assert [link.count for link in shown.links] == [3]
    assert shown.links and asked == [1]


def test_the_page_says_what_a_badge_counts_and_where_one_is(client, lead):
    navigation.register(
        _item("parts", url_name="for_leads", badge=lambda request: 3, badge_words="to decide")
    )
    client.force_login(lead)
    page = client.get("/parts/leads/").content.decode()
    assert 'href="/parts/leads/" aria-current="page"' in page
    assert '3<span class="visually-hidden"> to decide</span>' in page


@pytest.mark.parametrize(("roles", "url"), [(["lead"], "/parts/leads/"), (["teacher"], ""), ([], "")])
def test_a_search_is_offered_to_those_whose_role_opens_it(ask, roles, url):
    assert navigation.opens(ask(roles=roles), "for_leads") == url


def test_a_page_that_does_not_exist_or_says_nothing_about_itself_is_not_offered(ask):
    assert navigation.opens(ask(), "nowhere") == ""
    assert navigation.opens(ask(), "list") == ""


def test_the_frame_has_a_search_for_those_who_may_and_for_nobody_else(client, lead, teacher, monkeypatch):
    monkeypatch.setattr("iap.ui.context.SEARCH", "for_leads")
    client.force_login(lead)
    assert 'action="/parts/leads/"' in client.get("/parts/").content.decode()
    client.force_login(teacher)
    assert 'action="/parts/leads/"' not in client.get("/parts/").content.decode()
