"""How far a grading is."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.pages.submission.progress import progress
from grader.report import Score
from reference.spec import Assignment, Contract, Part
from submissions.models import Event, Grading, GradingReason, State

START = datetime(2026, 11, 21, tzinfo=UTC)
SPEC = Assignment("slug", "Title", "", (), tuple(Part(name, (Contract(name, 4),)) for name in ("a", "b", "c")))


@pytest.fixture
def grading() -> Callable[[State], Grading]:
    """Makes a grading that began at START."""

    def make(state: State) -> Grading:
        started = None if state is State.QUEUED else START
        reason = GradingReason.SUBMITTED
        return Grading("g", "s", 1, reason, state, None, None, None, None, None, None, 1, START, started, None)

    return make


def told(part: str, after: timedelta = timedelta(seconds=1), kind: str = "grading.part") -> Event:
    return Event(1, START + after, kind, "g", None, None, {"part": part, "given": 3.0, "maximum": 4.0})


def test_queued_waits_in_every_part(grading: Callable[[State], Grading]) -> None:
    assert [part.stage for part in progress(SPEC, grading(State.QUEUED), [])] == ["waiting"] * 3


def test_the_first_open_part_is_the_one_being_checked(grading: Callable[[State], Grading]) -> None:
    parts = progress(SPEC, grading(State.RUNNING), [told("a")])
    assert [part.stage for part in parts] == ["in", "running", "waiting"]
    assert parts[0].score == Score(3, 4)


def trained(function: str, epoch: int, after: timedelta = timedelta(seconds=1)) -> Event:
    detail = {"function": function, "dataset": "digits", "run": 1, "epoch": epoch, "epochs": 30, "train_accuracy": 0.5}
    return Event(1, START + after, "grading.training", "g", None, None, detail)


def test_the_part_being_checked_tells_where_its_trainings_stand(grading: Callable[[State], Grading]) -> None:
    spec = replace(SPEC, parts=(SPEC.parts[0], Part("b", (Contract("f", 1), Contract("g", 1)))))
    events = [told("a"), trained("f", 9, timedelta(seconds=-1)), trained("f", 1), trained("f", 5), trained("other", 2)]
    parts = progress(spec, grading(State.RUNNING), events)

    assert [[(t.function, t.epoch) for t in part.trainings] for part in parts] == [[], [("f", 5)]]


def test_what_an_earlier_start_had_finished_does_not_count(grading: Callable[[State], Grading]) -> None:
    parts = progress(SPEC, grading(State.RUNNING), [told("a", timedelta(seconds=-1)), told("b", kind="other")])
    assert [part.stage for part in parts] == ["running", "waiting", "waiting"]
