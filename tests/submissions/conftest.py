"""A migrated database of either kind, a clock that tests move, and a course with one assignment."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from grader.upload import SourceFile, Upload
from submissions.clock import Clock
from submissions.database import Database
from submissions.models import Course, CourseAssignment, Role, User
from submissions.queue import Engine
from submissions.receiving import Submitted, submit
from submissions.uploads.intake import ReceivedUpload
from tests.databases import BOTH
from tests.fakes.engines import engine_by

START = datetime(2020, 9, 1, 12, 0, tzinfo=UTC)
"""Long past, so that workers by the real clock find work that was made by this one."""


@dataclass
class FakeClock:
    """A clock that stands until it is moved."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def forward(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@dataclass
class School:
    """A database with courses, and short ways to hand something in."""

    database: Database
    clock: FakeClock
    course: Course
    assignment: CourseAssignment
    student: User
    url: str
    people: dict[str, User] = field(default_factory=dict)

    def engine(self, clock: Clock | None = None, database: Database | None = None, **seconds: float) -> Engine:
        """The engine that goes with the database; leases go by the school's clock, or by `clock`."""
        now = clock or self.clock
        return engine_by(now, database or self.database, **seconds)

    def person(self, name: str, role: Role = Role.STUDENT, course: Course | None = None) -> User:
        if name not in self.people:
            with self.database.transaction() as tx:
                self.people[name] = tx.accounts.add_user(f"{name}@example.org", name.title(), None, self.clock())
                tx.courses.enroll((course or self.course).id, self.people[name].id, role)
        return self.people[name]

    def another_course(self, slug: str) -> tuple[Course, CourseAssignment]:
        with self.database.transaction() as tx:
            course = tx.courses.add(slug, slug.upper(), "UTC")
            return course, tx.courses.add_assignment(course.id, "network", "Network", 10.0, None, None, None)

    def hand_in(
        self,
        user: User | None = None,
        source: str = "x = 1\n",
        key: str | None = None,
        assignment: CourseAssignment | None = None,
        role: Role = Role.STUDENT,
    ) -> Submitted:
        with self.database.transaction() as tx:
            return submit(
                tx,
                course_assignment=assignment or self.assignment,
                user=user or self.student,
                role=role,
                received=received(source),
                idempotency_key=key,
                now=self.clock(),
            )


def received(source: str) -> ReceivedUpload:
    return ReceivedUpload("a.py", source.encode(), Upload((SourceFile("a.py", source),)), ())


def a_report(given: float = 4.0, maximum: float = 10.0, code: str = "SIGN") -> dict[str, object]:
    """The smallest report with two parts, the second of which loses what is lost."""
    return {
        "score": {"given": given, "maximum": maximum},
        "parts": [
            {"name": "relu", "points": {"given": 1.0, "maximum": 1.0}, "checks": [{"diagnosis": None}]},
            {
                "name": "grad",
                "points": {"given": given - 1.0, "maximum": maximum - 1.0},
                "checks": [{"diagnosis": {"code": code}}, {"diagnosis": {"code": code}}, {}],
            },
        ],
    }


@pytest.fixture(params=BOTH)
def database_kind(request: pytest.FixtureRequest) -> str:
    """Everything here runs on both."""
    return str(request.param)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def url(database_url: str) -> str:
    return database_url


@pytest.fixture
def database(url: str, clock: FakeClock) -> Iterator[Database]:
    database = Database.open(url, clock)
    yield database
    database.close()


@pytest.fixture
def school(database: Database, clock: FakeClock, url: str) -> School:
    with database.transaction() as tx:
        course = tx.courses.add("ece421", "Machine Learning", "America/Toronto")
        assignment = tx.courses.add_assignment(course.id, "network", "A network", 10.0, None, None, None)
        student = tx.accounts.add_user("ada@example.org", "Ada", "hash", clock())
        tx.courses.enroll(course.id, student.id, Role.STUDENT)
    return School(database, clock, course, assignment, student, url, {"ada": student})


@pytest.fixture
def report() -> Callable[..., dict[str, object]]:
    return a_report
