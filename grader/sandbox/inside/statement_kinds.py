"""Tells statements apart by what they are: which are read, which may run as they stand, and what one is called."""

import ast
from collections.abc import Mapping
from typing import Any

from grader.sandbox.inside.constants import is_plain

STATEMENTS = {
    ast.For: "for loop",
    ast.While: "while loop",
    ast.With: "with block",
    ast.If: "if block",
    ast.Try: "try block",
    ast.Assert: "assert",
    ast.Delete: "del",
    ast.Raise: "raise",
    ast.Match: "match",
}

DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)


def chooses(node: ast.If, names: Mapping[str, Any]) -> bool:
    """Whether an if block is read: its condition is plain, given the names so far, and not about `__name__`."""
    return is_plain(node.test, names) and not asks_name(node.test)


def tries(node: ast.Try, names: Mapping[str, Any]) -> bool:
    """Whether a try block is read: something of its body defines, or runs as it stands, given the names so far."""
    return all(map(says_nothing, node.body)) or any(
        isinstance(inner, DEFINITIONS) or (runs_as_it_stands(inner, names) and not says_nothing(inner))
        for inner in node.body
    )


def runs_as_it_stands(node: ast.stmt, names: Mapping[str, Any]) -> bool:
    """Whether a statement of a try block may run, so that what it raises is handled as the block says."""
    if isinstance(node, (ast.Assign, ast.AnnAssign)):
        return node.value is not None and is_plain(node.value, names)
    if isinstance(node, ast.Expr):  # `profile`, to see whether there is one
        return isinstance(node.value, (ast.Name, ast.Constant))
    return isinstance(node, (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef, ast.Pass))


def reads_body(node: ast.With, names: Mapping[str, Any]) -> bool:
    """Whether the body of a with block is read: it defines something, or its head is plain, such as np.errstate()."""
    return all(is_plain(item.context_expr, names) for item in node.items) or any(
        isinstance(inner, DEFINITIONS) or (isinstance(inner, ast.With) and reads_body(inner, names))
        for inner in node.body
    )


def says_nothing(node: ast.stmt) -> bool:
    """Whether leaving a statement out is not worth a word: `pass`, a text that stands alone."""
    return isinstance(node, ast.Pass) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))


def stored(node: ast.AST) -> list[str]:
    """Names that a statement, or a part of one, sets."""
    return [inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store)]


def asks_name(test: ast.expr) -> bool:
    """Whether a condition is about `__name__`."""
    return any(isinstance(inner, ast.Name) and inner.id == "__name__" for inner in ast.walk(test))


def describe(node: ast.stmt) -> str:
    """What a skipped statement is, in a few words; one that cannot be written down has none of its own."""
    try:
        return _described(node)
    except MemoryError:
        raise
    except Exception:  # a whole number of more digits than Python writes, in hexadecimal
        return STATEMENTS.get(type(node), "statement")


def _described(node: ast.stmt) -> str:
    if isinstance(node, ast.If) and asks_name(node.test):
        return "if __name__"
    if isinstance(node, ast.Expr):
        call = node.value.value if isinstance(node.value, ast.Await) else node.value
        return f"call of {ast.unparse(call.func)}" if isinstance(call, ast.Call) else "expression"
    if isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign)):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return f"assignment to {ast.unparse(targets[0]).strip('()')}"
    return STATEMENTS.get(type(node), "statement")
