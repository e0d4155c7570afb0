"""Moments as sentences hold them, in UTC: what is said here knows no reader's time zone."""

from datetime import datetime

from grader.translation import gettext as _
from grader.translation import gettext_noop

MONTHS = (
    gettext_noop("January"),
    gettext_noop("February"),
    gettext_noop("March"),
    gettext_noop("April"),
    gettext_noop("May"),
    gettext_noop("June"),
    gettext_noop("July"),
    gettext_noop("August"),
    gettext_noop("September"),
    gettext_noop("October"),
    gettext_noop("November"),
    gettext_noop("December"),
)


def date_in_words(moment: datetime) -> str:
    """The day of a moment, such as 5 March 2027."""
    return _("{day} {month} {year}", day=moment.day, month=_(MONTHS[moment.month - 1]), year=moment.year)


def moment_in_words(moment: datetime) -> str:
    """A moment in UTC to the minute, such as 5 March 2027 at 09:30 UTC."""
    return _("{date} at {time} UTC", date=date_in_words(moment), time=moment.strftime("%H:%M"))
