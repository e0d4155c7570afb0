"""One change of a submission: what stands at a place of its syntax tree, and what would stand there instead.

The tree is changed in place and changed back, because copying it for each of a thousand changes would take longer than
trying them.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

TEXT_CHARACTERS = 60
"""Of the text of a change; more is cut off."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a node stands: in a field of its parent, at an index if the field is a list."""

    parent: ast.AST
    field: str
    index: int | None

    def holding(self, *new: ast.AST) -> tuple[ast.AST, str, Any]:
        """The field with `new` in it, in the node's stead: exactly one node where the field is no list."""
        if self.index is None:
            return self.parent, self.field, new[0]
        held = getattr(self.parent, self.field)
        return self.parent, self.field, [*held[: self.index], *new, *held[self.index + 1 :]]


@dataclass(frozen=True, slots=True)
class Change:
    """kind: one of KINDS. node: the expression or statement that is changed. fields: nodes, fields, new values."""

    kind: str
    node: ast.expr | ast.stmt
    fields: tuple[tuple[ast.AST, str, Any], ...]

    @property
    def line(self) -> int:
        """Where, from 1."""
        return self.node.lineno

    @property
    def text(self) -> str:
        """The first line of what stands there now."""
        line = ast.unparse(self.node).partition("\n")[0]
        return line if len(line) <= TEXT_CHARACTERS else line[: TEXT_CHARACTERS - 1] + "…"

    def exchange(self) -> "Change":
        """Make the change; the change that makes it undone."""
        before = tuple((node, field, getattr(node, field)) for node, field, _ in self.fields)
        for node, field, value in self.fields:
            setattr(node, field, value)
            for new in value if isinstance(value, list) else [value]:
                if isinstance(new, ast.AST):
                    _locate(new, self.node)
        return Change(self.kind, self.node, before)


KINDS = (
    "operator",
    "sign",
    "transposition",
    "function",
    "comparison",
    "number",
    "axis",
    "operand",
    "assignment",
    "parentheses",
    "sides",
    "swapped",
    "dtype",
    "keyword",
    "variable",
    "index",
    "call",
    "order",
    "indentation",
    "omission",
    "repetition",
    "copy",
    "reduction",
    "curve",
    "complement",
    "term",
    "target",
)
"""The kinds of changes, those that students most often need first."""

OF_ANY_NAME = frozenset({"variable", "index"})
"""Kinds of which there are as many as a definition has names, at each place."""

OF_ANYTHING = frozenset({"reduction", "curve", "complement", "term", "target"})
"""Kinds of which there are thousands: they wait until everything else was tried."""


def instead(kind: str, place: Place, node: ast.expr, new: ast.expr) -> Change:
    """`new` in the place of the expression `node`."""
    return Change(kind, node, (place.holding(new),))


def rearranged(kind: str, node: ast.stmt, *fields: tuple[ast.AST, str, Any]) -> Change:
    """Statements in other places, told as the statement `node`."""
    return Change(kind, node, fields)


def places(node: ast.AST) -> Iterator[tuple[Place, ast.AST]]:
    """Every node below `node` with its place, parents first."""
    for field, value in ast.iter_fields(node):
        for index, child in enumerate(value) if isinstance(value, list) else ((None, value),):
            if isinstance(child, ast.AST):
                yield Place(node, field, index), child
                yield from places(child)


def _locate(new: ast.AST, node: ast.AST) -> None:
    """Give lines to what has none; a part of what stands there keeps its own."""
    if not hasattr(new, "lineno"):
        ast.copy_location(new, node)
    ast.fix_missing_locations(new)
