"""Tells Procrastinate, in the transaction that makes a grading wait, that there is one to do; on PostgreSQL only.

A nudge is the id of a grading and nothing else: whether there is anything to do is what the gradings table says. So a
nudge too many does no harm, and one that is lost is sent again by the reconciler.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from procrastinate import App, SyncPsycopgConnector
from procrastinate.jobs import Job
from sqlalchemy import Connection, text

from submissions.models import Lane

TASK = "grade"

REGRADES_BEHIND = 2**30
"""Taken from a regrade's priority: Procrastinate serves all queues of a worker by priority, and live goes first.

Priorities of 32 bits stay within them: fairness.py's are far above -2**30.
"""


_OF_PERSON = text(
    "DELETE FROM procrastinate_jobs WHERE status = 'todo' AND args->>'grading_id' IN (SELECT gradings.id FROM gradings"
    " JOIN submissions ON submissions.id = gradings.submission_id WHERE submissions.user_id = :user)"
)

_LEFT_OVER = text(
    "DELETE FROM procrastinate_jobs WHERE task_name = :task AND status = 'doing' AND NOT EXISTS"
    " (SELECT 1 FROM gradings WHERE gradings.id = args->>'grading_id' AND gradings.state = 'running')"
    " AND NOT EXISTS (SELECT 1 FROM procrastinate_events WHERE procrastinate_events.job_id = procrastinate_jobs.id"
    " AND type = 'started' AND at > clock_timestamp() - make_interval(secs => :seconds))"
)


@dataclass(frozen=True, slots=True)
class Nudge:
    """A grading to look at, at once or `at` a time."""

    grading_id: str
    lane: Lane
    priority: int
    at: datetime | None = None


class Nudges:
    """Writes nudges through connections that it is given; it has none of its own."""

    def __init__(self) -> None:
        self._app = App(connector=SyncPsycopgConnector())

    def write(self, connection: Connection, nudges: Sequence[Nudge]) -> None:
        """Put nudges into Procrastinate's table: they are seen when the transaction of `connection` commits."""
        driver = connection.connection.driver_connection
        self._app.job_manager.batch_defer_jobs([_job(nudge) for nudge in nudges], connection=driver)


def forget(connection: Connection, user_id: str) -> None:
    """Take back the nudges for a person's gradings; whoever has one already finds nothing to do."""
    connection.execute(_OF_PERSON, {"user": user_id})


def clear_away(connection: Connection, seconds: float) -> int:
    """Remove nudges that were begun more than `seconds` ago and whose grading nobody is at; how many.

    Procrastinate tries only once to write that a job has ended. If the database is away in that moment, the nudge
    counts as begun for as long as its worker lives, and the grading as nudged.
    """
    return connection.execute(_LEFT_OVER, {"task": TASK, "seconds": seconds}).rowcount


def _job(nudge: Nudge) -> Job:
    behind = REGRADES_BEHIND if nudge.lane is Lane.REGRADE else 0
    return Job(
        id=None,
        queue=nudge.lane.value,
        # No locks: one that waits for a later time would hold up the rest of its lock.
        lock=None,
        queueing_lock=None,
        task_name=TASK,
        task_kwargs={"grading_id": nudge.grading_id},
        priority=nudge.priority - behind,
        scheduled_at=nudge.at,
    )
