"""Reads the ways to give a class its methods, and a file its names, that are no assignments but do the same.

`setattr(Net, "fit", fit)`, `globals()["relu"] = relu`, a loop over such, and `globals().update(registry)`.
"""

import ast
from collections.abc import Callable, Mapping
from typing import Any, TypeGuard

from grader.sandbox.inside.constants import is_plain

Text = Callable[[ast.expr], str | None]
"""Gives the text of an expression, or None where it is none or cannot be told."""

NAMES = ("globals", "vars", "locals")
"""Outside functions all three give the names of the file."""


def constant_text(node: ast.expr) -> str | None:
    """The text that stands there."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def as_assignment(node: ast.stmt, names: Mapping[str, Any], text: Text = constant_text) -> ast.Assign | None:
    """`Net.fit = fit` in place of setattr, `relu = ...` in place of globals()["relu"]; None for any other statement.

    names: what the file has set so far.
    """
    if isinstance(node, ast.Expr) and _is_setattr(node.value, names):
        of, name, value = node.value.args
        written = text(name)
        if written is None or not written.isidentifier():
            return None
        target = ast.copy_location(ast.Attribute(of, written, ast.Store()), of)
        return ast.copy_location(ast.Assign([target], value), node)
    if isinstance(node, ast.Assign) and len(node.targets) == 1 and _is_entry_of_names(node.targets[0], names):
        written = text(node.targets[0].slice)
        if written is None or not written.isidentifier():
            return None
        bound = ast.copy_location(ast.Name(written, ast.Store()), node.targets[0])
        return ast.copy_location(ast.Assign([bound], node.value), node)
    return None


def gives(node: ast.For) -> bool:
    """Whether a loop does nothing but give: at least one setattr or entry of the names, besides assignments."""
    given = [inner for inner in node.body if _is_giving(inner)]
    beside = (ast.Assign, ast.FunctionDef, ast.Pass)
    return bool(given) and not node.orelse and all(inner in given or isinstance(inner, beside) for inner in node.body)


def updates_globals(node: ast.stmt, names: Mapping[str, Any]) -> bool:
    """Whether it is `globals().update(...)` with what may be evaluated."""
    call = node.value if isinstance(node, ast.Expr) else None
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute) or call.func.attr != "update":
        return False
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    return _is_names(call.func.value, names) and all(is_plain(each, names) for each in given)


def _is_giving(node: ast.stmt) -> bool:
    if isinstance(node, ast.Assign):
        return any(_is_entry_of_names(target, {}) for target in node.targets)
    return isinstance(node, ast.Expr) and _is_setattr(node.value, {})


def _is_setattr(node: ast.expr, names: Mapping[str, Any]) -> TypeGuard[ast.Call]:
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or "setattr" in names:
        return False
    return node.func.id == "setattr" and len(node.args) == 3 and not node.keywords


def _is_entry_of_names(node: ast.expr, names: Mapping[str, Any]) -> TypeGuard[ast.Subscript]:
    return isinstance(node, ast.Subscript) and _is_names(node.value, names)


def _is_names(node: ast.expr, names: Mapping[str, Any]) -> bool:
    if not isinstance(node, ast.Call) or node.args or node.keywords or not isinstance(node.func, ast.Name):
        return False
    return node.func.id in NAMES and node.func.id not in names
