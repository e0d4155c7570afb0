"""INSERT ... ON CONFLICT: both databases have it, and SQLAlchemy has a word of its own for each."""

from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def upsert(connection: Connection, table: Table) -> Any:
    """An insert that can be told what to do with a row that is there already; for transactions that are not alone."""
    return {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[connection.dialect.name](table)
