"""What monitors and waiting students ask all the time reads no table from end to end, but one that a test names."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import event

from submissions.clock import system_clock
from submissions.database import Database
from submissions.transaction import Transaction


def plans(folder: Path, *asked: Callable[[Transaction], object]) -> list[str]:
    """How SQLite goes about each question, line by line."""
    database = Database.open(f"sqlite:///{folder / 'chainrule.db'}", system_clock)
    database.migrate()
    noted: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.startswith("SELECT"):
            noted.append((statement, parameters))

    with database.reading() as tx:
        connection = tx.backlog._connection
        event.listen(connection.engine, "before_cursor_execute", note)
        for ask in asked:
            ask(tx)
        event.remove(connection.engine, "before_cursor_execute", note)
        found = [
            row[3] for said, given in noted for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {said}", given)
        ]
    database.close()
    return found


def test_each_figure_comes_from_an_index_but_mail_that_was_given_up(tmp_path: Path) -> None:
    lines = plans(tmp_path, lambda tx: (tx.backlog.lanes(), tx.backlog.running(), tx.backlog.outboxes()))

    assert len(lines) == 7
    assert [line for line in lines if "INDEX ix_" not in line] == ["SCAN mails"]


def test_a_place_in_the_queue_is_counted_without_what_waits_behind(tmp_path: Path) -> None:
    """Each summand begins in the index where its lane begins, or its priority."""
    lines = plans(tmp_path, lambda tx: tx.gradings.positions(["a", "b"]))

    looked = sorted(line.partition("ix_gradings_queue ")[2] for line in lines if "ix_gradings_queue" in line)
    assert looked == [
        "(lane<?)",
        "(lane=? AND priority=? AND created_at<?)",
        "(lane=? AND priority=? AND created_at=?)",
        "(lane=? AND priority>?)",
    ]
    assert not [line for line in lines if "SCAN gradings" in line]
