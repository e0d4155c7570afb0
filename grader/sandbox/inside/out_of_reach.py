"""Definitions that no caller reaches: inside another function, in what is not run, or in what does not parse."""

import ast
import re
from collections.abc import Iterator, Sequence

from grader.sandbox.inside.cells import Cell
from grader.sandbox.inside.wire import OutOfReach

MAX_OUT_OF_REACH = 200
WORDS_CHARACTERS = 120
"""Of them that are told of one file, and of what is said of where one stands."""

BEGINNING = re.compile(r"^[ \t]*(?:async[ \t]+)?(?:def|class)[ \t]+(\w+)")


def bounded(found: OutOfReach) -> OutOfReach:
    """The same, its words cut."""
    name, inside, why = (text[:WORDS_CHARACTERS] for text in (found.name, found.inside, found.why))
    return OutOfReach(name, found.line, inside, why)


def of_definition(node: ast.stmt) -> Iterator[OutOfReach]:
    """What a function, or the methods of a class, define for themselves alone."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        yield from _within(node.body, node.name)
    elif isinstance(node, ast.ClassDef):
        for member in node.body:
            if isinstance(member, (ast.FunctionDef, ast.AsyncFunctionDef)):
                yield from _within(member.body, f"{node.name}.{member.name}")


def of_skipped(node: ast.stmt, what: str) -> Iterator[OutOfReach]:
    """What a statement that is not run would define."""
    yield from _within([node], what)


def of_cell(cell: Cell, source: str) -> Iterator[OutOfReach]:
    """What a cell that does not parse would define, as far as the beginnings of its lines tell."""
    if isinstance(cell.content, SyntaxError):
        why = f"line {cell.content.lineno}: {cell.content.msg}"
        for number, line in enumerate(source.split("\n")[cell.first_line - 1 : cell.last_line], cell.first_line):
            found = BEGINNING.match(line)
            if found:
                yield OutOfReach(found[1], number, f"cell {cell.number}", why)


def _within(body: Sequence[ast.stmt], inside: str) -> Iterator[OutOfReach]:
    """All that these statements define, in order; a chain of elif is nested as deeply as it is long."""
    todo = [(node, inside) for node in reversed(body)]
    while todo:
        node, where = todo.pop()
        inner: list[ast.stmt] = []
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield OutOfReach(node.name, node.lineno, where)
            inner, where = node.body, f"{where}.{node.name}"[:WORDS_CHARACTERS]
        else:
            for name in ("body", "orelse", "finalbody"):
                inner += getattr(node, name, [])
            for handler in (*getattr(node, "handlers", ()), *getattr(node, "cases", ())):
                inner += handler.body
        todo += [(each, where) for each in reversed(inner)]
