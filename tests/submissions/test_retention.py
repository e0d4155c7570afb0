"""Old files and prints go; scores, findings and everything newer stay."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from submissions.database import Database
from submissions.embedded_engine import EmbeddedEngine
from submissions.errors import IdempotencyConflict, RegradeRefused
from submissions.models import Lane
from submissions.queue import Graded
from submissions.regrading import begin_regrade
from tests.databases import SQLITE

DAY = 86_400.0


@pytest.fixture
def graded(school: Any, report: Callable[..., dict[str, object]]) -> Callable[[str], Any]:
    """Hands in and grades; what the code printed is in the report."""

    def make(source: str) -> Any:
        submitted = school.hand_in(source=source)
        printed = Graded({**report(), "printed": "print of a student"}, "secret:0", "v")
        assert EmbeddedEngine(school.database, school.clock).run_once(lambda _: printed, "w", tuple(Lane))
        return submitted.submission

    return make


def remove(school: Any, days: float, most: int = 50) -> int:
    with school.database.transaction() as tx:
        due = tx.retention.due(school.clock() - timedelta(days=days), most)
        tx.retention.remove(due)
        return len(due)


def test_old_files_and_prints_go_and_scores_stay(school: Any, graded: Callable[[str], Any]) -> None:
    old = graded("x = 'old'\n")
    school.clock.forward(10 * DAY)
    new = graded("x = 'new'\n")
    assert remove(school, 5) == 1
    assert remove(school, 5) == 0
    with school.database.reading() as tx:
        sources = [tx.submissions.source(one.id) for one in (old, new)]
        reports = [tx.gradings.current(one.id).report for one in (old, new)]
        removed = tx.retention.removed_of(school.assignment.id)

    assert sources == [b"", b"x = 'new'\n"]
    assert [one["printed"] for one in reports] == ["", "print of a student"]
    assert [one["score"] for one in reports] == [{"given": 4.0, "maximum": 10.0}] * 2
    assert removed == {old.id}


def test_a_file_that_was_handed_in_again_stays_for_the_newer(school: Any, graded: Callable[[str], Any]) -> None:
    old = graded("x = 1\n")
    school.clock.forward(10 * DAY)
    new = graded("x = 1\n")
    remove(school, 5)
    with school.database.reading() as tx:
        assert (tx.submissions.source(old.id), tx.submissions.source(new.id)) == (b"", b"x = 1\n")


def test_what_was_removed_can_be_handed_in_again(school: Any, graded: Callable[[str], Any]) -> None:
    graded("x = 1\n")
    school.clock.forward(10 * DAY)
    remove(school, 5)
    again = graded("x = 1\n")
    with school.database.reading() as tx:
        assert tx.submissions.source(again.id) == b"x = 1\n"


def test_what_still_waits_keeps_its_file(school: Any) -> None:
    school.hand_in()
    school.clock.forward(10 * DAY)

    assert remove(school, 5) == 0


def test_reports_are_final_again_afterwards(school: Any, graded: Callable[[str], Any]) -> None:
    old = graded("x = 1\n")
    school.clock.forward(10 * DAY)
    remove(school, 5)
    with pytest.raises(Exception, match="never changes"), school.database.transaction() as tx:
        tx.gradings._connection.exec_driver_sql("UPDATE gradings SET score_given = 9")
    with school.database.reading() as tx:
        assert tx.gradings.current(old.id).report["score"]["given"] == 4.0


def test_a_regrade_leaves_out_what_has_no_file(school: Any, graded: Callable[[str], Any]) -> None:
    old = graded("x = 1\n")
    school.clock.forward(10 * DAY)
    remove(school, 5)
    for only in (None, old.id):
        with pytest.raises(RegradeRefused, match="removed"), school.database.transaction() as tx:
            begin_regrade(tx, school.assignment, "v2", school.student, school.clock(), only)
    graded("x = 2\n")
    with school.database.transaction() as tx:
        begin_regrade(tx, school.assignment, "v2", school.student, school.clock())
        assert tx.queue.depth()["regrade"] == 1


def test_a_few_at_a_time_the_oldest_first(school: Any, graded: Callable[[str], Any]) -> None:
    handed_in = []
    for number in range(3):
        handed_in.append(graded(f"x = {number}\n"))
        school.clock.forward(1)
    school.clock.forward(10 * DAY)
    assert remove(school, 5, most=2) == 2
    with school.database.reading() as tx:
        assert tx.retention.removed_of(school.assignment.id) == {one.id for one in handed_in[:2]}


@pytest.mark.parametrize("database_kind", [SQLITE])
def test_nothing_of_a_removed_file_is_left_on_the_disk_while_others_use_the_database(
    school: Any, graded: Callable[[str], Any], tmp_path: Path
) -> None:
    graded("unmistakable = 1\n" * 1000)
    school.clock.forward(10 * DAY)
    other = Database.open(school.url, school.clock)
    with other.reading() as tx:
        tx.retention.due(school.clock(), 1)
        assert not school.database.fold()  # somebody reads what was before
    remove(school, 5)
    with other.reading() as tx:
        tx.retention.due(school.clock(), 1)
    folded = school.database.fold()
    files = {file.name: file.read_bytes() for file in tmp_path.glob("chainrule.sqlite3*")}
    other.close()

    assert folded
    assert set(files) == {"chainrule.sqlite3", "chainrule.sqlite3-wal", "chainrule.sqlite3-shm"}
    assert [name for name, data in files.items() if b"unmistakable" in data or b"print of a student" in data] == []


@pytest.mark.parametrize("database_kind", [SQLITE])
def test_the_schema_is_left_alone_where_nothing_was_printed(
    school: Any, graded: Callable[[str], Any], report: Callable[..., dict[str, object]]
) -> None:
    graded("x = 1\n")
    school.clock.forward(1)
    school.hand_in(source="y = 1\n")
    silent = Graded({**report(), "printed": ""}, "secret:0", "v")
    EmbeddedEngine(school.database, school.clock).run_once(lambda _: silent, "w", tuple(Lane))
    school.clock.forward(10 * DAY)

    def schema_version() -> int:
        with school.database.reading() as tx:
            return int(tx.accounts._connection.exec_driver_sql("PRAGMA schema_version").scalar())

    before = schema_version()
    remove(school, 5, most=1)
    changed = schema_version()
    remove(school, 5, most=1)

    assert before < changed == schema_version()


def test_a_key_that_is_sent_again_gets_its_answer_also_when_the_file_is_gone(
    school: Any, report: Callable[..., dict[str, object]]
) -> None:
    first = school.hand_in(key="k", source="x = 1\n")
    EmbeddedEngine(school.database, school.clock).run_once(
        lambda _: Graded(report(), "secret:0", "v"), "w", tuple(Lane)
    )
    school.clock.forward(10 * DAY)
    remove(school, 5)
    again = school.hand_in(key="k", source="x = 1\n")

    assert (again.replayed, again.submission.id, again.grading_id) == (True, first.submission.id, first.grading_id)
    with pytest.raises(IdempotencyConflict):
        school.hand_in(key="k", source="x = 1000\n")
