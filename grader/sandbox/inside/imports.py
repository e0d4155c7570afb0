"""Carries out a file's import statements; what is not here gets a stand-in, so that only its use costs something."""

import __future__

import ast
import importlib
import sys
from collections.abc import Callable
from typing import Any

from grader.sandbox.inside import bridges, quiet
from grader.sandbox.inside.findings import Findings
from grader.sandbox.inside.imported import absolute


class Imports:
    """Those of one file, into `namespace`. execute: runs a statement in it."""

    def __init__(
        self, findings: Findings, namespace: dict[str, Any], file: str, execute: Callable[[ast.stmt], None]
    ) -> None:
        self._findings = findings
        self._namespace = namespace
        self._file = file
        self._execute = execute

    def module(self, node: ast.stmt, alias: ast.alias) -> None:
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

    def names(self, node: ast.ImportFrom, note: Callable[[ast.stmt, str], None]) -> int:
        """`from a import b`; an absent module or name becomes a stand-in for each name.

        note: told of what a file of the submission gives. The flags are of the features that __future__ gives.
        """
        module = absolute(node, self._file, self._findings.is_ours)
        if node.level and node.module is None and not self._findings.is_ours(module):  # from . import layers
            for alias in node.names:
                self.module(node, alias)
            return 0
        if module == "__future__":
            flags = 0
            for alias in node.names:
                flags |= getattr(getattr(__future__, alias.name, None), "compiler_flag", 0)
            return flags
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
            return 0
        for alias in node.names:
            before = set(self._namespace)
            bound = alias.asname or alias.name
            try:
                self._execute(ast.copy_location(ast.ImportFrom(module, [alias], 0), node))
            except ImportError as error:
                self._namespace[bound] = self._findings.unbound(bound, str(error))
            if self._findings.is_ours(module):
                for name in [bound] if bound != "*" else sorted(set(self._namespace) - before):
                    note(node, name)
        return 0

    def _is_there(self, module: str) -> bool:
        """Whether it is a file of the submission, or of a package that is here: then a part of that is lacking."""
        return self._findings.is_ours(module) or module.partition(".")[0] in sys.modules
