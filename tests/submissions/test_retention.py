"""Old files and prints go; scores, findings and everything newer stay."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from submissions.embedded_engine import EmbeddedEngine
from submissions.errors import RegradeRefused
from submissions.models import Lane
from submissions.queue import Graded
from submissions.regrading import begin_regrade

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
        removed = [tx.retention.is_removed(one.id) for one in (old, new)]

    assert sources == [b"", b"x = 'new'\n"]
    assert [one["printed"] for one in reports] == ["", "print of a student"]
    assert [one["score"] for one in reports] == [{"given": 4.0, "maximum": 10.0}] * 2
    assert removed == [True, False]


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
    graded("x = 1\n")
    school.clock.forward(10 * DAY)
    remove(school, 5)
    with pytest.raises(RegradeRefused, match="removed"), school.database.transaction() as tx:
        begin_regrade(tx, school.assignment, "v2", school.student, school.clock())
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
        assert [tx.retention.is_removed(one.id) for one in handed_in] == [True, True, False]
