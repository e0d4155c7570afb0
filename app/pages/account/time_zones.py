"""The time zones that people choose from, and the one they read times in."""

from dataclasses import replace
from functools import cache
from zoneinfo import available_timezones

from grader.translation import gettext as _
from grader.translation import gettext_noop
from submissions.models import Course, User

REGIONS = (
    gettext_noop("Africa"),
    gettext_noop("America"),
    gettext_noop("Antarctica"),
    gettext_noop("Arctic"),
    gettext_noop("Asia"),
    gettext_noop("Atlantic"),
    gettext_noop("Australia"),
    gettext_noop("Europe"),
    gettext_noop("Indian"),
    gettext_noop("Pacific"),
)
"""As the database of time zones calls them."""


def zones_by_region() -> dict[str, tuple[tuple[str, str], ...]]:
    """Region -> (IANA name, city) in alphabetical order, and UTC last."""
    return {**{_(region): zones for region, zones in _found().items()}, _("Everywhere"): (("UTC", "UTC"),)}


@cache
def _found() -> dict[str, tuple[tuple[str, str], ...]]:
    names = sorted(available_timezones())
    return {
        region: tuple(
            (name, name.partition("/")[2].replace("_", " ").replace("/", ", "))
            for name in names
            if name.startswith(f"{region}/")
        )
        for region in REGIONS
    }


def read_by(course: Course, user: User) -> Course:
    """The course with its times in the zone that this person chose; only for pages that show times and change none."""
    return replace(course, time_zone=user.time_zone) if user.time_zone else course
