"""Password resets, known by the hash of their link."""

from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import Connection, func, select

from submissions.models import User
from submissions.repository.accounts import user_of
from submissions.schema.account_tables import password_resets
from submissions.schema.tables import users

VALID_FOR = timedelta(hours=1)


class Resets:
    """The password resets of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, user_id: str, token_sha256: str | None, now: datetime) -> str:
        """A new reset, and its id; `token_sha256` None while its link has not been made. Old ones are forgotten."""
        reset_id = uuid4().hex
        self._connection.execute(password_resets.delete().where(password_resets.c.expires_at <= now))
        self._connection.execute(
            password_resets.insert().values(
                id=reset_id, token_sha256=token_sha256, user_id=user_id, created_at=now, expires_at=now + VALID_FOR
            )
        )
        return reset_id

    def give_link(self, reset_id: str, token_sha256: str) -> None:
        """Give a reset its link; one it had before ends."""
        mine = password_resets.c.id == reset_id
        self._connection.execute(password_resets.update().where(mine).values(token_sha256=token_sha256))

    def user_of(self, reset_id: str, now: datetime) -> User | None:
        """Whose reset this is, while it can be used."""
        return self._user(password_resets.c.id == reset_id, now)

    def by_token(self, token_sha256: str, now: datetime) -> User | None:
        """Whose password this link resets, while it can be used."""
        return self._user(password_resets.c.token_sha256 == token_sha256, now)

    def open_of(self, user_id: str, now: datetime) -> int:
        """How many resets of a person can still be used."""
        still = (password_resets.c.user_id == user_id) & (password_resets.c.expires_at > now)
        return self._connection.scalar(select(func.count()).select_from(password_resets).where(still)) or 0

    def end_all(self, user_id: str) -> None:
        """End every reset of a person: one was used, or the password was changed."""
        self._connection.execute(password_resets.delete().where(password_resets.c.user_id == user_id))

    def _user(self, which: object, now: datetime) -> User | None:
        row = self._connection.execute(
            select(users)
            .join(password_resets, password_resets.c.user_id == users.c.id)
            .where(which, password_resets.c.expires_at > now)  # type: ignore[arg-type]  # a condition on the table
        ).one_or_none()
        return None if row is None else user_of(row)
