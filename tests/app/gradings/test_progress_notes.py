"""Progress is written soon and together, and not at all where the grading has ended before."""

import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, cast

import pytest

from app.gradings.progress_notes import ProgressNotes
from submissions.database import Database, Transaction
from submissions.models import Event
from submissions.queue import Job

SOON, NEVER = 0.01, 3600.0
PATIENCE_SECONDS = 60.0
RELU = {"part": "relu", "given": 1.0, "maximum": 2.0}
EPOCH = {"training": {"function": "train", "epoch": 5}}


class Held:
    """A database whose transactions say that they begin, and begin when they may."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.entered, self.go_on = threading.Event(), threading.Event()

    @contextmanager
    def transaction(self, *, alone: bool) -> Iterator[Transaction]:
        self.entered.set()
        assert self.go_on.wait(PATIENCE_SECONDS)
        with self._database.transaction(alone=alone) as tx:
            yield tx


@pytest.fixture
def job(school: Any) -> Job:
    submission = school.hand_in()
    with school.context.database.reading() as tx:
        return Job(tx.gradings.current(submission).id, submission, "a", "a.py", b"", 1)


def notes(school: Any, every_seconds: float) -> ProgressNotes:
    return ProgressNotes(school.context.database, school.clock, every_seconds)


def written(school: Any, job: Job) -> list[Event]:
    with school.context.database.reading() as tx:
        return [event for event in tx.events.of_grading(job.grading_id) if event.kind.startswith("grading.")]


def timers() -> list[threading.Thread]:
    """Those of notes; a server that was told to end in another test may still wait with one of its own."""
    waiting = (thread for thread in threading.enumerate() if isinstance(thread, threading.Timer))
    return [timer for timer in waiting if getattr(timer.function, "__self__", None).__class__ is ProgressNotes]


def within(condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition() and time.monotonic() < deadline:
        threading.Event().wait(SOON)
    return condition()


def test_parts_and_epochs_are_events_of_the_grading(school: Any, job: Job) -> None:
    told = notes(school, SOON)
    heard_at = school.clock()
    told(job, RELU)
    told(job, EPOCH)
    school.clock.forward(1.0)

    assert within(lambda: len(written(school, job)) == 2)
    first, second = written(school, job)
    assert (first.kind, first.detail["part"]) == ("grading.part", "relu")
    assert (second.kind, second.detail) == ("grading.training", EPOCH["training"])
    assert first.at == heard_at


def test_what_is_told_later_is_written_too(school: Any, job: Job) -> None:
    told = notes(school, SOON)
    for count in (1, 2, 3):
        told(job, RELU)
        assert within(lambda count=count: len(written(school, job)) == count)  # type: ignore[misc]  # a loop's number


def test_a_grading_that_ended_before_leaves_no_note(school: Any, job: Job) -> None:
    waits = notes(school, NEVER)
    waits(job, RELU)
    assert timers(), "it is to be written later"
    waits.forget(job)
    waits.forget(job)

    assert within(lambda: not timers()), "its timer waits on"
    assert written(school, job) == []


def test_what_is_being_written_comes_before_the_end(school: Any, job: Job) -> None:
    """Otherwise a page would be told of a part after it was told that all is done."""
    held = Held(school.context.database)
    told = ProgressNotes(cast(Database, held), school.clock, SOON)
    told(job, RELU)
    assert held.entered.wait(PATIENCE_SECONDS)
    ended: list[int] = []

    def end() -> None:
        told.forget(job)
        ended.append(len(written(school, job)))

    ending = threading.Thread(target=end)
    ending.start()
    ending.join(0.2)
    held.go_on.set()
    ending.join(PATIENCE_SECONDS)

    assert ended == [1]


def test_a_note_that_cannot_be_written_costs_no_grade(school: Any, job: Job, caplog: pytest.LogCaptureFixture) -> None:
    told = notes(school, SOON)
    told(job, {**RELU, "given": math.nan})

    assert within(lambda: "could not be noted" in caplog.text)
    told(job, RELU)
    assert within(lambda: len(written(school, job)) == 1)
