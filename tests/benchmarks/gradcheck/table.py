"""One table for people: a row a checker, with its times, how much longer than ours, what it caught and rejected."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tests.benchmarks.figure import Remark

ABSENT = "-"


@dataclass(slots=True)
class Row:
    """What is known of one checker.

    milliseconds, to_core, to_check: medians and their ratios, by size. wrong_ms: of a verdict on wrong code.
    """

    milliseconds: dict[str, float] = field(default_factory=dict)
    to_core: dict[str, float] = field(default_factory=dict)
    to_check: dict[str, float] = field(default_factory=dict)
    wrong_ms: float | None = None
    caught: str = ABSENT
    rejected: str = ABSENT
    rejected_single: str = ABSENT


def table(rows: Mapping[str, Row], sizes: Sequence[str]) -> Iterator[Remark]:
    """The lines of the table, a header first."""
    heads = ["", *(f"ms {size}" for size in sizes), *(f"/core {size}" for size in sizes)]
    heads += [*(f"/check {size}" for size in sizes), "ms wrong", "caught", "right, rejected", "in float32"]
    lines = [heads]
    for name, row in rows.items():
        numbers = [_short(kind.get(size)) for kind in (row.milliseconds, row.to_core, row.to_check) for size in sizes]
        lines.append([name, *numbers, _short(row.wrong_ms), row.caught, row.rejected, row.rejected_single])
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        first, *others = (
            cell.ljust(width) if index == 0 else cell.rjust(width)
            for index, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        yield Remark("  ".join((first, *others)))


def _short(value: float | None) -> str:
    return ABSENT if value is None else f"{value:.0f}" if value >= 100 else f"{value:.3g}"
