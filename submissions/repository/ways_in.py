"""How people can sign in to an account: with a password, through an identity provider, or from an LMS."""

from enum import StrEnum

from sqlalchemy import Connection, exists, select

from submissions.schema.account_tables import identities
from submissions.schema.lti_tables import lti_people
from submissions.schema.tables import enrollments, users


class WayIn(StrEnum):
    """A way to sign in."""

    PASSWORD = "password"  # noqa: S105  # the name of the way
    PROVIDER = "provider"
    LMS = "lms"


_PROVIDER = exists().where(identities.c.user_id == users.c.id)
_LMS = exists().where(lti_people.c.user_id == users.c.id)


class WaysIn:
    """The ways into the accounts of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, user_id: str) -> frozenset[WayIn]:
        """The ways into an account; none for one that staff made and that nobody has opened yet."""
        row = self._connection.execute(
            select(users.c.password_hash.is_not(None), _PROVIDER, _LMS).where(users.c.id == user_id)
        ).one_or_none()
        return frozenset(way for way, there in zip(WayIn, row or (), strict=False) if there)

    def without(self, course_id: str) -> frozenset[str]:
        """The ids of those in a course who have no way in."""
        found = self._connection.scalars(
            select(users.c.id)
            .join(enrollments, enrollments.c.user_id == users.c.id)
            .where(enrollments.c.course_id == course_id, users.c.password_hash.is_(None), ~_PROVIDER, ~_LMS)
        )
        return frozenset(found)
