"""What was changed of how an assignment is asked: of each field what it was and what it is."""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from app.pages.times import day_and_time
from app.staff.asking import WAS
from grader.translation import gettext as _
from grader.translation import gettext_noop
from submissions.lateness import Late

LABELS: Mapping[str, str] = MappingProxyType(
    {
        "title": gettext_noop("title"),
        "points": gettext_noop("points"),
        "opens_at": gettext_noop("opens"),
        "due_at": gettext_noop("due"),
        "attempts": gettext_noop("attempts"),
        "refill_per_day": gettext_noop("attempts back in 24 hours"),
        "late": gettext_noop("late work"),
        "late_percent": gettext_noop("percent for each late day"),
        "grace_days": gettext_noop("late days that cost nothing"),
        "closes_at": gettext_noop("nothing more taken after"),
        "visible": gettext_noop("students see it"),
        "newest_only": gettext_noop("a new upload takes the place of one that waits"),
        "question_days": gettext_noop("days in which students may ask about a result"),
    }
)
"""The fields in the order of the form. Of those that are empty there is none of the thing, unless EMPTY says more."""

EMPTY: Mapping[str, str] = MappingProxyType(
    {
        "opens_at": gettext_noop("at once"),
        "due_at": gettext_noop("no deadline"),
        "attempts": gettext_noop("no limit"),
        "visible": gettext_noop("no"),
        "newest_only": gettext_noop("no"),
    }
)
LATE: Mapping[str, str] = MappingProxyType(
    {
        Late.CLOSED.value: gettext_noop("not taken"),
        Late.TAKEN.value: gettext_noop("taken without loss"),
        Late.PENALTY.value: gettext_noop("each late day costs"),
    }
)
DATES = ("opens_at", "due_at", "closes_at")


def changed_rules(word: Callable[[str], str], has: Callable[[str], bool], time_zone: str, now: datetime) -> str:
    """`points: 100 → 50; due: ...` of an event; empty for one that is older than these words."""
    return "; ".join(
        _(
            "{field}: {old} → {new}",
            field=_(label),
            old=_value(name, word(WAS + name), time_zone, now),
            new=_value(name, word(name), time_zone, now),
        )
        for name, label in LABELS.items()
        if has(WAS + name)
    )


def _value(name: str, said: str, time_zone: str, now: datetime) -> str:
    if not said:
        return _(EMPTY.get(name, gettext_noop("none")))
    if name in DATES:
        try:
            local = datetime.fromisoformat(said)
        except ValueError:
            return said
        return day_and_time(local.replace(tzinfo=ZoneInfo(time_zone)), time_zone, now).striptags()
    if said == "yes":
        return _("yes")
    return _(LATE[said]) if name == "late" and said in LATE else said
