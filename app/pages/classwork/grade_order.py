"""In which order the gradebook of a course stands: by name, by total, or by what counts in one assignment."""

from dataclasses import dataclass
from urllib.parse import urlencode

from submissions.models import CourseAssignment, User
from submissions.standings import CourseRow, Standings, course_rows

NAME, TOTAL = "name", "total"


@dataclass(frozen=True, slots=True)
class GradeOrder:
    """by: NAME, TOTAL or the id of an assignment. falling: the last name, or the most points, first."""

    by: str
    falling: bool

    def query(self, by: str) -> str:
        """The part of an address behind ?: ordered by this, the other way round where it is so ordered already."""
        falling = not self.falling if by == self.by else by != NAME
        return urlencode({"sort": by, "order": _word(falling)})

    def page(self, first: int) -> str:
        """The same for the page of this order that begins with row number `first`."""
        return urlencode({"sort": self.by, "order": _word(self.falling), "first": first})

    def aria(self, by: str) -> str:
        """What a column says of its order, for readers of the page aloud; empty for one that it is not ordered by."""
        return "" if by != self.by else "descending" if self.falling else "ascending"


def _word(falling: bool) -> str:
    return "falling" if falling else "rising"


def order_asked(sort: str, order: str, asked: list[CourseAssignment]) -> GradeOrder:
    """What the words of an address mean; words that mean nothing mean by name."""
    by = sort if sort == TOTAL or any(one.id == sort for one in asked) else NAME
    return GradeOrder(by, order == "falling" if order in ("falling", "rising") else by != NAME)


def in_order(people: list[User], asked: list[CourseAssignment], found: Standings, order: GradeOrder) -> list[User]:
    """The people, who come by name; who has nothing graded comes below 0, and of equals the order of names stays."""
    if order.by == NAME:
        return people[::-1] if order.falling else people
    rows = course_rows(people, asked, found)
    places = [one.id for one in asked]

    def points(row: CourseRow) -> float:
        if order.by == TOTAL:
            return row.total.points if row.total.graded or row.total.points else -1.0
        standing = row.standings[places.index(order.by)]
        return standing.grade.points if standing and standing.grade else -1.0

    return [row.user for row in sorted(rows, key=points, reverse=order.falling)]
