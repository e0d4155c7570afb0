"""What loading finds out: definitions, skipped statements, stand-ins; and the stand-ins themselves."""

import ast
from collections.abc import Collection

from grader.sandbox.inside import standins
from grader.sandbox.inside.definitions import MAX_DEFINITIONS
from grader.sandbox.inside.wire import Definition, Loaded

MAX_SKIPPED = 500
MAX_STAND_INS = 100
WHAT_CHARACTERS = 80


class Findings:
    """Collected while the files of one submission load. files: their names; modules: their module names."""

    def __init__(self, files: Collection[str], modules: Collection[str]) -> None:
        self.files = files
        self.may_build = True  # until one call of the student's own code proves too long: the budget is spent once
        self._modules = modules
        self._loading = standins.Loading()
        self._found: dict[str, Definition] = {}
        self._skipped: list[tuple[int, int, str]] = []
        self._stand_ins: dict[str, None] = {}

    def end(self) -> Loaded:
        """Loading is over: stand-ins refuse from now on, and a later definition of a name has replaced the earlier."""
        self._loading.active = False
        definitions = sorted(self._found.values(), key=lambda definition: definition.first_line)[:MAX_DEFINITIONS]
        return Loaded(tuple(definitions), tuple(self._skipped[:MAX_SKIPPED]), tuple(self._stand_ins)[:MAX_STAND_INS])

    def is_ours(self, module: str) -> bool:
        """Whether a module name is a file of the submission."""
        return module in self._modules

    def stand_in(self, module: str, attribute: str | None = None) -> standins.StandIn:
        """A stand-in for an absent module or a name of it."""
        self._stand_ins[module.partition(".")[0]] = None
        return standins.absent_module(f"{module}.{attribute}" if attribute else module, self._loading)

    def unbound(self, name: str, message: str) -> standins.StandIn:
        """A stand-in for a name that an import could not give."""
        return standins.absent_name(name, message, self._loading)

    def unset(self, name: str, line: int) -> standins.StandIn:
        """A stand-in for a variable of a skipped statement."""
        return standins.skipped_value(name, line, self._loading)

    def define(self, found: Definition) -> None:
        """Remember a definition of the entry file."""
        self._found[found.name] = found

    def skip(self, node: ast.stmt, what: str) -> None:
        """Remember a statement of the entry file that is not run."""
        self._skipped.append((node.lineno, node.end_lineno or node.lineno, what[:WHAT_CHARACTERS]))
