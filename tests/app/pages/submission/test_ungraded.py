"""Why an attempt has no grade: what the words say of one that was cancelled, by a newer upload or otherwise."""

from datetime import UTC, datetime

import pytest

from app.pages.submission.ungraded import ungraded_words
from submissions.models import Grading, GradingReason, State
from submissions.receiving import BY_A_NEWER_ONE

NOW = datetime(2026, 4, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (None, "this grading was cancelled."),
        (BY_A_NEWER_ONE, "you handed in again while this upload waited, and here only the newest is graded."),
    ],
)
def test_a_cancelled_grading_is_laid_to_nobody(error: str | None, reason: str) -> None:
    cancelled = Grading(
        *("g", "s", 1, GradingReason.SUBMITTED, State.CANCELLED),
        *(None, None, None, None, None),
        *(error, 0, NOW, None, NOW),
    )
    words = ungraded_words(cancelled)

    assert (words.fault, words.reason) == ("", reason)


def test_what_is_stored_and_compared_is_never_reworded() -> None:
    assert BY_A_NEWER_ONE == "superseded by a newer upload"
