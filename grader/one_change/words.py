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
    "arguments": gettext_noop("other arguments"),
    "variable": gettext_noop("another variable"),
    "index": gettext_noop("another index"),
    "call": gettext_noop("one call less"),
    "order": gettext_noop("another order"),
    "indentation": gettext_noop("another indentation"),
    "statement": gettext_noop("this statement left out or repeated,"),
    "copy": gettext_noop("a copy"),
    "inside": gettext_noop("something made of it"),
    "term": gettext_noop("one more term or factor"),
    "target": gettext_noop("another variable to assign to"),
}


def described(kind: str) -> str:
    """A kind in a few words; empty for one that nobody knows."""
    return _(KINDS[kind]) if kind in KINDS else ""
