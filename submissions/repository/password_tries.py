"""Passwords that were tried: for which account, from which address, when; right ones keep an address known."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from submissions.schema.account_tables import password_tries


class PasswordTries:
    """The tries of one transaction; an account is the hash of the address that was typed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, account_sha256: str, address: str, now: datetime) -> None:
        """Note a try, wrong until it is found to be right."""
        self._connection.execute(
            password_tries.insert().values(account_sha256=account_sha256, address=address, was_right=False, at=now)
        )

    def wrong_at(
        self, since: datetime, most: int, *, account_sha256: str | None = None, address: str | None = None
    ) -> list[datetime]:
        """When the newest wrong tries after `since` were made, newest first, `most` at most."""
        which: list[ColumnElement[Any]] = [password_tries.c.at > since, password_tries.c.was_right.is_(False)]
        if account_sha256 is not None:
            which.append(password_tries.c.account_sha256 == account_sha256)
        if address is not None:
            which.append(password_tries.c.address == address)
        query = select(password_tries.c.at).where(and_(*which)).order_by(password_tries.c.at.desc()).limit(most)
        return list(self._connection.scalars(query))

    def right(self, account_sha256: str, address: str, now: datetime) -> None:
        """Forget what was tried for this account from this address, and keep that it was right."""
        mine = (password_tries.c.account_sha256 == account_sha256) & (password_tries.c.address == address)
        self._connection.execute(password_tries.delete().where(mine))
        self._connection.execute(
            password_tries.insert().values(account_sha256=account_sha256, address=address, was_right=True, at=now)
        )

    def was_right(self, account_sha256: str, address: str, since: datetime) -> bool:
        """Whether somebody knew the password of this account at this address after `since`."""
        mine = (password_tries.c.account_sha256 == account_sha256) & (password_tries.c.address == address)
        known = select(password_tries.c.id).where(mine, password_tries.c.was_right, password_tries.c.at > since)
        return self._connection.scalar(known.limit(1)) is not None

    def forget(self, wrong_before: datetime, right_before: datetime) -> None:
        """Delete what no longer counts."""
        old_wrong = password_tries.c.was_right.is_(False) & (password_tries.c.at <= wrong_before)
        old_right = password_tries.c.was_right & (password_tries.c.at <= right_before)
        self._connection.execute(password_tries.delete().where(or_(old_wrong, old_right)))
