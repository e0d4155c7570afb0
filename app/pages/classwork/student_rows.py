"""Some of the students of a dashboard at a time: a page of the table, or of those who are asked for."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from app.email_address import is_made_up
from app.pages.classwork.dashboard import StudentRow
from app.pages.classwork.student_filter import StudentFilter
from app.pages.slices import AT_A_TIME, Slice, slice_of


@dataclass(frozen=True, slots=True)
class StudentRows(Slice[StudentRow]):
    """The rows shown, and whose they are. addresses: of all that are asked for; nameless: how many have none."""

    asked: StudentFilter
    addresses: tuple[str, ...]
    nameless: int

    @property
    def code(self) -> str:
        """The diagnosis that they have; empty for any."""
        return self.asked.code


def student_rows(
    students: Sequence[StudentRow],
    first: int,
    asked: StudentFilter,
    stuck: Collection[str] = (),
    most: int = AT_A_TIME,
) -> StudentRows:
    """The page that begins with row `first`, from 1, of the students asked for; stuck: the ids of those who are."""
    chosen = {row.user.id for row in asked.chosen([one.row for one in students], stuck)}
    found = [one for one in students if one.row.user.id in chosen]
    page = slice_of(found, first, most)
    addresses = tuple(one.row.user.email for one in found if not is_made_up(one.row.user.email))
    return StudentRows(
        page.shown, page.first, page.total, page.earlier, page.later, asked, addresses, len(found) - len(addresses)
    )
