"""Column types that are the same on every database: aware times, JSON without NaN, text of any length."""

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import String, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.types import TypeDecorator


@compiles(String, "postgresql")
def _text(_type: String, _compiler: Any, **_: Any) -> str:
    """SQLite takes a length for a hint. On PostgreSQL a name one character too long would be a fault of ours."""
    return "TEXT"


class UtcTime(TypeDecorator[datetime]):
    """An aware datetime, stored as fixed-width ISO text in UTC so that text order is time order."""

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """The text to store. Raises ValueError for a naive time."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """The aware time that was stored."""
        return None if value is None else datetime.fromisoformat(value)


class JsonText(TypeDecorator[Any]):
    """A JSON value as text; NaN and infinities are refused instead of written as something that is not JSON."""

    impl = Text()
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """The text to store; None is NULL. Raises ValueError for NaN."""
        return None if value is None else json.dumps(value, allow_nan=False, separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """The value that was stored."""
        return None if value is None else json.loads(value)
