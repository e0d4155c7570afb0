"""Late days follow the wall clock of the course, also through a change of the clocks."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from submissions.lateness import Late, LateRule, late_days, loss_percent

DUE = datetime(2026, 11, 20, 23, 59, tzinfo=UTC)
TICK = timedelta(microseconds=1)
DAY = timedelta(days=1)


def berlin(text: str, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Berlin"), fold=fold).astimezone(UTC)


@pytest.mark.parametrize(
    ("after", "days"),
    [(-DAY, 0), (timedelta(0), 0), (TICK, 1), (DAY, 1), (DAY + TICK, 2), (400 * DAY, 400), (400 * DAY + TICK, 401)],
)
def test_a_late_day_is_begun_when_the_one_before_has_ended(after: timedelta, days: int) -> None:
    assert late_days(DUE, DUE + after, "UTC") == days


def test_without_a_due_date_nothing_is_late() -> None:
    assert late_days(None, DUE, "UTC") == 0


def test_the_day_of_25_hours_is_one_day() -> None:
    due, end = berlin("2026-10-24T23:59"), berlin("2026-10-25T23:59")
    assert end - due == timedelta(hours=25)
    assert (late_days(due, end, "Europe/Berlin"), late_days(due, end + TICK, "Europe/Berlin")) == (1, 2)
    assert late_days(due, end, "UTC") == 2


def test_the_day_of_23_hours_is_one_day() -> None:
    due, end = berlin("2026-03-28T23:59"), berlin("2026-03-29T23:59")
    assert end - due == timedelta(hours=23)
    assert (late_days(due, end, "Europe/Berlin"), late_days(due, end + TICK, "Europe/Berlin")) == (1, 2)


def test_of_a_time_the_clock_shows_twice_the_later_counts() -> None:
    due = berlin("2026-10-24T02:30")
    assert late_days(due, berlin("2026-10-25T02:30", fold=1), "Europe/Berlin") == 1
    assert late_days(due, berlin("2026-10-25T02:30", fold=1) + TICK, "Europe/Berlin") == 2


def test_of_a_time_the_clock_skips_the_later_reading_counts() -> None:
    due = berlin("2026-03-28T02:30")  # on the 29th the clock goes from 02:00 to 03:00, and 02:30 is read as 03:30
    assert late_days(due, berlin("2026-03-29T03:30"), "Europe/Berlin") == 1
    assert late_days(due, berlin("2026-03-29T03:30") + TICK, "Europe/Berlin") == 2


@pytest.mark.parametrize(
    ("kind", "days", "percent"),
    [
        (Late.PENALTY, 0, 0),
        (Late.PENALTY, 2, 0),
        (Late.PENALTY, 3, 15),
        (Late.PENALTY, 8, 90),
        (Late.PENALTY, 9, 100),
        (Late.PENALTY, 500, 100),
        (Late.TAKEN, 9, 0),
        (Late.CLOSED, 9, 0),
    ],
)
def test_grace_days_cost_nothing_and_no_more_than_everything_is_lost(kind: Late, days: int, percent: float) -> None:
    assert loss_percent(LateRule(kind, 15.0, 2), days) == percent
