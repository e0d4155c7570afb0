"""The simulated day: the same for the same seed, and what queues must do."""

import itertools
import random
from dataclasses import replace

import pytest

from tests.benchmarks.scale import DAY_SECONDS, RUSH_SECONDS, Costs, Day, Fleet, arrivals, simulate

COSTS = Costs(
    grading_ms=80.0,
    deviation_ms=20.0,
    hanging_ms=2000.0,
    hanging_share=0.01,
    answering_ms=20.0,
    database_ms=5.0,
)
DAY = Day(submissions=5000, regraded=500)


def test_a_day_has_its_submissions_in_order_and_within_it() -> None:
    comes = arrivals(DAY, random.Random(1))

    assert len(comes) == DAY.submissions
    assert all(earlier <= later for earlier, later in itertools.pairwise(comes))
    assert comes[0] >= 0.0
    assert comes[-1] <= DAY_SECONDS


def test_a_rush_comes_before_its_deadline() -> None:
    rushed = arrivals(Day(submissions=1000, deadlines=(18.0,), rush_share=1.0), random.Random(1))

    assert min(rushed) >= 18 * 3600.0 - RUSH_SECONDS
    assert max(rushed) <= 18 * 3600.0
    assert sum(time > 18 * 3600.0 - RUSH_SECONDS / 2 for time in rushed) > 600, "it is thicker towards the end"


def test_the_same_seed_is_the_same_day() -> None:
    assert simulate(COSTS, DAY, Fleet(1), seed=3) == simulate(COSTS, DAY, Fleet(1), seed=3)
    assert simulate(COSTS, DAY, Fleet(1), seed=3) != simulate(COSTS, DAY, Fleet(1), seed=4)


def test_nobody_waits_where_there_are_cores_for_all() -> None:
    seen = simulate(replace(COSTS, hanging_share=0.0), replace(DAY, regraded=0), Fleet(100))

    assert seen.p50_seconds == pytest.approx(0.105, rel=0.1), "a grading, its answer and its transactions"
    assert seen.worst_seconds < 0.4


def test_too_few_cores_show_as_waiting() -> None:
    rush = Day(submissions=50_000, deadlines=(18.0,), rush_share=1.0, regraded=0)

    assert simulate(COSTS, rush, Fleet(1)).p95_seconds > 60.0
    assert simulate(COSTS, rush, Fleet(100)).p95_seconds < 2.5


def test_time_is_conserved() -> None:
    seen = simulate(replace(COSTS, hanging_share=0.0), replace(DAY, regraded=0), Fleet(1, cores=1))

    assert seen.busy == pytest.approx(DAY.submissions * 0.080 / DAY_SECONDS, rel=0.02)


def test_regrades_fill_what_is_left_and_wait_for_it() -> None:
    alone = simulate(COSTS, replace(DAY, regraded=0), Fleet(1))
    behind = simulate(COSTS, replace(DAY, regraded=5000), Fleet(1))

    assert behind.regraded == 5000
    assert behind.p95_seconds < alone.p95_seconds + 0.3, "a live one waits at most for what has begun"


def test_the_database_is_the_limit_that_hosts_do_not_lift() -> None:
    one, many = simulate(COSTS, DAY, Fleet(1)), simulate(COSTS, DAY, Fleet(100))

    assert one.database_busy == many.database_busy == pytest.approx(one.busiest_minute * 5.0 / 60_000)
