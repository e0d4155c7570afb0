"""The audit trail: what happened to gradings and by whom, only ever added to."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, bindparam, func, select

from submissions.models import Event
from submissions.schema.tables import events

_ADD = events.insert()
_OF_GRADING = select(events).where(events.c.grading_id == bindparam("of")).order_by(events.c.id)


class Events:
    """The events of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        kind: str,
        now: datetime,
        *,
        grading_id: str | None = None,
        user_id: str | None = None,
        worker: str | None = None,
        course_id: str | None = None,
        submission_id: str | None = None,
        detail: Mapping[str, Any] | None = None,
    ) -> None:
        """Write a line."""
        self._connection.execute(
            _ADD,
            {
                "at": now,
                "kind": kind,
                "grading_id": grading_id,
                "user_id": user_id,
                "worker": worker,
                "course_id": course_id,
                "submission_id": submission_id,
                "detail": dict(detail or {}),
            },
        )

    def of_grading(self, grading_id: str) -> list[Event]:
        """What happened to a grading, oldest first."""
        return _events_of(self._connection.execute(_OF_GRADING, {"of": grading_id}))

    def of_submission(self, submission_id: str) -> list[Event]:
        """What staff did to a submission, oldest first."""
        return self._written(events.c.submission_id == submission_id)

    def of_course(self, course_id: str) -> list[Event]:
        """What staff did in a course, oldest first."""
        return self._written(events.c.course_id == course_id)

    def newest_of_course(self, course_id: str, before: int | None, most: int) -> list[Event]:
        """What staff did in a course, newest first and at most so much; before: the event that all came before."""
        asked = select(events).where(events.c.course_id == course_id).order_by(events.c.id.desc()).limit(most)
        if before is not None:
            asked = asked.where(events.c.id < before)
        return _events_of(self._connection.execute(asked))

    def count(self, kind: str) -> int:
        """How often something happened."""
        return self._connection.scalar(select(func.count()).where(events.c.kind == kind)) or 0

    def _written(self, about: ColumnElement[bool]) -> list[Event]:
        return _events_of(self._connection.execute(select(events).where(about).order_by(events.c.id)))


def _events_of(rows: Iterable[Row[Any]]) -> list[Event]:
    return [
        Event(
            row.id,
            row.at,
            row.kind,
            row.grading_id,
            row.user_id,
            row.worker,
            row.detail,
            row.course_id,
            row.submission_id,
        )
        for row in rows
    ]
