"""A gradebook file made from nothing, one function for each learning management system.

Sources of the forms: Canvas `lib/gradebook_importer.rb`; Moodle 4.5 `grade/import/csv`; Brightspace's and Blackboard's
help pages on importing grades.
"""

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

from app.gradebooks.cells import points, text
from app.gradebooks.scores import AssignmentScores


def canvas(scores: AssignmentScores) -> str:
    """Matched by login, which is the address at most schools. Canvas compares at two decimals."""
    head = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", text(scores.title)]
    possible = ["    Points Possible", "", "", "", "", points(scores.maximum, 2)]
    lines = ([text(one.name), "", "", text(_address(one.email)), "", points(one.points, 2)] for one in scores.learners)
    return _csv([head, possible, *lines])


def moodle(scores: AssignmentScores) -> str:
    """The teacher maps `email` to a user and the title to an item. An empty cell is no grade."""
    head = ["email", "fullname", text(scores.title)]
    return _csv([head, *([text(_address(one.email)), text(one.name), points(one.points)] for one in scores.learners)])


def brightspace(scores: AssignmentScores) -> str:
    """Matched by user name. Ids begin with # and every line ends with it, which no spreadsheet takes for a formula."""
    head = ["Username", text(f"{scores.title} Points Grade"), "End-of-Line Indicator"]
    return _csv([head, *(["#" + _local(one.email), points(one.points), "#"] for one in scores.learners)])


def blackboard(scores: AssignmentScores) -> str:
    """Matched by user name. Without Blackboard's id of it the column becomes a new one: better fill in its export."""
    head = ["Username", text(f"{scores.title} [Total Pts: {points(scores.maximum)} Score]")]
    return _csv([head, *([text(_local(one.email)), points(one.points)] for one in scores.learners)])


NEW_FILES: Mapping[str, Callable[[AssignmentScores], str]] = MappingProxyType(
    {"canvas": canvas, "moodle": moodle, "brightspace": brightspace, "blackboard": blackboard}
)


def _address(email: str) -> str:
    """The address; empty for one that we made up for somebody whom an LMS named without any."""
    return "" if email.endswith(".invalid") else email


def _local(email: str) -> str:
    """What stands before the @: the user name at most schools."""
    return _address(email).partition("@")[0]


def _csv(rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue()
