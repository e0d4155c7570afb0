"""Time of pages in a large course: 500 students, 12 assignments, 20,000 submissions in SQLite.

A figure is the time from a request to its whole answer through the application in this process, without a socket, on
a database on disk that is read in whatever state the operating system has it in. Weights are of the page alone,
compressed as a proxy would send it; first paint and first visit, with styles, scripts and fonts, are a browser's.
"""

import gzip
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from app.main import create_app
from app.passwords import Passwords
from app.settings import Settings
from tests.benchmarks.benchmark import Benchmark, Effort
from tests.benchmarks.figure import Figure, Remark, median, percentile
from tests.benchmarks.first_paint import first_paints
from tests.benchmarks.large_course import COURSE, LargeCourse, Size, make_large_course
from tests.benchmarks.rounds import interleaved
from tests.fakes.client import Client

PASSWORD = "a long password"
MOST_MS = 200.0
MOST_KB = 100.0


def run(effort: Effort) -> Iterator[Figure | Remark]:
    """Make the course and look at its pages, round by round."""
    with tempfile.TemporaryDirectory() as folder:
        hasher = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),))
        begun = time.perf_counter()
        made = make_large_course(Path(folder), hasher.hash(PASSWORD), Size(), effort.rng)
        yield Remark(f"the course was made in {time.perf_counter() - begun:.0f} s")
        yield from _measured(made, lambda: Passwords(hasher), effort)


def _measured(made: LargeCourse, passwords: Callable[[], Passwords], effort: Effort) -> Iterator[Figure | Remark]:
    settings = Settings(
        data_dir=made.data, embedded_worker=False, assignment_dirs=made.assignment_dirs, pages_per_minute=0
    )
    client = Client(create_app(settings, passwords=passwords))
    try:
        weights: dict[str, float] = {}
        looks: dict[str, tuple[str, str]] = {}
        for who, pages in ((made.instructor, staff_pages(made)), (made.student, student_pages(made))):
            client.forget()
            assert client.post("/login", data={"email": who, "password": PASSWORD}).status_code == 303
            looks.update({name: (_cookie(client), path) for name, path in pages.items() if not path.endswith(".csv")})
            samples = interleaved(
                {name: _looked_at(client, path, name, weights) for name, path in pages.items()},
                max(3, effort.rounds // 6),
                effort.rng,
            )
            for name, seconds in samples.items():
                yield Figure(f"pages.{name}.median", 1000 * median(seconds), "ms", at_most=MOST_MS)
                yield Figure(f"pages.{name}.p95", 1000 * percentile(seconds, 95), "ms")
                yield Figure(f"pages.{name}.weight", weights[name], "kB", at_most=MOST_KB)
    finally:
        client.close()
    yield from first_paints(create_app(settings, passwords=passwords), looks, max(3, effort.rounds // 12))


def _cookie(client: Client) -> str:
    """The secret of the session that the client has."""
    return str(client.http.cookies["chainrule"]).strip('"')


def staff_pages(made: LargeCourse) -> Mapping[str, str]:
    """The pages of an instructor by the name of their figures."""
    course = f"/courses/{COURSE}"
    path = f"{course}/assignments/{made.slugs[0]}"
    return {
        "course": course,
        "dashboard": f"{path}/dashboard",
        "csv": f"{path}/grades.csv",
        "people": f"{course}/people",
        "extensions": f"{path}/extensions",
        "edit": f"{path}/edit",
        "submission": f"/submissions/{made.submission}",
    }


def student_pages(made: LargeCourse) -> Mapping[str, str]:
    """The pages of a student by the name of their figures."""
    course = f"/courses/{COURSE}"
    return {
        "student_course": course,
        "student_assignment": f"{course}/assignments/{made.slugs[0]}",
        "student_result": f"/submissions/{made.submission}",
    }


def _looked_at(client: Client, path: str, name: str, weights: dict[str, float]) -> Callable[[], Sequence[float]]:
    def look() -> Sequence[float]:
        begun = time.perf_counter()
        answer = client.get(path)
        seconds = time.perf_counter() - begun
        assert answer.status_code == 200, (path, answer.status_code)
        weights[name] = len(gzip.compress(answer.content)) / 1000
        return (seconds,)

    return look


PAGES = Benchmark("pages", "pages of a course with 500 students, 12 assignments, 20,000 submissions", run)
