"""The last minutes before a deadline, replayed: 5,000 uploads in five minutes from 1,500 students, and what goes on.

Files are good, bad, hanging and hostile; uploads come thicker towards the end; who has handed in looks for the result
every two seconds, or later where Retry-After says so, and others refresh the list of their submissions. A second course
hands in at its own steady pace, and behind everything a few earlier submissions are regraded, each again and again,
more than can be done while the rush lasts. `--scale 0.1` is the same rush for a tenth of the time, from a tenth of the
students.
"""

import asyncio
import time
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from itertools import cycle, islice
from random import Random

import httpx

from submissions.clock import system_clock
from submissions.database import Database
from submissions.models import GradingReason, Lane
from tests.benchmarks.benchmark import Benchmark, Effort
from tests.benchmarks.figure import Figure, Remark, percentile
from tests.benchmarks.idle import SLOTS
from tests.benchmarks.site import Site, site
from tests.fakes.single_regrade import regrade
from tests.service.course import Student
from tests.service.deadline import deadline
from tests.service.model_files import drawn, model_files
from tests.service.upload_to_report import has_ended, upload_to_report

MODEL = "ece544-derivatives"
SECONDS, UPLOADS, STUDENTS = 300.0, 5000, 1500
OTHER_UPLOADS, OTHER_STUDENTS = 150, 60
REGRADES_A_SECOND = 30.0  # that are asked for: more than the cores do when nobody hands in
REGRADES_AT_ONCE = 100  # in one transaction, so that nobody waits long for it
PREPARING_SECONDS = 20.0  # from the first regrade to the rush
LOOK_SECONDS, REFRESH_SECONDS = 2.0, 20.0
POOLS = 50  # of connections, among all who hand in and refresh
SLOTS_A_RUSH = 2 * SLOTS
"""More slots than cores: a file that hangs holds a slot and half a core, and the others go on."""

PATIENCE_SECONDS = 1800.0
"""For one report, and for the end of everything live; the rush is over long before on any machine that is of use."""

REPORT_P95_MS = 1000.0


@dataclass(frozen=True, slots=True)
class Upload:
    """One upload: seconds from the begin, the student and the bytes."""

    due: float
    student: Student
    source: bytes


@dataclass
class Seen:
    """What clients saw. due: seconds since the epoch at which each submission was due. refused: answers but 202."""

    uploads_ms: list[float] = field(default_factory=list)
    pages_ms: list[float] = field(default_factory=list)
    due: dict[str, float] = field(default_factory=dict)
    refused: int = 0


def run(effort: Effort) -> Iterator[Figure | Remark]:
    """Prepare the regrade, replay the rush, wait for the last report; regrades that still wait then are left."""
    scale, rng = effort.scale, effort.rng
    seconds = scale * SECONDS
    courses = {"rush": (MODEL, max(1, int(scale * STUDENTS))), "other": (MODEL, max(1, int(scale * OTHER_STUDENTS)))}
    files = model_files(MODEL)
    with site(courses, SLOTS_A_RUSH) as rushed:
        _prepare_regrade(rushed, int(REGRADES_A_SECOND * (seconds + PREPARING_SECONDS)), files["good"][0].encode())
        rush = _plan(rushed.students["rush"], max(1, int(scale * UPLOADS)), seconds, True, rng)
        other = _plan(rushed.students["other"], max(1, int(scale * OTHER_UPLOADS)), seconds, False, rng)
        yield Remark(
            f"load: {len(rush)} + {len(other)} uploads in {seconds:.0f} s, {SLOTS_A_RUSH} slots, scale {scale:g}"
        )
        for role, size in sorted(rushed.memory().items()):
            yield Figure(f"load.memory.{role}.start", size, "MiB")
        rushing, others = asyncio.run(_replay(rushed, rush, other, seconds))
        patience = deadline("the live gradings", PATIENCE_SECONDS)
        while _depth(rushed)[Lane.LIVE.value]:
            patience.hold()
            time.sleep(0.5)
        yield Figure("load.regrades_waiting", _depth(rushed)[Lane.REGRADE.value], "gradings", at_least=1)
        for role, size in sorted(rushed.memory().items()):
            yield Figure(f"load.memory.{role}.end", size, "MiB")
        yield from _figures(rushed, "rush", rushing)
        yield from _figures(rushed, "other", others)
        yield from _rates(rushed)


def _plan(students: Sequence[Student], count: int, seconds: float, thicker: bool, rng: Random) -> list[Upload]:
    """So many uploads within so many seconds, evenly or thicker towards the end (twice the mean rate at the last)."""
    files = model_files(MODEL)
    shares = sorted(rng.random() ** 0.5 if thicker else rng.random() for _ in range(count))
    return [
        Upload(seconds * share, rng.choice(students), drawn(files, rng, number).encode())
        for number, share in enumerate(shares)
    ]


def _prepare_regrade(rushed: Site, count: int, source: bytes) -> None:
    """Grade a few submissions, and ask for each again and again, behind everything live: so many in all."""
    with rushed.client() as client:
        student = rushed.students["other"][0]
        for _ in range(2 * SLOTS_A_RUSH):  # every slot has its process before the rush
            upload_to_report(client, student, source)
    database = Database.open(rushed.url, system_clock)
    try:
        graded = cycle(one.submission for one in rushed.times())
        for begin in range(0, count, REGRADES_AT_ONCE):
            with database.transaction() as tx:
                for submission in islice(graded, min(REGRADES_AT_ONCE, count - begin)):
                    regrade(tx, submission, system_clock())
    finally:
        database.close()


async def _replay(rushed: Site, rush: list[Upload], other: list[Upload], seconds: float) -> tuple[Seen, Seen]:
    # Everybody may have a connection. In one large pool each request would look through all of them, and in one that is
    # too small many would wait: both take a processor that is then missing in the service.
    async with AsyncExitStack() as stack:
        everybody = sum(map(len, rushed.students.values()))
        pools = [
            await stack.enter_async_context(rushed.many(timeout=120.0, connections=everybody)) for _ in range(POOLS)
        ]
        pool = cycle(pools)
        start = time.perf_counter() + 0.5
        rushing, others = Seen(), Seen()
        await asyncio.gather(
            *(_hand_in(next(pool), start, upload, rushing) for upload in rush),
            *(_hand_in(next(pool), start, upload, others) for upload in other),
            *(_refresh(next(pool), start, student, seconds, place, rushing) for place, student in _watching(rushed)),
        )
        return rushing, others


def _watching(rushed: Site) -> list[tuple[float, Student]]:
    """A tenth of the rush's students, and where in their interval each begins."""
    students = rushed.students["rush"][::10]
    return [(REFRESH_SECONDS * number / len(students), student) for number, student in enumerate(students)]


async def _hand_in(client: httpx.AsyncClient, start: float, upload: Upload, seen: Seen) -> None:
    """Hand in, and look until there is a result. Times begin when the upload is due, though it waits its turn."""
    due = start + upload.due
    await asyncio.sleep(due - time.perf_counter())
    on_the_clock = time.time() - (time.perf_counter() - due)
    file = {"file": ("student.py", upload.source)}
    answer = await client.post(upload.student.path, headers=upload.student.headers, files=file)
    seen.uploads_ms.append(1000 * (time.perf_counter() - due))
    if answer.status_code != 202:
        seen.refused += 1
        return
    where = answer.headers["Location"]
    seen.due[answer.json()["id"]] = on_the_clock
    patience = deadline(f"the grading of {where}", PATIENCE_SECONDS)
    graded = False
    while not graded:
        patience.hold()
        await asyncio.sleep(max(LOOK_SECONDS, float(answer.headers.get("Retry-After", 0))))
        looked = time.perf_counter()
        answer = await client.get(where, headers=upload.student.headers)
        seen.pages_ms.append(1000 * (time.perf_counter() - looked))
        graded = has_ended(answer)


async def _refresh(
    client: httpx.AsyncClient, start: float, student: Student, seconds: float, place: float, seen: Seen
) -> None:
    """Look at the list of one's submissions again and again."""
    due = start + place
    while due < start + seconds:
        await asyncio.sleep(due - time.perf_counter())
        looked = time.perf_counter()
        (await client.get(student.path, headers=student.headers)).raise_for_status()
        seen.pages_ms.append(1000 * (time.perf_counter() - looked))
        due += REFRESH_SECONDS


def _figures(rushed: Site, course: str, seen: Seen) -> Iterator[Figure]:
    """What the students of a course waited; a report counts from the moment at which its upload was due."""
    first = {one.submission: one for one in rushed.times() if one.reason == GradingReason.SUBMITTED.value}
    reports = [1000 * (first[submission].finished - due) for submission, due in seen.due.items()]
    failed = sum(first[submission].state != "done" for submission in seen.due)
    for percent in (50, 95, 99):
        yield Figure(f"load.{course}.upload.p{percent}", percentile(seen.uploads_ms, percent), "ms")
    yield Figure(f"load.{course}.report.p50", percentile(reports, 50), "ms")
    yield Figure(f"load.{course}.report.p95", percentile(reports, 95), "ms", at_most=REPORT_P95_MS)
    if seen.pages_ms:
        yield Figure(f"load.{course}.look.p95", percentile(seen.pages_ms, 95), "ms")
    yield Figure(f"load.{course}.refused", seen.refused, "uploads", at_most=0)
    yield Figure(f"load.{course}.ungraded", failed, "submissions", at_most=0)


def _rates(rushed: Site) -> Iterator[Figure]:
    """Gradings a minute from the first upload to the last report, and the regrades among them while uploads came."""
    times = rushed.times()
    live = [one for one in times if one.reason == GradingReason.SUBMITTED.value][2 * SLOTS_A_RUSH :]
    begun, last, end = min(one.created for one in live), max(one.created for one in live), live[-1].finished
    done = sum(begun <= one.finished <= end for one in times)
    yield Figure("load.gradings", 60 * done / (end - begun), "per_minute")
    regraded = [one for one in times if one.reason == GradingReason.REGRADE.value]
    yield Figure("load.regraded_meanwhile", sum(begun <= one.finished <= last for one in regraded), "gradings")


def _depth(rushed: Site) -> dict[str, int]:
    database = Database.open(rushed.url, system_clock)
    try:
        with database.reading() as tx:
            return tx.queue.depth()
    finally:
        database.close()


LOAD = Benchmark("load", "a deadline replayed: 5,000 uploads in 5 minutes, another course, a regrade behind", run)
