"""Where a wrong tensor is wrong: one cell an entry, one hue from light to dark, the exponent printed in each."""

import math

from markupsafe import Markup

from app.pages.numbers import MINUS, listed, plain
from app.pages.pictures.picture import Picture, Table, drawing
from app.pages.pictures.svg import element, text
from grader.report import TensorResult

CELL_WIDTH, CELL_HEIGHT = 29, 24
LEFT, TOP = 34, 22
NARROW = 357  # the width of half a column: a map that fits is drawn 1:1 and so are all others beside it
STEPS = (-1.0, -0.5, 0.2)  # log10 of 10 %, 32 % and 160 %: upper ends of the three middle colours
EQUAL = 1e-16  # the grader writes no smaller error
NOT_FINITE = 16.0  # how the grader writes an error that is NaN or infinite
KEY = ("matches", "up to 10 %", "to 32 %", "to 160 %", "more")


def error_map(tensor: TensorResult) -> Picture:
    """The map of a tensor whose `error_map` is not empty; entries within its tolerance count as matching."""
    rows, columns = len(tensor.error_map), len(tensor.error_map[0])
    finding = _finding(tensor)
    width = max(NARROW, LEFT + columns * CELL_WIDTH + 4)
    height = TOP + rows * CELL_HEIGHT + 16
    marks: list[Markup] = []
    for column in range(columns):
        marks.append(text(LEFT + column * CELL_WIDTH + CELL_WIDTH / 2 - 0.5, TOP - 6, str(column), "m"))
    for row, entries in enumerate(tensor.error_map):
        y = TOP + row * CELL_HEIGHT
        marks.append(text(LEFT - 7, y + 16, str(row), "e"))
        for column, exponent in enumerate(entries):
            x = LEFT + column * CELL_WIDTH
            step = _step(exponent, tensor.tolerance)
            marks.append(element("rect", class_=f"f{step}", x=x, y=y, width=CELL_WIDTH - 1, height=CELL_HEIGHT - 1))
            marks.append(text(x + CELL_WIDTH / 2 - 0.5, y + 15, exponent_text(exponent), f"v i{step}"))
    class_ = "ch map" if width == NARROW else "ch map wide"
    svg = drawing(width, height, finding, *marks, class_=class_, width=width, height=height)
    return Picture(svg, finding, _table(tensor))


def exponent_text(exponent: float) -> str:
    """An exponent of ten as it stands in a cell: −16, −0.7, 0.8, or ∞ where the error is no finite number."""
    if exponent >= NOT_FINITE:
        return "∞"
    if not math.isfinite(exponent):
        return plain(exponent)
    written = f"{exponent:.0f}" if abs(exponent) >= 9.95 else f"{exponent:.1f}"
    return "0.0" if float(written) == 0 else written.replace("-", MINUS)


def _step(exponent: float, tolerance: float) -> int:
    """The colour of an entry, 0 (matches) to 4; NaN is the darkest."""
    if exponent <= math.log10(max(tolerance, EQUAL)):
        return 0
    for step, end in enumerate(STEPS, start=1):
        if exponent <= end:
            return step
    return 4


def _finding(tensor: TensorResult) -> str:
    entries = [exponent for row in tensor.error_map for exponent in row]
    wrong = [exponent for exponent in entries if _step(exponent, tensor.tolerance) > 0]
    shape = " by ".join(str(length) for length in tensor.shape) or "one number"
    shown = "" if len(entries) == math.prod(tensor.shape) else f" The first {len(entries)} are shown."
    if not wrong:
        return f"Error map of {tensor.name}, {shape}: the entries shown match.{shown}"
    finite = all(exponent < NOT_FINITE for exponent in wrong)  # NaN compares false
    worst = f"at most by a relative error of 10 to the {exponent_text(max(wrong))}" if finite else "some not finite"
    rows = [
        index
        for index in range(len(tensor.error_map))
        if all(_step(exponent, tensor.tolerance) == 0 for exponent in tensor.error_map[index])
    ]
    columns = [
        index
        for index in range(len(tensor.error_map[0]))
        if all(_step(row[index], tensor.tolerance) == 0 for row in tensor.error_map)
    ]
    right = "".join(
        f" Matching {what}: {listed([str(index) for index in indices])}."
        for what, indices in (("rows", rows), ("columns", columns))
        if indices
    )
    return (
        f"Error map of {tensor.name}, {shape}: {len(wrong)} of {len(entries)} entries are wrong, {worst}.{shown}{right}"
    )


def _table(tensor: TensorResult) -> Table:
    columns = len(tensor.error_map[0])
    return Table(
        caption=f"Base-10 logarithm of the relative error of each entry of {tensor.name}; {MINUS}16 is equal.",
        head=("row", *(f"column {column}" for column in range(columns))),
        rows=tuple((str(row), *map(exponent_text, entries)) for row, entries in enumerate(tensor.error_map)),
    )
