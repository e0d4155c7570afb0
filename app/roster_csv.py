"""A list of people as CSV, read whole: every line that is wrong is named with its number, and then nothing is taken."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from app.email_address import is_reached_anywhere
from app.field_rules import LONGEST_LINE, is_one_line
from app.gradebooks.cells import plain
from grader.translation import gettext as _
from submissions.models import Role

MOST_PEOPLE = 2000
COLUMNS = ("name", "email", "role")
DELIMITERS = (",", ";", "\t")
HEADS = {"e-mail": "email", "mail": "email", "email address": "email", "full name": "name"}


@dataclass(frozen=True, slots=True)
class Listed:
    """A person as a line has them; email in lower case."""

    line: int
    name: str
    email: str
    role: Role


@dataclass(frozen=True, slots=True)
class LineProblem:
    """What is wrong with a line; line 0 is the list as a whole."""

    line: int
    sentence: str


@dataclass(frozen=True, slots=True)
class RosterList:
    """The people of a list, and what is wrong with it."""

    people: tuple[Listed, ...]
    problems: tuple[LineProblem, ...]


def read_roster(text: str) -> RosterList:
    """The people in `text`: name, e-mail and role (student where there is none), with or without a line of heads."""
    text = text.removeprefix("\ufeff")
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not lines:
        return RosterList((), (LineProblem(0, _("The list is empty.")),))
    if len(lines) > MOST_PEOPLE + 1:
        return RosterList(
            (), (LineProblem(0, _("The list has more than {most} lines; send it in parts.", most=MOST_PEOPLE)),)
        )
    delimiter = max(DELIMITERS, key=lines[0][1].count)
    try:
        rows = [(number, next(csv.reader(io.StringIO(line), delimiter=delimiter))) for number, line in lines]
    except csv.Error as error:
        return RosterList((), (LineProblem(0, _("This is not a CSV file: {error}.", error=error)),))
    order = _order(rows[0][1])
    if order is not None:
        rows = rows[1:]
    people: list[Listed] = []
    problems: list[LineProblem] = []
    first_seen: dict[str, int] = {}
    for number, cells in rows:
        listed, sentence = _person(number, cells, order or COLUMNS)
        if listed is not None and listed.email in first_seen:
            sentence = _("{email} is in line {line} already.", email=listed.email, line=first_seen[listed.email])
        if sentence or listed is None:
            problems.append(LineProblem(number, sentence))
            continue
        first_seen[listed.email] = number
        people.append(listed)
    if not rows:
        problems.append(LineProblem(0, _("The list has heads and nobody below them.")))
    return RosterList(tuple(people), tuple(problems))


def _order(cells: Sequence[str]) -> tuple[str, ...] | None:
    """Which column is what, by a line of heads; None where the first line is a person."""
    heads = [cell.strip().lower() for cell in cells]
    named = tuple(HEADS.get(head, head) for head in heads)
    return named if "email" in named else None


def _person(number: int, cells: Sequence[str], order: Sequence[str]) -> tuple[Listed | None, str]:
    found = {name: plain(cell.strip()) for name, cell in zip(order, cells, strict=False)}
    if len(cells) > len(order):
        return None, _("There are {found} cells where {asked} belong.", found=len(cells), asked=len(order))
    email, name, said = found.get("email", "").lower(), found.get("name", ""), found.get("role", "").lower()
    if not is_reached_anywhere(email):
        if not email:
            return None, _("The e-mail address is missing.")
        return None, _("“{email}” is no e-mail address.", email=_shown(email))
    if not name:
        return None, _("The name of {email} is missing.", email=email)
    if len(name) > LONGEST_LINE or not is_one_line(name):
        return None, _("The name of {email} is too long or holds characters that cannot be shown.", email=email)
    if said and said not in tuple(Role):
        return None, _("“{role}” is no role: write student, assistant or instructor.", role=_shown(said))
    return Listed(number, name, email, Role(said or Role.STUDENT.value)), ""


def _shown(text: str) -> str:
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text[:60])
