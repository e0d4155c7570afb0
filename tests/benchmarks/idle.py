"""A warm service with nothing else to do: from an upload to its report, gradings a minute, and accepting uploads.

What is measured is what a program sees on loopback: the time of a POST until its 202, and until a GET says that the
grading has ended: one that is held back until then, as the API's description advises, or one that is repeated every
5 ms (`looking`). The assignments are shipped ones without their trainings.
"""

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from reference.catalog import Catalog
from tests.benchmarks.benchmark import Benchmark, Effort
from tests.benchmarks.figure import Figure, Remark, median, percentile
from tests.benchmarks.process_tree import cpu_seconds, own_cpu_seconds
from tests.benchmarks.rounds import interleaved
from tests.benchmarks.site import Site, Times, site
from tests.chaos.engines import ENGINES, EngineMissing
from tests.service.course import Student
from tests.service.upload_to_report import HELD_BACK, ended, handed_in, upload_to_report

MODELS = ("hw2-softmax", "ece544-derivatives", "ece421-numpy-nn")
"""From the cheapest to grade to the dearest of those that peers can grade too."""

SLOTS = 2
GRADINGS_A_SECOND = 25.0  # that are handed in for each second of the sustained rate
UPLOADS_A_SECOND = 50.0
COLD_SECONDS = 2.0  # in which a server makes its threads, connections and statements, told apart

REPORT_P50_MS = 60.0
GRADINGS_A_MINUTE = 1500.0
UPLOAD_P99_MS = 50.0

LOOK_SECONDS = 0.2  # between two looks of whoever waits in a queue
PATIENCE_SECONDS = 600.0  # for the last report of a queue


def run(effort: Effort) -> Iterator[Figure | Remark]:
    """One upload after another, then all at once, then as fast as they must be accepted."""
    courses = {model: (model, 1) for model in MODELS}
    sources = {model: Catalog.builtin().get(model).solution.encode() for model in MODELS}
    with site(courses, slots=1) as calm, calm.client() as client:
        uploads: dict[str, list[float]] = {model: [] for model in MODELS}

        def one(model: str, look: str) -> Sequence[float]:
            seen = upload_to_report(client, calm.students[model][0], sources[model], look=look)
            assert seen.said["state"] == "done", seen.said
            uploads[model].append(seen.upload_ms)
            return [seen.report_ms]

        ways = {(model, look): partial(one, model, look) for model in MODELS for look in (HELD_BACK, "")}
        found = interleaved({f"{model}{look}": way for (model, look), way in ways.items()}, effort.rounds, effort.rng)
        for model in MODELS:
            reports, looking = found[f"{model}{HELD_BACK}"], found[model]
            yield Figure(f"idle.{model}.upload.p50", median(uploads[model]), "ms")
            yield Figure(f"idle.{model}.report.p50", median(reports), "ms", at_most=REPORT_P50_MS)
            yield Figure(f"idle.{model}.report.p95", percentile(reports, 95), "ms")
            yield Figure(f"idle.{model}.looking.p50", median(looking), "ms")
    for model in MODELS:
        rate = sustained(model, effort.seconds)
        yield Figure(f"idle.{model}.gradings", rate.a_minute, "per_minute", at_least=GRADINGS_A_MINUTE)
        yield Figure(f"idle.{model}.cpu", rate.cpu_ms, "ms")
    for engine in ENGINES:
        yield from accepting(engine, sources[MODELS[0]], effort.seconds)


def accepting(engine: str, source: bytes, seconds: float) -> Iterator[Figure | Remark]:
    """Uploads at their rate on one kind of database, alone and beside what grades them."""
    for name, grades in (("alone", False), ("grading", True)):
        row = f"idle.uploads_at_50.{engine}.{name}"
        try:
            with site({"rush": (MODELS[0], 50)}, SLOTS, grades, engine=ENGINES[engine]) as rushed:
                cold, taken = asyncio.run(
                    uploads_at(rushed, rushed.students["rush"], source, UPLOADS_A_SECOND, seconds)
                )
        except EngineMissing as missing:
            yield Remark(f"{row} is skipped: {missing}")
            continue
        yield Figure(f"{row}.cold.p99", percentile(cold, 99), "ms")
        yield Figure(f"{row}.p50", median(taken), "ms")
        yield Figure(f"{row}.p99", percentile(taken, 99), "ms", at_most=UPLOAD_P99_MS)


async def uploads_at(
    measured: Site, students: Sequence[Student], source: bytes, a_second: float, seconds: float
) -> tuple[list[float], list[float]]:
    """Milliseconds of each upload, from the moment at which it was due: one that waits its turn has begun.

    Those of the first COLD_SECONDS, and those of the `seconds` after them.
    """
    async with measured.many() as client:

        async def one(due: float, number: int) -> float:
            await asyncio.sleep(due - time.perf_counter())
            student = students[number % len(students)]
            file = {"file": ("student.py", source + f"# {number}\n".encode())}
            answer = await client.post(student.path, headers=student.headers, files=file)
            assert answer.status_code == 202, answer.text
            return 1000 * (time.perf_counter() - due)

        start = time.perf_counter() + 0.5
        cold, all_ = int(a_second * COLD_SECONDS), int(a_second * (COLD_SECONDS + seconds))
        taken = await asyncio.gather(*(one(start + number / a_second, number) for number in range(all_)))
        return taken[:cold], taken[cold:]


@dataclass(frozen=True, slots=True)
class Sustained:
    """Gradings while more always wait: how many, in how many seconds by the service's own times, how long each took.

    grading_cpu, server_cpu: seconds of processor time, of what grades and of what answers: uploads, and the looks of
    one student after the other, every LOOK_SECONDS until there is a result.
    """

    gradings: int
    seconds: float
    took: tuple[float, ...]
    grading_cpu: float
    server_cpu: float

    @property
    def a_minute(self) -> float:
        """The rate."""
        return 60 * self.gradings / self.seconds

    @property
    def cpu_ms(self) -> float:
        """Processor time of all processes for one."""
        return 1000 * (self.grading_cpu + self.server_cpu) / self.gradings


def sustained(model: str, seconds: float, slots: int = SLOTS) -> Sustained:
    """Hand in what takes about so many seconds, and look until all is graded; the first ones only warm it.

    Raises AssertionError where a grading fails or a slot had nothing to do, TimeoutError where they do not end.
    """
    source = Catalog.builtin().get(model).solution.encode()
    with site({model: (model, 1)}, slots) as busy, busy.client() as client:
        student = busy.students[model][0]
        for _ in range(2 * slots):  # every slot has its process
            upload_to_report(client, student, source)
        warm, server = len(busy.times()), busy.server.pid
        spent, own = cpu_seconds(server), own_cpu_seconds(server)
        count = max(4 * slots, int(GRADINGS_A_SECOND * seconds))
        places = [handed_in(client, student, source + f"# {number}\n".encode()) for number in range(count)]
        for place in places:
            said = ended(client, student, place, PATIENCE_SECONDS, LOOK_SECONDS)
            assert said["state"] == "done", said
        own = own_cpu_seconds(server) - own
        measured = busy.times()[warm:]
        assert len(measured) == count, f"{len(measured)} gradings of {count} uploads"
        assert always_waited(measured, slots), f"the uploads of {model} came slower than its gradings ended"
        return Sustained(
            gradings=count,
            seconds=measured[-1].finished - min(one.started for one in measured),
            took=tuple(one.finished - one.started for one in measured),
            grading_cpu=cpu_seconds(server) - spent - own,
            server_cpu=own,
        )


def always_waited(measured: Sequence[Times], slots: int) -> bool:
    """Whether at the end of every grading another one waited that no slot had, up to the last ones.

    measured: in the order of their end.
    """
    ends = enumerate((one.finished for one in measured), start=1)
    return all(
        sum(one.created <= end for one in measured) >= min(len(measured), number + slots) for number, end in ends
    )


IDLE = Benchmark("idle", "a warm service: upload to report, gradings a minute, accepting uploads", run)
