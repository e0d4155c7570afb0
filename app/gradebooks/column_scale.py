"""What a column of an exported gradebook is out of, where the file says it, and what our points become there."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.errors import BadForm
from app.gradebooks.cells import number
from app.gradebooks.sheet import Sheet
from grader.translation import gettext as _

# Blackboard: Essay [Total Pts: 50 Score] |123; Brightspace: Essay Points Grade <Numeric MaxPoints:50 Weight:10>.
_MAXIMUM = re.compile(
    r"\[\s*Total Pts:\s*(?:up to\s*)?(?P<total>[\d.,]+)|MaxPoints:\s*(?P<most>[\d.,]+)", re.IGNORECASE
)
_PERCENTAGE = re.compile(r"\(Percentage\)\s*$|\[\s*Total Pts:[^\]]*Percentage\s*\]", re.IGNORECASE)
_NO_NUMBERS = re.compile(
    r"\(Letter\)\s*$|\[\s*Total Pts:[^\]]*(Letter|Text|Complete/Incomplete)[^\]]*\]|Scheme Symbol|Text Grade",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Scale:
    """ours: what the assignment is worth here. theirs: what the column is out of; None where the file does not say."""

    ours: float
    theirs: float | None

    @property
    def differs(self) -> bool:
        """Whether points have to be brought to another scale."""
        return self.theirs is not None and self.ours > 0 and self.theirs != self.ours

    def brought(self, points: float) -> float:
        """Our points as the column counts them."""
        return points * self.theirs / self.ours if self.differs and self.theirs is not None else points


def column_scale(sheet: Sheet, place: int, ours: float) -> Scale:
    """The scale of a column. Raises BadForm for one that takes no points, or that is out of none."""
    title = sheet.header[place]
    if _NO_NUMBERS.search(title):
        raise BadForm(_("The column {name} holds no points. Choose one that does.", name=title), "column")
    theirs = 100.0 if _PERCENTAGE.search(title) else _in_title(title)
    if theirs is None:
        theirs = _in_a_line(sheet.rows[1:], place)
    if theirs == 0 and ours > 0:
        raise BadForm(
            _(
                "The column {name} is out of 0 points, so no score fits into it. Give it points in the LMS and "
                "export it again.",
                name=title,
            ),
            "column",
        )
    return Scale(ours, theirs)


def is_maximum(row: Sequence[str]) -> bool:
    """Whether a line says what the columns are out of, as the second or third of Canvas does."""
    return bool(row) and row[0].strip().casefold() == "points possible"


def _in_title(title: str) -> float | None:
    found = _MAXIMUM.search(title)
    return number(found["total"] or found["most"]) if found else None


def _in_a_line(rows: Sequence[Sequence[str]], place: int) -> float | None:
    return next((number(row[place]) for row in rows if is_maximum(row) and place < len(row)), None)
