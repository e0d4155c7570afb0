"""Writes how far gradings are to their events, for a page to follow: a few times a second, apart from the grading."""

import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from submissions.clock import Clock
from submissions.database import Database
from submissions.queue import Job

WRITTEN_EVERY_SECONDS = 0.25
"""A transaction for every part would take longer than a part does, and nobody can read faster."""

logger = logging.getLogger("chainrule.worker")


@dataclass(frozen=True, slots=True)
class _Note:
    """An event to be written."""

    kind: str
    at: datetime
    detail: Mapping[str, Any]


class _Notes:
    """What is to be written of one grading, and the timer that writes it."""

    def __init__(self, timer: threading.Timer) -> None:
        self.timer = timer
        self.notes: list[_Note] = []


class ProgressNotes:
    """Is told of each finished part and of the epochs of a training. What a grading ends before is never written.

    every_seconds: from the first thing that is told to a transaction with all that was told until then.
    """

    def __init__(self, database: Database, clock: Clock, every_seconds: float = WRITTEN_EVERY_SECONDS) -> None:
        self._database = database
        self._clock = clock
        self._every_seconds = every_seconds
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._waiting: dict[str, _Notes] = {}

    def __call__(self, job: Job, told: Mapping[str, Any]) -> None:
        """Note it, to be written soon."""
        training = told.get("training")
        kind, detail = ("grading.part", told) if training is None else ("grading.training", training)
        note = _Note(kind, self._clock(), detail)
        with self._lock:
            waiting = self._waiting.get(job.grading_id)
            if waiting is None:
                timer = threading.Timer(self._every_seconds, self._write, (job.grading_id,))
                timer.daemon = True
                waiting = self._waiting[job.grading_id] = _Notes(timer)
                timer.start()
            waiting.notes.append(note)

    def forget(self, job: Job) -> None:
        """The grading has ended: its report says more than what was not written yet. Nothing is written afterwards."""
        with self._lock:
            waiting = self._waiting.pop(job.grading_id, None)
        if waiting is not None:
            waiting.timer.cancel()
        with self._writing:  # what is being written now comes before the end of the grading
            pass

    def _write(self, grading_id: str) -> None:
        try:
            with self._writing:  # also around the look: what is taken out is written before anybody can forget it
                with self._lock:
                    waiting = self._waiting.pop(grading_id, None)
                if waiting is None:
                    return
                with self._database.transaction(alone=False) as tx:  # lines only, whatever else is written
                    for note in waiting.notes:
                        tx.events.add(note.kind, note.at, grading_id=grading_id, detail=note.detail)
        except Exception:  # a page that shows less is no reason to lose a grade
            logger.exception("the progress of grading %s could not be noted", grading_id)
