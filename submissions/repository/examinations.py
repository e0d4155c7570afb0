"""The last audit of each assignment, and the last comparison of what was handed in for one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from submissions.schema.examination_tables import audits, comparisons
from submissions.schema.tables import users


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found, when; by: the name of who asked, None for the command line."""

    found: Mapping[str, Any]
    at: datetime
    by: str | None


class Examinations:
    """The results of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep_audit(self, slug: str, found: Mapping[str, Any], now: datetime) -> None:
        """Keep an audit in place of the one before."""
        self._connection.execute(audits.delete().where(audits.c.slug == slug))
        self._connection.execute(audits.insert().values(slug=slug, found=dict(found), at=now))

    def audit(self, slug: str) -> Examined | None:
        """The last audit of an assignment of the catalogue that was kept."""
        row = self._connection.execute(select(audits).where(audits.c.slug == slug)).one_or_none()
        return None if row is None else Examined(row.found, row.at, None)

    def keep_comparison(self, course_assignment_id: str, found: Mapping[str, Any], by_id: str, now: datetime) -> None:
        """Keep a comparison in place of the one before."""
        mine = comparisons.c.course_assignment_id == course_assignment_id
        self._connection.execute(comparisons.delete().where(mine))
        self._connection.execute(
            comparisons.insert().values(
                course_assignment_id=course_assignment_id, found=dict(found), by_id=by_id, at=now
            )
        )

    def comparison(self, course_assignment_id: str) -> Examined | None:
        """The last comparison of what was handed in for an assignment of a course."""
        row = self._connection.execute(
            select(comparisons, users.c.name)
            .join(users, users.c.id == comparisons.c.by_id)
            .where(comparisons.c.course_assignment_id == course_assignment_id)
        ).one_or_none()
        return None if row is None else Examined(row.found, row.at, row.name)
