"""An installation in a fresh folder: the application, a course with people in it, their tokens, a clock that stands."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from app.context import Context
from app.mail.mailer import Mailer
from app.main import create_app
from app.passwords import Passwords
from app.security.tokens import Scope, digest, new_api_token
from app.settings import Settings
from grader.report import PartResult, Report, Score
from grader.report_json import to_json
from submissions.models import CourseAssignment, Lane, Role, User
from submissions.queue import Graded, Handler, Job
from tests.fakes.client import Client
from tests.fakes.engines import engine_by

START = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)
PASSWORD = "correct horse"
ASSIGNMENT = "ece421-numpy-nn"
ALL_SCOPES = frozenset(scope.value for scope in Scope)


@dataclass
class FakeClock:
    """A clock that stands until it is moved."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def forward(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


def report(given: float = 82.0) -> Report:
    """A small report."""
    part = PartResult("relu", Score(given, 100.0), ())
    return Report(
        ASSIGNMENT, "sha256:0", Score(given, 100.0), (part,), (), (), (), "", "secret:0", "container", {}, 0.5
    )


def fake_grade(job: Job) -> Graded:
    """Grades everything with 82 points."""
    return Graded(to_json(report()), "secret:0", "sha256:0")


def cheap_passwords() -> Passwords:
    """Argon2 with the least work it can do."""
    return Passwords(PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),)))


@dataclass
class Installation:
    """A running application and what is in it."""

    client: Client
    clock: FakeClock
    asked: CourseAssignment
    people: dict[str, User]
    tokens: dict[tuple[str, frozenset[str]], str] = field(default_factory=dict)

    @property
    def context(self) -> Context:
        context: Context = self.client.app.state.context
        return context

    @property
    def submissions_path(self) -> str:
        return f"/api/v1/courses/nn/assignments/{ASSIGNMENT}/submissions"

    def token(self, person: str, scopes: frozenset[str] = ALL_SCOPES, days: int | None = None) -> str:
        """An API token of the person."""
        if (person, scopes) not in self.tokens:
            secret = new_api_token()
            until = self.clock() + timedelta(days=days) if days else None
            with self.context.database.transaction() as tx:
                tx.accounts.add_token(self.people[person].id, "test", digest(secret), scopes, self.clock(), until)
            self.tokens[person, scopes] = secret
        return self.tokens[person, scopes]

    def bearer(self, person: str, *scopes: Scope) -> dict[str, str]:
        """The header with a token of the person; every scope unless some are named."""
        return {"Authorization": f"Bearer {self.token(person, frozenset(scopes) or ALL_SCOPES)}"}

    def hand_in(self, person: str = "ada", source: str = "x = 1\n") -> str:
        """Hand in through the API and return the submission's id."""
        answer = self.client.post(
            self.submissions_path, headers=self.bearer(person), files={"file": ("a1.py", source.encode())}
        )
        assert answer.status_code == 202, answer.text
        return str(answer.json()["id"])

    def state(self, submission: str) -> Any:
        """What the API says of a submission of ada's."""
        return self.client.get(f"/api/v1/submissions/{submission}", headers=self.bearer("ada")).json()

    def comes_to(self, submission: str, state: str) -> Any:
        """What the API says once the submission is in this state; fails after a minute."""
        for _ in range(600):
            body = self.state(submission)
            if body["state"] == state:
                return body
            time.sleep(0.1)
        raise AssertionError(body)

    def grade(self) -> bool:
        """Grade the next submission with the fake; whether there was one."""
        return engine_by(self.clock, self.context.database).run_once(fake_grade, "test", tuple(Lane))

    def sign_in(self, person: str) -> None:
        """Sign the client in as the person."""
        answer = self.client.post("/login", data={"email": f"{person}@example.org", "password": PASSWORD})
        assert answer.status_code == 303, answer.text


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    """Settings of an installation whose worker is elsewhere."""
    return Settings(data_dir=tmp_path, database_url=database_url, embedded_worker=False, upload_max_bytes=64 * 1024)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def start() -> Iterator[Callable[[FastAPI], Client]]:
    """Starts applications and ends them after the test."""
    started: list[Client] = []

    def begin(app: FastAPI) -> Client:
        started.append(client := Client(app))
        return client

    yield begin
    for client in started:
        client.close()


@pytest.fixture
def client(settings: Settings, clock: FakeClock, start: Callable[[FastAPI], Client]) -> Client:
    return start(create_app(settings, clock, passwords=cheap_passwords))


@pytest.fixture
def make_client(settings: Settings, clock: FakeClock, start: Callable[[FastAPI], Client]) -> Callable[..., Client]:
    """Starts the application with other settings, and a mailer where one is given."""

    def make(mailer: Mailer | None = None, **other: Any) -> Client:
        changed = Settings(**{**settings.model_dump(), **other})
        return start(create_app(changed, clock, passwords=cheap_passwords, mailer=lambda *_: mailer))

    return make


PEOPLE = {"ines": Role.INSTRUCTOR, "asta": Role.ASSISTANT, "ada": Role.STUDENT, "bashir": Role.STUDENT}


@pytest.fixture
def make_school(clock: FakeClock) -> Callable[[Client], Installation]:
    """Fills an application with the course nn: see `school`."""

    def fill(client: Client) -> Installation:
        context: Context = client.app.state.context
        hashed = context.passwords.hash(PASSWORD)
        now = context.clock()
        with context.database.transaction() as tx:
            course = tx.courses.add("nn", "Neural networks", "UTC")
            due = now + timedelta(days=7)
            asked = tx.courses.add_assignment(course.id, ASSIGNMENT, "Neural network", 100.0, None, due, 5)
            people = {
                name: tx.accounts.add_user(f"{name}@example.org", name.title(), hashed, now, name == "otto")
                for name in (*PEOPLE, "eve", "otto")
            }
            for name, role in PEOPLE.items():
                tx.courses.enroll(course.id, people[name].id, role)
        return Installation(client, clock, asked, people)

    return fill


@pytest.fixture
def school(client: Client, make_school: Callable[[Client], Installation]) -> Installation:
    """The course nn: an instructor, an assistant, two students; eve is in no course, otto is an operator."""
    return make_school(client)


@pytest.fixture
def fake() -> Handler:
    """Grades everything with 82 points."""
    return fake_grade


@pytest.fixture
def make_report() -> Callable[[float], Report]:
    """A report with the given points of 100."""
    return report
