"""Who may hand in when: both limits are inclusive, staff are bound by none."""

from datetime import UTC, datetime, timedelta

import pytest

from submissions.errors import AttemptsUsed, DeadlinePassed, NotOpenYet, SubmissionRefused
from submissions.models import CourseAssignment, Role
from submissions.policy import may_submit

OPENS = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
DUE = datetime(2026, 9, 8, 23, 59, tzinfo=UTC)
TICK = timedelta(microseconds=1)
ASKED = CourseAssignment("id", "course", "slug", "Title", 10.0, OPENS, DUE, 3)


@pytest.mark.parametrize("now", [OPENS, OPENS + TICK, DUE - TICK, DUE])
@pytest.mark.parametrize("earlier", [0, 2])
def test_in_time_and_with_an_attempt_left(now: datetime, earlier: int) -> None:
    may_submit(ASKED, Role.STUDENT, earlier, now)


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
        may_submit(ASKED, Role.STUDENT, earlier, now)
    assert says in refused.value.sentence


@pytest.mark.parametrize("role", [Role.INSTRUCTOR, Role.ASSISTANT])
def test_staff_try_out_at_any_time(role: Role) -> None:
    may_submit(ASKED, role, 100, OPENS - timedelta(days=1))
    may_submit(ASKED, role, 100, DUE + timedelta(days=1))


def test_without_limits_there_is_none() -> None:
    free = CourseAssignment("id", "course", "slug", "Title", 10.0, None, None, None)
    may_submit(free, Role.STUDENT, 10_000, DUE)


def test_one_attempt_is_said_in_the_singular() -> None:
    with pytest.raises(AttemptsUsed, match="the one attempt"):
        may_submit(CourseAssignment("i", "c", "s", "T", 1.0, None, None, 1), Role.STUDENT, 1, DUE)
