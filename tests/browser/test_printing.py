"""A printed result: nothing of the code is cut off, and the sheet says whose it is, of which course and when."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ViewportSize

from tests.browser.page_table import Look
from tests.browser.visit import Visit
from tests.browser.walk import Walk, walking

pytestmark = pytest.mark.browser

A4: ViewportSize = {"width": 718, "height": 1000}  # 210 mm without margins of 1 cm, at 96 pixels an inch
RESULT = Look("/submissions/{submission}", "instructor", "/submissions/{sample}")
CUT = """() => [...document.querySelectorAll(".src, .printed, main .scroll")]
    .filter(box => box.checkVisibility() && (box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight))
    .map(box => box.outerHTML.slice(0, 200))"""
LENGTHEN = """() => document.querySelectorAll(".src li > span:last-child").forEach(
    line => line.append(" # " + "a long line ".repeat(30) + "x".repeat(300)))"""


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    with walking(tmp_path_factory.mktemp("data")) as walk:
        yield walk


def test_a_result_is_printed_whole_and_says_whose_it_is(chromium: Browser, walk: Walk) -> None:
    with Visit(chromium, walk.address, walk.cookie("instructor")) as visit:
        visit.open(walk.path(RESULT))
        assert not visit.page.locator(".paper").is_visible()
        visit.page.set_viewport_size(A4)
        visit.page.emulate_media(media="print")
        visit.page.evaluate(LENGTHEN)

        assert visit.page.locator(".src").count() > 0
        assert visit.page.evaluate(CUT) == []
        student = walk.made.students[0]
        said = visit.page.locator(".paper").inner_text()
        assert student.name in said and student.email in said
        assert "Neural networks by hand" in said and "Handed in" in said
        assert not visit.page.get_by_role("heading", name="Attempts").is_visible()
        assert visit.page.locator("form:visible, .top:visible").count() == 0
        assert visit.page.locator(".foot").get_by_text("Seed").is_visible()
