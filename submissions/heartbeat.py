"""Keeps a lease alive while its job runs, so that a long grading is not taken for a dead one."""

import logging
import threading
from datetime import timedelta
from types import TracebackType

from sqlalchemy.exc import SQLAlchemyError

from submissions.clock import Clock
from submissions.database import Database

log = logging.getLogger(__name__)


class Heartbeat:
    """Inside `with`, the lease is renewed every `interval_seconds` to `lease_seconds` from then."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        grading_id: str,
        lease_token: str,
        *,
        lease_seconds: float,
        interval_seconds: float,
    ) -> None:
        self._database = database
        self._clock = clock
        self._grading_id = grading_id
        self._lease_token = lease_token
        self._lease = timedelta(seconds=lease_seconds)
        self._interval_seconds = interval_seconds
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"heartbeat {grading_id}", daemon=True)

    def __enter__(self) -> "Heartbeat":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()

    def _beat(self) -> None:
        while not self._ended.wait(self._interval_seconds):
            try:
                with self._database.transaction() as tx:
                    held = tx.queue.renew(self._grading_id, self._lease_token, self._clock() + self._lease)
            except SQLAlchemyError:
                log.exception("the lease of grading %s could not be renewed; trying again", self._grading_id)
                continue
            if not held:
                log.warning("grading %s is no longer held; its result will be discarded", self._grading_id)
                return
