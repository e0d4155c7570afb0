"""Rows of the service's database, read beside it: every look opens the database, and lets go of it again."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, create_engine


def rows(url: str, query: "Select[Any]") -> Sequence[Row[Any]]:
    """What a query gives. url: of the database."""
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            return connection.execute(query).all()
    finally:
        engine.dispose()
