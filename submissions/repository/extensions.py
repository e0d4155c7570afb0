"""What single students are given beyond what everybody has."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from submissions.marking import Extension
from submissions.models import CourseAssignment
from submissions.policy import extended
from submissions.schema.marking_tables import extensions
from submissions.schema.tables import course_assignments, users

_OF = (
    select(extensions, users.c.name)
    .join(users, users.c.id == extensions.c.by_id)
    .where(extensions.c.course_assignment_id == bindparam("asked"))
)
_IN_COURSE = (
    select(extensions, users.c.name)
    .join(users, users.c.id == extensions.c.by_id)
    .join(course_assignments, course_assignments.c.id == extensions.c.course_assignment_id)
    .where(course_assignments.c.course_id == bindparam("course"))
)
_OF_PERSON = _OF.where(extensions.c.user_id == bindparam("person"))


def extensions_of(connection: Connection, course_assignment_id: str) -> dict[str, Extension]:
    """User id -> the extension of an assignment."""
    return {row.user_id: _extension_of(row) for row in connection.execute(_OF, {"asked": course_assignment_id})}


def extensions_in(connection: Connection, course_id: str) -> dict[tuple[str, str], Extension]:
    """Assignment id and user id -> the extension, over all assignments of a course."""
    found = connection.execute(_IN_COURSE, {"course": course_id})
    return {(row.course_assignment_id, row.user_id): _extension_of(row) for row in found}


def _extension_of(row: Row[Any]) -> Extension:
    return Extension(row.course_assignment_id, row.user_id, row.due_at, row.more_attempts, row.reason, row.name, row.at)


class Extensions:
    """The extensions of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, course_assignment_id: str) -> dict[str, Extension]:
        """User id -> the extension of an assignment."""
        return extensions_of(self._connection, course_assignment_id)

    def get(self, course_assignment_id: str, user_id: str) -> Extension | None:
        """The extension of one student."""
        mine = {"asked": course_assignment_id, "person": user_id}
        row = self._connection.execute(_OF_PERSON, mine).one_or_none()
        return None if row is None else _extension_of(row)

    def asked_of(self, asked: CourseAssignment, user_id: str) -> CourseAssignment:
        """The assignment as it is asked of this student."""
        return extended(asked, self.get(asked.id, user_id))

    def give(
        self,
        course_assignment_id: str,
        user_id: str,
        due_at: datetime | None,
        more_attempts: int,
        reason: str,
        by_id: str,
        now: datetime,
    ) -> None:
        """Give a student an extension in place of any earlier one."""
        self.take_back(course_assignment_id, user_id)
        self._connection.execute(
            extensions.insert().values(
                course_assignment_id=course_assignment_id,
                user_id=user_id,
                due_at=due_at,
                more_attempts=more_attempts,
                reason=reason,
                by_id=by_id,
                at=now,
            )
        )

    def take_back(self, course_assignment_id: str, user_id: str) -> bool:
        """Take an extension back; whether there was one."""
        mine = (extensions.c.course_assignment_id == course_assignment_id) & (extensions.c.user_id == user_id)
        return self._connection.execute(extensions.delete().where(mine)).rowcount == 1
