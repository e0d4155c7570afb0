"""Invitations into courses, known by the hash of their link."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, Select, select

from submissions.models import Invitation, Role
from submissions.schema.account_tables import invitations
from submissions.schema.tables import courses


class Invitations:
    """The invitations of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        course_id: str,
        role: Role,
        email: str | None,
        by: str | None,
        token_sha256: str | None,
        now: datetime,
        expires_at: datetime,
    ) -> Invitation:
        """A new invitation; `token_sha256` None while its link has not been made."""
        invitation_id = uuid4().hex
        self._connection.execute(
            invitations.insert().values(
                id=invitation_id,
                token_sha256=token_sha256,
                course_id=course_id,
                role=role.value,
                email=email,
                created_by=by,
                created_at=now,
                expires_at=expires_at,
            )
        )
        added = self.by_id(invitation_id)
        assert added is not None  # noqa: S101  # it was just written
        return added

    def by_id(self, invitation_id: str) -> Invitation | None:
        """The invitation with this id."""
        row = self._connection.execute(_SELECT.where(invitations.c.id == invitation_id)).one_or_none()
        return None if row is None else _invitation_of(row)

    def by_token(self, token_sha256: str) -> Invitation | None:
        """The invitation with this link, used and expired ones included."""
        row = self._connection.execute(_SELECT.where(invitations.c.token_sha256 == token_sha256)).one_or_none()
        return None if row is None else _invitation_of(row)

    def open_of(self, course_id: str, now: datetime) -> list[Invitation]:
        """The invitations of a course that can still be accepted, newest first."""
        still = (
            (invitations.c.course_id == course_id)
            & invitations.c.accepted_at.is_(None)
            & (invitations.c.expires_at > now)
        )
        rows = self._connection.execute(
            _SELECT.where(still).order_by(invitations.c.created_at.desc(), invitations.c.id)
        )
        return [_invitation_of(row) for row in rows]

    def give_link(self, invitation_id: str, token_sha256: str) -> None:
        """Give an invitation its link; one it had before ends."""
        mine = invitations.c.id == invitation_id
        self._connection.execute(invitations.update().where(mine).values(token_sha256=token_sha256))

    def accepted(self, invitation_id: str, user_id: str, now: datetime) -> bool:
        """Mark it as accepted; False if it was already."""
        unused = (invitations.c.id == invitation_id) & invitations.c.accepted_at.is_(None)
        values = {"accepted_at": now, "accepted_by": user_id}
        return self._connection.execute(invitations.update().where(unused).values(values)).rowcount == 1

    def follow(self, course_id: str, email: str, role: Role | None) -> None:
        """Let the unused invitations of an address into a course give `role`; with None take them back."""
        theirs = (
            (invitations.c.course_id == course_id)
            & (invitations.c.email == email)
            & invitations.c.accepted_at.is_(None)
        )
        if role is None:
            self._connection.execute(invitations.delete().where(theirs))
        else:
            self._connection.execute(invitations.update().where(theirs).values(role=role.value))

    def revoke(self, invitation_id: str) -> None:
        """Take back an invitation that was not accepted."""
        unused = (invitations.c.id == invitation_id) & invitations.c.accepted_at.is_(None)
        self._connection.execute(invitations.delete().where(unused))


_SELECT: Select[Any] = select(invitations, courses.c.slug, courses.c.title).join(
    courses, courses.c.id == invitations.c.course_id
)


def _invitation_of(row: Row[Any]) -> Invitation:
    return Invitation(
        id=row.id,
        course_id=row.course_id,
        course_slug=row.slug,
        course_title=row.title,
        role=Role(row.role),
        email=row.email,
        created_by=row.created_by,
        created_at=row.created_at,
        expires_at=row.expires_at,
        accepted_at=row.accepted_at,
        accepted_by=row.accepted_by,
    )
