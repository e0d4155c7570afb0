"""The job engine: hands queued gradings to a handler, each at least once, and records each exactly once."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from submissions.clock import Clock
from submissions.database import Database, Transaction
from submissions.models import Lane


@dataclass(frozen=True, slots=True)
class Job:
    """A grading to do: the bytes as they were uploaded, and which attempt this is, from 1."""

    grading_id: str
    submission_id: str
    assignment_slug: str
    filename: str
    source: bytes
    attempt: int


@dataclass(frozen=True, slots=True)
class Graded:
    """What a handler gives back: the Report as JSON, the seed it replays with, the assignment's version."""

    report_json: Mapping[str, Any]
    seed: str
    version: str


Outcome = Graded
Handler = Callable[[Job], Outcome]
"""Grades a job. Any exception is our fault: tried again, FAILED after three attempts; Postponed costs no attempt."""


class Engine(Protocol):
    """Delivers gradings to workers; the gradings table stays the truth."""

    def enqueue(self, tx: Transaction, grading_id: str, *, priority: int, lane: Lane) -> None:
        """Make the grading wait in `lane`, inside the caller's transaction; a greater priority goes first."""
        ...

    def cancel(self, tx: Transaction, grading_id: str) -> bool:
        """Cancel the grading unless it has ended; whether it was cancelled."""
        ...

    def run(self, handler: Handler, *, slots: int, lanes: Sequence[Lane], stop: threading.Event) -> None:
        """Work in `slots` threads until `stop` is set; jobs that have begun are finished first."""
        ...

    def depth(self) -> dict[str, int]:
        """How many gradings wait (`live`, `regrade`) and are worked on (`running`)."""
        ...


class EmbeddedEngine:
    """The gradings table itself as queue, with leases: one SQLite file, one host."""

    def __init__(
        self, database: Database, clock: Clock, lease_seconds: float = 15.0, heartbeat_seconds: float = 3.0
    ) -> None:
        raise NotImplementedError

    def enqueue(self, tx: Transaction, grading_id: str, *, priority: int, lane: Lane) -> None:
        """See Engine."""
        raise NotImplementedError

    def cancel(self, tx: Transaction, grading_id: str) -> bool:
        """See Engine."""
        raise NotImplementedError

    def run(self, handler: Handler, *, slots: int, lanes: Sequence[Lane], stop: threading.Event) -> None:
        """See Engine. Raises SecondHost."""
        raise NotImplementedError

    def run_once(self, handler: Handler, worker: str, lanes: Sequence[Lane]) -> bool:
        """Do the next job, if there is one; whether there was."""
        raise NotImplementedError

    def depth(self) -> dict[str, int]:
        """See Engine."""
        raise NotImplementedError
