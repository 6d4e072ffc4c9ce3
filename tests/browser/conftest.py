"""Headless Chromium against a real server, with axe, and no excuse for noise in the console."""

import datetime as dt
import os
import re
import shutil
from collections.abc import Callable, Iterator
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

# Playwright's loop runs in this thread; the database is asked from here between its steps, never within.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TABLET = {"width": 820, "height": 1180}
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
# A Tuesday of week B in the sample schools' calendar, five minutes into the second lesson.
NOW = dt.datetime(2026, 11, 24, 10, 5, tzinfo=ZoneInfo("Europe/London"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("Chromium is not installed: the browser tests were left out.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def school_day() -> Iterator[time_machine.Traveller]:
    """A school day's second lesson, for the server; browsers are told the same."""
    with time_machine.travel(NOW, tick=True) as traveller:
        yield traveller


@pytest.fixture
def open_window(chromium: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """Open a window of a size, signed out, whose clock is the server's.

    At the end nothing may have been complained of in any of them.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opened(size: dict[str, int] = TABLET, *, now: dt.datetime | None = None, **options: Any) -> Page:
        context = chromium.new_context(
            viewport=size, base_url=live_server.url, locale="en-GB", timezone_id="Europe/London", **options
        )
        contexts.append(context)
        context.clock.install(time=now or dt.datetime.now(dt.UTC))
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
        page.on("console", lambda said: complaints.append(said.text) if _is_complaint(said) else None)
        page.on(
            "request",
            lambda asked: complaints.append(f"asked {asked.url}") if _is_outside(asked.url) else None,
        )
        return page

    def _is_outside(url: str) -> bool:
        return not url.startswith((live_server.url, "data:", "blob:", "about:"))

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def _is_complaint(said: Any) -> bool:
    """Errors and anything about the content policy; an answer of 4xx that a test provokes is not one."""
    expected = re.search(r"(status of|Error Code) 4\d\d|ERR_INTERNET_DISCONNECTED|ERR_FAILED", said.text)
    return (said.type == "error" or "Content Security Policy" in said.text) and not expected


def sign_in(page: Page, email: str, password: str) -> None:
    page.goto("/account/login/")
    page.get_by_label("Email").fill(email)
    page.locator("input[type=password]").fill(password)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda address: "/account/login" not in address)  # or what is asked for next is aborted


def sign_in_quickly(page: Page, user: Any) -> None:
    """A session without the form, which has tests of its own."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "domain": "localhost", "path": "/"}]
    )


def go_offline(page: Page) -> None:
    """Lose the network once the page has asked for all it asks for by itself, as a walk down the corridor would."""
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)


def _violations(page: Page) -> Any:
    return Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]


def check_accessibility(page: Page) -> None:
    """axe finds nothing, and the page does not scroll sideways. A page that is being left is not the one meant."""
    page.wait_for_load_state()  # colours come with the style sheet
    try:
        found = _violations(page)
    except Error:
        page.wait_for_load_state()
        found = _violations(page)
    said = [f"{v['id']}: {node['html'][:160]}" for v in found for node in v["nodes"]]
    assert said == [], f"{page.url}: {said}"
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider <= 0, f"{page.url} scrolls sideways by {wider} px"
