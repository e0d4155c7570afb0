"""The files of one upload: what bounds one bounds all of them together, and what people write is within it."""

import time

from app.pages.source.code_diff import code_diff
from app.pages.source.coloured_files import ALL_COLOURED, coloured_files
from app.pages.source.coloured_source import WHOLE_LINES
from grader.upload import SourceFile, Upload


def short_lines(changed: str = "a") -> Upload:
    """What a zip of 400 kB may hold: every file within the bounds of one."""
    lines = ["a", "b", "", "'"] * (WHOLE_LINES // 4)
    lines[WHOLE_LINES // 2] = changed
    return Upload(tuple(SourceFile(f"{number}.py", "\n".join([f"x{number}", *lines[1:]])) for number in range(50)))


def test_files_beyond_the_colours_are_plain() -> None:
    text = "def f(): pass\n" * 3_000
    shown = [file.whole().lines for file in coloured_files([SourceFile(f"{name}.py", text) for name in "abcd"])]

    assert [len(lines) for lines in shown] == [3_000] * 4
    assert ["<span" in lines[0].html for lines in shown] == [True, True, False, False]
    assert 2 * len(text) < ALL_COLOURED < 3 * len(text)


def test_a_short_file_after_one_that_is_plain_is_coloured() -> None:
    files = coloured_files([SourceFile("a.py", "x = 1\n" * 15_000), SourceFile("b.py", "x = 1\n")])
    first, second = (file.whole().lines for file in files)

    assert "<span" not in first[0].html
    assert "<span" in second[0].html


def test_what_expands_when_it_is_made_visible_costs_what_is_shown() -> None:
    (file,) = coloured_files([SourceFile("a.py", "\u202e\n" * 9_000)])
    assert file.colouring == 0


def test_lines_beyond_those_of_a_page_are_counted() -> None:
    files = coloured_files([SourceFile(f"{name}.py", "a\n" * (WHOLE_LINES - 5)) for name in "abc"])
    first, second, third = (file.whole().lines for file in files)

    assert len(first) == WHOLE_LINES - 5
    assert (len(second), second[-1].html) == (6, f"… {WHOLE_LINES - 10} more lines")
    assert [(line.number, line.html) for line in third] == [(1, f"… {WHOLE_LINES - 5} more lines")]


def test_an_archive_of_short_lines_is_shown_within_the_time_of_a_few_files() -> None:
    began = time.process_time()
    shown = [file.whole() for file in coloured_files(short_lines().files)]

    assert sum(len(excerpt.lines) for excerpt in shown) == WHOLE_LINES + 49
    assert time.process_time() - began < 5.0  # half a second; each file by itself 16


def test_a_line_changed_in_each_file_of_an_archive_is_compared_within_that_time_too() -> None:
    began = time.process_time()
    found = code_diff(short_lines(), short_lines("y"))

    assert [(diff.added, diff.removed) for diff in found] == [(1, 1)] * 50
    assert sum(map(len, (hunk for diff in found for hunk in diff.hunks))) == 400
    assert time.process_time() - began < 8.0  # a second and a half; every file coloured whole 32


def test_a_plain_file_shows_its_differences() -> None:
    lines = ["def f(): pass"] * (WHOLE_LINES + 50)
    (diff,) = code_diff(*(Upload((SourceFile("a.py", "\n".join([*lines, end])),)) for end in ("a < b", "a > b")))

    assert [(line.kind, line.html) for line in diff.hunks[0][-2:]] == [("removed", "a &lt; b"), ("added", "a &gt; b")]
