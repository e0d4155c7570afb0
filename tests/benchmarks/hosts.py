"""A hundred hosts and a million submissions a day, from what one job costs on this machine.

The costs are measured first, on a warm service as in idle.py, and then carried on by scale.py, whose assumptions are
written at its top. The same costs and seed give the same day.
"""

import statistics
import tempfile
import time
from collections.abc import Iterator

from submissions.clock import system_clock
from submissions.database import Database
from tests.benchmarks.benchmark import Benchmark, Effort
from tests.benchmarks.figure import Figure, Remark
from tests.benchmarks.idle import sustained
from tests.benchmarks.scale import Costs, Day, Fleet, simulate
from tests.chaos.one_upload import COURSE, hand_in, work
from tests.service.checks_only import CALL_SECONDS
from tests.service.course import make_course

MODEL = "ece544-derivatives"
HANGING_SHARE = 0.01
FLEETS = (Fleet(1), Fleet(10), Fleet(100))
TRANSACTIONS = 200


def run(effort: Effort) -> Iterator[Figure | Remark]:
    """Measure, then simulate."""
    costs = measured(effort)
    yield Remark(f"hosts: {costs}")
    for fleet in FLEETS:
        day = Day(submissions=10_000 * fleet.hosts, regraded=1_000 * fleet.hosts)
        seen = simulate(costs, day, fleet)
        name = f"hosts.{fleet.hosts}"
        yield Remark(
            f"{name}: {day.submissions} submissions a day, {day.regraded} regraded, {fleet.cores} cores a host"
        )
        yield Figure(f"{name}.report.p50", seen.p50_seconds, "s")
        yield Figure(f"{name}.report.p95", seen.p95_seconds, "s", at_most=1.0)
        yield Figure(f"{name}.report.worst", seen.worst_seconds, "s")
        yield Figure(f"{name}.busiest_minute", seen.busiest_minute, "submissions")
        yield Figure(f"{name}.grading_cores_busy", 100 * seen.busy, "percent")
        yield Figure(f"{name}.database_in_busiest_minute", 100 * seen.database_busy, "percent", at_most=100.0)
        yield Figure(f"{name}.answering_cores_in_busiest_minute", seen.answering_cores, "cores")
        yield Figure(f"{name}.regraded", seen.regraded, "gradings")


def measured(effort: Effort) -> Costs:
    """What one job costs here; with one slot, so that a grading's time is its own."""
    rate = sustained(MODEL, effort.seconds, slots=1)
    grading_ms = 1000 * rate.grading_cpu / rate.gradings
    spread = statistics.pstdev(rate.took) / statistics.fmean(rate.took)
    return Costs(
        grading_ms=grading_ms,
        deviation_ms=max(1e-3, spread) * grading_ms,
        hanging_ms=1000 * CALL_SECONDS,
        hanging_share=HANGING_SHARE,
        answering_ms=1000 * rate.server_cpu / rate.gradings,
        database_ms=_database_ms(),
    )


def _database_ms() -> float:
    """Of the one writer, for a submission from upload to grade: every transaction of it, on SQLite FULL."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/chainrule.sqlite3"
        make_course(url, COURSE, "network", students=1)
        database = Database.open(url, system_clock)
        try:
            took = []
            for number in range(TRANSACTIONS):
                begun = time.perf_counter()
                hand_in(database, f"key {number}")
                work(database)
                took.append(1000 * (time.perf_counter() - begun))
            return statistics.median(took)
        finally:
            database.close()


HOSTS = Benchmark("hosts", "100 hosts and a million submissions a day, simulated from costs measured here", run)
