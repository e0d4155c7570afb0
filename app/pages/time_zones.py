"""The time zones that people choose from, and the one they read times in."""

from dataclasses import replace
from functools import cache
from zoneinfo import available_timezones

from submissions.models import Course, User

REGIONS = ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


@cache
def zones_by_region() -> dict[str, tuple[tuple[str, str], ...]]:
    """Region -> (IANA name, city) in alphabetical order, and UTC last."""
    names = sorted(available_timezones())
    found = {
        region: tuple(
            (name, name.partition("/")[2].replace("_", " ").replace("/", ", "))
            for name in names
            if name.startswith(f"{region}/")
        )
        for region in REGIONS
    }
    return {**found, "Everywhere": (("UTC", "UTC"),)}


def read_by(course: Course, user: User) -> Course:
    """The course with its times in the zone that this person chose; only for pages that show times and change none."""
    return replace(course, time_zone=user.time_zone) if user.time_zone else course
