"""Reads what a submission defines and what loading would skip, off its text alone: nothing of it is run.

For a look before a submission is handed in. It runs behind the same walls as a submission, because a parser has faults
too. The rules are the loader's; where they ask for a value that only running can give, the outline says nothing.
"""

import ast
import sys
import types
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from grader.sandbox.inside import bridges, definitions, faults, out_of_reach
from grader.sandbox.inside.cells import cells, check_compiles, unparsed
from grader.sandbox.inside.constants import is_plain, root_of
from grader.sandbox.inside.filling import Filling
from grader.sandbox.inside.imported import absolute
from grader.sandbox.inside.magics import parse_script
from grader.sandbox.inside.needed import Needed
from grader.sandbox.inside.setting import as_assignment, gives, updates_globals
from grader.sandbox.inside.statement_kinds import chooses, describe, reads_body, says_nothing, stored, tries
from grader.sandbox.inside.upload_modules import module_names
from grader.sandbox.inside.wire import Definition, OutOfReach, Raised

OWN = "submission"
OWN_MODULES = frozenset({OWN})


class Outline:
    """What is read of one submission. skipped: as in Loaded. inheriting: classes that may have more methods.

    computes_names: whether names are given, to the file or its classes, that only running can tell.
    """

    def __init__(self, files: Sequence[tuple[str, str]]) -> None:
        self.entry = files[0][0]
        self.modules = module_names(files)
        self.definitions: dict[str, Definition] = {}
        self.inheriting: set[str] = set()
        self.computes_names = False
        self.skipped: list[tuple[int, int, str]] = []
        self.absent: dict[str, None] = {}
        self.out_of_reach: list[OutOfReach] = []
        self._files = files

    def is_ours(self, module: str) -> bool:
        """Whether a module name is a file of the submission."""
        return module in self.modules

    def read(self) -> Raised | None:
        """Read every file; what keeps the graded one from being loaded at all, if anything does."""
        for name, source in self._files:
            found = FileOutline(self, name == self.entry)
            try:
                found.read(name, source.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}"))
            except SyntaxError as error:
                if name == self.entry:
                    return faults.syntax_error(error, source)
                self.skipped.append((0, 0, f"{name} (SyntaxError on line {error.lineno or 0}: {error.msg})"))
        return None


class FileOutline:
    """Takes the statements of one file in order; `names` holds what stands for each value that is known so far."""

    def __init__(self, outline: Outline, is_entry: bool) -> None:
        self._outline = outline
        self._is_entry = is_entry
        self._names: dict[str, Any] = {}
        self._needed: Container[str] = ()
        self._certain = True  # outside of branches, of which only one is taken

    def read(self, file: str, source: str) -> None:
        """Raises SyntaxError where nothing of the file can be loaded."""
        try:
            body = parse_script(source, file, lambda number, said: self._skip((number, number), said)).body
        except SyntaxError as error:
            body = list(self._cells(source, file))
            if not body:
                raise error
        self._needed = Needed(body)
        for node in body:
            self.statement(node, file)

    def _cells(self, source: str, file: str) -> Iterator[ast.stmt]:
        for cell in cells(source, file):
            if isinstance(cell.content, SyntaxError):
                self._skip((cell.first_line, cell.last_line), unparsed(cell.number, cell.content))
                self._put_out_of_reach(out_of_reach.of_cell(cell, source))
            else:
                yield from cell.content

    def statement(self, node: ast.stmt, file: str) -> None:
        """Note what it defines, or that it is skipped."""
        node = as_assignment(node, self._names) or node
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            check_compiles(node, file)
            self._define(node)
            self._put_out_of_reach(out_of_reach.of_definition(node))
        elif isinstance(node, ast.Import):
            for alias in node.names:
                self._import(alias)
        elif isinstance(node, ast.ImportFrom):
            self._import_from(node, file)
        elif isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign)):
            self._assign(node)
        elif isinstance(node, ast.If) and chooses(node, self._names):
            self._branches([*node.body, *node.orelse], file)
        elif isinstance(node, ast.Try) and (tries(node, self._names) or self._asks_unknown(node)):
            handled = [inner for handler in node.handlers for inner in handler.body]
            self._branches([*node.body, *handled, *node.orelse, *node.finalbody], file)
        elif isinstance(node, ast.With) and reads_body(node, self._names):
            self._names.update((name, _UNKNOWN) for item in node.items for name in stored(item))
            for inner in node.body:
                self.statement(inner, file)
        elif (isinstance(node, ast.For) and gives(node)) or updates_globals(node, self._names):
            self._outline.computes_names = True
        elif Filling(self._names, OWN_MODULES, _may_be_filled).does(node):
            self._names.update(dict.fromkeys(stored(node), 0))
        elif not says_nothing(node) and not self._may_set_up(node):
            self._skip((node.lineno, node.end_lineno or node.lineno), describe(node))
            self._put_out_of_reach(out_of_reach.of_skipped(node, describe(node)))
            self._names.update(dict.fromkeys(stored(node), _UNKNOWN))

    def _may_set_up(self, node: ast.stmt) -> bool:
        """Whether it is a call on what functions need, and only running could tell what that is."""
        called = root_of(node.value.func) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) else None
        if not isinstance(called, ast.Name) or self._names.get(called.id) is not _UNKNOWN:
            return False
        return called.id in self._needed

    def _asks_unknown(self, node: ast.Try) -> bool:
        """Whether the body of a try block names a value that only running could tell: then it may be quiet."""
        names = (inner for statement in node.body for inner in ast.walk(statement) if isinstance(inner, ast.Name))
        return any(self._names.get(name.id) is _UNKNOWN for name in names)

    def _branches(self, body: Sequence[ast.stmt], file: str) -> None:
        before, self._certain = self._certain, False
        for inner in body:
            self.statement(inner, file)
        self._certain = before

    def _define(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> None:
        for found in definitions.of_statement(node):
            self._found(found)
        if isinstance(node, ast.ClassDef):
            self._names[node.name] = type(node.name, (), {"__module__": OWN})
            if not definitions.shows_all(node):
                self._outline.inheriting.add(node.name)
        else:
            self._names[node.name] = _function(OWN)

    def _found(self, definition: Definition) -> None:
        """A later definition of the graded file replaces an earlier one; another file's counts where it has none."""
        if self._is_entry:
            self._outline.definitions[definition.name] = definition
        else:
            other = replace(definition, first_line=0, last_line=0)
            self._outline.definitions.setdefault(definition.name, other)

    def _module(self, name: str) -> Any:
        root = name.partition(".")[0]
        if root in bridges.MODULES or self._outline.is_ours(name) or self._outline.is_ours(root):
            return _UNKNOWN
        if root == "numpy" or root in sys.stdlib_module_names:
            return types.ModuleType(name)
        if self._certain and self._is_entry:
            self._outline.absent[root] = None
        return _UNKNOWN

    def _import(self, alias: ast.alias) -> None:
        bound = alias.asname or alias.name.partition(".")[0]
        self._names[bound] = self._module(alias.name if alias.asname else bound)

    def _import_from(self, node: ast.ImportFrom, file: str) -> None:
        """Only what comes from a file of the upload is a definition: what a library gives is not the student's."""
        if node.level and node.module is None:  # from . import layers
            for alias in node.names:
                self._import(alias)
            return
        name = absolute(node, file, self._outline.is_ours)
        if name == "__future__":
            return
        module = self._module(name)
        for alias in node.names:
            bound = alias.asname or alias.name
            self._names[bound] = _function(module.__name__) if isinstance(module, types.ModuleType) else _UNKNOWN
            if self._outline.is_ours(name) and self._outline.definitions.get(bound) is None and bound != "*":
                self._found(Definition(bound, node.lineno, node.end_lineno or node.lineno))

    def _assign(self, node: ast.Assign | ast.AnnAssign | ast.AugAssign) -> None:
        if node.value is None:  # a bare annotation
            return
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        plain = is_plain(node.value, self._names)
        computed = plain or is_plain(node.value, self._names, OWN_MODULES)
        computed = computed or any(name in self._needed for name in stored(node))
        if not computed or any(self._is_of_module(target) for target in targets):
            self._skip((node.lineno, node.end_lineno or node.lineno), describe(node))
            self._names.update(dict.fromkeys(stored(node), _UNKNOWN))
            return
        for found in definitions.of_statement(node):
            self._found(found)
        value = self._value(node.value) if plain else _UNKNOWN
        for target in targets:
            if isinstance(target, ast.Name):
                self._names[target.id] = value
                if isinstance(value, type):  # another name of a class
                    self._outline.inheriting.add(target.id)
            if not isinstance(node.value, (ast.Constant, ast.Lambda)):
                self._bind(target, node)

    def _is_of_module(self, target: ast.expr) -> bool:
        """Whether an assignment would change a module, such as os.environ[...] = ..."""
        root = root_of(target)
        of = self._names.get(root.id) if isinstance(root, ast.Name) else None
        return root is not target and isinstance(of, types.ModuleType)

    def _value(self, node: ast.expr) -> Any:
        """What stands for a plain value: the same thing for another name of it, a number for what was computed."""
        if isinstance(node, ast.Name):
            return self._names.get(node.id, _UNKNOWN)
        if isinstance(node, ast.Lambda):
            return _function(OWN)
        called = isinstance(node, ast.Call)
        root: ast.expr = node.func if isinstance(node, ast.Call) else node
        while isinstance(root, ast.Attribute):
            root = root.value
        of = self._names.get(root.id) if isinstance(root, ast.Name) else None
        if not isinstance(of, types.ModuleType):
            return 0
        if called:  # NumPy gives arrays; what another module gives may be an object with methods that run
            return 0 if of.__name__.partition(".")[0] == "numpy" else _UNKNOWN
        return _function(of.__name__)

    def _bind(self, target: ast.expr, node: ast.stmt) -> None:
        """A name, or a method of a class, that may be a function now."""
        name = target.id if isinstance(target, ast.Name) else ""
        if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name):
            name = f"{target.value.id}.{target.attr}"
        if isinstance(target, (ast.Tuple, ast.List)):
            for inner in target.elts:
                self._bind(inner, node)
        elif name:
            self._found(Definition(name, node.lineno, node.end_lineno or node.lineno))

    def _skip(self, lines: tuple[int, int], what: str) -> None:
        if self._is_entry and self._certain:
            self._outline.skipped.append((*lines, what))

    def _put_out_of_reach(self, definitions: Iterable[OutOfReach]) -> None:
        if self._is_entry:
            self._outline.out_of_reach += map(out_of_reach.bounded, definitions)


def _may_be_filled(value: object) -> bool:
    """What stands for a container is a number, as for all that was computed."""
    return value == 0


_UNKNOWN = object()
"""Stands for a value that only running could tell."""


def _function(module: str) -> Callable[[], None]:
    """Stands for a function that `module` defines."""

    def stands_for() -> None:
        """Never called."""

    stands_for.__module__ = module
    return stands_for
