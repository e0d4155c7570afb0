"""What things that are only known by id are called, many at a time, for a list that people read."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, or_, select

from submissions.schema.account_tables import invitations
from submissions.schema.lti_tables import lti_platforms
from submissions.schema.tables import course_assignments, submissions, users


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """Somebody with an account, and which: people may have one name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class NamedAttempt:
    """A submission as people call it: the attempt of a student at an assignment."""

    number: int
    student: str
    assignment: str


class Names:
    """The names that are known in one transaction. What is gone has none."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def people(self, words: Collection[str]) -> dict[str, NamedPerson]:
        """Id or address, whichever of them is among `words` -> who that is."""
        known = select(users.c.id, users.c.email, users.c.name).where(
            or_(users.c.id.in_(words), users.c.email.in_(words))
        )
        rows = self._connection.execute(known).all()
        return {word: NamedPerson(row.id, row.name) for row in rows for word in (row.id, row.email)}

    def attempts(self, submission_ids: Collection[str]) -> dict[str, NamedAttempt]:
        """Submission id -> whose it is, and of what."""
        known = (
            select(submissions.c.id, submissions.c.number, users.c.name, course_assignments.c.title)
            .join(users, users.c.id == submissions.c.user_id)
            .join(course_assignments, course_assignments.c.id == submissions.c.course_assignment_id)
            .where(submissions.c.id.in_(submission_ids))
        )
        return {row.id: NamedAttempt(row.number, row.name, row.title) for row in self._connection.execute(known)}

    def invited(self, invitation_ids: Collection[str]) -> dict[str, str | None]:
        """Invitation id -> the only address that may use it; None where whoever has the link may."""
        known = select(invitations.c.id, invitations.c.email).where(invitations.c.id.in_(invitation_ids))
        return {row.id: row.email for row in self._connection.execute(known)}

    def platforms(self, platform_ids: Collection[str]) -> dict[str, str]:
        """Id of a learning management system -> its name."""
        known = select(lti_platforms.c.id, lti_platforms.c.name).where(lti_platforms.c.id.in_(platform_ids))
        return {row.id: row.name for row in self._connection.execute(known)}
