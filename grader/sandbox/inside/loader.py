"""Loads a submission by the rules of mode `definitions`: what defines is executed, what runs is skipped and named.

Imports, functions, classes and plain constants are executed; other top-level statements (training runs, loops,
plots, prints, file reads, `if __name__ == "__main__"`) are not. Only a file that does not parse,
or that exhausts memory, fails as a whole: a definition that raises costs that definition, and raises when it is used.
"""

import ast
import linecache
import sys
import types
from collections.abc import Sequence
from typing import Any

from grader.sandbox.inside import faults, upload_modules
from grader.sandbox.inside.findings import Findings
from grader.sandbox.inside.statements import FileReader
from grader.sandbox.inside.wire import Loaded, Raised


class Loader:
    """Loads one submission into modules of this process. `namespace` is the entry file's afterwards."""

    def __init__(self, files: Sequence[tuple[str, str]]) -> None:
        self.entry, self._source = files[0]
        self.files = frozenset(name for name, _ in files)
        self.namespace: dict[str, Any] = {}
        self._modules = upload_modules.module_names(files)
        self._findings = Findings(self.files, self._modules)

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
            return faults.syntax_error(error)
        except MemoryError:
            return faults.OUT_OF_MEMORY
        except BaseException as error:  # a submission may raise SystemExit; nothing it raises ends this process
            return faults.raised(error, self.files, self.entry)
        return self._findings.end()

    def _fill(self, module: types.ModuleType, file: str, source: str) -> None:
        """Run the definitions of one file in `module`."""
        source = source.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")  # a byte order mark that came through
        module.__file__ = file
        linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
        try:
            tree = ast.parse(source, file)
        except (RecursionError, MemoryError) as error:  # the parser's own stack, not the student's memory
            raise SyntaxError("the file is nested too deeply to be parsed", (file, 1, 0, "")) from error
        except ValueError as error:  # NUL bytes
            raise SyntaxError(str(error), (file, 1, 0, "")) from error
        module.__doc__ = ast.get_docstring(tree)
        reader = FileReader(self._findings, module.__dict__, file, is_entry=file == self.entry)
        for node in tree.body:
            reader.statement(node)
