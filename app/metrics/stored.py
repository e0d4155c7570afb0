"""What the database knows, read when a monitor asks: every process of an installation gives the same answer."""

import logging
from collections.abc import Iterator
from datetime import datetime

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from submissions.clock import Clock
from submissions.database import Database
from submissions.models import Lane
from submissions.repository.backlog import OUTBOXES

logger = logging.getLogger("chainrule.metrics")


class StoredState(Collector):
    """Queue and outboxes: how many wait, for how long the oldest has, how many were given up."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """Nothing: the database is not asked before a monitor asks."""
        return iter(())

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """One snapshot. A database that cannot be read gives 0 for `chainrule_database_up`, and nothing else."""
        up = GaugeMetricFamily("chainrule_database_up", "1 where the database answers")
        try:
            with self._database.reading() as tx:
                lanes, running, outboxes = tx.backlog.lanes(), tx.backlog.running(), tx.backlog.outboxes()
        except Exception:  # whatever it is, the other figures are wanted all the more now
            logger.exception("the database cannot be read for a monitor")
            up.add_metric([], 0)
            yield up
            return
        up.add_metric([], 1)
        yield up
        now = self._clock()
        waiting = GaugeMetricFamily("chainrule_queue_waiting", "Gradings that wait", labels=["lane"])
        age = GaugeMetricFamily("chainrule_queue_oldest_seconds", "Age of the oldest that waits", labels=["lane"])
        for lane in Lane:
            found = lanes.get(lane)
            waiting.add_metric([lane.value], found.count if found else 0)
            age.add_metric([lane.value], _age(found.oldest if found else None, now))
        yield waiting
        yield age
        at_work = GaugeMetricFamily("chainrule_queue_running", "Gradings that a worker holds")
        at_work.add_metric([], running)
        yield at_work
        owed = GaugeMetricFamily("chainrule_outbox_owed", "Messages that have not arrived", labels=["outbox"])
        oldest = GaugeMetricFamily("chainrule_outbox_overdue_seconds", "How overdue the next is", labels=["outbox"])
        dead = GaugeMetricFamily("chainrule_outbox_given_up", "Messages that are sent no more", labels=["outbox"])
        for name in OUTBOXES:
            owed.add_metric([name], outboxes[name].owed)
            oldest.add_metric([name], _age(outboxes[name].due, now))
            dead.add_metric([name], outboxes[name].given_up)
        yield from (owed, oldest, dead)


def _age(since: datetime | None, now: datetime) -> float:
    return max(0.0, (now - since).total_seconds()) if since else 0.0
