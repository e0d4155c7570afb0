"""Groups of a dashboard's students: who is in which, and what their addresses say."""

from dataclasses import replace

import pytest

from app.pages.classwork.student_filter import Group, StudentFilter, filter_asked
from submissions.marking import Grade
from submissions.models import GradebookRow
from tests.app.pages.classwork.test_dashboard import row

LATE = Grade(5.0, 10.0, 6.0, 1, 10.0, None, as_reported=False)
ROWS = [
    row("none"),
    replace(row("late", 8, 0, ("X",)), grade=LATE),
    replace(row("stuck", 0, 0, ("X", "Y")), grade=replace(LATE, late_days=0)),
    row("fine", 8, 12),
]


def names(asked: StudentFilter, rows: list[GradebookRow] = ROWS) -> str:
    return " ".join(one.user.name for one in asked.chosen(rows, {"stuck"}))


@pytest.mark.parametrize(
    ("group", "code", "who"),
    [
        ("", "", "none late stuck fine"),
        ("<b>", "", "none late stuck fine"),
        ("none", "", "none"),
        ("late", "", "late"),
        ("stuck", "", "stuck"),
        ("", "X", "late stuck"),
        ("stuck", "X", "stuck"),
        ("none", "X", ""),
    ],
)
def test_what_an_address_asks_for(group: str, code: str, who: str) -> None:
    assert names(filter_asked(group, code)) == who


def test_addresses_say_what_is_asked_for() -> None:
    assert (StudentFilter().query, StudentFilter().among) == ("", "?among=all")
    asked = StudentFilter(Group.LATE, "A&B")
    assert (asked.query, asked.among) == ("&state=late&code=A%26B", "?among=late&code=A%26B")
    assert [StudentFilter().everybody, asked.everybody] == [True, False]
