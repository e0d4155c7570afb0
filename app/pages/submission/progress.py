"""How far a grading is: which parts are in, which is being checked, which wait."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from grader.report import Score, TrainingProgress
from reference.spec import Assignment, Part
from submissions.models import Event, Grading, State

PART_EVENT, TRAINING_EVENT = "grading.part", "grading.training"


@dataclass(frozen=True, slots=True)
class PartProgress:
    """A part of a grading that is not finished; `score` is there once the part is.

    trainings: of a part under way, where each stood when it was last heard of.
    """

    name: str
    points: float
    stage: Literal["in", "running", "waiting"]
    score: Score | None = None
    trainings: tuple[TrainingProgress, ...] = ()


def progress(spec: Assignment, grading: Grading, events: Sequence[Event]) -> tuple[PartProgress, ...]:
    """The parts in order. What an earlier start of the same grading had finished does not count."""
    since = grading.started_at
    told = {
        str(event.detail["part"]): Score(float(event.detail["given"]), float(event.detail["maximum"]))
        for event in events
        if event.kind == PART_EVENT and (since is None or event.at >= since)
    }
    parts: list[PartProgress] = []
    running = grading.state is State.RUNNING
    for part in spec.parts:
        if part.name in told:
            parts.append(PartProgress(part.name, part.points, "in", told[part.name]))
        else:
            stage: Literal["running", "waiting"] = "running" if running else "waiting"
            heard = _trainings(part, grading, events) if running else ()
            parts.append(PartProgress(part.name, part.points, stage, trainings=heard))
            running = False  # parts are graded one after the other: only the first open one is under way
    return tuple(parts)


def _trainings(part: Part, grading: Grading, events: Sequence[Event]) -> tuple[TrainingProgress, ...]:
    """The last that was heard of each training of a part, in the order of the checks."""
    functions = {check.function for check in part.checks}
    last: dict[tuple[str, str], TrainingProgress] = {}
    for event in events:
        if event.kind == TRAINING_EVENT and (grading.started_at is None or event.at >= grading.started_at):
            training = TrainingProgress(**event.detail)
            if training.function in functions:
                last[training.function, training.dataset] = training
    return tuple(last.values())
