"""A student's source as escaped, coloured lines. It is untrusted text: it is read by a lexer, never compiled."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from markupsafe import Markup, escape
from pygments.lexers.python import PythonLexer  # type: ignore[import-untyped]  # ships no type information
from pygments.token import Comment, Keyword, Name, Number, String, _TokenType  # type: ignore[import-untyped]  # as above

from app.pages.pictures.svg import element
from app.pages.printable import capped, printable
from grader.translation import gettext as _

COLOURED_CHARACTERS = 60_000  # a longer text is shown plain: the lexer's regular expressions are not ours
LINE_CHARACTERS = 400
WHOLE_LINES = 20_000
"""Of a file that is shown whole: a megabyte of line ends would take a page for seconds, and nobody reads it."""

CONTEXT_LINES = 3
MOST_LINES_ABOVE = 12
WINDOW_LINES = 40
CLASSES: tuple[tuple[_TokenType, str], ...] = (
    (Keyword, "k"),
    (Comment, "c"),
    (String, "s"),
    (Number, "m"),
    (Name.Function, "f"),
    (Name.Class, "f"),
)


@dataclass(frozen=True, slots=True)
class Mark:
    """What points from lines of a file to a finding: its anchor on the result page, and what the link says."""

    anchor: str
    words: str
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One line: its number from 1, its markup, and whether it is blamed.

    within: it belongs to a stretch, such as a function, that is blamed as a whole. unrun: it was skipped at load.
    marks: what begins to be meant here.
    """

    number: int
    html: Markup
    blamed: bool = False
    within: bool = False
    unrun: bool = False
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Consecutive lines of a file."""

    name: str
    lines: tuple[SourceLine, ...]

    @property
    def span(self) -> str:
        """line 41, or lines 41 to 43."""
        first, last = self.lines[0].number, self.lines[-1].number
        if first == last:
            return _("line {line}", line=first)
        return _("lines {first} to {last}", first=first, last=last)


class ColouredFile:
    """A file whose lines are coloured once, whole, so that an excerpt knows which text is inside a string.

    most_lines: how many are shown of the whole file. most_coloured: a file that would cost the lexer more is plain.
    """

    def __init__(
        self, name: str, text: str, most_lines: int = WHOLE_LINES, most_coloured: int = COLOURED_CHARACTERS
    ) -> None:
        self._name = printable(name)
        self._lines = _split(text)
        self._most_lines = most_lines
        self._most_coloured = min(most_coloured, COLOURED_CHARACTERS)

    @property
    def texts(self) -> list[str]:
        """The lines as they are: not escaped, not cut."""
        return self._lines

    @cached_property
    def colouring(self) -> int:
        """Characters and line ends that the lexer is given of the lines shown whole; none where they are plain."""
        lines = self._lines[: self._most_lines]
        if len(lines) + sum(min(len(line), LINE_CHARACTERS) for line in lines) > self._most_coloured:
            return 0  # before they are made printable, which takes longer and makes none shorter
        cost = len(self._shown_texts) + sum(map(len, self._shown_texts))
        return cost if cost <= self._most_coloured else 0

    @cached_property
    def _shown_texts(self) -> list[str]:
        return _printed(self._lines[: self._most_lines])

    @cached_property
    def _html(self) -> list[Markup]:
        return _markup("\n".join(self._shown_texts), self.colouring > 0) if self._most_lines else []

    def _shown(self) -> Iterator[tuple[int, Markup]]:
        """Number and markup of each line, and one more that says how many there are beyond them."""
        yield from enumerate(self._html, start=1)
        if len(self) > self._most_lines:
            yield self._most_lines + 1, escape(_("… {n} more lines", n=len(self) - self._most_lines))

    def __len__(self) -> int:
        """How many lines there are."""
        return len(self._lines)

    def lines(self, first: int, last: int) -> list[SourceLine]:
        """The lines from `first` to `last`: of a plain file no other is looked at."""
        if self.colouring and last <= self._most_lines:
            html = self._html[first - 1 : last]
        else:
            html = [escape(line) for line in _printed(self._lines[first - 1 : last])]
        return [SourceLine(number, line) for number, line in enumerate(html, start=first)]

    def whole(self, marks: Sequence[Mark] = (), unrun: Collection[int] = ()) -> Excerpt:
        """Every line, with what `marks` mean marked: single lines as blamed, stretches as such.

        unrun: numbers of lines that were skipped at load.
        """
        blamed: set[int] = set()
        within: set[int] = set()
        begin: dict[int, list[Mark]] = {}
        for mark in marks:
            wanted, stretch = self._meant(mark.lines)
            if wanted:
                begin.setdefault(wanted[0], []).append(mark)
                (within if stretch else blamed).update(range(wanted[0], wanted[-1] + 1) if stretch else wanted)
        return Excerpt(
            self._name,
            tuple(
                SourceLine(
                    number,
                    html,
                    number in blamed,
                    number in within - blamed,
                    number in unrun,
                    tuple(begin.get(number, ())),
                )
                for number, html in self._shown()
            ),
        )

    def marked(self, numbers: Collection[int]) -> Excerpt:
        """Every line, those of `numbers` marked as meant."""
        return Excerpt(
            self._name,
            tuple(SourceLine(number, html, number in numbers) for number, html in self._shown()),
        )

    def about(self, numbers: Sequence[int]) -> Excerpt | None:
        """The lines a finding is about; None if the file has none of them.

        One line is marked and shown within its function; two or more are a stretch (a function), cut at 40 lines, and
        marked only where they are a part of what is shown.
        """
        wanted, stretch = self._meant(numbers)
        if not wanted:
            return None
        if len(wanted) == 1:
            return self._excerpt(*self._around(wanted[0]), frozenset(wanted))
        last = min(wanted[-1], wanted[0] + WINDOW_LINES - 1)
        return self._excerpt(wanted[0], last, frozenset() if stretch else frozenset(wanted))

    def _meant(self, numbers: Sequence[int]) -> tuple[list[int], bool]:
        """The lines that are there, in order, and whether they stand for everything from the first to the last."""
        wanted = sorted(number for number in set(numbers) if 1 <= number <= len(self._lines))
        whole = len(numbers) == 2 or wanted == list(range(wanted[0], wanted[-1] + 1)) if wanted else False
        return wanted, len(wanted) > 1 and whole

    def _around(self, number: int) -> tuple[int, int]:
        """First and last line of the neighbourhood of a line, within the top-level block it stands in."""
        first = number
        while first > 1 and not _begins_block(self._lines[first - 1]):
            first -= 1
        if number - first > MOST_LINES_ABOVE:
            first = number - CONTEXT_LINES
        last = number
        while last < min(len(self._lines), number + CONTEXT_LINES) and not _begins_block(self._lines[last]):
            last += 1
        while last > number and not self._lines[last - 1].strip():
            last -= 1
        return first, last

    def _excerpt(self, first: int, last: int, blamed: frozenset[int]) -> Excerpt:
        if last > self._most_lines:
            html = _markup("\n".join(_printed(self._lines[first - 1 : last])), True)
        else:
            html = self._html[first - 1 : last]
        lines = (SourceLine(number, line, number in blamed) for number, line in enumerate(html, start=first))
        return Excerpt(self._name, tuple(lines))


@lru_cache(maxsize=16)
def _markup(text: str, coloured: bool) -> list[Markup]:
    """The lines of a text; a page shows a file in pieces, whole and beside an earlier one, and colours it once."""
    lines = text.split("\n")
    return _coloured(lines) if coloured else [escape(line) for line in lines]


def _printed(lines: Sequence[str]) -> list[str]:
    """The lines as a reader sees them, of long ones the beginning."""
    cut = _("{line} … {n} more characters")
    return [_shortened(printable(line), cut) for line in lines]


def _begins_block(line: str) -> bool:
    """Whether a line stands at the left margin and is neither blank nor a bracket that closes."""
    return bool(line) and not line[0].isspace() and line[0] not in ")]}"


def _split(text: str) -> list[str]:
    """Lines as Python counts them: \\n, \\r\\n and \\r end one, nothing else does."""
    return text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")


def _shortened(line: str, cut: str) -> str:
    kept, left_out = capped(line, LINE_CHARACTERS)
    return cut.format(line=kept, n=left_out) if left_out else kept


def _coloured(lines: list[str]) -> list[Markup]:
    """One Markup a line. Of blank lines in a row the lexer sees the first: at each it looks ahead over all of them."""
    seen = [bool(line.strip()) or number == 0 or bool(lines[number - 1].strip()) for number, line in enumerate(lines)]
    coloured = iter(_lexed([line for line, is_seen in zip(lines, seen, strict=True) if is_seen]))
    return [next(coloured) if is_seen else escape(line) for line, is_seen in zip(lines, seen, strict=True)]


def _lexed(lines: list[str]) -> list[Markup]:
    """One Markup a line. A token over several lines (a docstring) is closed and opened again at each line end."""
    done: list[Markup] = []
    current = Markup()
    for kind, value in PythonLexer(stripnl=False, ensurenl=False).get_tokens("\n".join(lines)):
        pieces = value.split("\n")
        for index, piece in enumerate(pieces):
            if index:
                done.append(current)
                current = Markup()
            if piece:
                current += _span(kind, piece)
    return [*done, current]


def _span(kind: _TokenType, piece: str) -> Markup:
    for family, class_ in CLASSES:
        if kind in family:
            return element("span", piece, class_=class_)
    return escape(piece)
