"""Rows of the service's database, read beside it: every look opens the database, and lets go of it again."""

import time
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, make_url
from sqlalchemy.exc import OperationalError

from submissions.engines import reading_engine
from tests.service.deadline import deadline

AWAY_SECONDS = 60.0


def rows(url: str, query: "Select[Any]") -> Sequence[Row[Any]]:
    """What a query gives, also while a server comes back from a disaster. url: of the database."""
    patience = deadline("the database", AWAY_SECONDS)
    while True:
        engine = reading_engine(make_url(url))
        try:
            with engine.connect() as connection:
                return connection.execute(query).all()
        except OperationalError:
            patience.hold()
            time.sleep(0.1)
        finally:
            engine.dispose()
