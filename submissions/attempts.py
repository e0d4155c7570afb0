"""Sees a grading from being taken to what came of it; both engines do it like this, whoever brought the grading."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from submissions.database import Database
from submissions.errors import Postponed
from submissions.faults import written
from submissions.gradings import record_failure, record_grade, record_postponement
from submissions.heartbeat import Heartbeat
from submissions.models import Lane
from submissions.queue import Handler, Job
from submissions.repository.jobs import LONGEST_REST, Claimed
from submissions.transaction import Transaction

log = logging.getLogger(__name__)

POSTPONED_SECONDS = 15.0
"""How long a postponed grading rests: an operator has to act before it makes sense to try again."""

PROMPT_ATTEMPTS = 2
"""After so many lost workers a grading is begun again at once: what kills workers is mostly not what they grade."""

LeaseClock = Callable[[Transaction], datetime]
"""The time that leases are measured by: one clock for all hosts, so that none is taken for dead by another's."""


def database_time(tx: Transaction) -> datetime:
    """The database's clock."""
    return tx.queue.now()


class Attempts:
    """Takes gradings, has them done under a lease, and records what came of them.

    A lease of `lease_seconds` is renewed every `heartbeat_seconds` (an engine's None: five times in it); a job whose
    lease runs out is given to another worker. After a fault of ours a job rests for `retry_seconds`, and twice as long
    after each further one, but no longer than LONGEST_REST; after a worker that was lost it rests so only from the
    third attempt on.
    """

    def __init__(
        self,
        database: Database,
        now: LeaseClock,
        *,
        lease_seconds: float,
        heartbeat_seconds: float,
        retry_seconds: float,
    ) -> None:
        self._database = database
        self._now = now
        self._lease = timedelta(seconds=lease_seconds)
        self._heartbeat_seconds = heartbeat_seconds
        self._retry_seconds = retry_seconds

    def make_next(self, worker: str, lanes: Sequence[Lane], handler: Handler) -> bool:
        """Take the next grading of the lanes and make an attempt at it; whether there was one."""
        claimed = self.take_next(worker, lanes)
        if claimed is not None:
            self.make(claimed, handler)
        return claimed is not None

    def take_next(self, worker: str, lanes: Sequence[Lane]) -> Claimed | None:
        """The next grading of the lanes, now held by `worker`; what lost its worker is taken back first."""
        # Looking first spares an idle worker the write lock five times a second.
        with self._database.reading() as tx:
            now = self._now(tx)
            if not tx.queue.waiting(lanes, now) and not tx.queue.expired(now, self._lease):
                return None
        with self._database.transaction() as tx:
            now = self._now(tx)
            self._take_back(tx, now)
            return _moved(tx, tx.queue.claim(worker, lanes, now, now + self._lease))

    def take(self, grading_id: str, worker: str) -> Claimed | None:
        """This grading, now held by `worker`; None if it does not wait any more."""
        with self._database.transaction(alone=False) as tx:
            now = self._now(tx)
            return _moved(tx, tx.queue.claim_this(grading_id, worker, now, now + self._lease))

    def take_back(self) -> None:
        """Take back what workers hold that have not been heard of; an attempt of theirs counts."""
        with self._database.reading() as tx:
            if not tx.queue.expired(self._now(tx), self._lease):
                return
        with self._database.transaction() as tx:
            self._take_back(tx, self._now(tx))

    def make(self, claimed: Claimed, handler: Handler) -> None:
        """Have a grading done that is held, and record what came of it. Raises only where the database is away."""
        job = _job(claimed)
        try:
            with Heartbeat(
                self._database, self._now, claimed, job.dropped, self._lease, interval_seconds=self._heartbeat_seconds
            ):
                graded = handler(job)
            with self._database.transaction() as tx:
                held = (claimed.grading_id, claimed.lease_token)
                record_grade(tx, *held, graded.report_json, graded.seed, graded.version, self._now(tx))
        except Postponed as postponed:
            rest = timedelta(seconds=POSTPONED_SECONDS)
            with self._database.transaction() as tx:
                held = (claimed.grading_id, claimed.lease_token)
                record_postponement(tx, *held, postponed.sentence, self._now(tx), rest)
        except Exception as error:
            log.exception(
                "grading %s failed in attempt %d",
                claimed.grading_id,
                claimed.attempt,
                extra={"grading_id": claimed.grading_id},
            )
            with self._database.transaction() as tx:
                record_failure(
                    tx,
                    claimed.grading_id,
                    claimed.lease_token,
                    written(error),
                    self._now(tx),
                    self._rest(claimed.attempt),
                )

    def _take_back(self, tx: Transaction, now: datetime) -> None:
        for held in tx.queue.expired(now, self._lease):
            said = f"the worker {held.worker} ended, or was out of reach, in the middle of attempt {held.attempts}"
            rest = self._rest(held.attempts) if held.attempts > PROMPT_ATTEMPTS else timedelta(0)
            record_failure(tx, held.grading_id, held.lease_token, said, now, rest)

    def _rest(self, attempt: int) -> timedelta:
        return min(timedelta(seconds=self._retry_seconds * 2 ** (attempt - 1)), LONGEST_REST)


def _moved(tx: Transaction, claimed: Claimed | None) -> Claimed | None:
    """The lane's time moves with what is taken from it."""
    if claimed is not None:
        tx.clocks.taken(claimed.lane, claimed.fair_tag)
    return claimed


def _job(claimed: Claimed) -> Job:
    return Job(
        claimed.grading_id,
        claimed.submission_id,
        claimed.assignment_slug,
        claimed.filename,
        claimed.source,
        claimed.attempt,
    )
