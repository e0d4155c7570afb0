"""A student's Python as words that renaming, reformatting and comments do not change.

The text is untrusted: it is read by one regular expression in time linear in its length, and never compiled. A
file that is taken for the inside of a string would be compared with nothing: grader.literals says where one ends.
"""

import builtins
import keyword
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from unicodedata import normalize

import numpy as np

from grader import literals
from grader.sandbox.inside.strings import STRING as STRING_OF_PYTHON

MOST_WORDS = 200_000
"""Of a longer text no more are read: a second's work. Comments, docstrings and blank lines are none of them, so that
nobody's file stands behind a comment that is long enough."""

NAME, NUMBER, STRING = "N", "0", "S"
KNOWN = frozenset(dir(np)) | frozenset(dir(np.ndarray)) | frozenset(dir(np.linalg)) | frozenset(dir(np.random))
"""What follows a point and says what is computed; any other attribute is a name of the student's."""

BUILTIN = frozenset(dir(builtins)) | frozenset(keyword.kwlist)
_TOKEN = re.compile(
    rf"""(?P<skip>[ \t\f\r\\]++|\#[^\n]*+)
      | (?P<line>\n(?:[ \t\f]*+(?:\#[^\n]*+)?\n)*+)
      | (?P<string>[rRbBuUfF]{{0,2}}(?:{STRING_OF_PYTHON}))
      | (?P<number>(?:\d[\w.]*|\.\d\w*)(?:(?<=[eE])[+-]\d+)?)
      | (?P<name>\w+)
      | (?P<sign>.)""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, and the line from 1 that it stands in."""

    word: str
    line: int


def tokens(text: str, most: int = MOST_WORDS) -> list[Token]:
    """The words of a text: names are all alike, as are numbers and strings; docstrings, comments, layout: left out."""
    return list(islice(chain.from_iterable(_tokens(line, piece) for line, piece in literals.pieces(text)), most))


def _tokens(line: int, piece: str) -> Iterator[Token]:
    first_of_line, after_point = True, False
    for match in _TOKEN.finditer(piece):
        kind, said = match.lastgroup, match.group()
        if kind == "line":
            first_of_line = True
        elif kind != "skip":
            is_docstring = kind == "string" and first_of_line
            if not is_docstring:
                yield Token(_word(kind, said, after_point), line)
            after_point, first_of_line = said == ".", False
        if kind in ("line", "string"):
            line += said.count("\n")


def _word(kind: str | None, said: str, after_point: bool) -> str:
    if kind == "string":
        return STRING
    if kind == "number":
        return NUMBER
    if kind == "name":
        kept = KNOWN if after_point else BUILTIN
        said = said if said.isascii() else normalize("NFKC", said)  # as Python reads a name
        return said if said in kept else NAME
    return said
