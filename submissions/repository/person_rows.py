"""Everything that the database holds about a person, for the person."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, FromClause, RowMapping, func, select

from submissions.models import User
from submissions.schema.account_tables import invitations, mails
from submissions.schema.tables import blobs, events, gradings, metadata, submissions, users

SECRET = frozenset({"password_hash", "token_sha256", "csrf_token"})
"""Columns that open something or are made from what does; they say nothing about the person."""

ABOUT = ("user_id", "accepted_by")
"""Columns by which a row is about a person. What somebody decided about others is about the others."""


class PersonRows:
    """What one transaction sees of a person."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def export(self, user: User) -> dict[str, list[dict[str, Any]]]:
        """The rows of each table, as values that JSON has; files are in `sources`."""
        mine = select(submissions.c.id).where(submissions.c.user_id == user.id)
        theirs = select(gradings.c.id).where(gradings.c.submission_id.in_(mine))
        found = {"users": self._rows(users, users.c.id == user.id)}
        for table in metadata.sorted_tables:
            for column in table.columns:
                target = next((key.target_fullname for key in column.foreign_keys), "")
                if target == "users.id" and column.name in ABOUT:
                    found.setdefault(table.name, []).extend(self._rows(table, column == user.id))
                elif target == "submissions.id":
                    found.setdefault(table.name, []).extend(self._rows(table, column.in_(mine)))
                elif target == "gradings.id" and "submission_id" not in table.c and "user_id" not in table.c:
                    found.setdefault(table.name, []).extend(self._rows(table, column.in_(theirs)))
        found["mails"] = self._rows(mails, func.lower(mails.c.recipient) == user.email)
        found["invitations"] += self._rows(
            invitations, (func.lower(invitations.c.email) == user.email) & invitations.c.accepted_by.is_(None)
        )
        # What a line says beside that may name others.
        done = select(events.c.at, events.c.kind).where(events.c.user_id == user.id).order_by(events.c.id)
        found["events"] = [_plain(row) for row in self._connection.execute(done).mappings()]
        return {name: rows for name, rows in sorted(found.items()) if rows}

    def sources(self, user_id: str) -> list[tuple[str, str, bytes]]:
        """The submission, file name and bytes of everything handed in."""
        rows = self._connection.execute(
            select(submissions.c.id, submissions.c.filename, blobs.c.data)
            .join(blobs, blobs.c.sha256 == submissions.c.sha256)
            .where(submissions.c.user_id == user_id)
            .order_by(submissions.c.created_at, submissions.c.id)
        )
        return [(row.id, row.filename, bytes(row.data)) for row in rows]

    def _rows(self, table: FromClause, which: Any) -> list[dict[str, Any]]:
        return [_plain(row) for row in self._connection.execute(select(table).where(which)).mappings()]


def _plain(row: RowMapping) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in row.items()
        if name not in SECRET
    }
