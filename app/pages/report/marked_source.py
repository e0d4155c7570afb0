"""A submission's files beside its result: lines that findings mean lead to them, lines that were not run say so."""

import zlib
from collections.abc import Iterator, Sequence
from itertools import chain

from app.pages.report.findings import Finding
from app.pages.source.coloured_files import coloured_files
from app.pages.source.coloured_source import ColouredFile, Excerpt, Mark
from grader import messages
from grader.report import Note
from grader.translation import gettext as _
from grader.upload import SourceFile, Upload

MOST_LINES = 700
"""Of all files together on a page that has more to say; longer ones have a page of their own. With its numbers and
colours a line weighs about 18 compressed bytes: the first visit of a result stays below 100 kB."""

MOST_COMPRESSED = 8_000
"""Bytes of all files together, for lines may be long: 700 lines that people write are 6,500."""


def marked_source(upload: Upload, findings: Sequence[Finding], notes: Sequence[Note]) -> tuple[Excerpt, ...]:
    """Every file, as far as a page goes. Findings and notes count the lines of the first: it is the graded one."""
    graded, *others = coloured_files(upload.files)
    unrun = frozenset(chain.from_iterable(_skipped(notes, len(graded))))
    return (graded.whole(_marks(findings), unrun), *(file.whole() for file in others))


def fits(upload: Upload) -> bool:
    """Whether the files are short enough to stand below a result."""
    lines = sum(len(ColouredFile(file.name, file.text)) for file in upload.files)
    return lines <= MOST_LINES and sum(map(_compressed, upload.files)) <= MOST_COMPRESSED


def _compressed(file: SourceFile) -> int:
    """Bytes of a file's text as a proxy would send it."""
    return len(zlib.compress(file.text.encode("utf-8", "replace")))


def _marks(findings: Sequence[Finding]) -> list[Mark]:
    return [
        Mark(
            finding.anchor,
            _(
                "{verdict}: {function}",
                verdict=messages.verdict_word(finding.verdict).lower(),
                function=finding.function,
            ),
            finding.lines,
        )
        for finding in findings
        if finding.lines
    ]


def _skipped(notes: Sequence[Note], count: int) -> Iterator[range]:
    """Of the `count` lines there are: who speaks in the loader's place may say ten million of a statement."""
    for note in notes:
        if note.code == "SKIPPED_AT_LOAD" and note.lines:
            yield range(note.lines[0], min(note.lines[-1], count) + 1)
