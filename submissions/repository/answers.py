"""What was answered to requests that must count once, by the key that the caller chose."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from submissions.schema.account_tables import api_answers

KEPT = timedelta(days=7)
"""A client that has not heard by then has given up; its key is free again."""


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An earlier answer. asked: SHA-256 of what was asked for, in hex. body: as it was sent."""

    asked: str
    status: int
    location: str
    body: str


class Answers:
    """The kept answers of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, user_id: str, key: str, now: datetime) -> KeptAnswer | None:
        """The answer under this key; those too old are forgotten at this occasion."""
        self._connection.execute(api_answers.delete().where(api_answers.c.created_at <= now - KEPT))
        row = self._connection.execute(
            select(api_answers).where(api_answers.c.user_id == user_id, api_answers.c.key == key)
        ).one_or_none()
        return None if row is None else KeptAnswer(row.asked_sha256, row.status, row.location, row.body)

    def keep(self, user_id: str, key: str, answer: KeptAnswer, now: datetime) -> None:
        """Remember an answer, in the transaction that did what it says."""
        self._connection.execute(
            api_answers.insert().values(
                user_id=user_id,
                key=key,
                asked_sha256=answer.asked,
                status=answer.status,
                location=answer.location,
                body=answer.body,
                created_at=now,
            )
        )
