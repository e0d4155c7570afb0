"""Keeps a lease alive while its job runs, so that a long grading is not taken for a dead one."""

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from types import TracebackType

from sqlalchemy.exc import SQLAlchemyError

from submissions.database import Database
from submissions.repository.jobs import Claimed
from submissions.transaction import Transaction

log = logging.getLogger(__name__)


class Heartbeat:
    """Inside `with`, a lease is renewed every `interval_seconds` to `lease` from then; `dropped` set once it is lost.

    It is lost when the grading was cancelled, or given to another worker because this one was out of reach.
    """

    def __init__(
        self,
        database: Database,
        now: Callable[[Transaction], datetime],
        claimed: Claimed,
        dropped: threading.Event,
        lease: timedelta,
        *,
        interval_seconds: float,
    ) -> None:
        self._database = database
        self._now = now
        self._grading_id = claimed.grading_id
        self._lease_token = claimed.lease_token
        self._dropped = dropped
        self._lease = lease
        self._interval_seconds = interval_seconds
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"heartbeat {claimed.grading_id}", daemon=True)

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
                with self._database.transaction(alone=False) as tx:
                    held = tx.queue.renew(self._grading_id, self._lease_token, self._now(tx) + self._lease)
            except SQLAlchemyError:
                log.exception("the lease of grading %s could not be renewed; trying again", self._grading_id)
                continue
            if not held:
                log.warning("grading %s is no longer held; its result will be discarded", self._grading_id)
                self._dropped.set()
                return
