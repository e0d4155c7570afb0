"""The engine of an embedded database: the gradings table itself as queue, with leases; one SQLite file, one host."""

import logging
import threading
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError

from submissions.attempts import Attempts
from submissions.clock import Clock
from submissions.database import Database
from submissions.errors import SecondHost
from submissions.host import same_host, this_host, worker_name
from submissions.models import Lane
from submissions.queue import Handler, lanes_of_slots

log = logging.getLogger(__name__)

POLL_SECONDS = 0.2
"""How long work from another process may go unnoticed; work of this process rings a bell."""


class EmbeddedEngine:
    """See Engine; for the seconds see Attempts. One host has one clock, so leases go by it."""

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
        self._attempts = Attempts(
            database,
            lambda _: clock(),
            lease_seconds=lease_seconds,
            heartbeat_seconds=self._heartbeat_seconds,
            retry_seconds=retry_seconds,
        )

    def run(self, handler: Handler, *, slots: int, lanes: Sequence[Lane], stop: threading.Event) -> None:
        """See Engine. Raises SecondHost when another host works on this database."""
        while not self._occupied():
            if stop.wait(self._heartbeat_seconds):
                return
        halt, name = threading.Event(), worker_name()
        threads = [
            threading.Thread(target=self._slot, args=(handler, f"{name}/{slot}", served, halt), name=f"slot {slot}")
            for slot, served in enumerate(lanes_of_slots(slots, lanes), start=1)
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
        """See Engine."""
        return self._attempts.make_next(worker, lanes, handler)

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
