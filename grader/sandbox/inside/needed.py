"""Tells which names of a file its functions cannot do without: what sets those is run, where it does not take long.

`HAVE_SCIPY = find_spec("scipy") is not None` is no constant that may simply be evaluated, but a function that reads it
is lost without it. Only reading the file's functions tells it from `history = train()`, which nothing needs.
"""

import ast
import types
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from grader.sandbox.inside import standins

Scope = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
BY_ANOTHER_NAME = (ast.Name, ast.Attribute, ast.Subscript)


class Needed:
    """The names that functions, classes and other names of a file read. body: its top-level statements."""

    def __init__(self, body: Sequence[ast.stmt]) -> None:
        self._body = body

    def __contains__(self, name: object) -> bool:
        """Whether what sets `name` is needed; the file is read for it when that is first asked."""
        return name in self._names

    @cached_property
    def _names(self) -> set[str]:
        names = set[str]()
        assigned: list[tuple[set[str], set[str]]] = []
        for node in self._statements(self._body):
            if isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign)):
                assigned.append((_stored(node), set(_read(node))))
                if isinstance(node.value, BY_ANOTHER_NAME):  # relu = layer.forward
                    names.update(_read(node.value))
                else:
                    names.update(_read_within(node))
            elif isinstance(node, (ast.ClassDef, *SCOPES)):
                names.update(_read(node))
        for targets, read in reversed(assigned):  # what it is made of is set before it
            if targets & names:
                names |= read
        return names

    def _statements(self, body: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
        """All that is at top level, also within blocks, in order; a chain of elif is nested as deeply as it is long."""
        todo = [*body][::-1]
        while todo:
            node = todo.pop()
            yield node
            if not isinstance(node, (ast.ClassDef, *SCOPES)):
                inner = [child for child in ast.iter_child_nodes(node) if isinstance(child, ast.stmt)]
                handled = [child for handler in getattr(node, "handlers", ()) for child in handler.body]
                todo += [*inner, *handled][::-1]


def _read(whole: ast.AST) -> Iterator[str]:
    """Names that a part of a file reads and that no function within it sets for itself."""
    todo: list[tuple[ast.AST, frozenset[str]]] = [(whole, frozenset())]
    while todo:
        node, hidden = todo.pop()
        if isinstance(node, SCOPES):
            body = node.body if isinstance(node.body, list) else [node.body]
            own = hidden | _own(node, body)
            outside = [*node.args.defaults, *filter(None, node.args.kw_defaults), *getattr(node, "decorator_list", ())]
            todo += [*((inner, own) for inner in body), *((inner, hidden) for inner in outside)]
        elif isinstance(node, ast.Name):
            if isinstance(node.ctx, ast.Load) and node.id not in hidden:
                yield node.id
        else:
            todo += [(inner, hidden) for inner in ast.iter_child_nodes(node)]


def _read_within(node: ast.AST) -> Iterator[str]:
    """Names that functions within a statement read: they are called later."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Lambda):
            yield from _read(inner)


def _own(function: Scope, body: Sequence[ast.AST]) -> set[str]:
    """Names that a function sets for itself: parameters, and what it stores, imports or defines."""
    arguments = function.args
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
    own = {argument.arg for argument in every if argument is not None}
    declared = set[str]()
    todo = list(body)
    while todo:
        node = todo.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            own.add(node.name)
            continue
        if isinstance(node, ast.Lambda):
            continue
        if isinstance(node, ast.Global):
            declared.update(node.names)
        own |= _stored(node, deep=False)
        todo += ast.iter_child_nodes(node)
    return own - declared


def _stored(node: ast.AST, deep: bool = True) -> set[str]:
    """Names that a node sets; deep: or any part of it."""
    nodes = ast.walk(node) if deep else (node,)
    stored = set[str]()
    for inner in nodes:
        if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store):
            stored.add(inner.id)
        elif isinstance(inner, ast.alias):
            stored.add((inner.asname or inner.name).partition(".")[0])
        elif isinstance(inner, ast.ExceptHandler) and inner.name:
            stored.add(inner.name)
    return stored


def sets_up(node: ast.stmt, names: Mapping[str, Any], needed: Container[str], own: Container[object]) -> bool:
    """Whether it is `parser.add_argument(...)`: a call on something needed that a module not of the submission made.

    names: what the file has set so far. own: modules of the submission; what a method of theirs does may be a training.
    """
    call = node.value if isinstance(node, ast.Expr) else None
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
        return False
    root = call.func.value
    if not isinstance(root, ast.Name) or root.id not in names:
        return False
    value = names[root.id]
    if isinstance(value, (type, types.ModuleType, types.FunctionType)) or standins.is_stand_in(value):
        return False
    home = type(value).__module__
    return home not in own and home.partition(".")[0] not in ("builtins", "numpy") and root.id in needed
