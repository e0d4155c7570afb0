"""What changed in a student's source between two attempts, as coloured lines. Both texts are untrusted: only shown."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice, takewhile
from typing import Literal

from markupsafe import Markup

from app.pages.printable import printable
from app.pages.source.coloured_files import ALL_COLOURED
from app.pages.source.coloured_source import ColouredFile
from grader.upload import SourceFile, Upload

CONTEXT_LINES = 3
MOST_ROWS = 400
"""Lines of all differences that are shown, 9 kB compressed; who wants the rest opens the two sources."""

MOST_LINES = 3_000
"""Of all files together, between what both versions of a file begin and end with."""

MOST_WORK = 40_000_000
"""Pairs of equal lines times lines, of all files together, which bounds the steps of difflib: half a second. Code that
people write needs a hundredth of it; the same hundred lines again and again would keep the matcher busy for minutes."""

Kind = Literal["same", "added", "removed"]


@dataclass(frozen=True, slots=True)
class DiffLine:
    """A line of a difference; its number is None in the file that does not have it."""

    kind: Kind
    before: int | None
    now: int | None
    html: Markup


@dataclass(frozen=True, slots=True)
class FileDiff:
    """What changed in a file. hunks: changed lines with their neighbours. left_out: lines that are not shown.

    compared: False where the files are too long, or too repetitive, for a difference to be worked out after those
    before them.
    """

    name: str
    hunks: tuple[tuple[DiffLine, ...], ...]
    added: int = 0
    removed: int = 0
    left_out: int = 0
    compared: bool = True


@dataclass(frozen=True, slots=True)
class _Piece:
    """Lines of both files, counted from 0 and up to the second number, that are the same or stand for each other."""

    same: bool
    old: int
    to_old: int
    new: int
    to_new: int

    @property
    def removed(self) -> int:
        return 0 if self.same else self.to_old - self.old

    @property
    def added(self) -> int:
        return 0 if self.same else self.to_new - self.new

    @property
    def rows(self) -> int:
        return self.to_new - self.new + self.removed


@dataclass(frozen=True, slots=True)
class Left:
    """What the files to come may still take of each bound."""

    rows: int = MOST_ROWS
    lines: int = MOST_LINES
    work: int = MOST_WORK
    coloured: int = ALL_COLOURED


def code_diff(before: Upload, now: Upload) -> tuple[FileDiff, ...]:
    """The files that differ, the graded one first; a graded file that was renamed is compared all the same.

    The bounds are those of all files together: what one leaves is there for the next.
    """
    left, found = Left(), []
    for old, new in _pairs(before, now):
        diff, left = _file_diff(old, new, left)
        if diff is not None:
            found.append(diff)
    return tuple(found)


def _pairs(before: Upload, now: Upload) -> Iterator[tuple[SourceFile, SourceFile]]:
    """Files of the same name, and the graded ones; a file that one attempt lacks is empty there."""
    yield before.entry, now.entry
    old, new = ({file.name: file for file in upload.files[1:]} for upload in (before, now))
    for name in dict.fromkeys((*new, *old)):
        yield old.get(name) or SourceFile(name, ""), new.get(name) or SourceFile(name, "")


def _file_diff(before: SourceFile, now: SourceFile, left: Left) -> tuple[FileDiff | None, Left]:
    """The difference of two files, or None where there is none that shows; and what is left after it."""
    old = ColouredFile(before.name, before.text, most_coloured=left.coloured // 2)
    new = ColouredFile(now.name, now.text, most_coloured=left.coloured // 2)
    if old.texts == new.texts:
        return None, left
    name = printable(now.name)
    start = _alike(old.texts, new.texts)
    end = min(_alike(reversed(old.texts), reversed(new.texts)), min(len(old), len(new)) - start)
    lines = max(len(old), len(new)) - start - end
    work = _work(old.texts[start : len(old) - end], new.texts[start : len(new) - end])
    if lines > left.lines or work > left.work:
        return FileDiff(name, (), compared=False), left
    diff = _compared(name, old, new, start, end, left.rows)
    shown = sum(map(len, diff.hunks))
    coloured = old.colouring + new.colouring if shown else 0
    return diff, Left(left.rows - shown, left.lines - lines, left.work - work, left.coloured - coloured)


def _alike(old: Iterable[str], new: Iterable[str]) -> int:
    """How many lines both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))


def _work(old: Sequence[str], new: Sequence[str]) -> int:
    """What a comparison costs, as MOST_WORK counts it."""
    olds, news = Counter(old), Counter(new)
    # In a text of 200 lines or more, difflib leaves lines that make up over a hundredth of it out of its search.
    frequent = len(new) // 100 + 1 if len(new) >= 200 else len(new)
    pairs = sum(times * olds[line] for line, times in news.items() if times <= frequent)
    return pairs * min(len(old), len(new))


def _compared(name: str, old: ColouredFile, new: ColouredFile, start: int, end: int, most_rows: int) -> FileDiff:
    """The difference of files that begin with the same `start` lines and end with the same `end` lines."""
    first = max(0, start - CONTEXT_LINES)  # the neighbours of the first and the last change are among the equal lines
    kept = max(0, end - CONTEXT_LINES)
    matcher = SequenceMatcher(None, old.texts[first : len(old) - kept], new.texts[first : len(new) - kept])
    hunks: list[tuple[DiffLine, ...]] = []
    added = removed = shown = left_out = 0
    for group in matcher.get_grouped_opcodes(CONTEXT_LINES):
        pieces = [
            _Piece(tag == "equal", first + i, first + to_i, first + j, first + to_j) for tag, i, to_i, j, to_j in group
        ]
        added += sum(piece.added for piece in pieces)
        removed += sum(piece.removed for piece in pieces)
        fitting = tuple(islice(_lines(pieces, old, new), most_rows - shown))
        shown += len(fitting)
        left_out += sum(piece.rows for piece in pieces) - len(fitting)
        if fitting:
            hunks.append(fitting)
    return FileDiff(name, tuple(hunks), added, removed, left_out)


def _lines(pieces: Iterable[_Piece], old: ColouredFile, new: ColouredFile) -> Iterator[DiffLine]:
    """One after the other: lines that nobody asks for are not marked up."""
    for piece in pieces:
        before, now = old.lines(piece.old + 1, piece.to_old), new.lines(piece.new + 1, piece.to_new)
        if piece.same:
            for was, line in zip(before, now, strict=True):
                yield DiffLine("same", was.number, line.number, line.html)
            continue
        for was in before:
            yield DiffLine("removed", was.number, None, was.html)
        for line in now:
            yield DiffLine("added", None, line.number, line.html)
