"""A confusion matrix in shades: the diagonal in one hue, mix-ups in another."""

from dataclasses import dataclass

from grader.report import Counts


@dataclass(frozen=True, slots=True)
class ConfusionCell:
    """A count and the class that colours it: d1-d4 on the diagonal, o1-o2 off it, z for zero."""

    count: int
    shade: str


def confusion_cells(confusion: Counts) -> tuple[tuple[ConfusionCell, ...], ...]:
    """The matrix with a shade for each cell."""
    largest = max((count for row in confusion for count in row), default=0)
    return tuple(
        tuple(
            ConfusionCell(count, _shade(count, on_diagonal=row == column, row_total=sum(counts), largest=largest))
            for column, count in enumerate(counts)
        )
        for row, counts in enumerate(confusion)
    )


def _shade(count: int, *, on_diagonal: bool, row_total: int, largest: int) -> str:
    if not count:
        return "z"
    if on_diagonal:
        return f"d{min(1 + int(4 * count / (largest + 1)), 4)}"
    return "o2" if count > 0.05 * row_total and count > 1 else "o1"
