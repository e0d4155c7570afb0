"""How a text is read as Python's strings and comments without being parsed: a student's is parsed behind the walls.

What the loader leaves out is left out here by its own rules: a quote in a line that it never parses opens no string.
"""

import re
from collections.abc import Iterator
from unicodedata import normalize

from grader.sandbox.inside.cells import FIRST_LINE
from grader.sandbox.inside.magics import without_magics
from grader.sandbox.inside.strings import STRING

_STRING_OR_COMMENT = re.compile(rf"(?P<comment>\#[^\n]*+)|{STRING}", re.VERBOSE)

_OTHER_LETTERS = re.compile(r"[^\W\x00-\x7f]++")
"""Letters and digits that are not ASCII's."""


def pieces(text: str) -> Iterator[tuple[int, str]]:
    """What is read of a file, each piece by itself, and the line from 1 that it begins on. Most files are one.

    Where a string reaches into a notebook's next cell, the cells follow one by one: the loader may take them so, if one
    of them does not parse, and nobody who does not parse can tell.
    """
    text = text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")  # as the loader does
    plain, _dropped = without_magics(text)
    yield 1, plain
    begun = [cell.start() for cell in FIRST_LINE.finditer(text)]
    if begun and any(FIRST_LINE.search(found[0]) for found in _STRING_OR_COMMENT.finditer(plain) if "\n" in found[0]):
        line, done = 1, 0
        for start, end in zip(begun, [*begun[1:], len(text)], strict=True):
            line += text.count("\n", done, start)
            yield line, text[start:end]
            done = start


def without_comments(text: str) -> str:
    """The text with every comment left out; its lines keep their numbers."""
    return _STRING_OR_COMMENT.sub(lambda found: "" if found["comment"] else found[0], text)


def as_names(text: str) -> str:
    """The text as names are read in it; what stands in no name stays, so lines keep their numbers.

    A letter that stands for ASCII's stands for three of them at most; one of another alphabet may for eighteen.
    """
    if text.isascii():
        return text
    return _OTHER_LETTERS.sub(lambda found: normalize("NFKC", found[0])[: 3 * len(found[0])], text)
