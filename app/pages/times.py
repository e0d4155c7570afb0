"""Moments for people: in the course's time zone, with the zone named, as <time> elements."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from markupsafe import Markup

from app.pages.numbers import MINUS
from app.pages.pictures.svg import element
from grader.translation import gettext as _
from grader.translation import gettext_noop, ngettext

WEEKDAYS = (
    gettext_noop("Monday"),
    gettext_noop("Tuesday"),
    gettext_noop("Wednesday"),
    gettext_noop("Thursday"),
    gettext_noop("Friday"),
    gettext_noop("Saturday"),
    gettext_noop("Sunday"),
)
MONTHS = (
    gettext_noop("Jan"),
    gettext_noop("Feb"),
    gettext_noop("Mar"),
    gettext_noop("Apr"),
    gettext_noop("May"),
    gettext_noop("Jun"),
    gettext_noop("Jul"),
    gettext_noop("Aug"),
    gettext_noop("Sep"),
    gettext_noop("Oct"),
    gettext_noop("Nov"),
    gettext_noop("Dec"),
)


def day_and_time(moment: datetime, time_zone: str, now: datetime) -> Markup:
    """Friday 27 Nov, 23:59; the year only where it is not the current one. `moment` and `now` are aware."""
    local, parts = _parts(moment, time_zone)
    if local.year == now.astimezone(ZoneInfo(time_zone)).year:
        return _time(moment, _("{weekday} {day} {month}, {time}", **parts))
    return _time(moment, _("{weekday} {day} {month} {year}, {time}", **parts))


def day(moment: datetime, time_zone: str, now: datetime) -> str:
    """Friday 27 Nov; the year only where it is not the current one."""
    local, parts = _parts(moment, time_zone)
    if local.year == now.astimezone(ZoneInfo(time_zone)).year:
        return _("{weekday} {day} {month}", **parts)
    return _("{weekday} {day} {month} {year}", **parts)


def clock_time(moment: datetime, time_zone: str) -> Markup:
    """14:02:07 in the zone."""
    return _time(moment, f"{moment.astimezone(ZoneInfo(time_zone)):%H:%M:%S}")


def short_date(moment: datetime, time_zone: str) -> Markup:
    """21 Nov, 14:02 in the zone."""
    local = moment.astimezone(ZoneInfo(time_zone))
    month, time = _(MONTHS[local.month - 1]), f"{local:%H:%M}"
    return _time(moment, _("{day} {month}, {time}", day=local.day, month=month, time=time))


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
    return _("{city} time, UTC{shift}", city=city, shift=shift)


def distance(moment: datetime, now: datetime) -> str:
    """In 6 days, in 3 hours, 2 days ago: whole units, rounded down."""
    seconds = (moment - now).total_seconds()
    days, hours, minutes = (int(abs(seconds) // length) for length in (86_400, 3_600, 60))
    return _ahead(days, hours, minutes) if seconds > 0 else _past(days, hours, minutes)


def _ahead(days: int, hours: int, minutes: int) -> str:
    if days:
        return ngettext("in {n} day", "in {n} days", days, n=days)
    if hours:
        return ngettext("in {n} hour", "in {n} hours", hours, n=hours)
    if minutes:
        return ngettext("in {n} minute", "in {n} minutes", minutes, n=minutes)
    return _("in less than a minute")


def _past(days: int, hours: int, minutes: int) -> str:
    if days:
        return ngettext("{n} day ago", "{n} days ago", days, n=days)
    if hours:
        return ngettext("{n} hour ago", "{n} hours ago", hours, n=hours)
    if minutes:
        return ngettext("{n} minute ago", "{n} minutes ago", minutes, n=minutes)
    return _("just now")


def _parts(moment: datetime, time_zone: str) -> tuple[datetime, dict[str, object]]:
    local = moment.astimezone(ZoneInfo(time_zone))
    return local, {
        "weekday": _(WEEKDAYS[local.weekday()]),
        "day": local.day,
        "month": _(MONTHS[local.month - 1]),
        "year": local.year,
        "time": f"{local:%H:%M}",
    }


def _time(moment: datetime, words: str) -> Markup:
    return element("time", words, datetime=moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
