"""A service to be measured: a real server on loopback in a folder of its own, with courses, students and files."""

import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from sqlalchemy import select

from submissions.schema.tables import gradings, submissions
from tests.chaos.engines import EngineUnderTest, sqlite
from tests.service.checks_only import write_checks_only
from tests.service.course import Student, make_course
from tests.service.processes import Running, Service, below
from tests.service.rows import rows

KEPT_SECONDS = 3.0
"""For a connection that nobody uses: less than the server keeps one, which else ends it under a request."""

KILOBYTES_A_MEGABYTE = 1024.0


@dataclass(frozen=True, slots=True)
class Site:
    """A running service. students: of each course."""

    service: Service
    server: Running
    url: str
    students: Mapping[str, list[Student]]

    def client(self) -> httpx.Client:
        """A client of its API."""
        return httpx.Client(base_url=self.server.address, timeout=60.0)

    def many(self, timeout: float = 60.0, connections: int = 100) -> httpx.AsyncClient:
        """A client that asks many things at a time."""
        limits = httpx.Limits(max_connections=connections, max_keepalive_connections=100, keepalive_expiry=KEPT_SECONDS)
        return httpx.AsyncClient(base_url=self.server.address, timeout=timeout, limits=limits)

    def times(self) -> list["Times"]:
        """When each grading was asked for, begun and ended; those that have ended, in the order of their end."""
        query = select(
            submissions.c.id,
            gradings.c.reason,
            gradings.c.state,
            gradings.c.created_at,
            gradings.c.started_at,
            gradings.c.finished_at,
        ).join(submissions, submissions.c.id == gradings.c.submission_id)
        return sorted(
            (
                Times(
                    row.id,
                    row.reason,
                    row.state,
                    row.created_at.timestamp(),
                    row.started_at.timestamp(),
                    row.finished_at.timestamp(),
                )
                for row in rows(self.url, query.where(gradings.c.finished_at.is_not(None)))
            ),
            key=lambda times: times.finished,
        )

    def memory(self) -> dict[str, float]:
        """Resident memory of the service's processes by what they do, in MiB, those of a kind together."""
        found: dict[str, float] = {}
        for pid, command in {self.server.pid: "server", **below(self.server.pid)}.items():
            role = _role(command)
            found[role] = found.get(role, 0.0) + _resident_mib(pid)
        return found


@dataclass(frozen=True, slots=True)
class Times:
    """One grading: seconds since the epoch by the service's clock."""

    submission: str
    reason: str
    state: str
    created: float
    started: float
    finished: float


@contextmanager
def site(
    courses: Mapping[str, tuple[str, int]],
    slots: int,
    grades: bool = True,
    without: tuple[str, ...] = (),
    engine: EngineUnderTest = sqlite,
) -> Iterator[Site]:
    """A site with these courses: of each, a shipped assignment without its trainings, and how many students.

    slots: gradings at a time. grades: whether anything is graded at all. without: parts that are left out. engine: its
    database. Raises EngineMissing.
    """
    with tempfile.TemporaryDirectory() as folder, engine(Path(folder)) as store:
        data, url = Path(folder), store.url
        slugs = {model: write_checks_only(model, data, without) for model in {model for model, _ in courses.values()}}
        students = {course: make_course(url, course, slugs[model], count) for course, (model, count) in courses.items()}
        service = Service(
            data,
            {
                "CHAINRULE_DATABASE_URL": url,
                "CHAINRULE_ASSIGNMENTS": str(data),
                "CHAINRULE_WORKER_SLOTS": str(slots),
                "CHAINRULE_EMBEDDED_WORKER": str(grades).lower(),
                "CHAINRULE_LOG_LEVEL": "WARNING",
            },
        )
        try:
            yield Site(service, service.serve(), url, students)
        finally:
            service.close()


def _role(command: str) -> str:
    if command == "server":
        return command
    if "app.gradings.grading_process" in command:
        return "grading"
    return "sandbox"


def _resident_mib(pid: int) -> float:
    try:
        said = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    except OSError:
        return 0.0  # it ended while we looked
    return 0.0 if said is None else int(said[1]) / KILOBYTES_A_MEGABYTE
