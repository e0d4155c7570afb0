"""Loads a submission by the rules of mode `definitions`: what defines is executed, what runs is skipped and named.

Imports, functions, classes, plain constants and the tables they are kept in are executed; other top-level statements
(training runs, plots, prints, file reads, `if __name__ == "__main__"`) are not. Only a file that does not parse,
or that exhausts memory, fails as a whole: a definition that raises costs that definition, and raises when it is used.
"""

import ast
import importlib
import linecache
import sys
import types
from collections.abc import Sequence
from functools import partial
from typing import Any

from grader.sandbox.inside import faults, out_of_reach, upload_modules
from grader.sandbox.inside.cells import cells, unparsed
from grader.sandbox.inside.findings import Findings
from grader.sandbox.inside.imported import Absolute
from grader.sandbox.inside.magics import parse_script
from grader.sandbox.inside.needed import Needed
from grader.sandbox.inside.statements import FileReader
from grader.sandbox.inside.wire import Loaded, Raised
from grader.sandbox.inside.workbench import Parsed


class Loader:
    """Loads one submission into modules of this process. `namespace` is the entry file's afterwards."""

    def __init__(self, files: Sequence[tuple[str, str]]) -> None:
        self.entry, self._source = files[0]
        self.files = frozenset(name for name, _ in files)
        self.namespace: dict[str, Any] = {}
        self.parsed: list[Parsed] = []
        self._modules = upload_modules.module_names(files)
        self._findings = Findings([name for name, _ in files], self._modules)
        self._filled: set[str] = set()

    def load(self) -> Loaded | Raised:
        """Run the definitions of the entry file, and of the files it imports."""
        upload_modules.install(upload_modules.UploadFinder(self._modules, self._fill))
        name = self.entry.removesuffix(".py").replace("/", ".")
        if not name.isidentifier() or name in sys.modules or name in sys.stdlib_module_names:
            name = "submission"  # a file called numpy.py is graded, and NumPy stays NumPy
        module = types.ModuleType(name)
        sys.modules[name] = module
        self.namespace = module.__dict__
        try:
            self._fill(module, self.entry, self._source)
        except SyntaxError as error:
            return faults.syntax_error(error, self._source)
        except MemoryError:
            return faults.OUT_OF_MEMORY
        except BaseException as error:  # a submission may raise SystemExit; nothing it raises ends this process
            return faults.raised(error, self.files, self.entry)
        try:
            self._others()
        except MemoryError:
            return faults.OUT_OF_MEMORY
        return self._findings.end(self.namespace, self.entry)

    def _others(self) -> None:
        """Load the files that the entry file has not imported: what it lacks may be in them."""
        for dotted, (file, _source) in self._modules.items():
            if file in self._filled:
                continue
            try:
                importlib.import_module(dotted)
            except MemoryError:
                raise
            except SyntaxError:
                continue  # told where it was parsed
            except BaseException as error:
                self._findings.skip_file(file, type(error).__name__)

    def _fill(self, module: types.ModuleType, file: str, source: str) -> None:
        """Run the definitions of one file in `module`."""
        self._filled.add(file)
        source = source.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")  # a byte order mark that came through
        module.__file__ = file
        linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
        try:
            tree = parse_script(source, file, partial(self._skip_line, file))
        except SyntaxError as error:
            if file != self.entry:
                self._findings.skip_file(file, f"SyntaxError on line {error.lineno or 0}: {error.msg}")
            tree = self._cells_of(source, file, error)
        Absolute(file, self._findings.is_ours).within_functions(tree, source)
        module.__doc__ = ast.get_docstring(tree)
        self.parsed.append(Parsed(module.__dict__, file, tree.body))
        reader = FileReader(
            self._findings, module.__dict__, file, is_entry=file == self.entry, needed=Needed(tree.body)
        )
        for node in tree.body:
            reader.statement(node)

    def _skip_line(self, file: str, number: int, said: str) -> None:
        if file == self.entry:
            self._findings.skip_lines(number, number, said)

    def _cells_of(self, source: str, file: str, error: SyntaxError) -> ast.Module:
        """The cells of a notebook that parse; raises `error` where there are none."""
        body: list[ast.stmt] = []
        for cell in cells(source, file):
            if isinstance(cell.content, SyntaxError):
                self._findings.skip_lines(cell.first_line, cell.last_line, unparsed(cell.number, cell.content))
                if file == self.entry:
                    self._findings.put_out_of_reach(out_of_reach.of_cell(cell, source))
            else:
                body += cell.content
        if not body:
            raise error
        return ast.Module(body, [])
