"""A browser window of its own that hears what its pages complain of."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page

from tests.browser.visit import DESK

SETTLED_MS, STEP_MS = 5_000, 100
"""In which a page takes the size that its window was just given; at once, but for a machine that is busy."""


@contextmanager
def window_of(chromium: Browser, address: str, refused: str = "") -> Iterator[Page]:
    """A fresh window at `address`; AssertionError if a page logged an error or broke the content security policy.

    refused: how what the browser logs of a refused form begins, which is no error there; empty where none is sent.
    """
    context = chromium.new_context(base_url=address, viewport=DESK, color_scheme="light")
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(error.message))
    yield page
    context.close()
    assert [words for words in said if not (refused and words.startswith(refused))] == []


def no_sideways_scroll(page: Page, settled_ms: int = SETTLED_MS) -> bool:
    """Whether the page fits its window, once it has settled there; what is wider scrolls inside its own region."""
    for _ in range(settled_ms // STEP_MS):
        if page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"):
            return True
        page.wait_for_timeout(STEP_MS)
    return False
