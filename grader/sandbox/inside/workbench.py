"""Tries changes of a submission in its own process: each is made, called and undone, and nothing of it is kept.

Which changes make the numbers right is not known here: the right numbers are outside, and so is the judgement.
"""

import ast
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeGuard

import numpy as np

from grader.sandbox.inside.change import KINDS, OF_ANY_NAME, OF_ANYTHING, Change, Place, places
from grader.sandbox.inside.expression_changes import Vocabulary, expression_changes
from grader.sandbox.inside.statement_changes import statement_changes

OPERANDS = 14
"""Variables that may stand for one another in one definition; those that are read most often."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """One file of a submission: its names as they are now, and its statements."""

    namespace: dict[str, Any]
    file: str
    statements: Sequence[ast.stmt]


@dataclass(frozen=True, slots=True)
class _Definition:
    """A function, or a method of the class `owner`, that may be changed; a lambda under a name is one too."""

    parsed: Parsed
    owner: ast.ClassDef | None
    node: ast.FunctionDef | ast.Assign

    @property
    def name(self) -> str:
        own = self.node.name if isinstance(self.node, ast.FunctionDef) else ast.unparse(self.node.targets[0])
        return f"{self.owner.name}.{own}" if self.owner else own


class Workbench:
    """The changes of one submission. Each is known by its number."""

    def __init__(self, files: Sequence[Parsed]) -> None:
        self._files = files
        self._changes: list[tuple[_Definition, Change]] = []
        self._undo: list[tuple[Any, str, Any]] = []

    def prepare(self, names: Sequence[str], spared: Collection[str], most: int) -> int:
        """List the changes of the definitions of these names and of all that they call; how many there are.

        spared: definitions that are right. most: changes that are listed; the likeliest come first.
        """
        definitions = self._reached(names, frozenset(spared))
        found = [(d, change) for d in definitions for change in self._of(d)]
        rank = {kind: number for number, kind in enumerate(KINDS)}
        near = {id(d): number for number, d in enumerate(definitions)}

        def likely(pair: tuple[_Definition, Change]) -> tuple[int, bool, int, int, int]:
            definition, change = pair
            distance = near[id(definition)]
            wait = 2 if change.kind in OF_ANYTHING else int(distance > 0 and change.kind in OF_ANY_NAME)
            return wait, distance > 0, rank[change.kind], distance, change.line

        found.sort(key=likely)
        self._changes = found[:most]
        return len(self._changes)

    def describe(self, number: int) -> tuple[str, int, str, str]:
        """One change: its kind, its line, what stands there now, and the file."""
        definition, change = self._changes[number]
        return change.kind, change.line, change.text, definition.parsed.file

    def make(self, number: int) -> None:
        """Make one change, in place of the one made before. Raises what the changed definition raises."""
        self.undo()
        definition, change = self._changes[number]
        back = change.exchange()
        try:
            self._define(definition)
        finally:
            back.exchange()

    def undo(self) -> None:
        """All as the student wrote it."""
        for holder, name, value in reversed(self._undo):
            _set(holder, name, value)
        self._undo.clear()

    def _define(self, definition: _Definition) -> None:
        """Run the definition as it now is, and put it wherever the old one is."""
        file, namespace = definition.parsed.file, definition.parsed.namespace
        whole: ast.stmt = definition.node
        if definition.owner is not None and _needs_class(definition.node):
            whole = definition.owner
        scratch: dict[str, Any] = {}
        exec(compile(ast.Module([whole], []), file, "exec", dont_inherit=True), namespace, scratch)  # noqa: S102  behind the walls
        for name, value in scratch.items():
            if definition.owner is not None and whole is definition.node:
                self._put(namespace[definition.owner.name], name, value)
            else:
                old = namespace.get(name)
                for parsed in self._files:
                    for known in [key for key, held in parsed.namespace.items() if held is old]:
                        self._put(parsed.namespace, known, value)

    def _put(self, holder: Any, name: str, value: Any) -> None:
        before = holder[name] if isinstance(holder, dict) else holder.__dict__[name]
        self._undo.append((holder, name, before))
        _set(holder, name, value)

    def _definitions(self) -> Iterator[_Definition]:
        for parsed in self._files:
            for node in parsed.statements:
                if isinstance(node, ast.ClassDef):
                    yield from (_Definition(parsed, node, inner) for inner in node.body if _is_function(inner))
                elif _is_function(node):
                    yield _Definition(parsed, None, node)

    def _reached(self, names: Sequence[str], spared: frozenset[str]) -> list[_Definition]:
        """The definitions of these names, then those that they call or that share their object, nearest first."""
        known: dict[str, _Definition] = {definition.name: definition for definition in self._definitions()}
        found: dict[str, _Definition] = {}
        ahead = [other for name in names for other in _standing_for(name, known)]
        while ahead:
            name = ahead.pop(0)
            if name in found or (name in spared and name not in names):
                continue
            found[name] = definition = known[name]
            used = _names(definition.node)
            own = definition.owner.name if definition.owner else None
            for other in known:
                cls, _, method = other.rpartition(".")
                if other in used or (cls and (cls == own or cls in used)) or (cls and method in used):
                    ahead.append(other)
        return list(found.values())

    def _of(self, definition: _Definition) -> Iterator[Change]:
        operands, targets = _operands(definition), _targets(definition)
        words = Vocabulary(operands, _numpy(definition.parsed.namespace))
        for place, node in places(definition.node):
            if isinstance(node, ast.stmt) and place.field in ("body", "orelse"):
                yield from statement_changes(place, node, targets)
            elif isinstance(node, ast.expr) and _is_read(place, node):
                yield from expression_changes(place, node, words)


def _is_function(node: ast.stmt) -> TypeGuard[ast.FunctionDef | ast.Assign]:
    return isinstance(node, ast.FunctionDef) or (isinstance(node, ast.Assign) and isinstance(node.value, ast.Lambda))


def _standing_for(name: str, known: Collection[str]) -> list[str]:
    """What a name asked for stands for: itself, all methods of a class; of one that is inherited, all of its name."""
    there = [other for other in known if name in (other, other.partition(".")[0])]
    cls, _, method = name.rpartition(".")
    return there or [other for other in known if cls and method == other.rpartition(".")[2]]


def _numpy(namespace: Mapping[str, Any]) -> str:
    """What a file calls NumPy; empty where it does not import it."""
    return next((name for name, value in namespace.items() if value is np), "")


def _set(holder: Any, name: str, value: Any) -> None:
    if isinstance(holder, dict):
        holder[name] = value
    else:
        setattr(holder, name, value)


def _needs_class(node: ast.AST) -> bool:
    """Whether a method is another one outside of its class: it speaks of it, or has names private to it."""
    names = _names(node)
    return any(name in ("super", "__class__") or (name.startswith("__") and not name.endswith("__")) for name in names)


def _names(node: ast.AST) -> set[str]:
    """The variables and attributes that a node speaks of."""
    variables = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
    return variables | {n.attr for n in ast.walk(node) if isinstance(n, ast.Attribute)}


def _operands(definition: _Definition) -> dict[str, ast.expr]:
    """What is read in a definition and has a name: variables, attributes of objects, entries by a word."""
    node = definition.node
    own = {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    own |= {n.arg for n in ast.walk(node) if isinstance(n, ast.arg)}
    counted: dict[str, list[ast.expr]] = {}
    scope: ast.AST = definition.owner or node
    for n in ast.walk(node):
        if isinstance(n, ast.arg) and n.arg not in ("self", "cls"):
            counted.setdefault(n.arg, []).append(ast.Name(n.arg, ast.Load()))
        elif isinstance(n, ast.Name) and n.id in own and n.id not in ("self", "cls"):
            counted.setdefault(n.id, []).append(ast.Name(n.id, ast.Load()))
    for n in ast.walk(scope):
        if isinstance(n, ast.Attribute) and isinstance(n.value, ast.Name) and n.value.id == "self":
            counted.setdefault(f"self.{n.attr}", []).append(
                ast.Attribute(ast.Name("self", ast.Load()), n.attr, ast.Load())
            )
    for n in ast.walk(node):
        if isinstance(n, ast.Subscript) and isinstance(n.slice, ast.Constant) and isinstance(n.slice.value, str):
            counted.setdefault(ast.unparse(n), []).append(ast.Subscript(n.value, n.slice, ast.Load()))
    most = sorted(counted, key=lambda name: len(counted[name]), reverse=True)[:OPERANDS]
    return {name: counted[name][0] for name in most}


def _targets(definition: _Definition) -> list[ast.expr]:
    """What a definition assigns to, each once."""
    found: dict[str, ast.expr] = {}
    for node in ast.walk(definition.node):
        for target in node.targets if isinstance(node, ast.Assign) else ():
            if isinstance(target, ast.Name | ast.Attribute | ast.Subscript):
                found.setdefault(ast.unparse(target), target)
    return list(found.values())


def _is_read(place: Place, node: ast.expr) -> bool:
    """Whether an expression is read, and not set, called, or part of a text."""
    if isinstance(getattr(node, "ctx", None), ast.Store | ast.Del) or place.field in ("decorator_list", "annotation"):
        return False
    return not isinstance(place.parent, ast.JoinedStr | ast.FormattedValue)
