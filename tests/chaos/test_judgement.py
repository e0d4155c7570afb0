"""The judge sees what was lost, stored or graded twice, graded otherwise, or never acknowledged."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from submissions.clock import system_clock
from submissions.database import Database
from submissions.models import GradingReason, Lane, Place
from tests.chaos.engines import sqlite_url
from tests.chaos.judgement import Found, fates, grades, judge
from tests.chaos.ledger import Accepted, Ledger
from tests.chaos.one_upload import COURSE, KEY, hand_in, work
from tests.service.course import make_course

RIGHT = {0: (("all", 1.0, ()),)}
CLEAN = Found((), (), (), ())


@pytest.fixture
def url(tmp_path: Path) -> str:
    make_course(sqlite_url(tmp_path), COURSE, "network", students=1)
    return sqlite_url(tmp_path)


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    database = Database.open(url, system_clock)
    yield database
    database.close()


@pytest.fixture
def accepted(database: Database) -> Accepted:
    """An upload that is graded."""
    submitted = hand_in(database)
    assert work(database)
    return Accepted(KEY, submitted.submission.id, 0)


def test_one_upload_with_one_grade_is_clean(url: str, accepted: Accepted) -> None:
    assert grades(url) == {accepted.submission: RIGHT[0]}
    assert judge(url, [accepted], RIGHT) == CLEAN
    assert CLEAN.clean


def test_a_202_without_a_row_is_lost(url: str, accepted: Accepted) -> None:
    gone = replace(accepted, key="another", submission="gone")

    found = judge(url, [accepted, gone], RIGHT)

    assert found == replace(CLEAN, lost=("gone",))
    assert not found.clean


def test_a_202_without_a_grade_is_lost(url: str, database: Database) -> None:
    waiting = Accepted(KEY, hand_in(database).submission.id, 0)

    assert judge(url, [waiting], RIGHT) == replace(CLEAN, lost=(waiting.submission,))
    assert fates(url, [waiting.submission, "gone"]) == {
        waiting.submission: "queued after attempt 0: None",
        "gone": "not in the database",
    }


def test_another_grade_is_wrong(url: str, accepted: Accepted) -> None:
    assert judge(url, [accepted], {0: (("all", 0.5, ()),)}) == replace(CLEAN, wrong=(accepted.submission,))


def test_a_second_grading_is_a_duplicate(url: str, database: Database, accepted: Accepted) -> None:
    with database.transaction() as tx:
        tx.gradings.add(accepted.submission, GradingReason.SUBMITTED, Place(Lane.LIVE, 1, -1), system_clock())

    assert judge(url, [accepted], RIGHT) == replace(CLEAN, duplicated=(accepted.submission,))


def test_a_grading_that_ends_twice_is_a_duplicate(url: str, database: Database, accepted: Accepted) -> None:
    with database.transaction() as tx:
        (grading,) = tx.gradings.of_submission(accepted.submission)
        tx.events.add("grading.done", system_clock(), grading_id=grading.id)

    assert judge(url, [accepted], RIGHT) == replace(CLEAN, duplicated=(accepted.submission,))


def test_two_rows_of_one_key_are_duplicates(url: str, database: Database, accepted: Accepted) -> None:
    with database.transaction() as tx:
        made = tx.submissions.get(accepted.submission)
        assert made is not None
        # The schema allows a student no key twice, and every upload of a campaign has a key of its own.
        another = tx.accounts.add_user("another@example.org", "Another", None, system_clock())
        second = tx.submissions.add(made.course_assignment_id, another.id, 1, "a.py", b"x = 1\n", KEY, system_clock())

    found = judge(url, [accepted], RIGHT)

    assert found == replace(CLEAN, duplicated=tuple(sorted((accepted.submission, second.id))), unknown=(second.id,))


def test_a_row_that_no_client_knows_of_is_unknown(url: str, accepted: Accepted) -> None:
    assert judge(url, [], RIGHT) == replace(CLEAN, unknown=(accepted.submission,))


def test_the_ledger_gives_back_what_was_written(tmp_path: Path) -> None:
    ledger, lines = Ledger(tmp_path / "accepted"), [Accepted("a", "s1", 3), Accepted("b", "s2", 0)]
    assert ledger.read() == []
    for line in lines:
        ledger.write(line)

    assert ledger.read() == lines
