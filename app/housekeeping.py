"""Removes files and prints that are older than this installation keeps them, a few at a time."""

import logging
import threading
from datetime import timedelta

from submissions.clock import Clock
from submissions.database import Database

PAUSE_SECONDS = 3600.0
AT_ONCE = 50
"""Submissions in one transaction: an upload that comes meanwhile waits for milliseconds."""

logger = logging.getLogger("chainrule.housekeeping")


class Housekeeping:
    """Looks now and every hour. Any number of processes may; each submission is due once."""

    def __init__(self, database: Database, clock: Clock, keep: timedelta) -> None:
        self._database = database
        self._clock = clock
        self._keep = keep

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set."""
        # Of what was removed, in the log: a reader of an older state keeps it from being emptied, and a process before
        # this one may have ended before it was.
        traces = True
        while not stop.is_set():
            try:
                while not stop.is_set() and self.run_once():
                    traces = True
                if traces:
                    traces = not self._database.fold()
            except Exception:
                logger.exception("old files could not be removed; trying again later")
            stop.wait(PAUSE_SECONDS)

    def run_once(self) -> int:
        """Remove what is due the longest; of how many submissions."""
        before = self._clock() - self._keep
        with self._database.reading() as tx:
            if not tx.retention.due(before, 1):
                return 0
        with self._database.transaction() as tx:
            due = tx.retention.due(before, AT_ONCE)
            tx.retention.remove(due)
            tx.events.add("files.removed", self._clock(), detail={"submissions": len(due)})
        logger.info("the files of %d old submissions are removed", len(due))
        return len(due)
