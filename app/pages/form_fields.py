"""The fields of a form as values, each with an exact word for what is wrong with it."""

import math
import re
from datetime import datetime

from starlette.datastructures import FormData

from app.email_address import LONGEST_ADDRESS, is_address
from app.errors import BadForm
from app.field_rules import LONGEST_LINE, can_be_shown, is_of_our_time, is_one_line, is_zone, on_the_clock, skipped
from grader.translation import gettext as _


def text(form: FormData, name: str, missing: str, most: int = LONGEST_LINE) -> str:
    """A field that must say something, without the space around it. Raises BadForm with `missing` where it does not."""
    value = optional_text(form, name, most)
    if not value:
        raise BadForm(missing, name)
    return value


def line(form: FormData, name: str, missing: str) -> str:
    """A name or a title. Raises BadForm with `missing` for an empty field, and for more than one line."""
    value = text(form, name, missing)
    if not is_one_line(value):
        raise BadForm(_("This is one line, without characters that cannot be shown."), name)
    return value


def optional_text(form: FormData, name: str, most: int = LONGEST_LINE) -> str:
    """A field that may be empty. Raises BadForm for more than `most` characters or for ones that cannot be shown."""
    value = form.get(name)
    value = value.replace("\r\n", "\n").strip() if isinstance(value, str) else ""
    if len(value) > most:
        raise BadForm(_("This is longer than {most} characters.", most=most), name)
    if not can_be_shown(value):
        raise BadForm(_("This holds characters that cannot be shown."), name)
    return value


def whole(form: FormData, name: str, what: str, least: int = 0, most: int = 100_000) -> int | None:
    """A whole number, None for an empty field. Raises BadForm."""
    value = optional_text(form, name)
    if not value:
        return None
    if not re.fullmatch(r"[0-9]{1,6}", value) or not least <= int(value) <= most:
        raise BadForm(_("{what}: a whole number from {least} to {most}.", what=what, least=least, most=most), name)
    return int(value)


def number(form: FormData, name: str, what: str, least: float = 0.0, most: float = 100_000.0) -> float | None:
    """A number, None for an empty field; a comma is read as a point. Raises BadForm, also for NaN."""
    value = optional_text(form, name).replace(",", ".")
    if not value:
        return None
    try:
        found = float(value)
    except ValueError:
        found = math.nan
    if not least <= found <= most:
        ends = {"least": f"{least:g}", "most": f"{most:g}"}
        raise BadForm(_("{what}: a number from {least} to {most}.", what=what, **ends), name)
    return found


def moment(form: FormData, name: str, what: str, time_zone: str) -> datetime | None:
    """A local time of the course as the browser sends it, None for an empty field. Raises BadForm."""
    value = optional_text(form, name)
    if not value:
        return None
    try:
        local = datetime.fromisoformat(value)
    except ValueError:
        local = None
    if local is None or local.tzinfo is not None or not is_of_our_time(local):
        raise BadForm(_("{what}: a date and a time, like 2026-12-18T18:00.", what=what), name)
    if (instead := skipped(local, time_zone)) is not None:
        times = {"time": f"{local:%H:%M}", "instead": f"{instead:%H:%M}"}
        raise BadForm(
            _(
                "{what}: on that day the clocks are put forward, and {time} never comes. Write {instead}.",
                what=what,
                **times,
            ),
            name,
        )
    return on_the_clock(local, time_zone)


def zone(form: FormData, name: str) -> str:
    """The name of a time zone. Raises BadForm."""
    value = optional_text(form, name)
    if not value:
        raise BadForm(_("Choose a time zone, such as Europe/Berlin."), name)
    if not is_zone(value):
        raise BadForm(_("{zone} is not a time zone; write it like Europe/Berlin.", zone=value), name)
    return value


def typed(form: FormData, name: str) -> str:
    """A field exactly as it was typed, such as a password; empty where it is missing or a file."""
    value = form.get(name)
    return value if isinstance(value, str) else ""


def new_password(form: FormData) -> str:
    """A password typed twice. Raises BadForm where the two differ."""
    password = typed(form, "password")
    if password != typed(form, "again"):
        raise BadForm(_("The two passwords differ."), "again")
    return password


def email(form: FormData, name: str = "email") -> str:
    """An e-mail address. Raises BadForm."""
    value = optional_text(form, name, LONGEST_ADDRESS)
    if not is_address(value):
        raise BadForm(_("An e-mail address looks like ada@example.org."), name)
    return value.lower()
