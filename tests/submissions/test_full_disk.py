"""A worker that begins while the disk is full works as soon as there is room."""

import threading
from collections.abc import Callable
from typing import Any

from sqlalchemy.exc import OperationalError

from submissions.embedded_engine import EmbeddedEngine
from submissions.models import Lane, State
from submissions.queue import Graded, Job


class Cramped(EmbeddedEngine):
    """Cannot write its host row so many times."""

    full = 2

    def _occupy(self) -> None:
        if self.full:
            self.full -= 1
            raise OperationalError("insert", {}, Exception("database or disk is full"))
        super()._occupy()


def test_a_worker_waits_for_room_and_then_works(school: Any, report: Callable[..., dict[str, object]]) -> None:
    submitted, stop = school.hand_in(), threading.Event()
    engine = Cramped(school.database, school.clock, heartbeat_seconds=0.01)

    def grade(job: Job) -> Graded:
        stop.set()
        return Graded(report(), "s", "v")

    engine.run(grade, slots=1, lanes=[Lane.LIVE], stop=stop)
    with school.database.reading() as tx:
        assert tx.gradings.get(submitted.grading_id).state is State.DONE


def test_told_to_stop_it_waits_no_longer(school: Any) -> None:
    engine, stop = Cramped(school.database, school.clock, heartbeat_seconds=3600.0), threading.Event()
    threading.Timer(0.05, stop.set).start()

    engine.run(lambda job: Graded({}, "s", "v"), slots=1, lanes=[Lane.LIVE], stop=stop)
    assert engine.full == 1
