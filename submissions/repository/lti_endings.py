"""What ends with a connection to a platform: of one course, or of all where the platform goes."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, delete, func, select

from submissions.lti import LtiContext
from submissions.schema.account_tables import identities
from submissions.schema.lti_tables import (
    lti_contexts,
    lti_links,
    lti_logins,
    lti_members,
    lti_people,
    lti_platforms,
    lti_scores,
    lti_tickets,
)
from submissions.schema.tables import login_sessions, users


@dataclass(frozen=True, slots=True)
class Ending:
    """How much ends: courses, activities, scores that are still owed, and accounts with no other way in."""

    courses: int
    links: int
    owed: int
    locked_out: int = 0


class LtiEndings:
    """The endings of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_context(self, context: LtiContext) -> Ending:
        """What ends with the connection of one course."""
        return Ending(1, *self._links(_in_context(lti_links, context)))

    def of_platform(self, platform_id: str) -> Ending:
        """What ends with a platform."""
        courses = self._count(lti_contexts, lti_contexts.c.platform_id == platform_id)
        theirs, others = (
            _people(platform_id),
            select(lti_people.c.user_id).where(lti_people.c.platform_id != platform_id),
        )
        locked_out = self._count(
            users,
            users.c.id.in_(theirs),
            users.c.password_hash.is_(None),
            users.c.id.not_in(others),
            users.c.id.not_in(select(identities.c.user_id)),
        )
        return Ending(courses, *self._links(lti_links.c.platform_id == platform_id), locked_out)

    def disconnect(self, context: LtiContext) -> None:
        """End the connection of a course: who comes from there is asked anew which course it is."""
        self._end_links(_in_context(lti_links, context))
        for table in (lti_members, lti_contexts):
            self._delete(table, _in_context(table, context))

    def remove_platform(self, platform_id: str) -> None:
        """Forget a platform: nobody comes in from it any more, and who did is signed out."""
        self._delete(login_sessions, login_sessions.c.user_id.in_(_people(platform_id)))
        self._delete(lti_tickets, lti_tickets.c.payload.contains(platform_id, autoescape=True))
        self._end_links(lti_links.c.platform_id == platform_id)
        for table in (lti_members, lti_contexts, lti_people, lti_logins):
            self._delete(table, table.c.platform_id == platform_id)
        self._delete(lti_platforms, lti_platforms.c.id == platform_id)

    def _links(self, which: ColumnElement[bool]) -> tuple[int, int]:
        links = select(lti_links.c.id).where(which)
        owed = self._count(
            lti_scores, lti_scores.c.link_id.in_(links), lti_scores.c.sent_revision < lti_scores.c.revision
        )
        return self._count(lti_links, which), owed

    def _end_links(self, which: ColumnElement[bool]) -> None:
        self._delete(lti_scores, lti_scores.c.link_id.in_(select(lti_links.c.id).where(which)))
        self._delete(lti_links, which)

    def _count(self, table: Table, *which: ColumnElement[bool]) -> int:
        return self._connection.scalar(select(func.count()).select_from(table).where(*which)) or 0

    def _delete(self, table: Table, which: ColumnElement[bool]) -> None:
        self._connection.execute(delete(table).where(which))


def _people(platform_id: str) -> Any:
    return select(lti_people.c.user_id).where(lti_people.c.platform_id == platform_id)


def _in_context(table: Table, context: LtiContext) -> ColumnElement[bool]:
    return (table.c.platform_id == context.platform_id) & (table.c.context_id == context.context_id)
