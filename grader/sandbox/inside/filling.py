"""Tells loops and calls that only fill a container or work out a value: tables that functions look things up in.

All that they call is what expressions at load may call (constants.py), and methods that put something into a container
of the file's own. A training that is written out at top level looks the same, so they are run on a budget.
"""

import ast
from collections import OrderedDict, defaultdict, deque
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeGuard

from grader.sandbox.inside.constants import is_plain

PUTTING = frozenset("add append appendleft extend insert setdefault sort reverse update".split())
CONTAINERS = (list, dict, set, deque, defaultdict, OrderedDict)


def is_container(value: object) -> bool:
    """Whether it is one of the standard ones, whose methods run nothing of the student's."""
    return type(value) in CONTAINERS


@dataclass(frozen=True, slots=True)
class Filling:
    """Whether statements do nothing but fill and compute.

    names: what the file has set so far. own: as in is_plain. of: whether a value is a container. local: names that the
    loops around give values.
    """

    names: Mapping[str, Any]
    own: Collection[object] | None
    of: Callable[[object], bool] = is_container
    local: frozenset[str] = frozenset()

    def does(self, node: ast.stmt) -> bool:
        """Whether a loop, or a call of a container's method, does nothing else."""
        if isinstance(node, ast.Expr):
            return self._puts(node.value)
        if isinstance(node, ast.For):
            set_here = {inner.id for inner in ast.walk(node) if _is_set(inner)}
            inside = replace(self, local=self.local | set_here)
            return self._is_plain(node.iter) and all(map(inside._computes, [*node.body, *node.orelse]))
        return False

    def _computes(self, node: ast.stmt) -> bool:
        if isinstance(node, (ast.Pass, ast.Break, ast.Continue)):
            return True
        if isinstance(node, (ast.Assign, ast.AugAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            return self._is_plain(node.value) and all(map(self._is_own, targets))
        if isinstance(node, ast.If):
            return self._is_plain(node.test) and all(map(self._computes, [*node.body, *node.orelse]))
        return self.does(node)

    def _is_plain(self, node: ast.expr) -> bool:
        return is_plain(node, self.names, self.own, self.local)

    def _is_own(self, target: ast.expr) -> bool:
        """A name, or an entry of a container: an attribute could be a module's."""
        if isinstance(target, (ast.Tuple, ast.List)):
            return all(map(self._is_own, target.elts))
        if not isinstance(target, ast.Subscript):
            return isinstance(target, ast.Name)
        root: ast.expr = target
        while isinstance(root, ast.Subscript):
            if not self._is_plain(root.slice):
                return False
            root = root.value
        return isinstance(root, ast.Name) and root.id in self.names and self._can_have_entries(self.names[root.id])

    def _can_have_entries(self, value: object) -> bool:
        return self.of(value) or type(value).__module__.partition(".")[0] == "numpy"

    def _puts(self, node: ast.expr) -> bool:
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or node.func.attr not in PUTTING:
            return False
        container = node.func.value
        while isinstance(container, ast.Subscript):
            if not self._is_plain(container.slice):
                return False
            container = container.value
        given = [*node.args, *(keyword.value for keyword in node.keywords)]
        return (
            isinstance(container, ast.Name)
            and container.id in self.names
            and self.of(self.names[container.id])
            and all(map(self._is_plain, given))
        )


def _is_set(node: ast.AST) -> TypeGuard[ast.Name]:
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
