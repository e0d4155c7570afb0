"""A student's Python as words that renaming, reformatting and comments do not change.

The text is untrusted: it is read by one regular expression in time linear in its length, and never compiled.
"""

import builtins
import keyword
import re
from dataclasses import dataclass

import numpy as np

MOST_CHARACTERS = 200_000
"""Of a longer text only so much is read."""

NAME, NUMBER, STRING = "N", "0", "S"
KNOWN = frozenset(dir(np)) | frozenset(dir(np.ndarray)) | frozenset(dir(np.linalg)) | frozenset(dir(np.random))
"""What follows a point and says what is computed; any other attribute is a name of the student's."""

BUILTIN = frozenset(dir(builtins)) | frozenset(keyword.kwlist)
_TOKEN = re.compile(
    r"""(?P<skip>[ \t\f\r\\]+|\#[^\n]*)
      | (?P<line>\n)
      | (?P<string>[rRbBuUfF]{0,2}(?:\"{3}(?s:.*?)(?:\"{3}|\Z)|'{3}(?s:.*?)(?:'{3}|\Z)
            |\"(?:[^\"\\\n]|\\.)*\"?|'(?:[^'\\\n]|\\.)*'?))
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


def tokens(text: str) -> list[Token]:
    """The words of a text: names are all alike, as are numbers and strings; docstrings, comments, layout: left out."""
    found: list[Token] = []
    line, first_of_line, after_point = 1, True, False
    for match in _TOKEN.finditer(text[:MOST_CHARACTERS]):
        kind, said = match.lastgroup, match.group()
        if kind == "line":
            line, first_of_line = line + 1, True
        elif kind != "skip":
            is_docstring = kind == "string" and first_of_line
            if not is_docstring:
                found.append(Token(_word(kind, said, after_point), line))
            after_point, first_of_line = said == ".", False
            line += said.count("\n")
    return found


def _word(kind: str | None, said: str, after_point: bool) -> str:
    if kind == "string":
        return STRING
    if kind == "number":
        return NUMBER
    if kind == "name":
        kept = KNOWN if after_point else BUILTIN
        return said if said in kept else NAME
    return said
