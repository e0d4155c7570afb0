"""The CSV: complete, quoted, and without a formula a student could plant."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

import pytest

from app.gradebooks.gradebook_csv import HOW, gradebook_csv
from submissions.marking import Extension, Grade, Override
from submissions.models import Attempt, GradebookRow, State, Submission, User

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def row(name: str) -> GradebookRow:
    points = {"relu": (8.0, 8.0), "softmax": (6.666667, 12.0)}
    user = User("u", "u@example.org", name, False, NOW)
    return GradebookRow(user, 2, "s", 14.666667, State.DONE, points, ("A", "B"))


def written(
    one: GradebookRow,
    parts: Mapping[str, float] = MappingProxyType({}),
    attempts: Sequence[Attempt] = (),
    given: Mapping[str, Extension] = MappingProxyType({}),
) -> str:
    return gradebook_csv([one], attempts, given, parts, 100)


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def test_one_line_a_student_with_every_part() -> None:
    head, line = read(written(row("Ada"), {"relu": 8, "softmax": 12, "new": 5}))
    first = "name email attempts state score maximum relu softmax new codes"
    assert " ".join(head[:10]) == first  # programs count them: what is new comes behind
    assert head[10:] == list(HOW)
    assert line[:10] == ["Ada", "u@example.org", "2", "done", "14.6667", "100", "8", "6.6667", "", "A B"]


def how(found: GradebookRow, *attempts: Attempt, **given: Extension) -> dict[str, str]:
    """What a line says of how the score came about, without what it leaves empty."""
    (line,) = csv.DictReader(io.StringIO(written(found, {}, attempts, given)))
    return {name: line[name] for name in HOW if line[name]}


def test_a_late_score_is_explained_by_its_columns() -> None:
    late = replace(row("Ada"), score_given=64.0, grade=Grade(64.0, 80.0, 72.0, 2, 100 / 9, None, as_reported=False))
    submission = Submission("s", "a", "u", 2, "a.py", 1, "", NOW)
    extension = Extension("a", "u", NOW + timedelta(days=1), 2, "ill", "Ines", NOW)
    assert how(late, Attempt(submission, State.DONE, 90.0, 100.0, late.grade), u=extension) == {
        "raw_score": "90",
        "raw_maximum": "100",
        "before_lateness": "72",
        "late_days": "2",
        "lost_to_lateness": "8",
        "handed_in_at": "2026-11-21T00:00:00+00:00",
        "extended_due_at": "2026-11-22T00:00:00+00:00",
        "extra_attempts": "2",
    }


def test_what_staff_decided_says_who_and_why_and_is_no_formula() -> None:
    decided = Override(40.0, 50.0, "=1+1", "@ines", NOW)
    grade = Grade(64.0, 80.0, 72.0, 0, 0.0, decided, as_reported=False)
    told = how(replace(row("Ada"), grade=grade))
    assert (told["override"], told["override_by"], told["override_comment"]) == ("64", "'@ines", "'=1+1")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "＝"])
def test_names_that_a_spreadsheet_would_run_are_made_text(start: str) -> None:
    name = start + 'HYPERLINK("http://evil")'
    assert read(written(row(name)))[1][0].startswith("'")


def test_quotes_commas_and_line_ends_survive() -> None:
    assert read(written(row('A "B", C\nD')))[1][0] == 'A "B", C\nD'


def test_nothing_handed_in_leaves_cells_empty() -> None:
    nobody = GradebookRow(row("N").user, 0, None, None, None, {}, ())
    assert read(written(nobody, {"relu": 8}))[1] == ["N", "u@example.org", "0", "", "", "100", *[""] * 13]
