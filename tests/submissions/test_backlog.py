"""What monitors ask every few seconds reads no table from end to end, but the one that the docstring names."""

from pathlib import Path
from typing import Any

from sqlalchemy import event

from submissions.clock import system_clock
from submissions.database import Database


def test_each_figure_comes_from_an_index_but_mail_that_was_given_up(tmp_path: Path) -> None:
    database = Database.open(f"sqlite:///{tmp_path / 'chainrule.db'}", system_clock)
    database.migrate()
    asked: list[tuple[str, Any]] = []

    def noted(_c: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    with database.reading() as tx:
        connection = tx.backlog._connection
        event.listen(connection.engine, "before_cursor_execute", noted)
        for figure in (tx.backlog.lanes, tx.backlog.running, tx.backlog.outboxes):
            figure()
        event.remove(connection.engine, "before_cursor_execute", noted)
        figures = [(said, given) for said, given in asked if said.startswith("SELECT")]
        plans = [
            row[3] for said, given in figures for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {said}", given)
        ]
    database.close()

    assert len(figures) == 7
    assert [plan for plan in plans if "INDEX ix_" not in plan] == ["SCAN mails"]
