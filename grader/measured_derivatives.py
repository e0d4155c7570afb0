"""What in a file's text suggests that derivatives were not worked out by hand: flags for a person, never a zero."""

import ast
from collections.abc import Iterator

from grader.report import Note
from grader.upload import Upload

AUTODIFF = frozenset({"autograd", "jax", "torch", "numdifftools", "theano", "tinygrad", "casadi", "aesara", "pytensor"})
"""Libraries that differentiate. Tensorflow is not among them: the course's own starter imports it."""


def flags(upload: Upload) -> list[Note]:
    """Complex numbers, which a complex step needs, and libraries that differentiate, by the line they stand on."""
    found: list[Note] = []
    for file in upload.files:
        try:
            tree = ast.parse(file.text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):  # the loader says so
            continue
        found += _signs(tree)
    return list({(note.code, str(note.evidence)): note for note in found}.values())


def _signs(tree: ast.Module) -> Iterator[Note]:
    for node in ast.walk(tree):
        line = getattr(node, "lineno", 0)
        if _is_complex(node):
            yield Note("COMPLEX_NUMBERS", {}, (line, line))
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
            for name in names:
                if name.partition(".")[0] in AUTODIFF:
                    yield Note("AUTODIFF", {"module": name.partition(".")[0]}, (line, line))


def _is_complex(node: ast.AST) -> bool:
    """A complex literal, or the imaginary part of something."""
    literal = isinstance(node, ast.Constant) and isinstance(node.value, complex)
    return literal or (isinstance(node, ast.Attribute) and node.attr == "imag")
