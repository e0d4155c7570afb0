"""What handing in late costs. Days are counted on the course's wall clock: a change of the clocks costs nobody."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class Late(StrEnum):
    """What becomes of work after the due date."""

    CLOSED = "closed"
    TAKEN = "taken"
    PENALTY = "penalty"


@dataclass(frozen=True, slots=True)
class LateRule:
    """How an assignment takes late work.

    percent_per_day: of the points earned, for each late day after the `grace_days`; 0 unless `kind` is PENALTY.
    closes_at: nothing is taken after it, inclusive; None for no end. It says nothing while `kind` is CLOSED.
    """

    kind: Late = Late.CLOSED
    percent_per_day: float = 0.0
    grace_days: int = 0
    closes_at: datetime | None = None


CLOSED_WHEN_DUE = LateRule()


def late_days(due_at: datetime | None, handed_in_at: datetime, time_zone: str) -> int:
    """How many late days were begun; the first ends when the clock in `time_zone` shows the due time a day later.

    So a day in which the clocks change is one day, of 23 or 25 hours.
    """
    if due_at is None or handed_in_at <= due_at:
        return 0
    days = max(1, (handed_in_at - due_at).days - 1)
    while handed_in_at > _end_of(due_at, days, time_zone):
        days += 1
    return days


def loss_percent(rule: LateRule, days: int) -> float:
    """Percent of the points earned that `days` late days cost, at most 100."""
    if rule.kind is not Late.PENALTY:
        return 0.0
    return min(100.0, rule.percent_per_day * max(0, days - rule.grace_days))


def _end_of(due_at: datetime, days: int, time_zone: str) -> datetime:
    """The due time `days` later on the wall; of a time that the wall shows twice, or skips, the later reading."""
    wall = due_at.astimezone(ZoneInfo(time_zone)) + timedelta(days=days)
    return max(wall.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
