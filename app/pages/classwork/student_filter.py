"""Which students of a dashboard are asked for: those who have not begun, are stuck or were late, or have one cause."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlencode

from submissions.models import GradebookRow


class Group(StrEnum):
    """A group of students as an address names it."""

    ALL = "all"
    NOT_STARTED = "none"
    STUCK = "stuck"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class StudentFilter:
    """group: of whom. code: only whose best attempt has this diagnosis; empty for any."""

    group: Group = Group.ALL
    code: str = ""

    @property
    def everybody(self) -> bool:
        """Whether nobody is left out."""
        return self.group is Group.ALL and not self.code

    @property
    def query(self) -> str:
        """What an address of the dashboard has for it behind ?first=N; empty for everybody."""
        asked = ({} if self.group is Group.ALL else {"state": self.group.value}) | self._coded()
        return "&" + urlencode(asked) if asked else ""

    @property
    def among(self) -> str:
        """What an address of a submission has for it, so that its page knows who comes before and after."""
        return "?" + urlencode({"among": self.group.value} | self._coded())

    def chosen(self, rows: Sequence[GradebookRow], stuck: Collection[str]) -> list[GradebookRow]:
        """Who of these it is, in their order; stuck: the ids of those who are."""
        return [row for row in rows if self._has(row, stuck) and (not self.code or self.code in row.codes)]

    def _has(self, row: GradebookRow, stuck: Collection[str]) -> bool:
        if self.group is Group.NOT_STARTED:
            return row.state is None
        if self.group is Group.STUCK:
            return row.user.id in stuck
        return self.group is Group.ALL or is_late(row)

    def _coded(self) -> dict[str, str]:
        return {"code": self.code} if self.code else {}


def filter_asked(group: str, code: str) -> StudentFilter:
    """What the words of an address mean; a word that means nothing means everybody."""
    return StudentFilter(Group(group) if group in tuple(Group) else Group.ALL, code)


def is_late(row: GradebookRow) -> bool:
    """Whether the attempt that counts came after the due date."""
    return row.grade is not None and row.grade.late_days > 0
