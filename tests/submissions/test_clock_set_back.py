"""A clock that was wrong by an hour and is set right: what waits and what is held is not left for that hour."""

from collections.abc import Callable
from typing import Any

import pytest

from submissions.embedded_engine import EmbeddedEngine
from submissions.errors import Postponed
from submissions.models import Lane, State
from submissions.queue import Graded, Job

Report = Callable[..., dict[str, object]]
LIVE = [Lane.LIVE]
HOUR = -3600.0


@pytest.fixture
def engine(school: Any) -> EmbeddedEngine:
    return EmbeddedEngine(school.database, school.clock, lease_seconds=15)


def state(school: Any, grading_id: str) -> Any:
    with school.database.reading() as tx:
        return tx.gradings.get(grading_id).state


def test_what_was_handed_in_before_is_graded(school: Any, engine: EmbeddedEngine, report: Report) -> None:
    submitted = school.hand_in()
    school.clock.forward(HOUR)

    assert engine.run_once(lambda job: Graded(report(), "s", "v"), "w", LIVE)
    assert state(school, submitted.grading_id) is State.DONE


def test_a_rest_ends(school: Any, engine: EmbeddedEngine, report: Report) -> None:
    submitted = school.hand_in()

    def no_wall(job: Job) -> Graded:
        raise Postponed("The sandbox does not hold on this machine.")

    assert engine.run_once(no_wall, "w", LIVE)
    assert not engine.run_once(no_wall, "w", LIVE), "it rests"
    school.clock.forward(HOUR)

    assert engine.run_once(lambda job: Graded(report(), "s", "v"), "w", LIVE)
    assert state(school, submitted.grading_id) is State.DONE


def test_what_a_dead_worker_held_is_taken_back(school: Any, engine: EmbeddedEngine, report: Report) -> None:
    submitted = school.hand_in()

    class Killed(BaseException):
        """Stands for a process that ends: nothing of ours handles it."""

    def dies(job: Job) -> Graded:
        raise Killed

    with pytest.raises(Killed):
        engine.run_once(dies, "first", LIVE)
    school.clock.forward(HOUR)

    assert engine.run_once(lambda job: Graded(report(), "s", "v"), "second", LIVE)
    assert state(school, submitted.grading_id) is State.DONE


def test_a_few_seconds_back_take_nothing_from_a_living_worker(
    school: Any, engine: EmbeddedEngine, report: Report
) -> None:
    submitted = school.hand_in()

    def meanwhile(job: Job) -> Graded:
        school.clock.forward(-5.0)
        assert not engine.run_once(lambda job: Graded(report(), "s", "v"), "second", LIVE)
        return Graded(report(), "s", "v")

    assert engine.run_once(meanwhile, "first", LIVE)
    with school.database.reading() as tx:
        assert tx.gradings.get(submitted.grading_id).attempts == 1
