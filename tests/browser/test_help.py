"""A student comes from a finding to its page of help and on to the list; every page fits a phone."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from grader.help.shelf import pages

pytestmark = pytest.mark.browser

GRADED_MS = 180_000


def test_a_finding_leads_to_its_page(page: Page, site: Any) -> None:
    page.goto(f"/login?next={site.path}")
    page.get_by_label("E-mail").fill("third@example.org")
    page.get_by_label("Password").fill("a long password")
    page.get_by_role("button", name="Sign in").click()
    source = site.folder.starter.encode()
    page.locator("input[name=file]").set_input_files({"name": "a1.py", "mimeType": "text/x-python", "buffer": source})
    page.get_by_role("button", name="Upload", exact=True).click()
    expect(page.locator(".score")).to_be_visible(timeout=GRADED_MS)
    page.get_by_role("link", name="What does this mean? (UNFINISHED)").first.click()

    expect(page.get_by_role("heading", level=1)).to_have_text(pages()["UNFINISHED"].title)
    page.get_by_role("link", name="All codes").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What the codes mean")


PUT_IN = """html => document.querySelector("main").replaceWith(
    new DOMParser().parseFromString(html, "text/html").querySelector("main"))"""
"""Around what it says, every page is alike: a hundred times the same style sheets and fonts prove nothing more."""


def fits(page: Page) -> bool:
    """Whether nothing is wider than the window."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_every_page_fits_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto("/help")
    assert fits(page)
    for code, help_page in pages().items():
        page.evaluate(PUT_IN, page.request.get(help_page.path).text())
        assert page.get_by_role("heading", level=1).text_content() == help_page.title, code
        assert fits(page), help_page.path
    page.evaluate("document.querySelector('main p').textContent = 'x'.repeat(200)")
    page.evaluate("document.querySelector('main p').style.overflowWrap = 'normal'")
    assert not fits(page), "it sees what is too wide"
