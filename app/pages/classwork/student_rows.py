"""Some of the students of a dashboard at a time: a page of the table, or of those with one cause."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.pages.classwork.dashboard import StudentRow

AT_A_TIME = 100
"""Rows of a page; with 500 of them and their cells a page is a megabyte that nobody reads to its end."""


@dataclass(frozen=True, slots=True)
class StudentRows:
    """The rows shown, which of how many they are, and where the next and the earlier ones begin; None: there are none.

    code: only students whose best attempt has this diagnosis; empty for all.
    """

    shown: tuple[StudentRow, ...]
    first: int
    total: int
    earlier: int | None
    later: int | None
    code: str

    @property
    def last(self) -> int:
        """The number of the last row shown."""
        return self.first + len(self.shown) - 1


def student_rows(students: Sequence[StudentRow], first: int, code: str, most: int = AT_A_TIME) -> StudentRows:
    """The page that begins with row `first`, from 1; a number past the end shows the last page."""
    chosen = [one for one in students if not code or code in one.row.codes]
    first = max(1, min(first, len(chosen) - (len(chosen) - 1) % most if chosen else 1))
    shown = tuple(chosen[first - 1 : first - 1 + most])
    after = first + len(shown)
    return StudentRows(
        shown,
        first,
        len(chosen),
        max(1, first - most) if first > 1 else None,
        after if after <= len(chosen) else None,
        code,
    )
