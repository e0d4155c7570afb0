"""What in a file's text suggests that derivatives were not worked out by hand: flags for a person, never a zero.

The text is searched without its comments, and never parsed: a student's source is parsed behind the walls alone. Its
letters are read as Python reads those of a name, to whom a wide letter is a narrow one. A word in a docstring may raise
a flag too; a person looks. What no word gives away is measured where a gradient is checked
(checks/values/complex_numbers.py). Types of more digits than float64 raise none: who fears that an exponential
overflows computes with longdouble.
"""

import re
from collections.abc import Iterator, Sequence

from grader.literals import as_names, pieces, without_comments
from grader.overloading import overloaded
from grader.report import Note
from grader.upload import Upload
from reference.function import Function
from reference.operation import Operation

AUTODIFF = "autograd|jax|torch|numdifftools|theano|tinygrad|casadi|aesara|pytensor"
"""Libraries that differentiate. Tensorflow is not among them: the course's own starter imports it."""

# No two runs of blanks beside each other, and none that is given back: the time is linear whatever the text is.
IMPORTED = re.compile(rf"^[^\S\n]*+(?:import|from)[^\S\n]++(?:[\w.]++[^\S\n]*+,[^\S\n]*+)*({AUTODIFF})\b", re.MULTILINE)
COMPLEX = re.compile(
    r"(?=[\d.,=(\"'acdeisv])"  # what any of these begins with: most places are done with at once
    r"(?:(?<![\w.])(?<!_\{)(?<!33\[)(?<!1[bB]\[)(?<!\\e\[)(?<!\x1b\[)(?:\d[\d_]*(?:\.[\d_]*)?|\.\d+)(?:[eE][+-]?\d+)?[jJ]\b|\.imag\b"
    r"|\b(?:cmath|emath|scimath|csingle|cfloat|cdouble|clongdouble|clongfloat|complex(?:64|128|256|_))\b"
    r"|(?<!dtype, np\.)(?<!dtype, numpy\.)\bcomplexfloating\b"
    r"|\bcomplex\(|(?:=\s*+|astype\()complex\b|[\"']complex[\"']|(?<!\bint)(?<!\bfloat)(?<!\bbool)(?<!number),\s*+complex\s*+[,)]"
    r"|(?<!\.T)\.conj(?:ugate)?\b(?!\((?:\w+)?\)\.T\b)|\(\s*+-\s*+[\d.]++\s*+\)\s*+\*\*\s*+\(?\s*+(?:0?\.\d|1\s*+/)"
    r"|[\"']imag[\"']|[\"']ima?[\"']\s*+\+?\s*+[\"']|\bimag\s*+\("
    r"|\.roots\b|\b(?:view|astype|dtype)\s*+[(=]\s*+[\"'][<>=]?(?:[DFG]|c(?:8|16|32))[\"'])"
)
"""A complex literal or type, roots of negative numbers or of a polynomial, or the imaginary part of something: what a
complex step needs. The word "complex" alone stands in many a docstring, and "\\033[2J" clears a terminal. A conjugate
transpose makes no number complex, nor does a question whether one is. One way only leads through a row of digits: with
two of them a file of nothing else takes twenty seconds."""

GRID = re.compile(r"\b(?:[mo]grid|[rc]_)\[[^\]\n]*+\]")
POINTS = re.compile(r"(?<=:)[ ]?\d+[jJ](?=[ ]?[,\]])")
"""`np.mgrid[-1:1:200j]`: how many points a grid has, which are real."""

IMAGINARY = re.compile(r"^[^\S\n]*+(?:import|from)\b[^\n]*\bimag\b", re.MULTILINE)
FOURIER = re.compile(r"\bfft\b")
"""Gives complex numbers too; where a convolution is asked for it is one way to work it out."""

DECIMALS = re.compile(r"^[ \t]*(?:import|from)[^\n]*\bdecimal\b", re.MULTILINE)
OF_DECIMALS = re.compile(r"(?<!\bnp)(?<!\bnumpy)(?<!\bmath)\.(?:ln|log10)\(|(?:\)|\w|\])\.exp\(\s*\)|\bDecimal\.exp\b")
"""An exponential or a logarithm as only a decimal has it, where decimals are imported: a difference quotient of sixty
digits is as exact as a derivative. Who rounds for print needs neither."""

CODED = (
    r"[\"'][<>=|]?(?:[DG]|c(?:8|16|32))[\"']|(?<!float)(?<!int)(?<!bool)(?<!None)(?<!\d\d)(?<!\s)\s*+,\s*+[\"']F[\"']"
)
CODE = re.compile(CODED)
WITH_CODE = re.compile(rf"^[^\n]*?(?:{CODED})[^\n]*+", re.MULTILINE)
MADE = re.compile(
    r"\b(?:zeros|ones|empty|full|eye|identity|as(?:any|contiguous|fortran)?array|array|frombuffer|fromiter|fromstring|arange"
    r"|linspace|ndarray)(?:_like)?\s*+\("
)
REORDERED = re.compile(r"\b(?:order|reshape|ravel|flatten)\b")
"""The code of a complex type, as an argument of what makes an array; "F" is an order of axes too."""

CHARACTERS = 300_000
"""Of all files together that are looked at, the first ones first: ten times what the longest right file has. Looking at
them takes a third of a second at most."""


def flags(upload: Upload, functions: Sequence[Function] = ()) -> list[Note]:
    """Complex numbers, functions of decimals, dual numbers or tapes, and each library that differentiates.

    Each by the first line it stands on; and that not all was looked at, where it was not: 300,000 characters of
    comments hide what follows.

    functions: those that the assignment asks for.
    """
    fourier = all(function.operation is not Operation.CONVOLUTION for function in functions)
    found: dict[tuple[str, str], Note] = {}
    left = CHARACTERS
    for file in upload.files:
        for line, piece in pieces(file.text[:left]):
            for note in _signs(piece, line, fourier):
                found.setdefault((note.code, str(note.evidence)), note)
        left -= len(file.text)
        if left < 0:
            found["NOT_ALL_READ", ""] = Note("NOT_ALL_READ", {"characters": CHARACTERS})
            break
    return list(found.values())


def _signs(text: str, line: int, fourier: bool) -> Iterator[Note]:
    """What stands in a text that begins on a line of its file."""
    written = as_names(without_comments(text))
    signs = (COMPLEX, IMAGINARY, FOURIER) if fourier else (COMPLEX, IMAGINARY)
    ungridded = GRID.sub(lambda grid: POINTS.sub(lambda points: " " * len(points[0]), grid[0]), written)
    places = [found.start() for found in (sign.search(ungridded) for sign in signs) if found]
    coded = next((line.start() for line in WITH_CODE.finditer(written) if _makes_complex(line[0])), None)
    places += [] if coded is None else [coded]
    if places:
        yield Note("COMPLEX_NUMBERS", {}, _line(written, min(places), line))
    exact = OF_DECIMALS.search(written) if DECIMALS.search(written) else None
    if exact:
        yield Note("DECIMALS", {}, _line(written, exact.start(), line))
    product = overloaded(written)
    if product is not None:
        yield Note("OVERLOADED", {}, _line(written, product, line))
    first: dict[str, int] = {}
    for imported in IMPORTED.finditer(written):
        first.setdefault(imported[1], imported.start())
    for module, place in first.items():
        yield Note("AUTODIFF", {"module": module}, _line(written, place, line))


def _makes_complex(line: str) -> bool:
    """Whether an array is made there, and the code of a complex type stands behind."""
    made = MADE.search(line)
    code = CODE.search(line, made.end()) if made else None
    return code is not None and not (code[0].startswith((",", " ")) and REORDERED.search(line))


def _line(text: str, place: int, first: int) -> tuple[int, int]:
    """The line of a place, as Python counts: a form feed ends none."""
    number = text.count("\n", 0, place) + first
    return number, number
