"""The CSV: complete, quoted, and without a formula a student could plant."""

import csv
import io
from datetime import UTC, datetime

import pytest

from app.gradebooks.gradebook_csv import gradebook_csv
from submissions.models import GradebookRow, State, User

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def row(name: str) -> GradebookRow:
    points = {"relu": (8.0, 8.0), "softmax": (6.666667, 12.0)}
    user = User("u", "u@example.org", name, False, NOW)
    return GradebookRow(user, 2, "s", 14.666667, State.DONE, points, ("A", "B"))


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def test_one_line_a_student_with_every_part() -> None:
    head, line = read(gradebook_csv([row("Ada")], {"relu": 8, "softmax": 12, "new": 5}, 100))
    assert head == ["name", "email", "attempts", "state", "score", "maximum", "relu", "softmax", "new", "codes"]
    assert line == ["Ada", "u@example.org", "2", "done", "14.6667", "100", "8", "6.6667", "", "A B"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "＝"])
def test_names_that_a_spreadsheet_would_run_are_made_text(start: str) -> None:
    name = start + 'HYPERLINK("http://evil")'
    assert read(gradebook_csv([row(name)], {}, 100))[1][0].startswith("'")


def test_quotes_commas_and_line_ends_survive() -> None:
    assert read(gradebook_csv([row('A "B", C\nD')], {}, 100))[1][0] == 'A "B", C\nD'


def test_nothing_handed_in_leaves_cells_empty() -> None:
    nobody = GradebookRow(row("N").user, 0, None, None, None, {}, ())
    assert read(gradebook_csv([nobody], {"relu": 8}, 100))[1] == ["N", "u@example.org", "0", "", "", "100", "", ""]
