"""What a database that cannot be used says, and that no other error is taken for it."""

from pathlib import Path

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from submissions.engines import outage, reading_engine


def test_a_database_that_is_not_there_says_so_in_one_line(tmp_path: Path) -> None:
    engine = reading_engine(make_url(f"sqlite:///{tmp_path / 'nowhere' / 'chainrule.sqlite'}"))
    with pytest.raises(OperationalError) as raised, engine.connect() as connection:
        connection.execute(text("SELECT 1"))

    said = outage(raised.value)

    assert said is not None
    assert "unable to open database file" in said
    assert "\n" not in said


@pytest.mark.parametrize("error", [OSError("disk"), ValueError("value"), SQLAlchemyError("a statement of ours")])
def test_no_other_error_is_an_outage(error: Exception) -> None:
    assert outage(error) is None
