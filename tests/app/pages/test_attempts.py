"""Which attempt counts, and how scores went."""

from datetime import UTC, datetime

from app.pages.attempts import Attempt, best_of, history_of
from submissions.models import State, Submission

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def attempt(number: int, given: float | None) -> Attempt:
    submission = Submission(f"s{number}", "a", "u", number, "a.py", 1, "0" * 64, NOW)
    state = State.FAILED if given is None else State.DONE
    return Attempt(submission, state, given, None if given is None else 100.0)


def test_best_is_the_earliest_of_the_highest() -> None:
    newest_first = [attempt(4, 50), attempt(3, 80), attempt(2, 80), attempt(1, 10)]
    best = best_of(newest_first)
    assert best is not None
    assert best.submission.number == 2


def test_zero_is_a_score_and_no_score_is_none() -> None:
    best = best_of([attempt(2, None), attempt(1, 0.0)])
    assert best is not None
    assert best.submission.number == 1
    assert best_of([attempt(1, None)]) is None


def test_history_is_drawn_from_two_graded_attempts_on_oldest_first() -> None:
    assert history_of([attempt(2, 10), attempt(1, None)]) is None
    picture = history_of([attempt(3, 74), attempt(2, None), attempt(1, 0)])
    assert picture is not None
    assert picture.finding == "Your scores: attempt 1, 0; attempt 3, 74 of 100"
