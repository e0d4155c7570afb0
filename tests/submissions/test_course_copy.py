"""A course copied: the same questions, the dates moved on the wall clock, nobody in it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from submissions.course_copy import copy_course, first_date, moved
from submissions.errors import SlugTaken
from submissions.lateness import Late, LateRule

BERLIN = "Europe/Berlin"


def berlin(text: str, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(BERLIN), fold=fold).astimezone(UTC)


@pytest.mark.parametrize(
    ("before", "days", "after"),
    [
        ("2026-10-20T18:00", 182, "2027-04-20T18:00"),
        ("2026-03-28T23:59", 1, "2026-03-29T23:59"),
        ("2026-10-24T23:59", 1, "2026-10-25T23:59"),
        ("2026-03-28T02:30", 1, "2026-03-29T03:30"),
        ("2026-10-20T18:00", -7, "2026-10-13T18:00"),
    ],
)
def test_the_time_of_day_stays_through_a_change_of_the_clocks(before: str, days: int, after: str) -> None:
    assert moved(berlin(before), days, BERLIN) == berlin(after)


def test_of_a_time_shown_twice_the_later_is_meant() -> None:
    assert moved(berlin("2026-10-24T02:30"), 1, BERLIN) == berlin("2026-10-25T02:30", fold=1)
    assert moved(None, 1, BERLIN) is None


def test_a_copy_asks_the_same_later_and_has_nobody_in_it(school: Any) -> None:
    due = datetime(2026, 12, 1, 12, tzinfo=UTC)
    late = LateRule(Late.PENALTY, 10.0, 1, due + timedelta(days=4))
    asked = replace(school.assignment, due_at=due, attempts=3, refill_per_day=2, late=late, visible=False)
    asked = replace(asked, newest_only=True, question_days=None)
    school.hand_in()
    with school.database.transaction() as tx:
        tx.courses.change_assignment(asked)
        tx.extensions.give(asked.id, school.student.id, due, 1, "ill", school.student.id, school.clock())
        assert first_date(tx.courses.assignments(school.course.id)) == due
        copy = copy_course(tx, school.course, "next", "Next", 365)
        (copied,) = tx.courses.assignments(copy.id)
        assert tx.courses.people(copy) == []
        assert tx.submissions.recent(copied.id, 1) == []
        assert tx.extensions.of(copied.id) == {}
    year = timedelta(days=365)
    moved_rule = replace(late, closes_at=due + timedelta(days=4) + year)
    assert copied == replace(asked, id=copied.id, course_id=copy.id, due_at=due + year, late=moved_rule)


def test_a_name_that_is_taken_copies_nothing(school: Any) -> None:
    with pytest.raises(SlugTaken), school.database.transaction() as tx:
        copy_course(tx, school.course, "ece421", "Again", 0)
    assert first_date([school.assignment]) is None
