"""The job engine: hands each queued grading to a handler at least once, and records exactly one result."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from submissions.models import Lane


@dataclass(frozen=True, slots=True)
class Job:
    """A grading to do: the bytes as they were uploaded, and which attempt this is, from 1.

    dropped: set when it is no longer wanted, because it was cancelled or given to another worker: stop if you can.
    """

    grading_id: str
    submission_id: str
    assignment_slug: str
    filename: str
    source: bytes
    attempt: int
    dropped: threading.Event = field(default_factory=threading.Event, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Graded:
    """What a handler gives back: the Report as JSON, the seed it replays with, the assignment's version."""

    report_json: Mapping[str, Any]
    seed: str
    version: str


Handler = Callable[[Job], Graded]
"""Grades a job. Any exception is our fault: tried again, FAILED after six attempts; Postponed costs no attempt."""


class Engine(Protocol):
    """Delivers gradings to workers; the gradings table stays the truth."""

    def run(self, handler: Handler, *, slots: int, lanes: Sequence[Lane], stop: threading.Event) -> None:
        """Work at `slots` gradings at a time until `stop` is set; jobs that have begun are finished first.

        Of several slots the first takes live gradings only, so that a regrade of a whole course never has them all.
        """
        ...

    def run_once(self, handler: Handler, worker: str, lanes: Sequence[Lane]) -> bool:
        """Do the next job as `worker`, if there is one; whether there was."""
        ...


def lanes_of_slots(slots: int, lanes: Sequence[Lane]) -> list[tuple[Lane, ...]]:
    """What each slot serves: the first of several only live gradings, where it may."""
    everything = [tuple(lanes)] * slots
    if slots > 1 and Lane.LIVE in lanes:
        everything[0] = (Lane.LIVE,)
    return everything
