"""The files of one upload on one page: what bounds the lines and the colours of one file bounds those of all."""

from collections.abc import Iterator, Sequence

from app.pages.source.coloured_source import WHOLE_LINES, ColouredFile
from grader.upload import SourceFile

ALL_COLOURED = 120_000
"""Characters and line ends of all files together that are coloured, 3,000 lines that people write: half a second. What
an archive holds beyond them is plain. Fifty files, each just within the bounds of one, took a page 16 seconds."""


def coloured_files(files: Sequence[SourceFile]) -> Iterator[ColouredFile]:
    """Each file with what those before it left: a file is coloured whole or not at all."""
    lines, coloured = WHOLE_LINES, ALL_COLOURED
    for file in files:
        one = ColouredFile(file.name, file.text, lines, coloured)
        lines, coloured = max(0, lines - len(one)), coloured - one.colouring
        yield one
