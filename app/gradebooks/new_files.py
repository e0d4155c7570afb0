"""A gradebook file made from nothing, one function for each learning management system.

Sources of the forms: Canvas `lib/gradebook_importer.rb`; Moodle 4.5 `grade/import/csv`; Brightspace's and Blackboard's
help pages on importing grades.
"""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

from app.email_address import is_made_up
from app.gradebooks.cells import points, text
from app.gradebooks.scores import AssignmentScores, LearnerScore


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
    return _csv([head, *(["#" + name, points(one.points), "#"] for name, one in _by_user_name(scores))])


def blackboard(scores: AssignmentScores) -> str:
    """Matched by user name. Without Blackboard's id of it the column becomes a new one: better fill in its export."""
    head = ["Username", text(f"{scores.title} [Total Pts: {points(scores.maximum)} Score]")]
    return _csv([head, *([text(name), points(one.points)] for name, one in _by_user_name(scores))])


NEW_FILES: Mapping[str, Callable[[AssignmentScores], str]] = MappingProxyType(
    {"canvas": canvas, "moodle": moodle, "brightspace": brightspace, "blackboard": blackboard}
)


def without_user_name(scores: AssignmentScores) -> tuple[LearnerScore, ...]:
    """Who has no line in a file that goes by user names: those who share one, and those who came without an address.

    An importer would give one of two such lines to the wrong person, or take a grade away again.
    """
    named = {one.email for _name, one in _by_user_name(scores)}
    return tuple(one for one in scores.learners if one.email not in named)


def _by_user_name(scores: AssignmentScores) -> list[tuple[str, LearnerScore]]:
    """Learners with the user name that is theirs alone."""
    names = [(_local(one.email), one) for one in scores.learners]
    shared = Counter(name.casefold() for name, _one in names)
    return [(name, one) for name, one in names if name and shared[name.casefold()] == 1]


def _address(email: str) -> str:
    """The address; empty for one that we made up for somebody whom an LMS named without any."""
    return "" if is_made_up(email) else email


def _local(email: str) -> str:
    """What stands before the @: the user name at most schools."""
    return _address(email).partition("@")[0]


def _csv(rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue()
