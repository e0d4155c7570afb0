"""Interprets the top-level statements of one file: which are run, which are skipped, and what takes their place."""

import __future__

import ast
import importlib
import sys
import types
from collections.abc import Callable, Mapping
from typing import Any

from grader.sandbox.inside import bridges, definitions, out_of_reach, quiet, standins
from grader.sandbox.inside.brief import TooLong, run_briefly
from grader.sandbox.inside.constants import is_plain
from grader.sandbox.inside.findings import Findings
from grader.sandbox.inside.setting import as_assignment

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


class FileReader:
    """Takes the statements of one file, one after the other, and runs those that define in `namespace`."""

    def __init__(self, findings: Findings, namespace: dict[str, Any], file: str, is_entry: bool) -> None:
        self._findings = findings
        self._namespace = namespace
        self._file = file
        self._is_entry = is_entry
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
        node = as_assignment(node, self._namespace) or node
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            self._define(node)
        elif isinstance(node, ast.Import):
            for alias in node.names:
                self._import(node, alias)
        elif isinstance(node, ast.ImportFrom):
            self._import_from(node)
        elif isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign)):
            self._assign(node)
        elif isinstance(node, ast.If) and chooses(node, self._namespace):
            self._if(node)
        elif isinstance(node, ast.Try) and is_quiet(node, self._namespace):
            self._try(node)
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

    def _import(self, node: ast.stmt, alias: ast.alias) -> None:
        """`import a.b as c`; an absent module becomes a stand-in."""
        try:
            self._execute(ast.copy_location(ast.Import([alias]), node))
        except MemoryError:
            raise
        except BaseException as error:
            root = alias.name.partition(".")[0]
            bound = alias.asname or root
            if self._is_there(alias.name):
                self._namespace[bound] = self._findings.unbound(bound, f"{alias.name} cannot be imported: {error}")
            else:
                self._namespace[bound] = self._findings.stand_in(alias.name if alias.asname else root)

    def _import_from(self, node: ast.ImportFrom) -> None:
        """`from a import b`; an absent module or name becomes a stand-in for each name."""
        module = absolute(node, self._file, self._findings.is_ours)
        if node.level and node.module is None and not self._findings.is_ours(module):  # from . import layers
            for alias in node.names:
                self._import(node, alias)
            return
        if module == "__future__":
            for alias in node.names:
                self._flags |= getattr(getattr(__future__, alias.name, None), "compiler_flag", 0)
            return
        try:
            importlib.import_module(module)
        except MemoryError:
            raise
        except BaseException as error:
            for alias in node.names:
                bound = alias.asname or alias.name
                if self._is_there(module):
                    self._namespace[bound] = self._findings.unbound(bound, f"{module} cannot be imported: {error}")
                elif bound != "*":
                    self._namespace[bound] = self._findings.stand_in(module, alias.name)
                else:
                    self._findings.stand_in(module)
                    self._namespace.update(quiet.members(module))
                    self._namespace.update(bridges.members(module))
            return
        for alias in node.names:
            before = set(self._namespace)
            bound = alias.asname or alias.name
            try:
                self._execute(ast.copy_location(ast.ImportFrom(module, [alias], 0), node))
            except ImportError as error:
                self._namespace[bound] = self._findings.unbound(bound, str(error))
            if self._findings.is_ours(module):
                for name in [bound] if bound != "*" else sorted(set(self._namespace) - before):
                    self._note_value(node, name)

    def _is_there(self, module: str) -> bool:
        """Whether it is a file of the submission, or of a package that is here: then a part of that is lacking."""
        return self._findings.is_ours(module) or module.partition(".")[0] in sys.modules

    def _assign(self, node: ast.Assign | ast.AnnAssign | ast.AugAssign) -> None:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        if node.value is None:  # a bare annotation
            return
        plain = is_plain(node.value, self._namespace)
        own = {self._namespace.get("__name__"), *self._findings.modules} if self._findings.may_build else None
        builds = not plain and is_plain(node.value, self._namespace, own)
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

    def _may_set(self, target: ast.expr) -> bool:
        """Own names, and entries or attributes of own values; not those of a module or a stand-in."""
        root = target
        while isinstance(root, (ast.Attribute, ast.Subscript)):
            root = root.value
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
                self._execute(inner)
                self._note(inner)
        except (MemoryError, SyntaxError):
            raise
        except BaseException:
            for inner in node.handlers[0].body if node.handlers else []:
                self.statement(inner)
            for inner in node.body:
                if isinstance(inner, (ast.Import, ast.ImportFrom)) and not _bound(inner) <= set(self._namespace):
                    self.statement(inner)
        else:
            for inner in node.orelse:
                self.statement(inner)
        for inner in node.finalbody:
            self.statement(inner)

    def _skip(self, node: ast.stmt, what: str) -> None:
        if self._is_entry:
            self._findings.skip(node, what)
            self._findings.put_out_of_reach(out_of_reach.of_skipped(node, what))
        for name in stored(node):
            self._namespace.setdefault(name, self._findings.unset(name, node.lineno))


def chooses(node: ast.If, names: Mapping[str, Any]) -> bool:
    """Whether an if block is read: its condition is plain, given the names so far, and not about `__name__`."""
    return is_plain(node.test, names) and not asks_name(node.test)


def is_quiet(node: ast.Try, names: Mapping[str, Any]) -> bool:
    """Whether a try block is read: every statement of its body may run as it stands, given the names so far."""
    return all(_runs_as_it_stands(inner, names) for inner in node.body)


def _runs_as_it_stands(node: ast.stmt, names: Mapping[str, Any]) -> bool:
    if isinstance(node, (ast.Assign, ast.AnnAssign)):
        return node.value is not None and is_plain(node.value, names)
    if isinstance(node, ast.Expr):  # `profile`, to see whether there is one
        return isinstance(node.value, (ast.Name, ast.Constant))
    return isinstance(node, (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef, ast.Pass))


def says_nothing(node: ast.stmt) -> bool:
    """Whether leaving a statement out is not worth a word: `pass`, a text that stands alone."""
    return isinstance(node, ast.Pass) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))


def absolute(node: ast.ImportFrom, file: str, is_ours: Callable[[str], bool]) -> str:
    """The module that `file` imports from; a relative one from the folder of that file, or by its bare name."""
    module = node.module or ""
    if not node.level:
        return module
    folders = file.split("/")[:-1]
    kept = folders[: len(folders) - node.level + 1]
    found = ".".join(filter(None, [*kept, module]))
    return found if is_ours(found) else module


def _bound(node: ast.Import | ast.ImportFrom) -> set[str]:
    return {alias.asname or alias.name.partition(".")[0] for alias in node.names}


def stored(node: ast.stmt) -> list[str]:
    """Names that a statement sets."""
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
