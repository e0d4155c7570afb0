"""The zones to choose from, and the one a person reads in."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from app.pages.account.time_zones import read_by, zones_by_region
from submissions.models import Course, User

COURSE = Course("c", "nn", "NN", "America/Toronto")
USER = User("u", "ada@example.org", "Ada", False, datetime(2026, 9, 1, tzinfo=UTC))


def test_every_zone_is_one() -> None:
    names = [name for zones in zones_by_region().values() for name, _ in zones]

    assert len(names) > 300
    assert len(set(names)) == len(names)
    assert {"Europe/Berlin", "America/Toronto", "UTC"} < set(names)
    for name in names:
        ZoneInfo(name)


def test_a_course_is_read_in_ones_own_zone_where_one_is_chosen() -> None:
    assert read_by(COURSE, USER) == COURSE
    assert read_by(COURSE, replace(USER, time_zone="Asia/Tokyo")) == replace(COURSE, time_zone="Asia/Tokyo")
