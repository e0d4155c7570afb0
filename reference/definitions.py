"""Which functions a file of ours defines, and in which two differ: read as syntax, never run."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Definition:
    """A function or method. text: its whole lines as they stand, decorators included."""

    node: ast.FunctionDef
    text: str

    def is_as(self, other: "Definition") -> bool:
        """Whether the code is the same; docstrings count. Trees are slow to compare, and most lines are the same."""
        return self.text == other.text or ast.dump(self.node) == ast.dump(other.node)


@lru_cache(maxsize=2)  # one file is compared with many, one after the other
def definitions(source: str) -> Mapping[str, Definition]:
    """Every top-level function, and every method as Class.method. Raises SyntaxError."""
    lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")  # the lines that Python counts
    found: dict[str, Definition] = {}
    for name, node in _named(ast.parse(source)):
        first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
        found[name] = Definition(node, "\n".join(lines[first - 1 : node.end_lineno]))
    return MappingProxyType(found)


def changed_functions(source: str, original: str) -> set[str]:
    """The functions whose code differs between two files, added and removed ones included. Raises SyntaxError."""
    ours, theirs = definitions(source), definitions(original)
    return {name for name in ours.keys() | theirs.keys() if not _same(ours.get(name), theirs.get(name))}


def _named(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            methods = (member for member in node.body if isinstance(member, ast.FunctionDef))
            yield from ((f"{node.name}.{method.name}", method) for method in methods)


def _same(one: Definition | None, other: Definition | None) -> bool:
    return one is not None and other is not None and one.is_as(other)
