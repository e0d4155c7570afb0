"""The step 0003 with data in it: what counted before counts after, upwards and downwards."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, make_url, text
from sqlalchemy.exc import DBAPIError

from submissions import migrating
from submissions.engines import migrating_engine
from tests.databases import SQLITE

NOW = "2026-11-20T12:00:00.000000Z"
ROWS = (
    "INSERT INTO users VALUES ('u', 'u@e.org', 'U', NULL, false, :now)",
    "INSERT INTO courses VALUES ('c', 'c', 'C', 'UTC')",
    "INSERT INTO course_assignments VALUES ('a', 'c', 'nn', 'NN', 10.0, NULL, :now, 3)",
    "INSERT INTO blobs VALUES ('x', 'x')",
)
SUBMISSION = "INSERT INTO submissions VALUES (:id, 'a', 'u', :number, 'a.py', 1, 'x', NULL, :now)"
GRADING = (
    "INSERT INTO gradings (id, submission_id, number, reason, state, created_at, lane, priority, fair_tag,"
    " available_at, attempts, score_given, score_maximum, report)"
    " VALUES (:id, :submission, :number, 'submitted', :state, :now, 'live', 0, 0, :now, 0, 1, 1, '{}')"
)
GRADINGS = (("g1", "s1", 1, "done"), ("g2", "s1", 2, "queued"), ("g3", "s2", 1, "failed"), ("g4", "s2", 2, "queued"))


@pytest.fixture
def old(bare_url: str) -> Iterator[Connection]:
    """A database of the step before, with two submissions in it."""
    engine = migrating_engine(make_url(bare_url))
    with engine.connect() as connection:
        migrating.upgrade(connection, "0001")
        with connection.begin():
            for row in ROWS:
                connection.execute(text(row), {"now": NOW} if ":now" in row else {})
            for number in (1, 2):
                connection.execute(text(SUBMISSION), {"id": f"s{number}", "number": number, "now": NOW})
            for grading in GRADINGS:
                _add(connection, *grading)
        yield connection
    engine.dispose()


def _add(connection: Connection, grading: str, submission: str, number: int, state: str) -> None:
    values = {"id": grading, "submission": submission, "number": number, "state": state, "now": NOW}
    connection.execute(text(GRADING), values)


def _rows(connection: Connection, query: str) -> list[Any]:
    with connection.begin():
        return [tuple(row) for row in connection.execute(text(query))]


def test_up_points_at_what_counted_and_leaves_policies_as_they_were(old: Connection) -> None:
    migrating.upgrade(old, "0003")
    assert _rows(old, "SELECT id, current_grading_id FROM submissions ORDER BY id") == [("s1", "g1"), ("s2", "g4")]
    policy = "SELECT refill_per_day, late, late_percent, grace_days, closes_at, visible FROM course_assignments"
    assert _rows(old, policy) == [(None, "closed", 0.0, 0, None, True)]


def test_down_forgets_what_a_regrade_only_tried_and_keeps_what_counts(old: Connection) -> None:
    migrating.upgrade(old, "0003")
    with old.begin():
        old.execute(text(f"INSERT INTO regrades VALUES ('r', 'a', 'preview', 'v', 'u', '{NOW}', NULL)"))
        _add(old, "tried", "s1", 3, "done")
        _add(old, "applied", "s2", 3, "done")
        for grading, submission in (("tried", "s1"), ("applied", "s2")):
            old.execute(text(f"INSERT INTO regrade_gradings VALUES ('{grading}', 'r', '{submission}', NULL)"))
        old.execute(text("UPDATE submissions SET current_grading_id = 'applied' WHERE id = 's2'"))
    migrating.downgrade(old, "0001")
    kept = ["applied", "g1", "g2", "g3", "g4"]
    assert [row[0] for row in _rows(old, "SELECT id FROM gradings ORDER BY id")] == kept
    if old.dialect.name == SQLITE:  # the other one never lets go of a reference
        assert _rows(old, "PRAGMA foreign_key_check") == []
    with pytest.raises(DBAPIError, match="never changes"), old.begin():
        old.execute(text("UPDATE gradings SET attempts = 7"))
    migrating.upgrade(old, "0003")
    assert _rows(old, "SELECT id, current_grading_id FROM submissions ORDER BY id") == [
        ("s1", "g1"),
        ("s2", "applied"),
    ]
