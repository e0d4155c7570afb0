"""The main job in a real browser: sign in, upload the starter, then the solution, read the score."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.window import no_sideways_scroll

pytestmark = pytest.mark.browser

GRADED_MS = 180_000  # a whole grading on a machine that is busy with the other tests


def sign_in(page: Page, who: str) -> None:
    page.goto("/login")
    page.get_by_label("E-mail").fill(f"{who}@example.org")
    page.get_by_label("Password").fill("a long password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Your courses")).to_be_visible()


def upload(page: Page, site: Any, text: str) -> None:
    """Choose the file, upload, and wait until the page has a score by itself."""
    page.goto(site.path)
    page.locator("input[name=file]").set_input_files(
        {"name": "a1.py", "mimeType": "text/x-python", "buffer": text.encode()}
    )
    page.get_by_role("button", name="Upload", exact=True).click()
    page.wait_for_url("**/submissions/*")
    expect(page.locator(".score")).to_be_visible(timeout=GRADED_MS)


def test_starter_then_solution(page: Page, site: Any) -> None:
    sign_in(page, "first")
    upload(page, site, site.folder.starter)
    expect(page.locator(".score")).to_contain_text("0of 100")
    assert page.locator("article.finding").count() > 0
    upload(page, site, site.folder.solution)
    expect(page.locator(".score")).to_contain_text("100of 100")
    expect(page.get_by_text("All seven parts are right.")).to_be_visible()
    # Which attempt it is depends on the tests that ran before in this process.
    expect(page.get_by_text("100 points more than attempt")).to_be_visible()
    expect(page.get_by_role("img", name="Accuracy on the test set")).to_be_visible()
    page.set_viewport_size({"width": 320, "height": 800})
    assert no_sideways_scroll(page)


def test_refused_upload_keeps_the_form(page: Page, site: Any) -> None:
    sign_in(page, "second")
    page.goto(site.path)
    page.get_by_text("Or paste your code").click()
    page.get_by_label("Python source").fill("print 'Python'\x00")
    page.get_by_role("button", name="Upload", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Python source")).to_be_visible()


def test_pages_fit_a_phone_and_work_in_the_dark(page: Page, site: Any) -> None:
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto("/login")
    assert no_sideways_scroll(page)
    sign_in(page, "teacher")
    for path in ("/", "/courses/course", site.path, f"{site.path}/dashboard"):
        page.goto(path)
        assert no_sideways_scroll(page), path
        dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert dark == "rgb(14, 17, 21)", path
    page.evaluate("document.querySelector('main').style.width = '900px'")
    assert not no_sideways_scroll(page, settled_ms=300), "it sees what is too wide"


def test_keyboard_reaches_the_content_first(page: Page) -> None:
    sign_in(page, "second")
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Neural networks by hand")).to_be_focused()
