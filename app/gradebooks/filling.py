"""Writes our scores into the gradebook file that an instructor exported, and touches nothing else in it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.errors import BadForm
from app.gradebooks.cells import points
from app.gradebooks.scores import AssignmentScores, LearnerScore
from app.gradebooks.sheet import Sheet
from grader.translation import gettext as _

# Names that the exports of Canvas, Moodle, Brightspace and Blackboard give to who a line is about, the surest first.
_ADDRESSES = (
    "email address",
    "email",
    "e-mail",
    "sis login id",
    "username",
    "user name",
    "login id",
    "student username",
)
_NAMES = ("student", "full name", "name", "fullname")
_ID = re.compile(
    r"\s*(\(\d+\)|\[[^\]]*\](\s*\|\s*\d+)?|\|\s*\d+|Points Grade.*)\s*$"
)  # what an LMS puts behind a title


@dataclass(frozen=True, slots=True)
class Filled:
    """The file with our scores. not_here: learners of ours without a line; not_ours: lines without a score of ours."""

    sheet: Sheet
    column: str
    filled: int
    not_here: tuple[str, ...]
    not_ours: int


def fill(sheet: Sheet, scores: AssignmentScores, column: str = "") -> Filled:
    """Write the points into the column of that name, or the one named like the assignment. Raises BadForm."""
    place = _column(sheet, column or scores.title)
    by_address, by_name = _keys(scores.learners)
    addresses, names = sheet.column(*_ADDRESSES), sheet.column(*_NAMES)
    if addresses is None and names is None:
        raise BadForm(
            _(
                "No column says who a line is about. One of them must be called {names} or Student.",
                names=", ".join(_ADDRESSES[:6]),
            ),
            "file",
        )
    rows, found, not_ours = [sheet.header], set[str](), 0
    for row in sheet.rows[1:]:
        learner = _learner(row, addresses, by_address) or _learner(row, names, by_name)
        if learner is None or learner.points is None:
            not_ours += learner is None and not _is_furniture(row)
            rows.append(row)
        else:
            cells = [*row, *[""] * (place + 1 - len(row))]
            cells[place] = points(learner.points)
            rows.append(tuple(cells))
        if learner is not None:
            found.add(learner.email)
    missing = tuple(one.name for one in scores.learners if one.email not in found and one.points is not None)
    filled = sum(1 for one in scores.learners if one.email in found and one.points is not None)
    return Filled(replace(sheet, rows=tuple(rows)), sheet.header[place], filled, missing, not_ours)


def _column(sheet: Sheet, name: str) -> int:
    wanted = name.strip().casefold()
    exact = [place for place, title in enumerate(sheet.header) if title.strip().casefold() == wanted]
    alike = [place for place, title in enumerate(sheet.header) if _ID.sub("", title).strip().casefold() == wanted]
    for places in (exact, alike):
        if len(places) == 1:
            return places[0]
    offered = ", ".join(title for title in sheet.header if title.strip())[:600]
    told = {"name": name, "columns": offered}
    if not alike:
        raise BadForm(_("No column of the file is called {name}. Its columns: {columns}.", **told), "column")
    raise BadForm(_("More than one column of the file is called {name}. Its columns: {columns}.", **told), "column")


def _keys(
    learners: Sequence[LearnerScore],
) -> tuple[Mapping[str, LearnerScore | None], Mapping[str, LearnerScore | None]]:
    """Learners by address or user name, and by name; None where two share one: no score may get into a wrong line."""
    by_address: dict[str, LearnerScore | None] = {}
    by_name: dict[str, LearnerScore | None] = {}
    for one in learners:
        for key in {one.email.casefold(), one.email.partition("@")[0].casefold()}:
            by_address[key] = None if key in by_address else one
        for key in {_plain(one.name), _sortable(one.name)}:
            by_name[key] = None if key in by_name else one
    return by_address, by_name


def _learner(row: Sequence[str], place: int | None, known: Mapping[str, LearnerScore | None]) -> LearnerScore | None:
    if place is None or place >= len(row):
        return None
    return known.get(_plain(row[place]).lstrip("#'"))


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _sortable(name: str) -> str:
    """Canvas's other form of a name: the last word, a comma, the rest."""
    rest, _space, last = _plain(name).rpartition(" ")
    return f"{last}, {rest}" if rest else last


def _is_furniture(row: Sequence[str]) -> bool:
    """A line of the file that is about no learner: Canvas's points possible and its kin."""
    first = row[0].strip().casefold() if row else ""
    return first in ("", "points possible", "student, test") or "read only" in first
