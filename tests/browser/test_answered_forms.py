"""What a form leads to where it does not lead on: refusals and previews are pages too, and keep the rules of pages."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.browser.test_instructor import sign_in
from tests.browser.test_pages import WAYS
from tests.browser.visit import PHONE, violations
from tests.browser.window import window_of

pytestmark = pytest.mark.browser

REFUSED = "Failed to load resource: the server responded with a status of 4"
BROKEN: FilePayload = {"name": "a1.py", "mimeType": "text/x-python", "buffer": b"def f(:"}


@dataclass(frozen=True)
class Answered:
    """Who fills in which form how, and a word of the page that answers. {path} stands for the assignment."""

    who: str
    path: str
    fill: Callable[[Page], None]
    said: str


def press(*buttons: str, **fields: str) -> Callable[[Page], None]:
    """Fill in fields by their labels and press buttons, the last of which is answered with a page."""

    def fill(page: Page) -> None:
        for label, value in fields.items():
            page.get_by_label(label.replace("_", " "), exact=True).fill(value)
        for button in buttons:
            page.get_by_role("button", name=button, exact=True).click()

    return fill


def handed(button: str) -> Callable[[Page], None]:
    """Choose a file that cannot be read and press a button of the form."""

    def fill(page: Page) -> None:
        page.locator("input[name=file]").set_input_files(BROKEN)
        page.get_by_role("button", name=button, exact=True).click()

    return fill


def listed(text: str) -> Callable[[Page], None]:
    """Look at what a list of people would do."""

    def fill(page: Page) -> None:
        page.get_by_role("textbox", name="The list").fill(text)
        page.get_by_role("button", name="See what it would do").click()

    return fill


def after_the_sign_in_ended(page: Page) -> None:
    """Paste code and send it when the sign-in is over."""
    page.get_by_text("Or paste your code").click()
    page.get_by_label("Python source").fill("def relu(x):\n    return x")
    page.context.clear_cookies()
    page.get_by_role("button", name="Upload", exact=True).click()


def added(page: Page) -> None:
    """Add somebody without a password."""
    listed("Passless Person, passless@example.org")(page)
    page.get_by_role("button", name="Add one person").click()
    expect(page.get_by_role("heading", name="People", exact=True)).to_be_visible()


def linked(page: Page) -> None:
    """Make a link with which somebody sets a first password."""
    listed("Newer Person, newer@example.org")(page)
    page.get_by_role("button", name="Add one person").click()
    page.get_by_role("link", name="Newer Person").click()
    page.get_by_role("button", name="Make a sign-in link").click()


def gradebook(page: Page) -> None:
    """Give the file of an LMS that is none."""
    page.locator("input[type=file]").first.set_input_files(Path(__file__))
    page.get_by_role("button", name="Fill in", exact=True).click()


TABLE = {
    "a wrong password": Answered(
        "", "/login", press("Sign in", **{"E-mail": "x@example.org", "Password": "x"}), "do not belong together"
    ),
    "a check of a broken file": Answered("second", "{path}", handed("Check first"), "SyntaxError on line 1"),
    "a file with nothing to grade in it": Answered("second", "{path}", handed("Upload"), "Hand in all the same"),
    "a sign-in that ended": Answered("second", "{path}", after_the_sign_in_ended, "Nothing was handed in"),
    "somebody without a password": Answered("teacher", "/courses/course/people", added, "no password yet"),
    "a sign-in link": Answered("teacher", "/courses/course/people", linked, "Pass this link on"),
    "a new course without a name": Answered("teacher", "/courses/new", press("Make the course", Title="x"), "short"),
    "a list that is right": Answered("teacher", "/courses/course/people", listed("New, new@example.org"), "Add one"),
    "a list that is wrong": Answered("teacher", "/courses/course/people", listed("Bad, bad"), "Line 1"),
    "no points": Answered("teacher", "{path}/edit", press("Save", Points_in_this_course="much"), "The points"),
    "an extension of nobody": Answered("teacher", "{path}/extensions", press("Give the extension"), "Choose a student"),
    "a file that is no gradebook": Answered("teacher", "{path}/gradebook", gradebook, "file"),
    "a webhook that is none": Answered(
        "teacher", "/courses/course/webhooks", press("Add", Address="ftp://example.org"), "whole address"
    ),
}


@pytest.fixture
def window(chromium: Browser, site: Any) -> Iterator[Page]:
    """A fresh window; the test fails if a page of it logged an error that is not the refusal itself."""
    with window_of(chromium, site.address, REFUSED) as page:
        page.set_default_timeout(15_000)
        yield page


@pytest.mark.parametrize("name", TABLE)
def test_an_answer_keeps_the_rules(window: Page, site: Any, name: str) -> None:
    asked = TABLE[name]
    if asked.who:
        sign_in(window, asked.who)
    window.goto(asked.path.replace("{path}", site.path))
    # A refusal of the server is looked at, not that of the browser before it.
    window.locator("form").evaluate_all("all => all.forEach(one => { one.noValidate = true; })")
    asked.fill(window)
    expect(window.locator("main")).to_contain_text(asked.said)
    found = []
    for theme, size in WAYS:
        window.emulate_media(color_scheme=theme, reduced_motion="reduce")
        window.set_viewport_size(size)
        found += [f"{theme}: {line}" for line in violations(window)]
    assert found == []
    window.set_viewport_size(PHONE)
    assert window.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
