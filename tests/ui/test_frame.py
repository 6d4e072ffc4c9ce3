"""The frame of every page."""

from django.contrib.auth.models import AnonymousUser
from django.shortcuts import render
from django.test import RequestFactory

from iap.schools import access


def _request(user, url="/"):
    request = RequestFactory().get(url)
    request.user = user
    request.session = {}
    request._messages = []
    access.enter(request)
    return request


def _page(user, url="/", template="base.html"):
    return render(_request(user, url), template).content.decode()


def test_a_page_names_the_provision_and_the_school(lead, school):
    page = _page(lead)
    assert str(school) in page
    assert 'class="iap-brand"' in page


def test_the_account_menu_says_who_is_signed_in_and_offers_the_way_out(lead):
    page = _page(lead)
    assert lead.email in page
    assert 'action="/account/logout/"' in page


def test_one_school_offers_nothing_to_switch_between(lead, school):
    assert "menu-schools" not in _page(lead)


def test_the_pill_that_says_what_has_left_the_device_starts_silent(lead):
    assert 'id="sync" role="status" data-state="none"' in _page(lead)


def test_a_bare_page_offers_no_account_and_no_navigation():
    page = _page(AnonymousUser(), template="base_bare.html")
    assert "iap-menu" not in page
    assert "<nav" not in page
