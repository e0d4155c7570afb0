"""What in a file's text suggests that derivatives were not worked out by hand: flags for a person, never a zero.

The text is searched line by line, without its comments, and never parsed: a student's source is parsed behind the walls
alone. A word in a docstring may raise a flag too; a person looks. Types of more digits than float64 raise none: who
fears that an exponential overflows computes with longdouble.
"""

import re
from collections.abc import Iterator, Sequence

from grader.literals import without_comments
from grader.report import Note
from grader.upload import Upload
from reference.function import Function
from reference.operation import Operation

AUTODIFF = "autograd|jax|torch|numdifftools|theano|tinygrad|casadi|aesara|pytensor"
"""Libraries that differentiate. Tensorflow is not among them: the course's own starter imports it."""

IMPORTED = re.compile(rf"\s*(?:import|from)\s+(?:[\w.]+\s*,\s*)*({AUTODIFF})\b")
COMPLEX = re.compile(
    r"(?<![\w.])(?<!33\[)(?<!1[bB]\[)(?<!\\e\[)(?:\d[\d_]*(?:\.[\d_]*)?|\.\d+)(?:[eE][+-]?\d+)?[jJ]\b|\.imag\b"
    r"|\b(?:emath|scimath|csingle|cdouble|clongdouble|complex(?:64|128|256))\b"
    r"|\bcomplex\(|(?:=\s*|astype\()complex\b"
    r"|\.conj(?:ugate)?\b|\(\s*-\s*[\d.]+\s*\)\s*\*\*\s*\(?\s*(?:0?\.\d|1\s*/)"
    r"|[\"']imag[\"']|[\"']ima?[\"']\s*\+?\s*[\"']"
    r"|\.roots\b|\b(?:view|astype|dtype)\s*[(=]\s*[\"'][<>=]?(?:[DFG]|c(?:8|16|32))[\"']"
)
"""A complex literal or type, roots of negative numbers or of a polynomial, or the imaginary part of something: what a
complex step needs. The word "complex" alone stands in many a docstring, and "\\033[2J" clears a terminal. One way only
leads through a row of digits: with two of them a file of nothing else takes twenty seconds."""

FOURIER = re.compile(r"\bfft\b")
"""Gives complex numbers too; where a convolution is asked for it is one way to work it out."""

DECIMALS = re.compile(r"^[ \t]*(?:import|from)[^\n]*\bdecimal\b", re.MULTILINE)
OF_DECIMALS = re.compile(r"\.(?:ln|log10)\(|(?:\)|\w|\])\.exp\(\s*\)|\bDecimal\.exp\b")
"""An exponential or a logarithm as only a decimal has it, where decimals are imported: a difference quotient of sixty
digits is as exact as a derivative. Who rounds for print needs neither."""

LINE_CHARACTERS = 1_000
"""Of a line that are looked at: nobody writes a derivative further to the right."""


def flags(upload: Upload, functions: Sequence[Function] = ()) -> list[Note]:
    """Complex numbers, functions of decimals, and each library that differentiates, by the first line they stand on.

    functions: those that the assignment asks for.
    """
    fourier = all(function.operation is not Operation.CONVOLUTION for function in functions)
    found: dict[tuple[str, str], Note] = {}
    for file in upload.files:
        for note in _signs(file.text, fourier):
            found.setdefault((note.code, str(note.evidence)), note)
    return list(found.values())


def _signs(text: str, fourier: bool) -> Iterator[Note]:
    written = without_comments(text)
    decimals = DECIMALS.search(written) is not None
    for number, line in enumerate(written.split("\n"), start=1):  # as Python counts: a form feed ends none
        code = line[:LINE_CHARACTERS]
        if COMPLEX.search(code) or (fourier and FOURIER.search(code)):
            yield Note("COMPLEX_NUMBERS", {}, (number, number))
        if decimals and OF_DECIMALS.search(code):
            yield Note("DECIMALS", {}, (number, number))
        imported = IMPORTED.match(code)
        if imported:
            yield Note("AUTODIFF", {"module": imported[1]}, (number, number))
