"""The source beside a result: what is marked, what was not run, what is too long."""

import random
import tracemalloc

from app.pages.report.findings import findings
from app.pages.report.marked_source import MOST_COMPRESSED, MOST_LINES, fits, marked_source
from app.pages.source.coloured_source import ColouredFile
from grader.report import Note, Report
from grader.upload import SourceFile, Upload


def test_lines_lead_to_their_findings(reports: dict[str, Report], source: str) -> None:
    found = findings(reports["sample"], ColouredFile("network.py", source).about)
    graded, other = marked_source(
        Upload((SourceFile("network.py", source), SourceFile("more.py", source))), found, reports["sample"].notes
    )

    marked = {line.number: [mark.anchor for mark in line.marks] for line in graded.lines if line.marks}
    assert marked == {10: ["finding-1"], 19: ["finding-2"]}
    assert [mark.words for mark in graded.lines[9].marks] == ["wrong: grad_ce"]
    assert not any(line.marks or line.blamed for line in other.lines)


def test_lines_of_notes_were_not_run() -> None:
    upload = Upload((SourceFile("a.py", "a = 1\n" * 5),))
    notes = (Note("SKIPPED_AT_LOAD", {"what": "a loop"}, (2, 3)), Note("STAND_IN", {"module": "x"}))
    (shown,) = marked_source(upload, (), notes)

    assert [line.number for line in shown.lines if line.unrun] == [2, 3]


def test_only_lines_that_are_there_are_marked() -> None:
    upload = Upload((SourceFile("a.py", "a = 1\n" * 5),))
    tracemalloc.start()
    (shown,) = marked_source(upload, (), (Note("SKIPPED_AT_LOAD", {"what": "a loop"}, (4, 10_000_000)),))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert [line.number for line in shown.lines if line.unrun] == [4, 5]
    assert most < 10_000_000  # a number for each of ten million lines takes half a gigabyte


def test_a_long_file_does_not_fit_below_a_result() -> None:
    assert fits(Upload((SourceFile("a.py", "a = 1\n" * MOST_LINES),)))
    assert not fits(Upload((SourceFile("a.py", "a = 1\n" * MOST_LINES), SourceFile("b.py", "b = 1\n"))))


def test_few_long_lines_do_not_fit_either() -> None:
    noise = random.Random(0).randbytes(MOST_COMPRESSED).hex()
    assert not fits(Upload((SourceFile("a.py", f"a = '{noise}'\n"),)))
    assert fits(Upload((SourceFile("a.py", f"a = '{noise[: MOST_COMPRESSED // 2]}'\n"),)))
