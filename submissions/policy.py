"""What a person may hand in and when: opening time, deadline, extensions, attempts that are used and come back.

And until when they may ask about what came of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from submissions.errors import AttemptsUsed, DeadlinePassed, NotOpenYet
from submissions.lateness import Late
from submissions.marking import Extension
from submissions.models import CourseAssignment, Role

A_DAY = timedelta(hours=24)
"""Attempts come back by the hour, not by the calendar: a change of the clocks gives nobody more of them."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """The attempts of a student at a moment.

    limit: how many at most at once, None for no limit. left: None for no limit. used: those that do not count as left.
    next_at: when the next one comes back; None where none is missing or none comes back.
    """

    limit: int | None
    left: int | None
    used: int
    next_at: datetime | None


def extended(asked: CourseAssignment, extension: Extension | None) -> CourseAssignment:
    """The assignment as it is asked of a student with this extension; nothing of it ever gets stricter."""
    if extension is None:
        return asked
    due_at, late = asked.due_at, asked.late
    if extension.due_at is not None and due_at is not None:
        due_at = max(due_at, extension.due_at)
        if late.closes_at is not None:
            late = replace(late, closes_at=max(late.closes_at, due_at))
    attempts = None if asked.attempts is None else asked.attempts + extension.more_attempts
    return replace(asked, due_at=due_at, late=late, attempts=attempts)


def asked_until(asked: CourseAssignment, result_at: datetime) -> datetime | None:
    """Until when a student may ask about a result of that moment; None where students may not ask."""
    return None if asked.question_days is None else result_at + timedelta(days=asked.question_days)


def refill_interval(asked: CourseAssignment) -> timedelta | None:
    """How long until a used attempt is back; None where it stays used."""
    return A_DAY / asked.refill_per_day if asked.refill_per_day else None


def allowance(asked: CourseAssignment, used: Sequence[datetime], now: datetime) -> Allowance:
    """The attempts left at `now`, `used` being when those that count were handed in, oldest first.

    With a refill they come back one after the other, each an interval after the one before, or after its use where
    none was missing: a bucket that is never fuller than the limit.
    """
    limit, interval = asked.attempts, refill_interval(asked)
    if limit is None:
        return Allowance(None, None, len(used), None)
    if interval is None:
        return Allowance(limit, max(0, limit - len(used)), len(used), None)
    if not used:
        return Allowance(limit, limit, 0, None)
    full_at = used[0]
    for moment in used:
        full_at = max(full_at, moment) + interval
    missing = max(0, -((now - full_at) // interval))
    next_at = full_at - (missing - 1) * interval if missing else None
    return Allowance(limit, max(0, limit - missing), missing, next_at)


def closes_at(asked: CourseAssignment) -> datetime | None:
    """The last moment at which anything is taken, inclusive; None for never."""
    return asked.due_at if asked.late.kind is Late.CLOSED else asked.late.closes_at


def may_submit(asked: CourseAssignment, role: Role, used: Sequence[datetime], now: datetime) -> None:
    """Return if a person with `role`, of whom `asked` is asked, may hand in at `now`.

    used: as in `allowance`. Limits are inclusive: the opening second and the due second are in time. Staff try things
    out at any time and as often as they like. Raises NotOpenYet, DeadlinePassed or AttemptsUsed.
    """
    if role.is_staff:
        return
    if asked.opens_at is not None and now < asked.opens_at:
        raise NotOpenYet(asked.opens_at)
    end = closes_at(asked)
    if end is not None and now > end:
        raise DeadlinePassed(end)
    left = allowance(asked, used, now)
    if left.limit is not None and left.left == 0:
        raise AttemptsUsed(left.limit, left.next_at)
