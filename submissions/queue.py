"""The job engine: hands each queued grading to a handler at least once, and records exactly one result."""

import logging
import os
import socket
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy.exc import SQLAlchemyError

from submissions.clock import Clock
from submissions.database import Database
from submissions.errors import Postponed, SecondHost
from submissions.faults import written
from submissions.gradings import record_failure, record_grade, record_postponement
from submissions.heartbeat import Heartbeat
from submissions.host import same_host, this_host
from submissions.models import Lane
from submissions.repository.jobs import Claimed
from submissions.transaction import Transaction

log = logging.getLogger(__name__)

POLL_SECONDS = 0.2
"""How long work from another process may go unnoticed; work of this process rings a bell."""

POSTPONED_SECONDS = 15.0
"""How long a postponed grading rests: an operator has to act before it makes sense to try again."""


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
        """End the grading unscored unless it has ended, inside the caller's transaction; whether it was still open."""
        ...

    def run(self, handler: Handler, *, slots: int, lanes: Sequence[Lane], stop: threading.Event) -> None:
        """Work in `slots` threads until `stop` is set; jobs that have begun are finished first."""
        ...

    def depth(self) -> dict[str, int]:
        """How many gradings wait (`live`, `regrade`) and how many are worked on (`running`)."""
        ...


class EmbeddedEngine:
    """The gradings table itself as queue, with leases: one SQLite file, one host.

    A lease of `lease_seconds` is renewed every `heartbeat_seconds` (None: five times in it); a job whose lease runs out
    is given to another worker. After a fault of ours a job rests for `retry_seconds` times the attempts made.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        lease_seconds: float = 15.0,
        heartbeat_seconds: float | None = None,
        retry_seconds: float = 2.0,
    ) -> None:
        self._database = database
        self._clock = clock
        self._lease_seconds = lease_seconds
        self._heartbeat_seconds = lease_seconds / 5 if heartbeat_seconds is None else heartbeat_seconds
        self._retry_seconds = retry_seconds

    def enqueue(self, tx: Transaction, grading_id: str, *, priority: int, lane: Lane) -> None:
        """See Engine."""
        tx.queue.enqueue(grading_id, priority=priority, lane=lane)

    def cancel(self, tx: Transaction, grading_id: str) -> bool:
        """See Engine. A worker that is at it finishes, and its result is discarded."""
        now = self._clock()
        cancelled = tx.queue.cancel(grading_id, now)
        if cancelled:
            tx.events.add("grading.cancelled", now, grading_id=grading_id)
        return cancelled

    def depth(self) -> dict[str, int]:
        """See Engine."""
        with self._database.reading() as tx:
            return tx.queue.depth()

    def run(self, handler: Handler, *, slots: int, lanes: Sequence[Lane], stop: threading.Event) -> None:
        """See Engine. Raises SecondHost when another host works on this database."""
        while not self._occupied():
            if stop.wait(self._heartbeat_seconds):
                return
        halt = threading.Event()
        worker = f"{socket.gethostname()}:{os.getpid()}"
        threads = [
            threading.Thread(target=self._slot, args=(handler, f"{worker}/{slot}", lanes, halt), name=f"slot {slot}")
            for slot in range(1, slots + 1)
        ]
        try:
            for thread in threads:
                thread.start()
            while not stop.wait(self._heartbeat_seconds):
                self._occupied()
        finally:
            halt.set()
            self._database.work.ring()
            for thread in threads:
                if thread.ident is not None:
                    thread.join()

    def run_once(self, handler: Handler, worker: str, lanes: Sequence[Lane]) -> bool:
        """Do the next job as `worker`, if there is one; whether there was."""
        claimed = self._claim(worker, lanes)
        if claimed is None:
            return False
        try:
            with Heartbeat(
                self._database,
                self._clock,
                claimed.grading_id,
                claimed.lease_token,
                lease_seconds=self._lease_seconds,
                interval_seconds=self._heartbeat_seconds,
            ):
                graded = handler(_job(claimed))
            with self._database.transaction() as tx:
                record_grade(
                    tx,
                    claimed.grading_id,
                    claimed.lease_token,
                    graded.report_json,
                    graded.seed,
                    graded.version,
                    self._clock(),
                )
        except Postponed as postponed:
            rest = timedelta(seconds=POSTPONED_SECONDS)
            with self._database.transaction() as tx:
                record_postponement(
                    tx, claimed.grading_id, claimed.lease_token, postponed.sentence, self._clock(), rest
                )
        except Exception as error:
            log.exception(
                "grading %s failed in attempt %d",
                claimed.grading_id,
                claimed.attempt,
                extra={"grading_id": claimed.grading_id},
            )
            rest = timedelta(seconds=self._retry_seconds * claimed.attempt)
            with self._database.transaction() as tx:
                record_failure(tx, claimed.grading_id, claimed.lease_token, written(error), self._clock(), rest)
        return True

    def _claim(self, worker: str, lanes: Sequence[Lane]) -> Claimed | None:
        now = self._clock()
        # Looking first spares an idle worker the write lock five times a second.
        with self._database.reading() as tx:
            if not tx.queue.waiting(lanes, now) and not tx.queue.expired(now):
                return None
        with self._database.transaction() as tx:
            _reclaim(tx, now)
            until = now + timedelta(seconds=self._lease_seconds)
            claimed = tx.queue.claim(worker, lanes, now, until)
            if claimed is not None:
                tx.clocks.taken(claimed.grading_id)
            return claimed

    def _slot(self, handler: Handler, worker: str, lanes: Sequence[Lane], halt: threading.Event) -> None:
        while not halt.is_set():
            rings = self._database.work.rings
            try:
                worked = self.run_once(handler, worker, lanes)
            except Exception:
                # The database failed. The lease runs out and somebody does the job again; this slot goes on.
                log.exception("slot %s could not reach its queue; trying again", worker)
                halt.wait(self._heartbeat_seconds)
                continue
            if not worked and not halt.is_set():
                self._database.work.wait(rings, POLL_SECONDS)

    def _occupied(self) -> bool:
        """Whether this host could be written to work here: a disk that is full soon has room again."""
        try:
            self._occupy()
        except SQLAlchemyError:
            log.exception("the host row could not be written; trying again")
            return False
        return True

    def _occupy(self) -> None:
        now, host = self._clock(), this_host()
        with self._database.transaction() as tx:
            occupant = tx.hosts.occupant(now - timedelta(seconds=self._lease_seconds))
            if occupant is not None and not same_host(occupant, host):
                raise SecondHost(occupant)
            tx.hosts.occupy(host, now)


def _reclaim(tx: Transaction, now: datetime) -> None:
    """Take back what workers hold that have not been heard of; an attempt of theirs counts."""
    for held in tx.queue.expired(now):
        said = f"the worker {held.worker} ended, or was out of reach, in the middle of attempt {held.attempts}"
        record_failure(tx, held.grading_id, held.lease_token, said, now)


def _job(claimed: Claimed) -> Job:
    return Job(
        claimed.grading_id,
        claimed.submission_id,
        claimed.assignment_slug,
        claimed.filename,
        claimed.source,
        claimed.attempt,
    )
