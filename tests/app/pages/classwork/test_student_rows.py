"""Pages of the table of students: none twice, none left out, whatever number is asked for."""

from dataclasses import replace

import pytest

from app.pages.classwork.dashboard import StudentRow
from app.pages.classwork.student_filter import StudentFilter
from app.pages.classwork.student_rows import StudentRows, student_rows
from tests.app.pages.classwork.test_dashboard import row


def students(count: int) -> list[StudentRow]:
    return [StudentRow(row(f"s{n}", 0, 0, ("X",) if n % 3 == 0 else ()), ()) for n in range(count)]


def names(page: StudentRows) -> list[str]:
    return [one.row.user.name for one in page.shown]


@pytest.mark.parametrize("count", [0, 1, 9, 10, 11, 30, 31])
def test_following_the_pages_shows_everybody_once(count: int) -> None:
    seen: list[str] = []
    at: int | None = 1
    while at is not None:
        page = student_rows(students(count), at, StudentFilter(), most=10)
        assert page.earlier == (at - 10 if at > 1 else None)
        assert page.last == at - 1 + len(page.shown)
        seen += names(page)
        at = page.later
    assert seen == [f"s{n}" for n in range(count)]


@pytest.mark.parametrize(("asked", "first"), [(-5, 1), (0, 1), (1, 1), (25, 21), (21, 21), (10**12, 21)])
def test_any_number_is_a_page(asked: int, first: int) -> None:
    page = student_rows(students(25), asked, StudentFilter(), most=10)
    assert page.first == first
    assert page.shown


def test_one_cause_alone() -> None:
    page = student_rows(students(10), 1, StudentFilter(code="X"), most=10)
    assert names(page) == ["s0", "s3", "s6", "s9"]
    assert (page.total, page.code) == (4, "X")
    assert student_rows(students(10), 1, StudentFilter(code="Y"), most=10).shown == ()


def test_addresses_are_of_everybody_asked_for_and_never_made_up() -> None:
    everybody = students(10)
    lms = replace(everybody[3].row, user=replace(everybody[3].row.user, email="6c@moodle.lti.invalid"))
    everybody[3] = replace(everybody[3], row=lms)
    page = student_rows(everybody, 1, StudentFilter(code="X"), most=2)
    assert (page.addresses, page.nameless) == (tuple(f"s{n}@example.org" for n in (0, 6, 9)), 1)
