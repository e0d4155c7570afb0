"""What holds for fields, whether a form or JSON brings them."""

import unicodedata
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

FIRST_YEAR, LAST_YEAR = 2000, 2200
"""A date outside is a slip of the keyboard, and far enough from where datetimes end that clocks can be reckoned."""

LONGEST_LINE = 200
"""Characters of a name or a title."""


BETWEEN_LETTERS = "\u00ad\u200c\u200d\u200e\u200f"
"""Soft hyphen, non-joiner, joiner and marks of direction: Persian, Hebrew and Indic names have them, and emoji.
What turns the direction of all that follows is not among them."""


def can_be_shown(text: str) -> bool:
    """Whether every character belongs in a text that is shown, breaks of lines and tabs included."""
    return all(_belongs(character) or character in "\n\t" for character in text)


def is_one_line(text: str) -> bool:
    """Whether it is one line of such characters: names and titles stand in lists, a line each."""
    return all(map(_belongs, text))


def _belongs(character: str) -> bool:
    """Whether it shows, is a space of any script and width, or tells how its neighbours are written."""
    return character.isprintable() or unicodedata.category(character) == "Zs" or character in BETWEEN_LETTERS


def on_one_line(text: str) -> str:
    """What others call somebody or something, as a list can hold it: a break, or what does not show, is a space."""
    return "".join(character if is_one_line(character) else " " for character in text)


def is_zone(name: str) -> bool:
    """Whether there is a time zone of this name."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def on_the_clock(local: datetime, time_zone: str) -> datetime:
    """The moment at which a clock of the zone shows `local`.

    A time that the clocks skip is read as the one an hour later, as the clocks then show; of one that comes twice the
    second is meant: both are the kinder reading of a deadline.
    """
    zone = ZoneInfo(time_zone)
    return max(local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))


def skipped(local: datetime, time_zone: str) -> datetime | None:
    """Where clocks of the zone never show `local`, as they are put forward: what they show instead at that moment."""
    shown = on_the_clock(local, time_zone).astimezone(ZoneInfo(time_zone)).replace(tzinfo=None)
    return None if shown == local else shown


def is_of_our_time(moment: datetime) -> bool:
    """Whether a course can have this date."""
    return FIRST_YEAR <= moment.year <= LAST_YEAR
