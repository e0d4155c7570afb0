"""Interprets the top-level statements of one file: which are run, which are skipped, and what takes their place."""

import ast
import types
from collections.abc import Collection, Container
from itertools import islice
from typing import Any

from grader.sandbox.inside import definitions, out_of_reach, standins
from grader.sandbox.inside.brief import TooLong, run_briefly
from grader.sandbox.inside.constants import is_plain, root_of
from grader.sandbox.inside.filling import Filling
from grader.sandbox.inside.findings import Findings
from grader.sandbox.inside.imported import bound_names
from grader.sandbox.inside.imports import Imports
from grader.sandbox.inside.needed import sets_up
from grader.sandbox.inside.setting import as_assignment, gives, updates_globals
from grader.sandbox.inside.statement_kinds import (
    chooses,
    describe,
    reads_body,
    runs_as_it_stands,
    says_nothing,
    stored,
    tries,
)

MOST_TURNS = 200  # of a loop that gives methods to classes, or names to the file
TURN = " turn"  # what a turn is about, under a name that nobody can write


class FileReader:
    """Takes the statements of one file, one after the other, and runs those that define in `namespace`.

    needed: names without which the file's functions cannot do.
    """

    def __init__(
        self, findings: Findings, namespace: dict[str, Any], file: str, is_entry: bool, needed: Container[str] = ()
    ) -> None:
        self._findings = findings
        self._namespace = namespace
        self._file = file
        self._is_entry = is_entry
        self._needed = needed
        self._imports = Imports(findings, namespace, file, self._execute)
        self._flags = 0

    def statement(self, node: ast.stmt) -> None:
        """Run it or skip it; one that cannot even be looked at is skipped, and costs no other."""
        try:
            self._statement(node)
        except (MemoryError, SyntaxError):
            raise
        except RecursionError:
            self._skip(node, "statement that is nested too deeply")
        except BaseException as error:  # an object of theirs that raises whatever it is asked for
            self._skip(node, f"{describe(node)}: {type(error).__name__}")

    def _statement(self, node: ast.stmt) -> None:
        node = as_assignment(node, self._namespace, self._text) or node
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            self._define(node)
        elif isinstance(node, ast.Import):
            for alias in node.names:
                self._imports.module(node, alias)
        elif isinstance(node, ast.ImportFrom):
            self._flags |= self._imports.names(node, self._note_value)
        elif isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign)):
            self._assign(node)
        elif isinstance(node, ast.If) and chooses(node, self._namespace):
            self._if(node)
        elif isinstance(node, ast.Try) and tries(node, self._namespace):
            self._try(node)
        elif isinstance(node, ast.With) and reads_body(node, self._namespace):
            self._with(node)
        elif isinstance(node, ast.For) and gives(node):
            self._turns(node)
        elif updates_globals(node, self._namespace):
            self._update(node)
        elif self._findings.may_fill and (
            Filling(self._namespace, self._own()).does(node)
            or sets_up(node, self._namespace, self._needed, self._modules())
        ):
            self._fill(node)
        elif not says_nothing(node):
            self._skip(node, describe(node))

    def _execute(self, node: ast.stmt) -> None:
        exec(compile(ast.Module([node], []), self._file, "exec", self._flags, dont_inherit=True), self._namespace)  # noqa: S102  behind the walls, this is what we are for

    def _define(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> None:
        try:
            self._execute(node)
        except (MemoryError, SyntaxError):
            raise
        except BaseException as error:  # costs this definition, not the file
            self._namespace[node.name] = standins.Broken(error)
        self._note(node)
        if self._is_entry:
            self._findings.put_out_of_reach(out_of_reach.of_definition(node))

    def _note(self, node: ast.stmt) -> None:
        for found in definitions.of_statement(node):
            if self._is_entry:
                self._findings.define(found)
            else:
                self._findings.define_elsewhere(found, self._file, self._namespace)

    def _note_value(self, node: ast.stmt, name: str) -> None:
        if name in self._namespace and not standins.is_stand_in(self._namespace[name]):
            lines = node.lineno, node.end_lineno or node.lineno
            found = definitions.of_value(name, self._namespace[name], lines, self._findings.files)
            if found is not None and self._is_entry:
                self._findings.define(found)
            elif found is not None:
                self._findings.define_elsewhere(found, self._file, self._namespace)

    def _assign(self, node: ast.Assign | ast.AnnAssign | ast.AugAssign) -> None:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        if node.value is None:  # a bare annotation
            return
        plain = is_plain(node.value, self._namespace)
        builds = not plain and (is_plain(node.value, self._namespace, self._own()) or self._is_needed(node))
        if not (plain or builds) or not all(self._may_set(target) for target in targets):
            self._skip(node, describe(node))
            return
        try:
            if builds:
                run_briefly(lambda: self._execute(node))
            else:
                self._execute(node)
        except MemoryError:
            raise
        except TooLong:
            self._findings.may_build = False
            self._skip(node, f"{describe(node)}: it runs for long")
            return
        except BaseException as error:
            self._skip(node, f"{describe(node)}: {type(error).__name__}")
            return
        self._note(node)
        for name in stored(node):
            if not isinstance(node.value, ast.Lambda):
                self._note_value(node, name)

    def _is_needed(self, node: ast.stmt) -> bool:
        """Whether it sets what functions need, and there is a budget left to run whatever it is."""
        return self._findings.may_build and any(name in self._needed for name in stored(node))

    def _own(self) -> Collection[object] | None:
        """Modules of the submission whose code may be called on a budget, while that lasts."""
        return self._modules() if self._findings.may_build else None

    def _modules(self) -> Collection[object]:
        return {self._namespace.get("__name__"), *self._findings.modules}

    def _may_set(self, target: ast.expr) -> bool:
        """Own names, and entries or attributes of own values; not those of a module or a stand-in."""
        root = root_of(target)
        if root is target or not isinstance(root, ast.Name):
            return isinstance(target, (ast.Name, ast.Tuple, ast.List))
        value = self._namespace.get(root.id)
        return is_plain(target, self._namespace) and not issubclass(type(value), (types.ModuleType, standins.StandIn))

    def _if(self, node: ast.If) -> None:
        try:
            test = compile(ast.Expression(node.test), self._file, "eval")
            chosen = node.body if eval(test, self._namespace) else node.orelse  # noqa: S307  as in _execute
        except Exception:
            self._skip(node, describe(node))
            return
        for inner in chosen:
            self.statement(inner)

    def _try(self, node: ast.Try) -> None:
        """`try: import cupy as np; except ImportError: ...` as Python runs it; what stays unbound gets a stand-in."""
        try:
            for inner in node.body:
                if runs_as_it_stands(inner, self._namespace):
                    self._execute(inner)
                    self._note(inner)
                else:
                    self.statement(inner)
        except (MemoryError, SyntaxError):
            raise
        except BaseException:
            for inner in node.handlers[0].body if node.handlers else []:
                self.statement(inner)
            for inner in node.body:
                if isinstance(inner, (ast.Import, ast.ImportFrom)) and not bound_names(inner) <= set(self._namespace):
                    self.statement(inner)
        else:
            for inner in node.orelse:
                self.statement(inner)
        for inner in node.finalbody:
            self.statement(inner)

    def _with(self, node: ast.With) -> None:
        """`with app.setup:`, whose body defines: it runs without what stands in its head."""
        for item in node.items:
            for name in stored(item):
                self._namespace[name] = self._findings.unset(name, node.lineno)
        for inner in node.body:
            self.statement(inner)

    def _turns(self, node: ast.For) -> None:
        """`for f in (fit, predict): setattr(Net, f.__name__, f)`, turn by turn."""
        turns = list[Any]()
        if is_plain(node.iter, self._namespace):
            loop = compile(ast.Expression(node.iter), self._file, "eval")
            run_briefly(lambda: turns.extend(islice(iter(eval(loop, self._namespace)), MOST_TURNS + 1)))  # noqa: S307  as in _execute
        if not 0 < len(turns) <= MOST_TURNS:
            self._skip(node, describe(node))
            return
        target = ast.Assign([node.target], ast.Name(TURN, ast.Load()))
        ast.fix_missing_locations(ast.copy_location(target, node))
        for turn in turns:
            self._namespace[TURN] = turn
            try:
                self._execute(target)
            finally:
                del self._namespace[TURN]
            for inner in node.body:
                self.statement(inner)

    def _update(self, node: ast.stmt) -> None:
        """`globals().update(registry)`: what it gives to names are definitions."""
        before = dict(self._namespace)
        run_briefly(lambda: self._execute(node))
        for name in [name for name, value in self._namespace.items() if before.get(name) is not value]:
            self._note_value(node, name)

    def _fill(self, node: ast.stmt) -> None:
        """A loop that fills a table, or a call that puts something into a container, while it does not take long."""
        try:
            run_briefly(lambda: self._execute(node))
        except TooLong:
            self._findings.may_fill = False
            for name in stored(node):
                self._namespace[name] = self._findings.unset(name, node.lineno)
            self._skip(node, f"{describe(node)}: it runs for long")

    def _text(self, node: ast.expr) -> str | None:
        """The text that a plain expression gives; None for any other."""
        if not is_plain(node, self._namespace):
            return None
        try:
            value = eval(compile(ast.Expression(node), self._file, "eval"), self._namespace)  # noqa: S307  as in _execute
        except Exception:
            return None
        return value if type(value) is str else None

    def _skip(self, node: ast.stmt, what: str) -> None:
        if self._is_entry:
            self._findings.skip(node, what)
            self._findings.put_out_of_reach(out_of_reach.of_skipped(node, what))
        for name in stored(node):
            self._namespace.setdefault(name, self._findings.unset(name, node.lineno))
