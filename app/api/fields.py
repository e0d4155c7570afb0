"""The fields of what the API is sent, each refused with a word that says what is wrong with it."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, StringConstraints

from app.email_address import LONGEST_ADDRESS, is_reached_anywhere
from app.field_rules import LONGEST_LINE, can_be_shown, is_of_our_time, is_one_line, is_zone
from app.staff import extending
from app.staff.overriding import MOST_CHARACTERS
from grader.translation import gettext as _


def _shown(text: str) -> str:
    if not can_be_shown(text):
        raise ValueError(_("This holds characters that cannot be shown."))
    return text


def _one_line(text: str) -> str:
    if not is_one_line(text):
        raise ValueError(_("This is one line, without characters that cannot be shown."))
    return text


def _zone(name: str) -> str:
    if not is_zone(name):
        raise ValueError(_("This is not a time zone; write it like Europe/Berlin."))
    return name


def _sensible(moment: datetime) -> datetime:
    if not is_of_our_time(moment):
        raise ValueError(_("This is a date between the years 2000 and 2200."))
    return moment.astimezone(UTC)


def _address(text: str) -> str:
    if not is_reached_anywhere(text):
        raise ValueError(_("This is no e-mail address."))
    return text.lower()


Title = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_LINE), AfterValidator(_one_line)
]
PersonName = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_LINE), AfterValidator(_one_line)
]
Words = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MOST_CHARACTERS), AfterValidator(_shown)
]
Reason = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=extending.MOST_CHARACTERS),
    AfterValidator(_shown),
]
Slug = Annotated[str, StringConstraints(min_length=2, max_length=100)]
TimeZone = Annotated[str, StringConstraints(max_length=64), AfterValidator(_zone)]
Moment = Annotated[AwareDatetime, AfterValidator(_sensible)]
Address = Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_ADDRESS), AfterValidator(_address)]
