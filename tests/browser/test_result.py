"""The result page of a planted mistake, graded for real: its picture is there, and axe-core finds nothing wrong."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.pages.mathml import LARGEST_SIDE
from tests.browser.visit import PHONE, violations
from tests.browser.window import no_sideways_scroll

pytestmark = pytest.mark.browser

GRADED_MS = 180_000
WIDEN = f"row => {{ while (row.children.length < {LARGEST_SIDE}) row.append(row.lastElementChild.cloneNode(true)); }}"


def test_result_page_of_a_mistake(page: Page, site: Any) -> None:
    page.goto(f"/login?next={site.path}")
    page.get_by_label("E-mail").fill("second@example.org")
    page.get_by_label("Password").fill("a long password")
    page.get_by_role("button", name="Sign in").click()
    mistake = site.folder.mistakes["RELU_MASK_MISSING"].encode()
    page.locator("input[name=file]").set_input_files(
        {"name": "network.py", "mimeType": "text/x-python", "buffer": mistake}
    )
    page.get_by_role("button", name="Upload", exact=True).click()
    expect(page.locator(".score")).to_be_visible(timeout=GRADED_MS)
    expect(page.get_by_role("img", name="Error map of dW_h")).to_be_visible()
    assert violations(page) == []

    page.locator(".hand mtr").first.evaluate(WIDEN)
    page.set_viewport_size(PHONE)
    assert no_sideways_scroll(page), "the widest matrix that is drawn scrolls inside its own region"
