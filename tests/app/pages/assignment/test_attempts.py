"""The order of attempts, and how scores went."""

from datetime import UTC, datetime

from app.pages.assignment.attempts import history_of, newest_first
from submissions.marking import Grade
from submissions.models import Attempt, State, Submission

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def attempt(number: int, given: float | None, counts: float | None = None) -> Attempt:
    submission = Submission(f"s{number}", "a", "u", number, "a.py", 1, "0" * 64, NOW)
    state = State.FAILED if given is None else State.DONE
    if given is None:
        return Attempt(submission, state, None, None)
    points = given if counts is None else counts
    grade = Grade(points, 100.0, points, 0, 0.0, None, as_reported=counts is None)
    return Attempt(submission, state, given, 100.0, grade)


def test_pages_list_the_newest_first() -> None:
    listed = newest_first([attempt(1, 10), attempt(3, None), attempt(2, 80)])
    assert [one.submission.number for one in listed] == [3, 2, 1]


def test_history_is_drawn_from_two_graded_attempts_on_oldest_first() -> None:
    assert history_of([attempt(2, 10), attempt(1, None)]) is None
    picture = history_of([attempt(3, 74), attempt(2, None), attempt(1, 0)])
    assert picture is not None
    assert picture.finding == "Your scores: attempt 1, 0; attempt 3, 74 of 100"


def test_history_says_what_counts_as_the_list_beside_it_does() -> None:
    picture = history_of([attempt(2, 80, counts=60), attempt(1, 40)])
    assert picture is not None
    assert picture.finding == "Your scores: attempt 1, 40; attempt 2, 60 of 100"
