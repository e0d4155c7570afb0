"""How much waits: gradings in their lanes, messages in their outboxes. For monitors."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, func, select

from submissions.models import Lane, State
from submissions.repository.webhooks import KIND
from submissions.schema.account_tables import mails
from submissions.schema.lti_tables import lti_scores
from submissions.schema.tables import deliveries, gradings
from submissions.webhooks import MAX_ATTEMPTS

OUTBOXES = ("mail", "lti_scores", "webhooks")


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits in a lane: how many, and since when the oldest."""

    count: int
    oldest: datetime


@dataclass(frozen=True, slots=True)
class Owed:
    """An outbox: messages still owed, when the next of them is due, messages given up."""

    owed: int
    due: datetime | None
    given_up: int


class Backlog:
    """The figures of one transaction; each comes from an index over what is unfinished, but mail that was given up."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def lanes(self) -> dict[Lane, Waiting]:
        """The lanes in which something waits."""
        rows = self._connection.execute(
            select(gradings.c.lane, func.count(), func.min(gradings.c.created_at))
            .where(gradings.c.state == State.QUEUED.value)
            .group_by(gradings.c.lane)
        )
        return {Lane(row[0]): Waiting(row[1], row[2]) for row in rows}

    def running(self) -> int:
        """How many gradings some worker holds."""
        return self._count(gradings, gradings.c.state == State.RUNNING.value)

    def outboxes(self) -> Mapping[str, Owed]:
        """Each of OUTBOXES. A score is owed to its platform for ever: it is never given up."""
        mail_open = mails.c.sent_at.is_(None) & mails.c.given_up_at.is_(None)
        score_open = lti_scores.c.sent_revision < lti_scores.c.revision
        hook_open = deliveries.c.delivered_at.is_(None) & (deliveries.c.kind == KIND)
        trying = hook_open & (deliveries.c.attempts < MAX_ATTEMPTS)
        return {
            "mail": self._owed(mails, mail_open, mails.c.given_up_at.is_not(None)),
            "lti_scores": self._owed(lti_scores, score_open, None),
            "webhooks": self._owed(deliveries, trying, hook_open & (deliveries.c.attempts >= MAX_ATTEMPTS)),
        }

    def _owed(self, table: Any, still: ColumnElement[bool], dead: ColumnElement[bool] | None) -> Owed:
        row = self._connection.execute(select(func.count(), func.min(table.c.next_at)).where(still)).one()
        return Owed(row[0], row[1], self._count(table, dead) if dead is not None else 0)

    def _count(self, table: FromClause, which: ColumnElement[bool]) -> int:
        return self._connection.scalar(select(func.count()).select_from(table).where(which)) or 0
