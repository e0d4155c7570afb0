"""Differences of code: the right lines, escaped, and an end to the work whatever two files hold."""

import re

from app.pages.source.code_diff import MOST_LINES, MOST_ROWS, FileDiff, code_diff
from grader.upload import SourceFile, Upload


def one(text: str, name: str = "a.py") -> Upload:
    return Upload((SourceFile(name, text),))


def shown(diff: FileDiff) -> list[str]:
    signs = {"same": " ", "added": "+", "removed": "-"}
    return [f"{signs[line.kind]}{re.sub('<[^>]+>', '', line.html)}" for hunk in diff.hunks for line in hunk]


def test_a_changed_line_is_removed_and_added_among_its_neighbours(source: str) -> None:
    changed = source.replace("mean(axis=0, keepdims=True)", "copy()")
    (diff,) = code_diff(one(source), one(changed, "renamed.py"))

    assert diff.name == "renamed.py"
    assert (diff.added, diff.removed, len(diff.hunks)) == (1, 1, 1)
    assert shown(diff)[1:5] == [
        " def grad_ce(target, logits):",
        "     p = softmax(logits)  # &lt;b&gt;rows&lt;/b&gt;",
        "-    return (p - target).mean(axis=0, keepdims=True)",
        "+    return (p - target).copy()",
    ]
    removed, added = (next(line for line in diff.hunks[0] if line.kind == kind) for kind in ("removed", "added"))
    assert (removed.before, removed.now, added.before, added.now) == (12, None, None, 12)


def test_lines_after_an_insertion_keep_both_numbers() -> None:
    (diff,) = code_diff(one("a = 1\nb = 2\n"), one("new = 0\na = 1\nb = 2\n"))

    assert [(line.kind, line.before, line.now) for line in diff.hunks[0]] == [
        ("added", None, 1),
        ("same", 1, 2),
        ("same", 2, 3),
    ]


def test_changes_far_apart_are_two_hunks() -> None:
    lines = [f"x{number} = {number}" for number in range(60)]
    changed = [*lines[:5], "first", *lines[6:50], "second", *lines[51:]]
    (diff,) = code_diff(one("\n".join(lines)), one("\n".join(changed)))

    assert len(diff.hunks) == 2
    assert "+second" in shown(diff)


def test_equal_files_have_no_difference_whatever_their_line_ends() -> None:
    assert code_diff(one("a = 1\r\nb = 2\r\n"), one("a = 1\nb = 2")) == ()


def test_files_of_archives_are_matched_by_name() -> None:
    before = Upload((SourceFile("main.py", "a"), SourceFile("old.py", "o"), SourceFile("both.py", "b")))
    now = Upload((SourceFile("main.py", "a"), SourceFile("new.py", "n"), SourceFile("both.py", "c")))
    found = {diff.name: (diff.added, diff.removed) for diff in code_diff(before, now)}

    assert found == {"new.py": (1, 1), "both.py": (1, 1), "old.py": (1, 1)}


def test_markup_and_controls_of_either_file_are_text(hostile_text: str) -> None:
    (diff,) = code_diff(one(f"x = 1  # {hostile_text}"), one(f"y = 2  # {hostile_text}", f"{hostile_text}.py"))
    html = "".join(line.html for hunk in diff.hunks for line in hunk)

    assert "<script" not in html
    assert "\x1b" not in html + diff.name
    assert "\u202e" not in html + diff.name


def test_of_a_long_difference_the_beginning_is_shown() -> None:
    (diff,) = code_diff(one(""), one("\n".join(f"x{number} = 1" for number in range(2_000))))

    assert sum(map(len, diff.hunks)) == MOST_ROWS
    assert diff.left_out == 2_001 - MOST_ROWS
    assert diff.added == 2_000


def test_files_that_would_take_minutes_are_not_compared() -> None:
    before = "\n".join(f"x = {number % 120}" for number in range(2_500))
    now = "\n".join(f"x = {number * 7 % 120}" for number in range(2_500))
    (diff,) = code_diff(one("a\n" + before + "\nb"), one("c\n" + now + "\nd"))

    assert not diff.compared
    assert diff.hunks == ()


def test_a_small_change_in_a_long_repetitive_file_is_compared() -> None:
    lines = ["x = 1"] * 20_000
    (diff,) = code_diff(one("\n".join(lines)), one("\n".join([*lines[:10_000], "y = 2", *lines[10_000:]])))

    assert (diff.added, diff.removed, diff.compared) == (1, 0, True)


def test_the_bounds_are_those_of_all_files_together() -> None:
    text = "\n".join(f"x{number} = 1" for number in range(MOST_ROWS - 100))
    uploads = [Upload(tuple(SourceFile(f"{name}.py", text * on) for name in "abc")) for on in (0, 1)]
    first, second, third = code_diff(*uploads)

    assert [sum(map(len, diff.hunks)) for diff in (first, second, third)] == [MOST_ROWS - 99, 99, 0]
    assert [diff.left_out for diff in (first, second, third)] == [0, MOST_ROWS - 198, MOST_ROWS - 99]
    assert [diff.added for diff in (first, second, third)] == [MOST_ROWS - 100] * 3


def test_what_one_file_leaves_of_the_work_is_there_for_the_next() -> None:
    long = "\n".join(f"x{number} = 1" for number in range(MOST_LINES - 10))
    short = "\n".join(f"y{number} = 1" for number in range(11))
    names = ("a.py", "b.py", "c.py")
    now = Upload(tuple(SourceFile(name, text) for name, text in zip(names, (long, short, "z = 1"), strict=True)))
    before = Upload(tuple(SourceFile(name, "") for name in names))

    assert [diff.compared for diff in code_diff(before, now)] == [True, False, True]


def test_the_same_repetitive_file_under_many_names_takes_the_time_of_a_few() -> None:
    text = "\n".join(f"x = {number % 40}" for number in range(800))
    other = "\n".join(f"x = {number * 7 % 40}" for number in range(800))
    before, now = (
        Upload(tuple(SourceFile(f"{number}.py", f"{edge}\n{body}\n{edge}") for number in range(40)))
        for edge, body in (("a", text), ("b", other))
    )
    compared = sum(diff.compared for diff in code_diff(before, now))

    assert 0 < compared < 40
