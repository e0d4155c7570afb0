"""How far a grading is: which parts are in, which is being checked, which wait."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from grader.report import Score
from reference.spec import Assignment
from submissions.models import Event, Grading, State

PART_EVENT = "grading.part"


@dataclass(frozen=True, slots=True)
class PartProgress:
    """A part of a grading that is not finished; `score` is there once the part is."""

    name: str
    points: float
    stage: Literal["in", "running", "waiting"]
    score: Score | None = None


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
            parts.append(PartProgress(part.name, part.points, "running" if running else "waiting"))
            running = False  # parts are graded one after the other: only the first open one is under way
    return tuple(parts)
