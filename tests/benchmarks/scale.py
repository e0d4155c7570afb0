"""Costs of one job, as measured on one host, carried on to many hosts and a million submissions a day.

A discrete-event simulation, seeded and without a clock of its own. What it assumes:

- Submissions come as a day has them: few at night, most in the evening, and `rush_share` of all in the quarter of an
  hour before one of the `deadlines`, thicker towards it.
- A host has `cores` cores, each grading one submission at a time, and all take from one queue: a submission is graded
  by the first core that is free. Live ones go before regrades, which begin wherever nobody live waits and are not
  pre-empted.
- Processor time is what is measured with nothing else running: a grading, an upload with its transaction, looks until
  there is a result. A file that hangs takes its limit. Each grading's time is drawn around the mean with the measured
  spread (gamma).
- The database is one server with one writer at a time, as SQLite is; PostgreSQL has more. Each submission takes
  `database_ms` of it, all transactions together. It is the limit that hosts do not lift, and has a figure of its own.
- Networks, disks of hosts and their failures cost nothing here; a host that dies costs one lease of what it held,
  which `make chaos` measures.
"""

import heapq
from dataclasses import dataclass
from random import Random

from tests.benchmarks.figure import percentile

DAY_SECONDS = 86_400.0
HOUR_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class Costs:
    """Of one job on one core. grading_ms and its deviation: processor time; hanging_ms: of a file that hangs.

    answering_ms: the upload and the looks of one student, beside the grading. database_ms: of the one writer.
    """

    grading_ms: float
    deviation_ms: float
    hanging_ms: float
    hanging_share: float
    answering_ms: float
    database_ms: float


@dataclass(frozen=True, slots=True)
class Day:
    """What comes. deadlines: hours of the day; rush_share: of all submissions, in the quarter of an hour before."""

    submissions: int = 1_000_000
    deadlines: tuple[float, ...] = (12.0, 18.0, 22.0, 23.983)
    rush_share: float = 0.1
    regraded: int = 100_000


@dataclass(frozen=True, slots=True)
class Fleet:
    """Hosts and their cores for grading; answering has cores of its own, as API processes do."""

    hosts: int = 100
    cores: int = 2


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What the day was like. waits: seconds from an upload to its report, live ones. busy: share of all cores' time.

    database_busy: share of the busiest minute in which the database's writer works; above 1 it falls behind.
    """

    p50_seconds: float
    p95_seconds: float
    p99_seconds: float
    worst_seconds: float
    busy: float
    busiest_minute: int
    database_busy: float
    answering_cores: float
    regraded: int


RUSH_SECONDS = 900.0
NIGHT_TO_EVENING = (1, 1, 1, 1, 1, 1, 2, 3, 5, 6, 7, 7, 7, 7, 8, 8, 8, 8, 9, 10, 12, 13, 12, 8)
"""Weights of the hours for what is handed in outside of rushes."""


def arrivals(day: Day, rng: Random) -> list[float]:
    """Seconds of the day at which submissions come, in order."""
    rushed = int(day.submissions * day.rush_share)
    times = [
        HOUR_SECONDS * (hour + rng.random())
        for hour in rng.choices(range(24), NIGHT_TO_EVENING, k=day.submissions - rushed)
    ]
    for deadline in rng.choices(day.deadlines, k=rushed):
        times.append(max(0.0, HOUR_SECONDS * deadline - RUSH_SECONDS * (1.0 - rng.random() ** 0.5)))
    return sorted(times)


def simulate(costs: Costs, day: Day, fleet: Fleet, seed: int = 0) -> Foreseen:
    """The day, from its first submission to the end of its last grading."""
    rng = Random(seed)
    comes = arrivals(day, rng)
    cores = [0.0] * (fleet.hosts * fleet.cores)  # when each is free; cores of one queue are alike
    waits, worked, regraded = [], 0.0, 0
    for time in comes:
        while regraded < day.regraded and cores[0] < time:  # nobody live is there for this core
            took = _grading_seconds(costs, rng)
            heapq.heapreplace(cores, cores[0] + took)
            worked, regraded = worked + took, regraded + 1
        took = _grading_seconds(costs, rng)
        ends = max(time, cores[0]) + took
        heapq.heapreplace(cores, ends)
        waits.append(ends - time + (costs.answering_ms + costs.database_ms) / 1000)
        worked += took
    minutes = _a_minute(comes)
    busiest = max(minutes)
    return Foreseen(
        p50_seconds=percentile(waits, 50),
        p95_seconds=percentile(waits, 95),
        p99_seconds=percentile(waits, 99),
        worst_seconds=max(waits),
        busy=worked / (len(cores) * DAY_SECONDS),
        busiest_minute=busiest,
        database_busy=busiest * costs.database_ms / 60_000.0,
        answering_cores=busiest * costs.answering_ms / 60_000.0,
        regraded=regraded,
    )


def _grading_seconds(costs: Costs, rng: Random) -> float:
    if rng.random() < costs.hanging_share:
        return costs.hanging_ms / 1000
    shape = (costs.grading_ms / costs.deviation_ms) ** 2
    return rng.gammavariate(shape, costs.grading_ms / shape) / 1000


def _a_minute(comes: list[float]) -> list[int]:
    minutes = [0] * (int(DAY_SECONDS // 60) + 1)
    for time in comes:
        minutes[min(len(minutes) - 1, int(time // 60))] += 1
    return minutes
