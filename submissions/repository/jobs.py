"""The queue's columns of the gradings table: who waits, who holds what until when. Guarded by lease tokens."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, Update, UpdateBase, and_, func, select, text

from submissions.models import Lane, Place, State
from submissions.nudges import TASK, Nudge, Nudges, clear_away
from submissions.repository import job_statements as sql
from submissions.schema.tables import gradings

LONGEST_REST = timedelta(minutes=1)
"""A moment farther ahead, to which a grading was put off, was written before the clock was set back."""

FARTHEST_LEASE = 20
"""So many leases of a host ahead no host of the service would hold a grading."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A grading that a worker holds under `lease_token`, with what it needs to do it.

    fair_tag: its place in its lane's virtual time.
    """

    grading_id: str
    submission_id: str
    assignment_slug: str
    filename: str
    source: bytes
    attempt: int
    lease_token: str
    lane: Lane
    fair_tag: int


@dataclass(frozen=True, slots=True)
class Held:
    """A grading that some worker holds."""

    grading_id: str
    lease_token: str
    worker: str
    attempts: int


class Jobs:
    """The queue of one transaction. `wakes` tells that work was added, so that sleeping workers can be woken.

    ended: submissions of which a grading has ended without a result.
    """

    def __init__(self, connection: Connection, nudges: Nudges | None = None) -> None:
        self._connection = connection
        self._nudges = nudges
        self._owed: list[Nudge] = []
        self.wakes = False
        self.ended: list[str] = []

    def deliver(self) -> None:
        """Tell workers elsewhere of all that was made to wait, when the transaction commits: the last thing in it."""
        if self._nudges is not None and self._owed:
            self._nudges.write(self._connection, self._owed)
            self._owed = []

    def enqueue(self, grading_id: str, place: Place) -> None:
        """Tell whoever grades that a new grading waits at its place."""
        self._nudge(Nudge(grading_id, place.lane, place.priority))

    def now(self) -> datetime:
        """The present moment by the database's clock, which all hosts share."""
        moment = self._connection.scalar(select(func.clock_timestamp()))
        assert isinstance(moment, datetime)  # noqa: S101  # PostgreSQL's function; an embedded database has no clock
        return moment

    def forgotten(self) -> list[str]:
        """Gradings that wait and that no nudge speaks of. On a shared database only.

        At whatever time they may be taken: it may be by the clock of a host that was wrong by hours.
        """
        query = text(
            "SELECT id FROM gradings WHERE state = 'queued' AND id NOT IN"
            " (SELECT args->>'grading_id' FROM procrastinate_jobs"
            " WHERE task_name = :task AND status IN ('todo', 'doing'))"
        )
        return list(self._connection.scalars(query, {"task": TASK}))

    def clear_away(self, seconds: float) -> int:
        """Remove nudges that were begun more than `seconds` ago and led to nothing. On a shared database only."""
        return clear_away(self._connection, seconds)

    def nudge_again(self, grading_id: str) -> None:
        """Write a nudge for a grading that waits and has none."""
        row = self._connection.execute(
            select(gradings.c.lane, gradings.c.priority).where(gradings.c.id == grading_id)
        ).one()
        self._nudge(Nudge(grading_id, Lane(row.lane), row.priority))

    def waiting(self, lanes: Sequence[Lane], now: datetime) -> bool:
        """Whether claim() would find something; needs no write lock."""
        return self._connection.scalar(sql.WAITING, _available(lanes, now)) is not None

    def claim(self, worker: str, lanes: Sequence[Lane], now: datetime, lease_until: datetime) -> Claimed | None:
        """Take the next grading: one statement, so two claimers never get the same one."""
        return self._claimed(sql.CLAIM_NEXT, worker, now, lease_until, _available(lanes, now))

    def claim_this(self, grading_id: str, worker: str, now: datetime, lease_until: datetime) -> Claimed | None:
        """Take this grading, if it waits, also before the time it was put off to."""
        return self._claimed(sql.CLAIM_THIS, worker, now, lease_until, {"of": grading_id})

    def _claimed(
        self, claim: UpdateBase, worker: str, now: datetime, lease_until: datetime, which: Mapping[str, Any]
    ) -> Claimed | None:
        token = uuid4().hex
        claimed = self._connection.execute(
            claim, {**which, "token": token, "until": lease_until, "by": worker, "now": now}
        ).one_or_none()
        if claimed is None:
            return None
        row = self._connection.execute(sql.WORK, {"of": claimed.id}).one()
        return Claimed(
            grading_id=claimed.id,
            submission_id=row.id,
            assignment_slug=row.slug,
            filename=row.filename,
            source=bytes(row.data),
            attempt=claimed.attempts,
            lease_token=token,
            lane=Lane(claimed.lane),
            fair_tag=claimed.fair_tag,
        )

    def renew(self, grading_id: str, lease_token: str, lease_until: datetime) -> bool:
        """Hold a grading for longer; False if it is no longer held under this token."""
        return (
            self._connection.execute(
                sql.RENEW, {"of": grading_id, "token": lease_token, "lease_until": lease_until}
            ).rowcount
            == 1
        )

    def held(self, grading_id: str, lease_token: str | None) -> Held | None:
        """The grading if it is worked on, with a token: under that token."""
        mine = and_(gradings.c.id == grading_id, gradings.c.state == State.RUNNING.value)
        if lease_token is not None:
            mine = _held(grading_id, lease_token)
        row = self._connection.execute(
            select(gradings.c.lease_token, gradings.c.worker, gradings.c.attempts).where(mine)
        ).one_or_none()
        return None if row is None else Held(grading_id, row.lease_token, row.worker, row.attempts)

    def expired(self, now: datetime, lease: timedelta) -> list[Held]:
        """Gradings whose worker has not been heard of in time, or not since the clock was set back."""
        rows = self._connection.execute(sql.EXPIRED, {"now": now, "farthest": now + FARTHEST_LEASE * lease})
        return [Held(row.id, row.lease_token, row.worker, row.attempts) for row in rows]

    def release(self, held: Held, now: datetime, rest: timedelta, error: str | None, attempts: int) -> None:
        """Put a held grading back into its lane, to be taken after a `rest` of at most LONGEST_REST."""
        waits = self._connection.execute(
            gradings.update()
            .where(_held(held.grading_id, held.lease_token))
            .values(
                state=State.QUEUED.value,
                lease_token=None,
                lease_until=None,
                available_at=now + rest if rest else gradings.c.created_at,
                attempts=attempts,
                error=error,
            )
            .returning(gradings.c.lane, gradings.c.priority)
        ).one_or_none()
        if waits is not None:
            self._nudge(Nudge(held.grading_id, Lane(waits.lane), waits.priority, now + rest if rest else None))

    def fail(self, held: Held, error: str, now: datetime) -> None:
        """End a held grading as our fault."""
        failed = (
            gradings.update()
            .where(_held(held.grading_id, held.lease_token))
            .values(state=State.FAILED.value, lease_token=None, lease_until=None, error=error, finished_at=now)
        )
        self._end(failed)

    def cancel(self, grading_id: str, now: datetime, why: str | None = None) -> bool:
        """End a grading that has not ended, unscored; whether it was still open. `why` becomes its error."""
        open_still = gradings.c.state.in_((State.QUEUED.value, State.RUNNING.value))
        cancelled = (
            gradings.update()
            .where(gradings.c.id == grading_id, open_still)
            .values(state=State.CANCELLED.value, lease_token=None, lease_until=None, finished_at=now, error=why)
        )
        return self._end(cancelled)

    def _end(self, ending: Update) -> bool:
        """Whether there was a grading to end."""
        ended = list(self._connection.scalars(ending.returning(gradings.c.submission_id)))
        self.ended += ended
        return bool(ended)

    def _nudge(self, nudge: Nudge) -> None:
        self._owed.append(nudge)
        self.wakes = True

    def depth(self) -> dict[str, int]:
        """How many gradings wait in each lane, and how many are worked on under the key `running`."""
        depth = {lane.value: 0 for lane in Lane} | {State.RUNNING.value: 0}
        rows = self._connection.execute(
            select(gradings.c.state, gradings.c.lane, func.count().label("count"))
            .where(gradings.c.state.in_((State.QUEUED.value, State.RUNNING.value)))
            .group_by(gradings.c.state, gradings.c.lane)
        )
        for row in rows:
            key = row.lane if row.state == State.QUEUED.value else State.RUNNING.value
            depth[key] += row[2]
        return depth


def _available(lanes: Sequence[Lane], now: datetime) -> Mapping[str, Any]:
    return {"lanes": [lane.value for lane in lanes], "now": now, "farthest": now + LONGEST_REST}


def _held(grading_id: str, lease_token: str) -> ColumnElement[bool]:
    return and_(
        gradings.c.id == grading_id,
        gradings.c.state == State.RUNNING.value,
        gradings.c.lease_token == lease_token,
    )
