"""Kinds of changes, as a sentence names them. What would have to stand there instead is left to the student."""

from collections.abc import Mapping

from grader.translation import gettext as _
from grader.translation import gettext_noop

KINDS: Mapping[str, str] = {
    "operator": gettext_noop("another operator"),
    "sign": gettext_noop("the other sign"),
    "transposition": gettext_noop("one transposition more or less"),
    "function": gettext_noop("another function"),
    "comparison": gettext_noop("another condition"),
    "number": gettext_noop("another number"),
    "axis": gettext_noop("another axis"),
    "operand": gettext_noop("only a part of what is there,"),
    "assignment": gettext_noop("another way to assign"),
    "parentheses": gettext_noop("other parentheses"),
    "sides": gettext_noop("the two sides in each other's place"),
    "swapped": gettext_noop("another order of the arguments"),
    "dtype": gettext_noop("another dtype"),
    "keyword": gettext_noop("one of the named arguments left out"),
    "variable": gettext_noop("another variable"),
    "index": gettext_noop("another index"),
    "call": gettext_noop("one call less"),
    "order": gettext_noop("another order"),
    "indentation": gettext_noop("another indentation"),
    "omission": gettext_noop("this statement left out,"),
    "repetition": gettext_noop("this statement twice"),
    "copy": gettext_noop("a copy"),
    "reduction": gettext_noop("the sum or the mean of it"),
    "curve": gettext_noop("a function of it, such as its square or its logarithm,"),
    "complement": gettext_noop("1 minus it, or a product with that,"),
    "term": gettext_noop("one more term or factor"),
    "target": gettext_noop("another variable to assign to"),
}

EARLIER: Mapping[str, str] = {
    "arguments": gettext_noop("other arguments"),
    "statement": gettext_noop("this statement left out or repeated,"),
    "inside": gettext_noop("something made of it"),
}
"""Kinds that stand in reports of before and are told apart now."""


def described(kind: str) -> str:
    """A kind in a few words; empty for one that nobody knows."""
    words = KINDS.get(kind) or EARLIER.get(kind)
    return _(words) if words else ""
