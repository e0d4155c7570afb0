"""What an import statement is about: the module, and the names it sets."""

import ast
import re
from collections.abc import Callable

_RELATIVE = re.compile(r"\bfrom[ \t]*\.")


def absolute(node: ast.ImportFrom, file: str, is_ours: Callable[[str], bool]) -> str:
    """The module that `file` imports from; a relative one from the folder of that file, or by its bare name."""
    module = node.module or ""
    if not node.level:
        return module
    folders = file.split("/")[:-1]
    kept = folders[: len(folders) - node.level + 1]
    found = ".".join(filter(None, [*kept, module]))
    return found if is_ours(found) else module


def bound_names(node: ast.Import | ast.ImportFrom) -> set[str]:
    """Names that it sets."""
    return {alias.asname or alias.name.partition(".")[0] for alias in node.names}


class Absolute(ast.NodeTransformer):
    """Makes relative imports inside functions what they are in a package: the graded file is run outside of its own."""

    def __init__(self, file: str, is_ours: Callable[[str], bool]) -> None:
        self._file = file
        self._is_ours = is_ours
        self._inside = False

    def within_functions(self, tree: ast.Module, source: str) -> None:
        """Change `tree`; those outside of functions stay, as the loader reads them itself. source: its text."""
        if _RELATIVE.search(source):  # nearly every file has none, and needs no walk
            self.visit(tree)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        """What it holds, too."""
        return self._function(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        """As of any other."""
        return self._function(node)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> ast.AST | list[ast.AST]:
        """`from .layers import f` is `from layers import f`, and `from . import layers` is `import layers`."""
        if not self._inside or not node.level:
            return node
        if node.module is not None:
            return ast.copy_location(ast.ImportFrom(absolute(node, self._file, self._is_ours), node.names, 0), node)
        return [self._imported(node, alias) for alias in node.names]

    def _imported(self, node: ast.ImportFrom, alias: ast.alias) -> ast.Import:
        module = absolute(ast.ImportFrom(alias.name, [], node.level), self._file, self._is_ours)
        named = ast.copy_location(ast.alias(module, alias.asname or alias.name), alias)
        return ast.copy_location(ast.Import([named]), node)

    def _function(self, node: ast.AST) -> ast.AST:
        before, self._inside = self._inside, True
        self.generic_visit(node)
        self._inside = before
        return node
