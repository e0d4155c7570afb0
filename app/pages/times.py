"""Moments for people: in the course's time zone, with the zone named, as <time> elements."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from markupsafe import Markup

from app.pages.numbers import MINUS
from app.pages.pictures.svg import element


def day_and_time(moment: datetime, time_zone: str, now: datetime) -> Markup:
    """Friday 27 Nov, 23:59; the year only where it is not the current one. `moment` and `now` are aware."""
    local, today = moment.astimezone(ZoneInfo(time_zone)), now.astimezone(ZoneInfo(time_zone))
    year = f" {local.year}" if local.year != today.year else ""
    return _time(moment, f"{local:%A} {local.day} {local:%b}{year}, {local:%H:%M}")


def clock_time(moment: datetime, time_zone: str) -> Markup:
    """14:02:07 in the zone."""
    return _time(moment, f"{moment.astimezone(ZoneInfo(time_zone)):%H:%M:%S}")


def short_date(moment: datetime, time_zone: str) -> Markup:
    """21 Nov, 14:02 in the zone."""
    local = moment.astimezone(ZoneInfo(time_zone))
    return _time(moment, f"{local.day} {local:%b}, {local:%H:%M}")


def zone_name(moment: datetime, time_zone: str) -> str:
    """Toronto time, UTC−5: the city of the zone and its offset at that moment."""
    offset = moment.astimezone(ZoneInfo(time_zone)).utcoffset() or timedelta()
    minutes = int(offset.total_seconds() // 60)
    sign = MINUS if minutes < 0 else "+"
    hours, rest = divmod(abs(minutes), 60)
    shift = "" if minutes == 0 else f"{sign}{hours}" + (f":{rest:02d}" if rest else "")
    if "/" not in time_zone:
        return f"UTC{shift}"
    city = time_zone.rsplit("/", 1)[-1].replace("_", " ")
    return f"{city} time, UTC{shift}"


def distance(moment: datetime, now: datetime) -> str:
    """In 6 days, in 3 hours, 2 days ago: whole units, rounded down."""
    seconds = (moment - now).total_seconds()
    for unit, length in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        count = int(abs(seconds) // length)
        if count:
            named = f"{count} {unit}{'' if count == 1 else 's'}"
            return f"in {named}" if seconds > 0 else f"{named} ago"
    return "in less than a minute" if seconds > 0 else "just now"


def _time(moment: datetime, words: str) -> Markup:
    return element("time", words, datetime=moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
