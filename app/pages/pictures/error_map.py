"""Where a wrong tensor is wrong: one cell an entry, one hue from light to dark, the exponent printed in each."""

import math
from collections.abc import Iterator
from functools import reduce

from markupsafe import Markup

from app.pages.numbers import MINUS, listed, plain
from app.pages.pictures.picture import Picture, Table, drawing
from app.pages.pictures.svg import element, text
from grader.report import TensorResult
from grader.translation import gettext as _
from grader.translation import gettext_noop

CELL_WIDTH, CELL_HEIGHT = 29, 24
LEFT, TOP = 34, 22
NARROW = 357  # the width of half a column: a map that fits is drawn 1:1 and so are all others beside it
STEPS = (-1.0, -0.5, 0.2)  # log10 of 10 %, 32 % and 160 %: upper ends of the three middle colours
EQUAL = 1e-16  # the grader writes no smaller error
NOT_FINITE = 16.0  # how the grader writes an error that is NaN or infinite
KEY = (
    gettext_noop("matches"),
    gettext_noop("up to 10 %"),
    gettext_noop("to 32 %"),
    gettext_noop("to 160 %"),
    gettext_noop("more"),
)


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


def colour_key() -> tuple[str, ...]:
    """What each colour means, from that of an entry that matches on."""
    return tuple(_(meaning) for meaning in KEY)


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
    of = {"tensor": tensor.name, "shape": _shape(tensor)}
    partial = len(entries) != math.prod(tensor.shape)
    shown = [_("The first {n} are shown.", n=len(entries))] if partial else []
    if not wrong:
        return " ".join([_("Error map of {tensor}, {shape}: the entries shown match.", **of), *shown])
    counts = {"wrong": len(wrong), "all": len(entries)}
    if all(exponent < NOT_FINITE for exponent in wrong):  # NaN compares false
        found = _(
            "Error map of {tensor}, {shape}: {wrong} of {all} entries are wrong, "
            "at most by 10 to the {exponent} of the right entry.",
            exponent=exponent_text(max(wrong)),
            **of,
            **counts,
        )
    else:
        found = _(
            "Error map of {tensor}, {shape}: {wrong} of {all} entries are wrong, some not finite.", **of, **counts
        )
    return " ".join([found, *shown, *_matching(tensor)])


def _shape(tensor: TensorResult) -> str:
    """Its lengths, as 3 by 4."""
    if not tensor.shape:
        return _("one number")
    return reduce(lambda said, length: _("{length} by {next}", length=said, next=length), map(str, tensor.shape))


def _matching(tensor: TensorResult) -> Iterator[str]:
    """A sentence on the rows all of whose entries match, and one on such columns."""
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
    if rows:
        yield _("Matching rows: {rows}.", rows=listed([str(index) for index in rows]))
    if columns:
        yield _("Matching columns: {columns}.", columns=listed([str(index) for index in columns]))


def _table(tensor: TensorResult) -> Table:
    columns = len(tensor.error_map[0])
    return Table(
        caption=_(
            "Base-10 logarithm of the error of each entry of {tensor}, relative to that entry; {equal} is equal.",
            tensor=tensor.name,
            equal=MINUS + "16",
        ),
        head=(_("row"), *(_("column {column}", column=column) for column in range(columns))),
        rows=tuple((str(row), *map(exponent_text, entries)) for row, entries in enumerate(tensor.error_map)),
    )
