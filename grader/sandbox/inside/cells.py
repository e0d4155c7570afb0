"""A notebook's text cell by cell: as in Jupyter, a cell that does not parse is not run, and the others are.

Whoever joins a notebook begins each cell with a line "# cell <number>".
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

FIRST_LINE = re.compile(r"^# cell (\d+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Cell:
    """Its number, its first and last line in the whole text, and what it holds: statements, or why it is not parsed."""

    number: str
    first_line: int
    last_line: int
    content: list[ast.stmt] | SyntaxError


def parse(source: str, file: str) -> ast.Module:
    """The syntax tree; whatever else the parser raises is a SyntaxError too."""
    try:
        return ast.parse(source, file)
    except (RecursionError, MemoryError) as error:  # the parser's own stack, not the student's memory
        raise SyntaxError("the file is nested too deeply to be parsed", (file, 1, 0, "")) from error
    except ValueError as error:  # NUL bytes
        raise SyntaxError(str(error), (file, 1, 0, "")) from error


def check_compiles(node: ast.stmt, file: str) -> None:
    """Raises SyntaxError for what the parser lets through, such as a return outside of a function. Nothing is run."""
    try:
        compile(ast.Module([node], []), file, "exec", dont_inherit=True)
    except (RecursionError, MemoryError) as error:
        raise SyntaxError("the file is nested too deeply to be compiled", (file, node.lineno, 0, "")) from error


def cells(source: str, file: str) -> Iterator[Cell]:
    """The cells of `source`, or nothing if it is no notebook."""
    begun = list(FIRST_LINE.finditer(source))
    starts = [match.start() for match in begun]
    for match, start, end in zip(begun, starts, [*starts[1:], len(source)], strict=False):
        before = source.count("\n", 0, start)
        text = _shifted(source[start:end])
        lines = before + 1, before + len(text.rstrip().split("\n"))
        try:
            yield Cell(match[1], *lines, parse("\n" * before + text, file).body)
        except SyntaxError as error:
            yield Cell(match[1], *lines, error)


def unparsed(number: str, error: SyntaxError) -> str:
    """What a cell that is not run is, in a few words."""
    return f"cell {number}, which does not parse (line {error.lineno}: {error.msg})"


def _shifted(text: str) -> str:
    """A cell without the indentation of its first statement, which Jupyter takes off every line that has it."""
    lines = text.split("\n")
    first = next((line for line in lines[1:] if line.strip()), "")
    indent = first[: len(first) - len(first.lstrip())]
    return "\n".join(line.removeprefix(indent) for line in lines)
