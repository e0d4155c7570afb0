"""The pages in a browser that runs no script: from the first visit to the grade, and staff's part up to the export."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_instructor import sign_in
from tests.browser.test_main_job import GRADED_MS

pytestmark = pytest.mark.browser


@pytest.fixture
def plain(chromium: Browser, site: Any) -> Iterator[Page]:
    """A window whose pages run no script."""
    context = chromium.new_context(base_url=site.address, java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_from_the_first_visit_to_the_grade_and_what_staff_do_with_it(plain: Page, site: Any) -> None:
    page = plain
    sign_in(page, "teacher")
    page.get_by_role("link", name="New course").click()
    page.get_by_label("Title").fill("Without scripts")
    page.get_by_label("Short name").fill("plain-2027")
    page.get_by_role("button", name="Make the course").click()
    page.get_by_role("link", name="Add an assignment").click()
    page.get_by_role("link", name="ece421-numpy-nn").click()
    page.get_by_label("Due", exact=True).fill("2020-01-01T18:00")
    page.get_by_role("button", name="Add the assignment").click()
    path = "/courses/plain-2027/assignments/ece421-numpy-nn"
    page.get_by_role("link", name="People").click()
    page.get_by_role("textbox", name="The list").fill("Second, second@example.org")
    page.get_by_role("button", name="See what it would do").click()
    page.get_by_role("button", name="Add one person").click()
    page.get_by_role("link", name="Second Person").click()
    page.get_by_role("link", name="Give one").click()
    page.get_by_label("New due date").fill("2099-01-01T18:00")
    page.get_by_label("Reason").fill("Ill in May")
    page.get_by_role("button", name="Give the extension").click()
    expect(page.get_by_role("cell", name="Ill in May")).to_be_visible()

    sign_in(page, "second")
    page.get_by_role("link", name="Without scripts").click()
    page.get_by_role("link", name=site.folder.assignment.title).click()
    expect(page.get_by_text("for you: Ill in May")).to_be_visible()
    page.get_by_text("Or paste your code").click()
    page.get_by_label("Python source").fill("import numpy as np\n\n\ndef relu(x):\n    return np.minimum(x, 0)\n")
    page.get_by_role("button", name="Upload", exact=True).click()
    page.wait_for_url("**/submissions/*")
    expect(page.locator(".score")).to_be_visible(timeout=GRADED_MS)  # the page loads itself anew until it is there
    submission = page.url
    page.locator("article.finding").first.get_by_role("link", name="What does this mean?").click()
    page.wait_for_url("**/help/*")
    page.goto(f"{submission}/source")
    expect(page.get_by_text("np.minimum")).to_be_visible()

    sign_in(page, "teacher")
    page.goto(f"{path}/dashboard")
    page.get_by_role("region", name="Table of students by part").get_by_role("link", name="Second Person").click()
    page.get_by_label("What it counts").fill("42")
    page.get_by_label("Why, for").fill("Shown at the board")
    page.get_by_role("button", name="Have it count this").click()
    expect(page.locator(".score")).to_have_text("Score: 42of 100")
    page.goto(f"{path}/dashboard")
    page.locator("summary", has_text="Export").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Grades as CSV").click()
    assert "second@example.org" in download.value.path().read_text(encoding="utf-8-sig")
