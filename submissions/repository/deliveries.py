"""What is owed to other systems about a grading, kept until it has been delivered."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, func, select

from submissions.schema.tables import deliveries


class Deliveries:
    """The deliveries of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self, grading_id: str, kind: str, target: str, payload: Mapping[str, Any], now: datetime, occasion: str = ""
    ) -> bool:
        """Owe a message; False if the same grading owes it to the same target on the same occasion already."""
        same = (deliveries.c.grading_id == grading_id) & (deliveries.c.kind == kind) & (deliveries.c.target == target)
        same &= deliveries.c.occasion == occasion
        if self._connection.scalar(select(deliveries.c.id).where(same)) is not None:
            return False
        self._connection.execute(
            deliveries.insert().values(
                id=uuid4().hex,
                grading_id=grading_id,
                kind=kind,
                target=target,
                payload=dict(payload),
                created_at=now,
                next_at=now,
                attempts=0,
                occasion=occasion,
            )
        )
        return True

    def owed(self) -> int:
        """How many messages have not been delivered."""
        return self._connection.scalar(select(func.count()).where(deliveries.c.delivered_at.is_(None))) or 0
