"""Photographs the result page of a planted mistake; KEEP_SCREENSHOT=1 renews the README's picture."""

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import FloatRect, Page, expect

pytestmark = pytest.mark.browser

KEPT = Path(__file__).parent / "result.png"
MOST_BYTES = 250_000
GRADED_MS = 180_000
VIEW: FloatRect = {"x": 0, "y": 0, "width": 1280, "height": 1500}


def test_result_page_of_a_mistake(page: Page, site: Any, tmp_path: Path) -> None:
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
    target = KEPT if os.environ.get("KEEP_SCREENSHOT") == "1" else tmp_path / "result.png"
    page.screenshot(path=target, full_page=True, clip=VIEW)
    assert 0 < target.stat().st_size <= MOST_BYTES
