"""The order of a course's gradebook: by name, total or an assignment, both ways, equals by name."""

from datetime import UTC, datetime

import pytest

from app.pages.classwork.grade_order import GradeOrder, in_order, order_asked
from submissions.marking import Grade
from submissions.models import CourseAssignment, State, User
from submissions.standings import Standing

NOW = datetime(2026, 11, 21, tzinfo=UTC)
ASKED = [CourseAssignment(name, "c", name, name, 10.0, None, None, None) for name in ("one", "two")]
PEOPLE = [User(name, f"{name}@example.org", name, False, NOW) for name in ("ada", "bob", "cy", "dee")]


def standing(points: float | None) -> Standing:
    grade = None if points is None else Grade(points, 10.0, points, 0, 0.0, None, as_reported=True)
    return Standing("s", State.QUEUED if points is None else State.DONE, 1, grade)


FOUND = {
    ("ada", "one"): standing(5.0),
    ("bob", "one"): standing(0.0),
    ("bob", "two"): standing(9.0),
    ("cy", "one"): standing(None),
    ("dee", "one"): standing(5.0),
}


@pytest.mark.parametrize(
    ("sort", "order", "names"),
    [
        ("name", "", "ada bob cy dee"),
        ("name", "falling", "dee cy bob ada"),
        ("total", "", "bob ada dee cy"),
        ("total", "rising", "cy ada dee bob"),
        ("one", "", "ada dee bob cy"),
        ("one", "rising", "cy bob ada dee"),
        ("two", "falling", "bob ada cy dee"),
        ("<b>", "<b>", "ada bob cy dee"),
    ],
)
def test_what_an_address_asks_for(sort: str, order: str, names: str) -> None:
    sorted_people = in_order(PEOPLE, ASKED, FOUND, order_asked(sort, order, ASKED))
    assert " ".join(one.id for one in sorted_people) == names


def test_a_head_turns_its_own_order_round_and_begins_the_others_with_the_most() -> None:
    order = GradeOrder("total", falling=True)
    assert order.query("total") == "sort=total&order=rising"
    assert order.query("one") == "sort=one&order=falling"
    assert order.query("name") == "sort=name&order=rising"
    assert order.page(101) == "sort=total&order=falling&first=101"
    assert [order.aria(by) for by in ("total", "one")] == ["descending", ""]
    assert GradeOrder("name", falling=False).aria("name") == "ascending"
