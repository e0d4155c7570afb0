"""Late work and attempts that come back, in the words of each rule."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.pages.assignment.policy_words import policy_lines
from submissions.lateness import Late, LateRule
from submissions.models import Course, CourseAssignment

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
COURSE = Course("c", "nn", "Networks", "UTC")
ASKED = CourseAssignment("a", "c", "hw", "Homework", 10.0, None, NOW, 3)
LATER = NOW + timedelta(days=3)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (LateRule(), "Nothing is taken after the due date."),
        (LateRule(Late.TAKEN), "Late work is taken without loss."),
        (LateRule(Late.TAKEN, closes_at=LATER), "Late work is taken without loss, until Monday 30 Nov, 12:00."),
        (LateRule(Late.PENALTY, 10.0), "Each late day costs 10 % of the points earned."),
        (LateRule(Late.PENALTY, 10.0, 1), "Each late day after one day of grace costs 10 % of the points earned."),
        (
            LateRule(Late.PENALTY, 2.5, 2, LATER),
            "Each late day after two days of grace costs 2.5 % of the points earned, until Monday 30 Nov, 12:00.",
        ),
        (
            LateRule(Late.PENALTY, 10.0, 0, LATER),
            "Each late day costs 10 % of the points earned, until Monday 30 Nov, 12:00.",
        ),
    ],
)
def test_late_work(rule: LateRule, words: str) -> None:
    (line,) = policy_lines(replace(ASKED, late=rule), COURSE, NOW)
    assert line.striptags() == words
    assert line.count("<time ") == (rule.closes_at is not None)


@pytest.mark.parametrize(("refill", "back"), [(1, "24 hours"), (24, "1 hour"), (7, "3.4 hours")])
def test_attempts_that_come_back(refill: int, back: str) -> None:
    *_late, line = policy_lines(replace(ASKED, refill_per_day=refill), COURSE, NOW)
    assert line == f"A used attempt comes back {back} later, one after the other."
