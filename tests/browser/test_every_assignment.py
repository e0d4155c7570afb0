"""Every assignment that is shipped, in a real browser: its page, a planted mistake and its solution, really graded."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from app.passwords import Passwords
from reference.catalog import AssignmentFolder, Catalog
from submissions.clock import system_clock
from submissions.database import Database
from submissions.models import Role
from tests.browser.test_main_job import sign_in, upload
from tests.browser.visit import PHONE, Visit, violations
from tests.browser.window import no_sideways_scroll, window_of
from tests.service.processes import Service

pytestmark = pytest.mark.browser

CATALOG = Catalog.builtin()
MOST_KILOBYTES = 100.0


@dataclass(frozen=True)
class Asked:
    """An assignment of the course as the upload of other journeys knows it."""

    path: str
    folder: AssignmentFolder


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A service with one course that asks the whole catalogue."""
    data = tmp_path_factory.mktemp("whole-catalogue")
    now = system_clock()
    database = Database.open(f"sqlite:///{data / 'chainrule.sqlite3'}", system_clock)
    try:
        database.migrate()
        with database.transaction() as tx:
            course = tx.courses.add("all", "Everything", "UTC")
            for slug in CATALOG.slugs():
                spec = CATALOG.get(slug).assignment
                tx.courses.add_assignment(course.id, slug, spec.title, spec.points, None, None, None)
            stored = Passwords.recommended().hash("a long password")
            for name, role in (("first", Role.STUDENT), ("teacher", Role.INSTRUCTOR)):
                user = tx.accounts.add_user(f"{name}@example.org", f"{name.capitalize()} Person", stored, now)
                tx.courses.enroll(course.id, user.id, role)
    finally:
        database.close()
    service = Service(data, {"CHAINRULE_LOG_LEVEL": "WARNING"})
    try:
        yield service.serve().address
    finally:
        service.close()


@pytest.fixture
def window(chromium: Browser, address: str) -> Iterator[Page]:
    """A fresh window; the test fails if a page of it logged an error or a violation of the content security policy."""
    with window_of(chromium, address) as page:
        yield page


@pytest.mark.parametrize("slug", CATALOG.slugs())
def test_from_the_handout_to_full_marks(window: Page, chromium: Browser, address: str, slug: str) -> None:
    asked: Any = Asked(f"/courses/all/assignments/{slug}", CATALOG.get(slug))
    page, spec = window, asked.folder.assignment
    name, mistake = next(iter(asked.folder.mistakes.items()))
    sign_in(page, "first")
    page.goto(asked.path)
    expect(page.get_by_role("heading", level=1)).to_have_text(spec.title)
    expect(page.locator("#parts ~ ul.parts > li")).to_have_count(len(spec.parts))
    fits_and_is_accessible(page)
    assert violations(page) == []

    upload(page, asked, mistake)
    expect(page.locator(f'a[href="/help/{name.partition(".")[0]}"]').first).to_be_visible()
    fits_and_is_accessible(page)

    upload(page, asked, asked.folder.solution)
    full = f"{spec.points:g}"
    expect(page.locator(".score")).to_contain_text(f"{full}of {full}")
    expect(page.get_by_text("Nothing is left to fix.")).to_be_visible()
    fits_and_is_accessible(page)
    (cookie,) = page.context.cookies()
    for where in (page.url.removeprefix(address), asked.path):
        with Visit(chromium, address, str(cookie.get("value")).strip('"')) as visit:
            assert visit.open(where) == 200
            assert visit.shifted() == 0
            assert visit.refused_by_policy() == []
            assert visit.kilobytes() < MOST_KILOBYTES
    page.goto("/courses/all")
    expect(page.locator(f"tr[id='{slug}'] td.n")).to_have_text(f"{full} of {full}")
    page.context.clear_cookies()
    sign_in(page, "teacher")
    page.goto(f"{asked.path}/dashboard")
    expect(page.get_by_role("region", name="Table of students by part")).to_contain_text("First Person")


def fits_and_is_accessible(page: Page) -> None:
    """On a phone in the dark. The walk through all pages looks at those of one assignment in both themes."""
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.set_viewport_size(PHONE)
    page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")
    assert no_sideways_scroll(page)
    assert violations(page) == []
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.set_viewport_size({"width": 1280, "height": 900})
