"""Tells loops and calls that only fill a container or work out a value: tables that functions look things up in.

All that they call is what plain expressions call (constants.py), and methods that put something into a container of the
file's own. A training that is written out at top level looks the same, so whoever runs these does so on a budget.
"""

import ast
from collections import OrderedDict, defaultdict, deque
from collections.abc import Callable, Mapping
from typing import Any

from grader.sandbox.inside.constants import is_plain

PUTTING = frozenset("add append appendleft extend insert setdefault sort reverse update".split())
CONTAINERS = (list, dict, set, deque, defaultdict, OrderedDict)

IsContainer = Callable[[object], bool]


def is_container(value: object) -> bool:
    """Whether it is one of the standard ones, whose methods run nothing of the student's."""
    return type(value) in CONTAINERS


def fills(node: ast.stmt, names: Mapping[str, Any], of: IsContainer = is_container) -> bool:
    """Whether a loop, or a call of a container's method, does nothing but fill and compute.

    names: what the file has set so far. of: whether one of their values is a container.
    """
    if isinstance(node, ast.Expr):
        return _puts(node.value, names, of)
    if isinstance(node, ast.For):
        return is_plain(node.iter, names) and all(_computes(inner, names, of) for inner in [*node.body, *node.orelse])
    return False


def _computes(node: ast.stmt, names: Mapping[str, Any], of: IsContainer) -> bool:
    if isinstance(node, (ast.Pass, ast.Break, ast.Continue)):
        return True
    if isinstance(node, (ast.Assign, ast.AugAssign)):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return is_plain(node.value, names) and all(_is_own(target, names, of) for target in targets)
    if isinstance(node, ast.If):
        return is_plain(node.test, names) and all(_computes(inner, names, of) for inner in [*node.body, *node.orelse])
    return fills(node, names, of)


def _is_own(target: ast.expr, names: Mapping[str, Any], of: IsContainer) -> bool:
    """A name, or an entry of a container: an attribute could be a module's."""
    if isinstance(target, (ast.Tuple, ast.List)):
        return all(_is_own(inner, names, of) for inner in target.elts)
    if not isinstance(target, ast.Subscript):
        return isinstance(target, ast.Name)
    root: ast.expr = target
    while isinstance(root, ast.Subscript):
        if not is_plain(root.slice, names):
            return False
        root = root.value
    return isinstance(root, ast.Name) and root.id in names and _can_have_entries(names[root.id], of)


def _can_have_entries(value: object, of: IsContainer) -> bool:
    return of(value) or type(value).__module__.partition(".")[0] == "numpy"


def _puts(node: ast.expr, names: Mapping[str, Any], of: IsContainer) -> bool:
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or node.func.attr not in PUTTING:
        return False
    container = node.func.value
    while isinstance(container, ast.Subscript):
        if not is_plain(container.slice, names):
            return False
        container = container.value
    given = [*node.args, *(keyword.value for keyword in node.keywords)]
    return (
        isinstance(container, ast.Name)
        and container.id in names
        and of(names[container.id])
        and all(is_plain(each, names) for each in given)
    )
