"""One page of help, read strictly: a page that departs from its form is our fault and is refused with its line."""

import re
from dataclasses import dataclass

from grader.errors import MalformedHelp

MEANING, EXAMPLE, STEPS = "## What it means", "## Two lines", "## What to look at"

PROSE = re.compile(r"(?!```|- |#)\S.*")
FORMULA = re.compile(r" {4}(\S.*)")
WRONG = re.compile(r"(\S.*?)  # wrong")
RIGHT = re.compile(r"(\S.*?)  # right")
STEP = re.compile(r"- (\S.*)")


@dataclass(frozen=True, slots=True)
class HelpPage:
    """What a code means, to a student.

    title: the meaning in one line. meaning: a few sentences, names in `backticks`. formula: what is right, line by
    line; empty where there is none. wrong, right: one line of NumPy each. steps: what to look at, one to three.
    """

    code: str
    family: str
    title: str
    meaning: str
    formula: tuple[str, ...]
    wrong: str
    right: str
    steps: tuple[str, ...]

    @property
    def path(self) -> str:
        """Where the page is on this site."""
        return f"/help/{self.code}"


def read_page(code: str, family: str, text: str) -> HelpPage:
    """The page in `text`. Raises MalformedHelp with the first line that is not what the form asks for."""
    lines = _Lines(code, text)
    (title,) = lines.many(re.compile(r"# (\S.*)"), "a title", 1)
    lines.exactly("", MEANING, "")
    meaning = lines.many(PROSE, "what it means")
    lines.exactly("")
    formula: tuple[str, ...] = ()
    if lines.shows(FORMULA):
        formula = lines.many(FORMULA, "a formula")
        lines.exactly("")
    lines.exactly(EXAMPLE, "", "```python")
    (wrong,) = lines.many(WRONG, "a line that ends in '  # wrong'", 1)
    (right,) = lines.many(RIGHT, "a line that ends in '  # right'", 1)
    lines.exactly("```", "", STEPS, "")
    steps = lines.many(STEP, "a step", 3)
    lines.exactly("")  # what follows the last line's end
    lines.end()
    return HelpPage(code, family, title, " ".join(meaning), formula, wrong, right, steps)


class _Lines:
    """The lines of a page, taken from the top."""

    def __init__(self, code: str, text: str) -> None:
        self._code = code
        self._lines = text.split("\n")
        self._next = 0

    def shows(self, pattern: re.Pattern[str]) -> bool:
        """Whether the next line has this form."""
        return self._next < len(self._lines) and pattern.fullmatch(self._lines[self._next]) is not None

    def exactly(self, *wanted: str) -> None:
        """Take these lines."""
        for line in wanted:
            if not self.shows(re.compile(re.escape(line))):
                raise self._malformed(f"{line!r}")
            self._next += 1

    def many(self, pattern: re.Pattern[str], what: str, most: int | None = None) -> tuple[str, ...]:
        """Take the lines of this form, at least one and no more than `most`: their first group, or all of them."""
        found: list[str] = []
        while self.shows(pattern) and (most is None or len(found) < most):
            match = pattern.fullmatch(self._lines[self._next])
            assert match is not None  # noqa: S101  # shows() has seen it
            found.append(match[match.re.groups])
            self._next += 1
        if not found:
            raise self._malformed(what)
        return tuple(found)

    def end(self) -> None:
        """Nothing may be left."""
        if self._next < len(self._lines):
            raise self._malformed("the end of the page")

    def _malformed(self, wanted: str) -> MalformedHelp:
        there = repr(self._lines[self._next]) if self._next < len(self._lines) else "the end of the page"
        return MalformedHelp(f"help page {self._code}, line {self._next + 1}: {wanted} belongs here, not {there}")
