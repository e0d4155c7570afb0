"""A whole site on a temporary database, with a student, an instructor and a stranger; reports are recorded by hand."""

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from httpx import Response

from app.context import Context
from app.main import create_app
from app.people.invitations import Inviter
from app.people.password_resets import printed_reset
from app.settings import Settings
from grader.report import Report
from grader.report_json import to_json
from submissions.gradings import record_grade
from submissions.models import CourseAssignment, Role, State
from tests.app.conftest import cheap_passwords
from tests.fakes.client import Client

SLUG = "ece421-numpy-nn"
PATH = f"/courses/ece421/assignments/{SLUG}"
PASSWORD = "correct horse"
# The cheapest Argon2 hash of it: what it costs to compare stands in the hash, and dozens of tests sign in.
STORED = cheap_passwords().hash(PASSWORD)
FILE = b"def relu(x):\n    return x  # <script>alert(1)</script>\n"


@dataclass
class Site:
    """The running application and what was put into it."""

    client: Client
    context: Context
    assignment: CourseAssignment
    now: datetime

    def login(self, who: str) -> None:
        """Be `who` from now on."""
        self.client.forget()
        form = {"email": f"{who}@example.org", "password": PASSWORD, "next": "/"}
        assert self.client.post("/login", data=form).status_code == 303

    def token(self) -> str:
        """The CSRF token of the pages shown now."""
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.client.get("/").text)
        assert found is not None
        return found[1]

    def upload(self, data: bytes = FILE, name: str = "a1.py", **fields: str) -> Response:
        """Send a file with the upload form."""
        form = {"csrf_token": self.token(), **fields}
        return self.client.post(f"{PATH}/submissions", data=form, files={"file": (name, data)})

    def handed_in(self, report: Report | None = None, data: bytes = FILE, name: str = "a1.py") -> str:
        """Upload as whoever is signed in, record `report` as its grading, and return the page's address.

        A file in which there is nothing to grade is handed in all the same.
        """
        answer = self.upload(data, name)
        if fields := self.kept(answer.text):
            answer = self.answered(fields)
        assert answer.status_code == 303, answer.text
        address = str(answer.headers["location"])
        if report is not None:
            self.record(address, report)
        return address

    def kept(self, page: str) -> dict[str, str]:
        """The file that the question about an upload keeps in its form; empty on other pages."""
        fields = re.findall(r'name="(kept_\w+|csrf_token)" value="([^"]*)"', page)
        found = {name: html.unescape(value) for name, value in fields}
        return found if "kept_file" in found else {}

    def answered(self, fields: dict[str, str]) -> Response:
        """Hand in all the same."""
        parts = {name: (None, value) for name, value in fields.items()}
        return self.client.post(f"{PATH}/submissions", files=parts)

    def invited(self, email: str | None = None) -> str:
        """The path of an invitation into the course."""
        with self.context.database.transaction() as tx:
            course = tx.courses.by_slug("ece421")
            assert course is not None
            link = Inviter("", sends_mail=False).invite(tx, course, Role.STUDENT, email, None, self.now).link
        assert link is not None
        return link

    def reset(self) -> str:
        """The path of a password reset of the student."""
        with self.context.database.transaction() as tx:
            user = tx.accounts.by_email("student@example.org")
            assert user is not None
            return printed_reset(tx, user, "", self.now)

    def record(self, address: str, report: Report) -> None:
        """End the grading of a submission with `report`."""
        with self.context.database.transaction() as tx:
            grading = tx.gradings.current(address.rsplit("/", 1)[-1])
            assert grading is not None
            assert grading.state is State.QUEUED
            assert record_grade(tx, grading.id, None, to_json(report), "public:1", report.version, self.now)


@pytest.fixture
def now() -> list[datetime]:
    """The present moment, as the one entry of a list that a test may change."""
    return [datetime(2026, 11, 21, 19, 2, 7, tzinfo=UTC)]


@pytest.fixture
def site(tmp_path: Path, now: list[datetime], make_site: Callable[[int | None], Site]) -> Site:
    """A site whose assignment has 3 attempts and is due in a week."""
    return make_site(3)


@pytest.fixture
def make_site(tmp_path: Path, database_url: str, now: list[datetime]) -> Iterator[Callable[[int | None], Site]]:
    """Makes a site whose assignment has the given number of attempts."""
    clients: list[Client] = []

    def make(attempts: int | None) -> Site:
        settings = Settings(data_dir=tmp_path, database_url=database_url, embedded_worker=False, login_attempts=3)
        app = create_app(settings, clock=lambda: now[0], passwords=cheap_passwords)
        client = Client(app, raise_errors=False)
        clients.append(client)
        context: Context = client.app.state.context
        with context.database.transaction() as tx:
            course = tx.courses.add("ece421", "ECE 421", "America/Toronto")
            tx.courses.add("other", "Other", "UTC")
            due = now[0] + timedelta(days=7)
            assignment = tx.courses.add_assignment(course.id, SLUG, "Neural network", 100.0, None, due, attempts)
            for who, role in (("student", Role.STUDENT), ("peer", Role.STUDENT), ("teacher", Role.INSTRUCTOR)):
                user = tx.accounts.add_user(f"{who}@example.org", f"{who} <b>name</b>", STORED, now[0])
                tx.courses.enroll(course.id, user.id, role)
            tx.accounts.add_user("stranger@example.org", "Stranger", STORED, now[0])
        return Site(client, context, assignment, now[0])

    yield make
    for client in clients:
        client.close()
