"""Webhooks and the messages they are owed, oldest first, each until it has arrived or is given up."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, bindparam, case, select

from submissions.schema.tables import course_assignments, deliveries
from submissions.schema.webhook_tables import webhooks
from submissions.webhooks import MAX_ATTEMPTS, Delivery, Webhook

KIND = "webhook"
MOST_SHOWN = 200

_OLDEST_FIRST = select(webhooks).order_by(webhooks.c.created_at, webhooks.c.id)
_OF_COURSE = _OLDEST_FIRST.where(webhooks.c.course_id == bindparam("course"))
_OF_ASSIGNMENT = _OLDEST_FIRST.join(course_assignments, course_assignments.c.course_id == webhooks.c.course_id).where(
    course_assignments.c.id == bindparam("asked")
)


class Webhooks:
    """The webhooks of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, course_id: str, url: str, secret: str, now: datetime) -> Webhook:
        """A new address for a course."""
        webhook = Webhook(uuid4().hex, course_id, url, secret, now)
        self._connection.execute(
            webhooks.insert().values(id=webhook.id, course_id=course_id, url=url, secret=secret, created_at=now)
        )
        return webhook

    def of_course(self, course_id: str) -> list[Webhook]:
        """The addresses of a course, the oldest first."""
        return [_webhook_of(row) for row in self._connection.execute(_OF_COURSE, {"course": course_id})]

    def of_assignment(self, course_assignment_id: str) -> list[Webhook]:
        """The addresses of an assignment's course, the oldest first."""
        return [_webhook_of(row) for row in self._connection.execute(_OF_ASSIGNMENT, {"asked": course_assignment_id})]

    def by_id(self, webhook_id: str) -> Webhook | None:
        """The webhook with this id."""
        row = self._connection.execute(select(webhooks).where(webhooks.c.id == webhook_id)).one_or_none()
        return None if row is None else _webhook_of(row)

    def remove(self, webhook_id: str) -> None:
        """Tell this address nothing more; what it is still owed is forgotten."""
        mine = (deliveries.c.kind == KIND) & (deliveries.c.target == webhook_id)
        self._connection.execute(deliveries.delete().where(mine))
        self._connection.execute(webhooks.delete().where(webhooks.c.id == webhook_id))

    def claim(self, now: datetime, lease: timedelta) -> Delivery | None:
        """The message that has waited longest, claimed for the time of the lease; None where none is due."""
        row = self._connection.execute(
            select(deliveries)
            .where(
                deliveries.c.kind == KIND,
                deliveries.c.delivered_at.is_(None),
                deliveries.c.attempts < MAX_ATTEMPTS,
                deliveries.c.next_at <= now,
            )
            .order_by(deliveries.c.next_at, deliveries.c.created_at, deliveries.c.id)
            .limit(1)
        ).one_or_none()
        if row is None:
            return None
        self._change(row.id, attempts=row.attempts + 1, next_at=now + lease)
        claimed = self._connection.execute(select(deliveries).where(deliveries.c.id == row.id)).one()
        return _delivery_of(claimed)

    def delivered(self, delivery_id: str, now: datetime) -> None:
        """It has arrived."""
        self._change(delivery_id, delivered_at=now, error=None)

    def not_delivered(self, delivery_id: str, error: str, next_at: datetime) -> None:
        """It has not; the next attempt is at `next_at`, if there is one."""
        self._change(delivery_id, error=error, next_at=next_at)

    def postpone(self, webhook_id: str, until: datetime) -> None:
        """Send this address nothing before then: nobody is there, and others are not to wait for it."""
        self._connection.execute(
            deliveries.update()
            .where(
                deliveries.c.kind == KIND,
                deliveries.c.target == webhook_id,
                deliveries.c.delivered_at.is_(None),
                deliveries.c.next_at < until,
            )
            .values(next_at=until)
        )

    def again(self, webhook_id: str, delivery_id: str, now: datetime) -> None:
        """Send a message again from the beginning, whether it has arrived or was given up."""
        mine = (deliveries.c.id == delivery_id) & (deliveries.c.target == webhook_id)
        self._connection.execute(
            deliveries.update().where(mine).values(attempts=0, next_at=now, delivered_at=None, error=None)
        )

    def recent(self, webhook_id: str) -> list[Delivery]:
        """At most MOST_SHOWN messages of an address: those given up first, then the others, the newest first."""
        is_given_up = case((deliveries.c.delivered_at.is_(None) & (deliveries.c.attempts >= MAX_ATTEMPTS), 0), else_=1)
        rows = self._connection.execute(
            select(deliveries)
            .where(deliveries.c.kind == KIND, deliveries.c.target == webhook_id)
            .order_by(is_given_up, deliveries.c.created_at.desc(), deliveries.c.id)
            .limit(MOST_SHOWN)
        )
        return [_delivery_of(row) for row in rows]

    def _change(self, delivery_id: str, **values: object) -> None:
        self._connection.execute(deliveries.update().where(deliveries.c.id == delivery_id).values(**values))


def _webhook_of(row: Row[Any]) -> Webhook:
    return Webhook(row.id, row.course_id, row.url, row.secret, row.created_at)


def _delivery_of(row: Row[Any]) -> Delivery:
    return Delivery(
        row.id, row.target, row.payload, row.created_at, row.attempts, row.next_at, row.delivered_at, row.error or ""
    )
