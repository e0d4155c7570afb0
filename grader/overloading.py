"""Classes whose objects are multiplied in a way of their own and know their exponential or go backward.

Dual numbers and tapes are such classes: with one, a derivative is not worked out. A flag for a person, never a zero:
whoever writes a tape has done more than was asked. Parameters that are added and scaled all at once are none.
"""

import re

BEGINS = re.compile(r"^([ \t]{0,40}+)(class|def)\b", re.MULTILINE)
"""A class reaches to the next line of these that stands no deeper. Deeper than 40 none is looked at: classes within
classes are searched once for each that they are in."""

PRODUCT = re.compile(r"\b__(?:mul|matmul|truediv)__[ \t]*+[(=]")
FUNCTION = re.compile(
    r"\bdef[ \t]++(?:_*(?:exp|log|log1p|logsumexp|sqrt|tanh|sigmoid|relu|softmax)|__array_ufunc__)[ \t]*+\([ \t]*+\w++"
)
"""An elementary function as a method, or all of NumPy's at once."""

BACK = re.compile(r"\bdef[ \t]++_*(?:backward|backprop)[ \t]*+\([ \t]*+\w++")
SUM = re.compile(r"\b__r?(?:add|sub)__[ \t]*+[(=]")
"""The way back along a tape, which adds too: layers that `@` or `*` puts one behind the other have no sum."""


def _differentiates(written: str, begin: int, end: int) -> bool:
    if FUNCTION.search(written, begin, end):
        return True
    return bool(BACK.search(written, begin, end) and SUM.search(written, begin, end))


def overloaded(written: str) -> int | None:
    """Where a product of the first such class is defined, in a text without comments; None if there is none."""
    open_since: list[tuple[int, int]] = []
    for found in (*BEGINS.finditer(written), None):
        indent = len(found[1]) if found else 0
        while open_since and open_since[-1][0] >= indent:
            _, begin = open_since.pop()
            end = found.start() if found else len(written)
            product = PRODUCT.search(written, begin, end)
            if product and _differentiates(written, begin, end):
                return product.start()
        if found and found[2] == "class":
            open_since.append((indent, found.start()))
    return None
