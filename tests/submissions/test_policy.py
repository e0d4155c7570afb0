"""Who may hand in when: limits are inclusive, staff are bound by none, extensions only ever help."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from submissions.errors import AttemptsUsed, DeadlinePassed, NotOpenYet, SubmissionRefused
from submissions.lateness import Late, LateRule
from submissions.marking import Extension
from submissions.models import CourseAssignment, Role
from submissions.policy import Allowance, allowance, asked_until, extended, may_submit

OPENS = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
DUE = datetime(2026, 9, 8, 23, 59, tzinfo=UTC)
TICK = timedelta(microseconds=1)
ASKED = CourseAssignment("id", "course", "slug", "Title", 10.0, OPENS, DUE, 3)


@pytest.mark.parametrize("now", [OPENS, OPENS + TICK, DUE - TICK, DUE])
@pytest.mark.parametrize("earlier", [0, 2])
def test_in_time_and_with_an_attempt_left(now: datetime, earlier: int) -> None:
    may_submit(ASKED, Role.STUDENT, [OPENS] * earlier, now)


@pytest.mark.parametrize(
    ("now", "earlier", "refusal", "says"),
    [
        (OPENS - TICK, 0, NotOpenYet, "1 September 2026 at 09:00 UTC"),
        (DUE + TICK, 0, DeadlinePassed, "8 September 2026 at 23:59 UTC"),
        (DUE, 3, AttemptsUsed, "all 3 attempts"),
        (DUE, 4, AttemptsUsed, "all 3 attempts"),
    ],
)
def test_outside_it_is_refused(now: datetime, earlier: int, refusal: type[SubmissionRefused], says: str) -> None:
    with pytest.raises(refusal) as refused:
        may_submit(ASKED, Role.STUDENT, [OPENS] * earlier, now)
    assert says in refused.value.sentence


@pytest.mark.parametrize("role", [Role.INSTRUCTOR, Role.ASSISTANT])
def test_staff_try_out_at_any_time(role: Role) -> None:
    may_submit(ASKED, role, [OPENS] * 100, OPENS - timedelta(days=1))
    may_submit(ASKED, role, [OPENS] * 100, DUE + timedelta(days=1))


def test_without_limits_there_is_none() -> None:
    free = CourseAssignment("id", "course", "slug", "Title", 10.0, None, None, None)
    may_submit(free, Role.STUDENT, [OPENS] * 10_000, DUE)


def test_one_attempt_is_said_in_the_singular() -> None:
    with pytest.raises(AttemptsUsed, match="the one attempt"):
        may_submit(CourseAssignment("i", "c", "s", "T", 1.0, None, None, 1), Role.STUDENT, [OPENS], DUE)


HOUR = timedelta(hours=1)
REFILLING = replace(ASKED, attempts=3, refill_per_day=4)  # one back every six hours


@pytest.mark.parametrize(
    ("used", "at", "left", "next_at"),
    [
        ([], 0, 3, None),
        ([0], 0, 2, 6),
        ([0], 5.999, 2, 6),
        ([0], 6, 3, None),
        ([0, 1], 1, 1, 6),
        ([0, 1], 6, 2, 12),
        ([0, 0, 0], 0, 0, 6),
        ([0, 0, 0], 11.999, 1, 12),
        ([0, 0, 0], 18, 3, None),
        ([0, 0, 0, 6], 6, 0, 12),
        ([0, 100], 100, 2, 106),
    ],
)
def test_attempts_come_back_one_after_the_other(used: list[float], at: float, left: int, next_at: float | None) -> None:
    found = allowance(REFILLING, [OPENS + hours * HOUR for hours in used], OPENS + at * HOUR)
    assert (found.left, found.next_at) == (left, None if next_at is None else OPENS + next_at * HOUR)


def test_a_refill_is_as_long_when_the_clocks_change() -> None:
    before = datetime(2026, 10, 24, 22, 0, tzinfo=UTC)  # three hours before Berlin's 25-hour day gains its hour
    found = allowance(replace(REFILLING, refill_per_day=1), [before], before)
    assert found.next_at == before + 24 * HOUR


def test_a_refill_that_divides_no_day_never_gives_too_many() -> None:
    sevenths = replace(REFILLING, attempts=1, refill_per_day=7)
    first = allowance(sevenths, [OPENS], OPENS).next_at
    assert first is not None
    assert allowance(sevenths, [OPENS], first - TICK).left == 0
    assert allowance(sevenths, [OPENS], first) == Allowance(1, 1, 0, None)


def test_the_refusal_says_when_an_attempt_comes_back() -> None:
    with pytest.raises(AttemptsUsed, match="1 September 2026 at 15:00 UTC"):
        may_submit(REFILLING, Role.STUDENT, [OPENS] * 3, OPENS)


LATE = replace(ASKED, late=LateRule(Late.PENALTY, 10.0, 1, DUE + timedelta(days=3)))


def test_late_work_is_taken_until_it_closes() -> None:
    may_submit(LATE, Role.STUDENT, [], DUE + timedelta(days=3))
    with pytest.raises(DeadlinePassed):
        may_submit(LATE, Role.STUDENT, [], DUE + timedelta(days=3) + TICK)
    may_submit(replace(ASKED, late=LateRule(Late.TAKEN)), Role.STUDENT, [], DUE + timedelta(days=1000))


def extension(due_at: datetime | None = None, more: int = 0) -> Extension:
    return Extension("id", "user", due_at, more, "ill", "Ines", OPENS)


def test_an_extension_moves_the_due_date_and_the_end_and_adds_attempts() -> None:
    later = DUE + timedelta(days=5)
    asked = extended(LATE, extension(later, 2))
    assert (asked.due_at, asked.late.closes_at, asked.attempts) == (later, later, 5)
    assert extended(LATE, None) is LATE


def test_an_extension_never_makes_anything_stricter() -> None:
    asked = extended(LATE, extension(DUE - timedelta(days=5)))
    assert (asked.due_at, asked.late.closes_at, asked.attempts) == (DUE, LATE.late.closes_at, 3)
    assert extended(replace(ASKED, due_at=None, attempts=None), extension(DUE, 2)) == replace(
        ASKED, due_at=None, attempts=None
    )


def test_a_result_can_be_asked_about_for_some_days_or_not_at_all() -> None:
    assert asked_until(ASKED, DUE) == DUE + timedelta(days=7)
    assert asked_until(replace(ASKED, question_days=1), DUE) == DUE + timedelta(days=1)
    assert asked_until(replace(ASKED, question_days=None), DUE) is None
