"""Writes our scores into the gradebook file that an instructor exported, and touches nothing else in it."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.errors import BadForm
from app.gradebooks.cells import number, points
from app.gradebooks.column_scale import Scale, column_scale, is_maximum
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
    r"\s*(\(\d+\)|\(Real\)|\[[^\]]*\](\s*\|\s*\d+)?|\|\s*\d+|Points Grade.*)\s*$"
)  # what an LMS puts behind a title


# Canvas compares at two decimals, so less than half of the last one is the same score.
_SAME = 0.005


@dataclass(frozen=True, slots=True)
class Replaced:
    """A score that stood in the file already, and the other one that we have for this learner."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file, by its number (the header is 1, empty ones are none) and whom it is about."""

    number: int
    about: str


@dataclass(frozen=True, slots=True)
class Filled:
    """The file with our scores. not_here: learners of ours without a line; not_ours: lines about nobody of ours.

    keeping: the same file, where scores that stood in it are left as they were; replaced: those that differ from ours.
    """

    sheet: Sheet
    keeping: Sheet
    column: str
    scale: Scale
    filled: int
    replaced: tuple[Replaced, ...]
    not_here: tuple[str, ...]
    not_ours: tuple[Line, ...]


def fill(sheet: Sheet, scores: AssignmentScores, column: str = "") -> Filled:
    """Write the points into the column of that name, or the one named like the assignment. Raises BadForm."""
    place = _column(sheet, column or scores.title)
    scale = column_scale(sheet, place, scores.maximum)
    lines = _Lines(sheet, scores.learners)
    if not lines.say_who:
        raise BadForm(
            _(
                "No column says who a line is about. One of them must be called {names} or Student.",
                names=", ".join(_ADDRESSES[:6]),
            ),
            "file",
        )
    rows, kept, replaced = [sheet.header], [sheet.header], list[Replaced]()
    found, not_ours = set[str](), list[Line]()
    for at, row in enumerate(sheet.rows[1:], 2):
        learner = lines.learner(row)
        written = row
        if learner is None or learner.points is None:
            if learner is None and not _is_furniture(row):
                not_ours.append(Line(at, lines.about(row)))
        else:
            before, after = (row[place] if place < len(row) else ""), points(scale.brought(learner.points))
            written = _with_cell(row, place, after)
            if _differs(before, after):
                replaced.append(Replaced(learner.name, before.strip(), after))
        rows.append(written)
        kept.append(row if _is_score(row, place) else written)
        if learner is not None:
            found.add(learner.email)
    missing = tuple(one.name for one in scores.learners if one.email not in found and one.points is not None)
    return Filled(
        sheet=replace(sheet, rows=tuple(rows)),
        keeping=replace(sheet, rows=tuple(kept)),
        column=sheet.header[place],
        scale=scale,
        filled=sum(1 for one in scores.learners if one.email in found and one.points is not None),
        replaced=tuple(replaced),
        not_here=missing,
        not_ours=tuple(not_ours),
    )


def _with_cell(row: Sequence[str], place: int, cell: str) -> tuple[str, ...]:
    """The line with `cell` at its place, made long enough."""
    cells = [*row, *[""] * (place + 1 - len(row))]
    cells[place] = cell
    return tuple(cells)


def _is_score(row: Sequence[str], place: int) -> bool:
    """Whether somebody wrote something into the cell already: Moodle writes - for nothing."""
    return place < len(row) and row[place].strip() not in ("", "-")


def _differs(before: str, after: str) -> bool:
    """Whether `after` overwrites another score; a word such as Canvas's EX is one too."""
    if not _is_score((before,), 0):
        return False
    old, new = number(before), number(after)
    return old is None or new is None or abs(old - new) >= _SAME


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


class _Lines:
    """Who the lines of a file are about. An address decides alone; a name counts only where a line has nothing surer.

    A name need only be ours once to look like somebody of ours: whoever else is called so has a line as well.
    """

    def __init__(self, sheet: Sheet, learners: Sequence[LearnerScore]) -> None:
        self._addresses = sheet.columns(*_ADDRESSES)
        self._name = sheet.columns(*_NAMES)[:1]
        self._by_address, self._by_name = _keys(learners)
        self._called = Counter(one.email for row in sheet.rows[1:] if (one := self._named(row)) is not None)

    @property
    def say_who(self) -> bool:
        """Whether any column does."""
        return bool(self._addresses or self._name)

    def learner(self, row: Sequence[str]) -> LearnerScore | None:
        """Who of ours the line is about; None where that is nobody, or not sure."""
        keys = _cells(row, self._addresses)
        if not keys:
            named = self._named(row)
            return named if named is not None and self._called[named.email] == 1 else None
        # Strangers may have a user name that is one of ours before another @.
        surest = [key for key in keys if "@" in key] or keys
        found = {one for key in surest if (one := self._by_address.get(key)) is not None}
        return found.pop() if len(found) == 1 else None

    def about(self, row: Sequence[str]) -> str:
        """How the line itself calls who it is about: the name, else an address or whatever stands first."""
        said = (row[place].strip() for place in (*self._name, *self._addresses, *range(len(row))) if place < len(row))
        return next(filter(None, said), "")

    def _named(self, row: Sequence[str]) -> LearnerScore | None:
        return next((self._by_name.get(key) for key in _cells(row, self._name)), None)


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


def _cells(row: Sequence[str], places: Sequence[int]) -> list[str]:
    """What stands in these columns of a line, as keys, without the empty ones."""
    cells = (_plain(row[place]).lstrip("#'") for place in places if place < len(row))
    return [cell for cell in cells if cell]


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _sortable(name: str) -> str:
    """Canvas's other form of a name: the last word, a comma, the rest."""
    rest, _space, last = _plain(name).rpartition(" ")
    return f"{last}, {rest}" if rest else last


def _is_furniture(row: Sequence[str]) -> bool:
    """A line of the file that is about no learner: Canvas's points possible and its kin."""
    first = row[0].strip().casefold() if row else ""
    return is_maximum(row) or first in ("", "student, test") or "read only" in first
