"""A browser window of its own that hears what its pages complain of."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page

from tests.browser.visit import DESK


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
