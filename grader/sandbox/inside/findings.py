"""What loading finds out: definitions, skipped statements, stand-ins; and the stand-ins themselves."""

import ast
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

from grader.sandbox.inside import bridges, members, quiet, standins
from grader.sandbox.inside.definitions import MAX_DEFINITIONS
from grader.sandbox.inside.out_of_reach import MAX_OUT_OF_REACH, bounded
from grader.sandbox.inside.wire import Definition, Loaded, OutOfReach

MAX_SKIPPED = 500
MAX_STAND_INS = 100
WHAT_CHARACTERS = 80


class Findings:
    """Collected while the files of one submission load. files: their names in order; modules: their module names."""

    def __init__(self, files: Sequence[str], modules: Collection[str]) -> None:
        self.files = frozenset(files)
        self._order = {name: number for number, name in enumerate(files)}
        self.may_build = True  # until one call of the student's own code proves too long: the budget is spent once
        self.may_fill = True  # likewise, of loops
        self.modules = modules
        self._loading = standins.Loading()
        self._found: dict[str, Definition] = {}
        self._elsewhere: dict[str, list[tuple[str, Definition, dict[str, Any]]]] = {}
        self._skipped: list[tuple[int, int, str]] = []
        self._stand_ins: dict[str, None] = {}
        self._out_of_reach: list[OutOfReach] = []

    def end(self, namespace: dict[str, Any], entry: str) -> Loaded:
        """Loading is over: stand-ins refuse from now on, and a later definition of a name has replaced the earlier.

        namespace: of the entry file `entry`; what only another file defines is bound in it.
        """
        self._loading.active = False
        for name, places in self._elsewhere.items():
            self._take(name, places, namespace)
        for found in list(members.of_classes(self._found, namespace, self.files, entry)):
            self._found[found.name] = found
        definitions = sorted(self._found.values(), key=lambda definition: definition.first_line)[:MAX_DEFINITIONS]
        return Loaded(
            tuple(definitions),
            tuple(self._skipped[:MAX_SKIPPED]),
            tuple(self._stand_ins)[:MAX_STAND_INS],
            out_of_reach=tuple(self._out_of_reach[:MAX_OUT_OF_REACH]),
        )

    def is_ours(self, module: str) -> bool:
        """Whether a module name is a file of the submission."""
        return module in self.modules

    def stand_in(self, module: str, attribute: str | None = None) -> Any:
        """A stand-in for an absent module or a name of it; one that may be used where the module only shows things."""
        root = module.partition(".")[0]
        if root in bridges.MODULES:
            return getattr(bridges.module(), attribute) if attribute else bridges.module()
        self._stand_ins[root] = None
        if root in quiet.MODULES:
            there = quiet.module(module)
            return getattr(there, attribute) if attribute else there
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

    def define_elsewhere(self, found: Definition, file: str, namespace: dict[str, Any]) -> None:
        """Remember a definition of another file, whose lines mean nothing in the entry file."""
        place = (file, replace(found, first_line=0, last_line=0), namespace)
        self._elsewhere.setdefault(found.name, []).append(place)

    def _take(self, name: str, places: list[tuple[str, Definition, dict[str, Any]]], entry: dict[str, Any]) -> None:
        """Bind `name` of another file, unless the entry file has its own; of several files, that of the first."""
        _, found, other = min(places, key=lambda place: self._order[place[0]])
        root = name.partition(".")[0]
        there = entry.get(root)
        if there is None or standins.is_stand_in(there):
            entry[root] = there = other.get(root)
        if there is other.get(root):
            self._found.setdefault(name, found)

    def put_out_of_reach(self, definitions: Iterable[OutOfReach]) -> None:
        """Remember definitions of the entry file that nothing outside can call."""
        self._out_of_reach += (bounded(found) for found in definitions)

    def skip_file(self, file: str, what: str) -> None:
        """Remember another file that does not load."""
        entry = 0, 0, f"{file} ({what})"[:WHAT_CHARACTERS]
        if entry not in self._skipped:
            self._skipped.append(entry)

    def skip(self, node: ast.stmt, what: str) -> None:
        """Remember a statement of the entry file that is not run."""
        self.skip_lines(node.lineno, node.end_lineno or node.lineno, what)

    def skip_lines(self, first: int, last: int, what: str) -> None:
        """Remember lines of the entry file that are not run."""
        self._skipped.append((first, last, what[:WHAT_CHARACTERS]))
