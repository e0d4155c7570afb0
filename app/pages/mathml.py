"""Counterexamples as MathML: matrices of small numbers that a student can work by hand."""

import math
from collections.abc import Sequence
from fractions import Fraction

from markupsafe import Markup

from app.pages.numbers import MINUS, plain
from app.pages.pictures.svg import element
from grader.report import Evidence

LARGEST_DENOMINATOR = 24  # fractions a person still recognises; other numbers are written as decimals
EXACT = 1e-12  # a float this close to a small fraction came from one
LARGEST_SIDE = 12  # larger arrays are no longer "by hand"


def equation(name: str, value: Evidence) -> Markup:
    """`name` = value, as a math element."""
    return element("math", symbol(name), element("mo", "="), _value(value))


def quantity(value: Evidence) -> Markup:
    """The value alone, as a math element."""
    return element("math", _value(value))


def shape_text(value: Evidence) -> str:
    """(2, 3) of nested lists, (3,) of a flat one, "" of a single number or of ragged lists."""
    lengths: list[int] = []
    while isinstance(value, list):
        lengths.append(len(value))
        if not value:
            break
        if any(_length(item) != _length(value[0]) for item in value):
            return ""
        value = value[0]
    if not lengths:
        return ""
    return f"({lengths[0]},)" if len(lengths) == 1 else f"({', '.join(map(str, lengths))})"


def drawable(value: Evidence) -> bool:
    """Whether `value` is a number, or a vector or matrix of numbers small enough to work by hand."""
    rows = value if isinstance(value, list) else [value]
    if len(rows) > LARGEST_SIDE or not rows:
        return False
    for row in rows:
        entries = row if isinstance(row, list) else [row]
        if len(entries) > LARGEST_SIDE or not all(_is_number(entry) for entry in entries):
            return False
    return True


def symbol(name: str) -> Markup:
    """A variable: what follows the first underscore becomes its index."""
    head, _, index = name.partition("_")
    if head and index:
        return element("msub", element("mi", head), element("mi", index))
    return element("mi", name)


def _value(value: Evidence) -> Markup:
    if not isinstance(value, list):
        return _number(value)
    rows = value if value and all(isinstance(row, list) for row in value) else [value]
    cells = [_row(row if isinstance(row, list) else [row]) for row in rows]
    # The style sheet draws the brackets: characters stretch only where a mathematical font is installed.
    return element("mtable", *cells, class_="matrix-brackets")


def _row(row: Sequence[Evidence]) -> Markup:
    return element("mtr", *(element("mtd", _number(entry)) for entry in row))


def _number(value: Evidence) -> Markup:
    number = _float(value)
    if number is None:
        return element("mtext", str(value))
    if not math.isfinite(number):
        return element("mi", plain(number))
    minus = (element("mo", MINUS, form="prefix"),) if number < 0 else ()
    size = abs(number)
    nearest = Fraction(size).limit_denominator(LARGEST_DENOMINATOR)
    if nearest.denominator == 1 and abs(size - nearest) <= EXACT:
        shown = element("mn", f"{size:.0f}" if size < 1e6 else plain(size))
    elif abs(size - nearest) <= EXACT:
        shown = element("mfrac", element("mn", str(nearest.numerator)), element("mn", str(nearest.denominator)))
    else:
        shown = element("mn", plain(size))
    return element("mrow", *minus, shown) if minus else shown


def _is_number(value: Evidence) -> bool:
    return _float(value) is not None


def _float(value: Evidence) -> float | None:
    """JSON has no NaN: non-finite numbers arrive as the strings nan, inf and -inf."""
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, str) and value in {"nan", "inf", "-inf"}:
        return float(value)
    return None


def _length(value: Evidence) -> int:
    return len(value) if isinstance(value, list) else -1
