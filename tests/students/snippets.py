"""Functions of students' files, one to a file of ours: right ones in many styles, wrong ones with what is true of them.

A snippet's docstring carries lines that are read here: "True: CODE, CODE" once for each mistake planted ("-" where no
code says it yet), "Returns: lists" or "Returns: dict" where a caller must be prepared for that, "Batches: columns".
Helpers of a snippet begin with an underscore and the function's name, so that any snippets make one file.
"""

import ast
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

STUDENTS = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Snippet:
    """One implementation of one function.

    truths: for each mistake planted, the codes that are true of it; empty for right code.
    returns: "arrays", "lists" or "dict". columns: batches are columns.
    """

    function: str
    name: str
    source: str
    truths: tuple[frozenset[str], ...] = ()
    returns: str = "arrays"
    columns: bool = False

    @property
    def key(self) -> str:
        """How reviewed data and reports call it."""
        return f"{self.function}/{self.name}"

    def fits(self, other: "Snippet") -> bool:
        """Whether this one, called by `other`, returns what `other` can use."""
        if self.columns != other.columns:
            return False
        if self.returns == "arrays" or not re.search(rf"\b{self.function}\b", other.source):
            return True
        prepared = "isinstance(out, dict)" if self.returns == "dict" else f"asarray({self.function}("
        return prepared in other.source


def snippets(folder: Path) -> tuple[Snippet, ...]:
    """Every snippet under `folder`/<function>/, sorted by function and name."""
    return tuple(read(path) for path in sorted(folder.glob("*/*.py")))


def read(path: Path) -> Snippet:
    """One snippet; the folder's name is the function's."""
    source = path.read_text(encoding="utf-8")
    said = ast.get_docstring(ast.parse(source)) or ""
    truths = tuple(_codes(line) for line in re.findall(r"^True: (.*)$", said, re.M))
    returns = re.search(r"^Returns: (\w+)$", said, re.M)
    columns = bool(re.search(r"^Batches: columns$", said, re.M))
    return Snippet(path.parent.name, path.stem, source, truths, returns[1] if returns else "arrays", columns)


def of_source(source: str, functions: Sequence[str]) -> dict[str, Snippet]:
    """The functions of a whole file as snippets; what else the file defines goes with the first of them."""
    tree = ast.parse(source)
    found: dict[str, list[str]] = {name: [] for name in functions}
    rest: list[str] = []
    for node in tree.body:
        text = ast.get_source_segment(source, node) or ""
        kept = found.get(node.name, rest) if isinstance(node, ast.FunctionDef) else rest
        kept.append(text)
    first = functions[0]
    found[first] = [*rest, *found[first]]
    return {name: Snippet(name, "solution", "\n\n\n".join(texts) + "\n") for name, texts in found.items()}


def _codes(line: str) -> frozenset[str]:
    return frozenset(code for code in re.split(r",\s*", line.strip()) if code != "-")
