"""Addresses that are told of every grade of a course, and what they are owed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

MAX_ATTEMPTS = 19
"""With pauses that double from ten seconds up to six hours: about two days. Then a person has to look."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address of a course's own program. secret: what its messages are signed with, as whsec_ and base64."""

    id: str
    course_id: str
    url: str
    secret: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message to an address. attempts: how often it was sent. error: what came back last, if it did not arrive."""

    id: str
    webhook_id: str
    payload: Mapping[str, Any]
    created_at: datetime
    attempts: int
    next_at: datetime
    delivered_at: datetime | None
    error: str

    @property
    def is_given_up(self) -> bool:
        """Whether it waits for a person."""
        return self.delivered_at is None and self.attempts >= MAX_ATTEMPTS
