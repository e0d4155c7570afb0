"""What a submission counts: scaled to the course, less what lateness costs, or what staff decided."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from submissions.grades import best_of, grade_of
from submissions.lateness import Late, LateRule
from submissions.marking import Grade, Override
from submissions.models import Attempt, CourseAssignment, State, Submission

DUE = datetime(2026, 11, 20, 23, 59, tzinfo=UTC)
ASKED = CourseAssignment("id", "c", "slug", "Title", 10.0, None, DUE, None, late=LateRule(Late.PENALTY, 10.0, 1))
LATER = DUE + timedelta(days=2, hours=1)  # the third late day, of which one is free


def test_in_time_the_report_counts_on_the_scale_of_the_course() -> None:
    assert grade_of(ASKED, "UTC", DUE, 80.0, 100.0) == Grade(8.0, 10.0, 8.0, 0, 0.0, None, as_reported=False)
    assert grade_of(ASKED, "UTC", DUE, 8.0, 10.0).as_reported


def test_lateness_costs_a_share_of_what_was_earned_and_says_so() -> None:
    late = grade_of(ASKED, "UTC", LATER, 8.0, 10.0)
    assert late.points == pytest.approx(6.4)
    assert (late.before, late.late_days, late.loss_percent) == (8.0, 3, 20.0)
    assert not late.as_reported


def test_an_override_counts_whatever_the_lateness() -> None:
    decided = Override(45.0, 50.0, "hand-checked", "Ines", DUE)
    late = grade_of(ASKED, "UTC", LATER, 8.0, 10.0, decided)
    assert (late.points, late.override) == (9.0, decided)
    assert not late.as_reported


def test_a_report_of_nothing_counts_nothing() -> None:
    assert grade_of(ASKED, "UTC", DUE, 0.0, 0.0).points == 0.0


def attempt(number: int, points: float | None) -> Attempt:
    submission = Submission(f"s{number}", "id", "u", number, "a.py", 1, "", DUE)
    if points is None:
        return Attempt(submission, State.QUEUED, None, None)
    grade = replace(grade_of(ASKED, "UTC", DUE, 0.0, 10.0), points=points)
    return Attempt(submission, State.DONE, points, 10.0, grade)


def test_the_best_attempt_is_the_one_that_counts_most_and_of_equals_the_earliest() -> None:
    best = best_of([attempt(4, None), attempt(3, 7.0), attempt(2, 7.0), attempt(1, 3.0)])
    assert best is not None
    assert best.submission.number == 2
    assert best_of([attempt(1, None)]) is None
    assert best_of([]) is None


def practice(number: int, given: float, maximum: float, worth: float = 0.0) -> Attempt:
    grade = grade_of(replace(ASKED, points=worth), "UTC", DUE, given, maximum)
    return replace(attempt(number, 0.0), given=given, maximum=maximum, grade=grade)


def test_where_nothing_is_to_be_earned_the_attempt_that_did_most_is_the_best() -> None:
    better = [practice(1, 0.0, 100.0), practice(2, 90.0, 100.0), practice(3, 50.0, 50.0), practice(4, 100.0, 100.0)]

    for made in (better, better[::-1]):
        best = best_of(made)
        assert best is not None
        assert best.submission.number == 3


def test_where_the_report_gives_no_points_either_the_newest_is_the_best() -> None:
    for worth in (0.0, 10.0):
        best = best_of([practice(2, 0.0, 0.0, worth), practice(3, 0.0, 0.0, worth), practice(1, 0.0, 0.0, worth)])
        assert best is not None
        assert best.submission.number == 3
