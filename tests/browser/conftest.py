"""A real server on a free port with a course in it, and Debian's chromium to look at it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from app.passwords import Passwords
from reference.catalog import AssignmentFolder, Catalog
from submissions.clock import system_clock
from submissions.database import Database
from submissions.models import Role
from tests.browser.window import window_of
from tests.service.processes import Service

SLUG = "ece421-numpy-nn"
CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
REFUSAL = "Failed to load resource: the server responded with a status of 422"  # a refused upload is a 4xx page
PASSWORD = "a long password"


@dataclass(frozen=True)
class Site:
    """Where the server answers, where it keeps its data, and the assignment it asks."""

    data: Path
    address: str
    path: str
    folder: AssignmentFolder


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """`chainrule serve` with one course, three students and an instructor."""
    data = tmp_path_factory.mktemp("data")
    folder = Catalog.builtin().get(SLUG)
    _fill(data, folder)
    # The LMS of the tests is on loopback.
    service = Service(data, {"CHAINRULE_LOG_LEVEL": "WARNING", "CHAINRULE_PRIVATE_PLATFORMS": "true"})
    try:
        yield Site(data, service.serve().address, f"/courses/course/assignments/{SLUG}", folder)
    finally:
        service.close()


@pytest.fixture(scope="module")  # its event loop must be gone before another module of the same process runs its own
def chromium() -> Iterator[Browser]:
    """The browser; without one there is nothing to test with."""
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not installed (Debian package chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser, site: Site) -> Iterator[Page]:
    """A fresh window; the test fails if a page of it logged an error or a violation of the content security policy."""
    with window_of(chromium, site.address, REFUSAL) as page:
        yield page


def _fill(data: Path, folder: AssignmentFolder) -> None:
    now = system_clock()
    database = Database.open(f"sqlite:///{data / 'chainrule.sqlite3'}", system_clock)
    try:
        database.migrate()
        stored = Passwords.recommended().hash(PASSWORD)
        with database.transaction() as tx:
            course = tx.courses.add("course", "Neural networks by hand", "America/Toronto")
            points, title = folder.assignment.points, folder.assignment.title
            tx.courses.add_assignment(course.id, SLUG, title, points, None, now + timedelta(days=9), None)
            students = tuple((name, Role.STUDENT) for name in ("first", "second", "third"))
            for name, role in (*students, ("teacher", Role.INSTRUCTOR)):
                user = tx.accounts.add_user(f"{name}@example.org", f"{name.capitalize()} Person", stored, now)
                tx.courses.enroll(course.id, user.id, role)
    finally:
        database.close()
