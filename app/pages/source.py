"""A student's source as escaped, coloured lines. It is untrusted text: it is read by a lexer, never compiled."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape
from pygments.lexers.python import PythonLexer  # type: ignore[import-untyped]  # ships no type information
from pygments.token import Comment, Keyword, Name, Number, String, _TokenType  # type: ignore[import-untyped]  # as above

from app.pages.pictures.svg import element
from app.pages.printable import capped, printable

COLOURED_CHARACTERS = 60_000  # a longer text is shown plain: the lexer's regular expressions are not ours
LINE_CHARACTERS = 400
CONTEXT_LINES = 3
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
class SourceLine:
    """One line: its number from 1, its markup, and whether it is blamed."""

    number: int
    html: Markup
    blamed: bool = False


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Consecutive lines of a file."""

    name: str
    lines: tuple[SourceLine, ...]

    @property
    def span(self) -> str:
        """line 41, or lines 41 to 43."""
        first, last = self.lines[0].number, self.lines[-1].number
        return f"line {first}" if first == last else f"lines {first} to {last}"


def whole(name: str, text: str) -> Excerpt:
    """Every line of a file."""
    return Excerpt(printable(name), tuple(_lines(_split(text), 1, frozenset())))


def excerpt(name: str, text: str, about: Sequence[int]) -> Excerpt | None:
    """The lines a finding is about; None if the text has none of them.

    One line is marked and shown within its neighbours; two or more are a stretch (a function), cut at 40 lines, and
    marked only where it is a part of what is shown.
    """
    lines = _split(text)
    wanted = sorted(number for number in set(about) if 1 <= number <= len(lines))
    if not wanted:
        return None
    if len(wanted) == 1:
        first, last = max(1, wanted[0] - CONTEXT_LINES), min(len(lines), wanted[0] + CONTEXT_LINES)
        blamed = frozenset(wanted)
    else:
        first, last = wanted[0], min(wanted[-1], wanted[0] + WINDOW_LINES - 1)
        stretch = len(about) == 2 or wanted == list(range(wanted[0], wanted[-1] + 1))
        blamed = frozenset() if stretch else frozenset(wanted)
    return Excerpt(printable(name), tuple(_lines(lines[first - 1 : last], first, blamed)))


def _split(text: str) -> list[str]:
    """Lines as Python counts them: \\n, \\r\\n and \\r end one, nothing else does."""
    return text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")


def _lines(lines: list[str], first: int, blamed: frozenset[int]) -> list[SourceLine]:
    shown = [_shortened(printable(line)) for line in lines]
    coloured = _coloured(shown) if sum(map(len, shown)) <= COLOURED_CHARACTERS else [escape(line) for line in shown]
    return [SourceLine(number, html, number in blamed) for number, html in enumerate(coloured, start=first)]


def _shortened(line: str) -> str:
    kept, left_out = capped(line, LINE_CHARACTERS)
    return f"{kept} … {left_out} more characters" if left_out else kept


def _coloured(lines: list[str]) -> list[Markup]:
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
