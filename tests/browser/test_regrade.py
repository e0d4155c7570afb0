"""A regrade with its undo in a real browser: an assignment of the course's own is edited on disk under graded work.

The score is looked at wherever a student and staff see it, before, while it is tried, applied and undone.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from app.passwords import Passwords
from reference.catalog import AssignmentFolder, Catalog
from reference.example_folder import write_example
from submissions.clock import system_clock
from submissions.database import Database
from submissions.models import Role
from tests.browser.test_instructor import GRADED_MS, sign_in
from tests.browser.test_main_job import upload
from tests.browser.visit import violations
from tests.browser.window import no_sideways_scroll, window_of
from tests.service.processes import Service

pytestmark = pytest.mark.browser

SLUG = "own-sigmoid"
COURSE = "/courses/own"
WRONG_BACKWARD = ("return dout * a * (1 - a)", "return dout * a")
WRONG_FORWARD = ("return 1 / (1 + np.exp(-z))", "return 1 / (1 + np.exp(z))")
BEFORE = {"first": "50", "second": "70", "third": "100"}
AFTER = {"first": "70", "second": "50", "third": "100"}


@dataclass(frozen=True)
class Own:
    """The service, the folder it reads the assignment from, and what the upload of other journeys wants to know."""

    address: str
    folder: AssignmentFolder
    path: str = f"{COURSE}/assignments/{SLUG}"

    def weigh(self, forward: int, backward: int) -> None:
        """Have the values of `sigmoid` be worth so many points, and the gradient so many."""
        file = self.folder.path / "assignment.py"
        text = re.sub(r'Forward\("sigmoid", \d+\)', f'Forward("sigmoid", {forward})', file.read_text("utf-8"))
        file.write_text(re.sub(r'{"dz": \d+}', f'{{"dz": {backward}}}', text), "utf-8")


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Own]:
    """`chainrule serve` with a folder for own assignments, and a course that asks nothing yet."""
    data, folders = tmp_path_factory.mktemp("regrade"), tmp_path_factory.mktemp("own")
    write_example(SLUG, folders)
    _fill(data)
    service = Service(data, {"CHAINRULE_LOG_LEVEL": "WARNING", "CHAINRULE_ASSIGNMENTS": str(folders)})
    try:
        yield Own(service.serve().address, Catalog((folders,)).get(SLUG))
    finally:
        service.close()


@pytest.fixture
def window(chromium: Browser, own: Own) -> Iterator[Page]:
    """A fresh window; the test fails if a page of it logged an error or a violation of the content security policy."""
    with window_of(chromium, own.address) as page:
        yield page


def test_a_changed_assignment_is_tried_applied_and_undone(window: Page, own: Any) -> None:
    page = window
    sign_in(page, "teacher")
    page.goto(COURSE)
    page.get_by_role("link", name="Add an assignment").click()
    broken = write_example("broken-one", own.folder.path.parent)
    (broken / "handout.md").unlink()
    page.reload()
    expect(page.get_by_text("handout.md is missing")).to_be_visible()
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 800})
    assert no_sideways_scroll(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    mine = page.get_by_role("region", name="Of your own")
    mine.get_by_role("link", name=SLUG).click()
    page.get_by_role("button", name="Add the assignment").click()
    expect(page.get_by_role("rowheader", name="The sigmoid, forward and backward")).to_be_visible()

    right = own.folder.solution
    work = {"first": right.replace(*WRONG_BACKWARD), "second": right.replace(*WRONG_FORWARD), "third": right}
    assert len(set(work.values())) == 3
    results = {}
    for who, text in work.items():
        sign_in(page, who)
        upload(page, own, text)
        results[who] = page.url
    stands(page, own, results, BEFORE)

    own.weigh(50, 30)
    stands(page, own, results, BEFORE)
    page.goto(f"{own.path}/dashboard")
    expect(page.get_by_text("three submissions graded by another one")).to_be_visible()
    sign_in(page, "first")
    page.goto(results["first"])
    expect(page.get_by_text("The assignment has changed since this was graded.")).to_be_visible()

    sign_in(page, "teacher")
    page.goto(f"{own.path}/regrade")
    expect(page.get_by_text("Three submissions graded by another version")).to_be_visible()
    page.get_by_role("button", name="Try it on three submissions").click()
    expect(page.get_by_role("button", name="Discard")).to_be_visible()
    reloaded_until(page, "Apply to two students")
    assert changes(page, "Grades that would change") == {
        "First Person": ("50", "70", "+20"),
        "Second Person": ("70", "50", "−20"),
    }
    expect(page.locator(".tally")).to_have_text(re.compile(r"1\s*up\s*1\s*down"))
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 800})
    assert no_sideways_scroll(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    stands(page, own, results, BEFORE)

    page.goto(f"{own.path}/regrade")
    page.get_by_role("button", name="Apply to two students").click()
    expect(page.get_by_text("Everything is graded by this version")).to_be_visible()
    assert changes(page, "Grades that were changed") == {
        "First Person": ("50", "70", "+20"),
        "Second Person": ("70", "50", "−20"),
    }
    assert violations(page) == []
    stands(page, own, results, AFTER)
    sign_in(page, "first")
    page.goto(results["first"])
    expect(page.get_by_text("The assignment has changed since this was graded.")).to_have_count(0)

    sign_in(page, "teacher")
    page.goto(f"{own.path}/regrade")
    page.get_by_role("button", name="Undo it for two students").click()
    expect(page.get_by_text("undone, begun by Teacher Person")).to_be_visible()
    stands(page, own, results, BEFORE)
    page.goto(results["second"])
    for words in ("applied a regrade", "undid a regrade"):
        expect(page.get_by_text(words)).to_be_visible()


def stands(page: Page, own: Own, results: dict[str, str], scores: dict[str, str]) -> None:
    """Fails unless each student and the staff see these scores, everywhere that a score is shown. Ends as staff."""
    for who, score in scores.items():
        of_all = f"{score} of 100"
        sign_in(page, who)
        page.goto(results[who])
        assert page.title() == f"Attempt 1: {of_all} · Chainrule"
        expect(page.locator(".score")).to_have_text(f"Score: {score}of 100")
        expect(page.locator(".rail .attempts li")).to_contain_text(of_all)
        page.goto(COURSE)
        expect(page.locator(f"tr[id='{SLUG}'] td.n")).to_have_text(of_all)
        page.goto(own.path)
        expect(page.locator("section:has(#results) .attempts li")).to_contain_text(of_all)
        earned = page.locator("section:has(#parts) .pts").all_inner_texts()
        assert sum(float(one.partition("/")[0]) for one in earned) == float(score)
    sign_in(page, "teacher")
    page.goto(f"{own.path}/dashboard")
    table = page.get_by_role("region", name="Table of students by part")
    for who, score in scores.items():
        row = table.get_by_role("row").filter(has_text=f"{who.capitalize()} Person")
        expect(row.locator("td").first).to_have_text(score)
    rows = csv.DictReader(io.StringIO(page.request.get(f"{own.path}/grades.csv").body().decode("utf-8-sig")))
    assert {row["email"].partition("@")[0]: row["score"] for row in rows} == scores


def reloaded_until(page: Page, button: str) -> None:
    """Look again, as somebody would, until all of it is graded."""
    for _ in range(GRADED_MS // 1000):
        if page.get_by_role("button", name=button).count():
            return
        page.wait_for_timeout(1000)
        page.get_by_role("link", name="look again").or_(page.get_by_role("link", name="Regrade")).first.click()
    raise AssertionError(page.locator("main").inner_text())


def changes(page: Page, table: str) -> dict[str, tuple[str, ...]]:
    """Whose grade changes, with the score before and after and the step between them."""
    rows = page.get_by_role("region", name=table).locator("tbody tr")
    return {row.locator("th").inner_text(): tuple(row.locator("td").all_inner_texts()) for row in rows.all()}


def _fill(data: Path) -> None:
    now = system_clock()
    database = Database.open(f"sqlite:///{data / 'chainrule.sqlite3'}", system_clock)
    try:
        database.migrate()
        stored = Passwords.recommended().hash("a long password")
        with database.transaction() as tx:
            course = tx.courses.add("own", "Neural networks by hand", "America/Toronto")
            students = tuple((name, Role.STUDENT) for name in BEFORE)
            for name, role in (*students, ("teacher", Role.INSTRUCTOR)):
                user = tx.accounts.add_user(f"{name}@example.org", f"{name.capitalize()} Person", stored, now)
                tx.courses.enroll(course.id, user.id, role)
    finally:
        database.close()
