"""A list of people as CSV, read whole: every line that is wrong is named with its number, and then nothing is taken."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from app.email_address import is_reached_anywhere
from app.field_rules import LONGEST_LINE, is_one_line
from app.people.roster_heads import PLAIN, Heads, heads_of, role_of_words
from grader.translation import gettext as _
from submissions.models import Role

MOST_PEOPLE = 2000
DELIMITERS = (",", ";", "\t")


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
    """The people of a list, and what is wrong with it. left_out: the heads of columns of which nothing is taken."""

    people: tuple[Listed, ...]
    problems: tuple[LineProblem, ...]
    left_out: tuple[str, ...] = ()


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
    heads = heads_of(rows[0][1])
    left_out: tuple[str, ...] = ()
    if heads is not None:
        left_out = tuple(_shown(head) for head in heads.unread(rows[0][1]))
        rows = [(number, cells) for number, cells in rows[1:] if not heads.is_furniture(cells)]
        if rows and not heads.has_addresses and not any(heads.cells(cells).email for _number, cells in rows):
            return RosterList((), (LineProblem(0, _("No column has e-mail addresses. Add one with the head Email.")),))
    people: list[Listed] = []
    problems: list[LineProblem] = []
    first_seen: dict[str, int] = {}
    for number, cells in rows:
        listed, sentence = _person(number, cells, heads or PLAIN)
        if listed is not None and listed.email in first_seen:
            sentence = _("{email} is in line {line} already.", email=listed.email, line=first_seen[listed.email])
        if sentence or listed is None:
            problems.append(LineProblem(number, sentence))
            continue
        first_seen[listed.email] = number
        people.append(listed)
    if not rows:
        problems.append(LineProblem(0, _("The list has heads and nobody below them.")))
    return RosterList(tuple(people), tuple(problems), left_out)


def _person(number: int, row: Sequence[str], heads: Heads) -> tuple[Listed | None, str]:
    if len(row) > len(heads.columns):
        return None, _("There are {found} cells where {asked} belong.", found=len(row), asked=len(heads.columns))
    found = heads.cells(row)
    email, name, role = found.email.lower(), found.name, role_of_words(found.role)
    if not is_reached_anywhere(email):
        if not email:
            return None, _("The e-mail address is missing.")
        return None, _("“{email}” is no e-mail address.", email=_shown(email))
    if not name:
        return None, _("The name of {email} is missing.", email=email)
    if len(name) > LONGEST_LINE or not is_one_line(name):
        return None, _("The name of {email} is too long or holds characters that cannot be shown.", email=email)
    if role is None:
        return None, _("“{role}” is no role: write student, assistant or instructor.", role=_shown(found.role.lower()))
    return Listed(number, name, email, role), ""


def _shown(text: str) -> str:
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text[:60])
