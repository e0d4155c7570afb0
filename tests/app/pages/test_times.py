"""Moments in a course's time zone."""

from datetime import UTC, datetime, timedelta

import pytest

from app.pages.times import clock_time, day, day_and_time, distance, short_date, zone_name

DUE = datetime(2026, 11, 28, 4, 59, tzinfo=UTC)
NOW = datetime(2026, 11, 21, 19, 0, tzinfo=UTC)


def test_deadline_is_shown_in_the_zone_of_the_course_with_the_utc_moment_for_machines() -> None:
    assert day_and_time(DUE, "America/Toronto", NOW) == (
        '<time datetime="2026-11-28T04:59:00Z">Friday 27 Nov, 23:59</time>'
    )


def test_another_year_is_named() -> None:
    assert "2 Jan 2027, 10:00" in day_and_time(datetime(2027, 1, 2, 9, tzinfo=UTC), "Europe/Berlin", NOW)


@pytest.mark.parametrize(
    ("moment", "zone", "named"),
    [
        (DUE, "America/Toronto", "Toronto time, UTC−5"),
        (datetime(2026, 7, 1, tzinfo=UTC), "America/Toronto", "Toronto time, UTC−4"),
        (DUE, "Asia/Kolkata", "Kolkata time, UTC+5:30"),
        (DUE, "America/New_York", "New York time, UTC−5"),
        (DUE, "Europe/London", "London time, UTC"),
        (DUE, "UTC", "UTC"),
    ],
)
def test_zone_is_named_with_its_offset_at_that_moment(moment: datetime, zone: str, named: str) -> None:
    assert zone_name(moment, zone) == named


def test_times_of_day_and_dates() -> None:
    assert ">14:02:07<" in clock_time(datetime(2026, 11, 21, 19, 2, 7, tzinfo=UTC), "America/Toronto")
    assert ">21 Nov, 14:02<" in short_date(datetime(2026, 11, 21, 19, 2, 7, tzinfo=UTC), "America/Toronto")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (6.4 * 86400, "in 6 days"),
        (3700, "in 1 hour"),
        (-7300, "2 hours ago"),
        (30, "in less than a minute"),
        (-5, "just now"),
    ],
)
def test_distance_in_whole_units(seconds: float, words: str) -> None:
    assert distance(NOW + timedelta(seconds=seconds), NOW) == words


def test_a_day_has_its_year_only_where_it_is_another() -> None:
    assert day(DUE, "America/Toronto", NOW) == "Friday 27 Nov"
    assert day(DUE, "Europe/Berlin", NOW) == "Saturday 28 Nov"
    assert day(datetime(2025, 12, 31, 23, tzinfo=UTC), "UTC", NOW) == "Wednesday 31 Dec 2025"
