"""The CSV of a course: a line a person, hidden work last, and no formula that a student could plant."""

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.gradebooks.course_csv import course_csv
from submissions.marking import Grade
from submissions.models import CourseAssignment, State, User
from submissions.standings import CourseRow, Standing, course_rows

NOW = datetime(2026, 11, 21, tzinfo=UTC)
SEEN = CourseAssignment("b", "c", "second", "Second", 50.0, None, None, None)
ASKED = [replace(SEEN, id="a", slug="first", visible=False), SEEN, replace(SEEN, id="d", slug="third")]


def rows(name: str) -> list[CourseRow]:
    grade = Grade(6.666667, 50.0, 6.666667, 0, 0.0, None, as_reported=True)
    found = {("u", one): Standing("s", State.DONE, 1, grade) for one in ("a", "b")}
    found["u", "d"] = Standing("s", State.QUEUED, 1, None)
    return course_rows([User("u", "u@example.org", name, False, NOW)], ASKED, found)


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def test_one_line_a_person_with_the_total_and_every_assignment() -> None:
    head, line = read(course_csv(ASKED, rows("Ada")))
    assert head == ["name", "email", "total", "maximum", "second", "third", "first (hidden)"]
    assert line == ["Ada", "u@example.org", "6.6667", "100", "6.6667", "", "6.6667"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "＝"])
def test_names_that_a_spreadsheet_would_run_are_made_text(start: str) -> None:
    assert read(course_csv(ASKED, rows(start + 'HYPERLINK("http://evil")')))[1][0].startswith("'")
