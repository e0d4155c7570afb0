"""What in a file's text suggests that derivatives were not worked out by hand: flags for a person, never a zero.

The text is searched line by line and never parsed: a student's source is parsed behind the walls alone. A word in a
docstring may raise a flag too; a person looks.
"""

import re
from collections.abc import Iterator

from grader.report import Note
from grader.upload import Upload

AUTODIFF = "autograd|jax|torch|numdifftools|theano|tinygrad|casadi|aesara|pytensor"
"""Libraries that differentiate. Tensorflow is not among them: the course's own starter imports it."""

IMPORTED = re.compile(rf"\s*(?:import|from)\s+(?:[\w.]+\s*,\s*)*({AUTODIFF})\b")
COMPLEX = re.compile(
    r"(?<![\w.])(?<!33\[)(?<!1[bB]\[)(?<!\\e\[)(?:\d[\d_]*(?:\.[\d_]*)?|\.\d+)(?:[eE][+-]?\d+)?[jJ]\b|\.imag\b"
    r"|\b(?:emath|scimath|csingle|cdouble|clongdouble|complex(?:64|128|256))\b"
    r"|\bcomplex\(|(?:=\s*|astype\()complex\b"
    r"|\.conj(?:ugate)?\b|\(\s*-\s*[\d.]+\s*\)\s*\*\*\s*\(?\s*(?:0?\.\d|1\s*/)"
    r"|[\"']imag[\"']|[\"']ima?[\"']\s*\+\s*[\"']"
)
"""A complex literal or type, roots of negative numbers, or the imaginary part of something: what a complex step needs.
The word "complex" alone stands in many a docstring, and "\\033[2J" clears a terminal. One way only leads through a row
of digits: with two of them a file of nothing else takes twenty seconds."""

LINE_CHARACTERS = 1_000
"""Of a line that are looked at: nobody writes a derivative further to the right."""


def flags(upload: Upload) -> list[Note]:
    """Complex numbers, and each library that differentiates, by the first line they stand on."""
    found: dict[tuple[str, str], Note] = {}
    for file in upload.files:
        for note in _signs(file.text):
            found.setdefault((note.code, str(note.evidence)), note)
    return list(found.values())


def _signs(text: str) -> Iterator[Note]:
    for number, line in enumerate(text.split("\n"), start=1):  # as Python counts: a form feed ends none
        code = line[:LINE_CHARACTERS].partition("#")[0]
        if COMPLEX.search(code):
            yield Note("COMPLEX_NUMBERS", {}, (number, number))
        imported = IMPORTED.match(code)
        if imported:
            yield Note("AUTODIFF", {"module": imported[1]}, (number, number))
