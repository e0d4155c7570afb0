"""From the first visit to the grade with the keyboard alone; wherever the focus stops, it is seen."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_main_job import GRADED_MS

pytestmark = pytest.mark.browser

MOST_STEPS = 60
SEEN = """() => {
    const one = document.activeElement, box = one.getBoundingClientRect();
    const drawn = [one, one.closest(".drop"), one.closest(".card")].filter(Boolean).some(node => {
        const style = getComputedStyle(node);
        return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    });
    return drawn && box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight;
}"""
NAME = """() => {
    const one = document.activeElement;
    return (one.labels?.[0]?.textContent || one.getAttribute("aria-label") || one.textContent || "").trim();
}"""


def step_to(page: Page, name: str) -> None:
    """Press Tab until the focus is on what begins with `name`; fails where the focus cannot be seen on the way."""
    met = []
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        met.append(page.evaluate(NAME))
        if met[-1] == "":  # beyond the last one, in the window of the browser itself
            continue
        assert page.evaluate(SEEN), f"the focus on {met[-1]!r} is not seen"
        if met[-1].startswith(name):
            return
    raise AssertionError(f"no {name!r} among {met}")


def test_from_the_first_visit_to_the_grade(page: Page, site: Any) -> None:
    page.goto("/")
    expect(page.get_by_label("E-mail")).to_be_focused()
    page.keyboard.type("second@example.org")
    step_to(page, "Password")
    page.keyboard.type("a long password")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Your courses")).to_be_visible()
    step_to(page, "Neural networks by hand")
    page.keyboard.press("Enter")
    page.wait_for_url("**/courses/course")
    step_to(page, site.folder.assignment.title)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{site.path}")
    step_to(page, "Or paste your code")
    page.keyboard.press("Enter")
    step_to(page, "Python source")
    page.keyboard.insert_text("import numpy as np\n\n\ndef relu(x):\n    return np.minimum(x, 0)\n")
    step_to(page, "Upload")
    page.keyboard.press("Enter")
    page.wait_for_url("**/submissions/*")
    expect(page.locator(".score")).to_be_visible(timeout=GRADED_MS)
    step_to(page, "Skip to the content")
    page.keyboard.press("Enter")
    step_to(page, "relu")
    page.keyboard.press("Enter")
    assert page.locator("article.finding:target").count() == 1
    step_to(page, "What does this mean?")
    page.keyboard.press("Enter")
    page.wait_for_url("**/help/*")
    step_to(page, "Second Person")
    page.keyboard.press("Enter")
    page.wait_for_url("**/profile")
    step_to(page, "Sign out")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
