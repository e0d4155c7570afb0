"""Settings whose saving changes grades: first a page that says which, and nothing typed is lost on the way back."""

import html
import re
from datetime import datetime
from typing import Any

import pytest

PATH = "/courses/ece421/assignments/ece421-numpy-nn"
EDIT = f"{PATH}/edit"
FORM = {
    "title": "Nets <b>",
    "points": "100",
    "due_at": "2026-11-20T09:00",
    "attempts": "3",
    "late": "penalty",
    "late_percent": "10",
    "visible": "yes",
}


def send(site: Any, **form: str) -> Any:
    return site.client.post(EDIT, data={"csrf_token": site.token(), **form})


def asked(site: Any) -> Any:
    with site.context.database.reading() as tx:
        return tx.courses.assignment(site.assignment.id)


def fields(page: str) -> dict[str, str]:
    """What the page sends back, without an answer."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page)
    return {name: html.unescape(value) for name, value in found}


def seen(page: str) -> str:
    return page.partition('name="answer" value="')[2].partition('"')[0]


@pytest.fixture
def graded(site: Any, reports: Any) -> Any:
    """A student with 74 of 100, and the teacher signed in."""
    site.login("student")
    site.handed_in(reports["sample"])
    site.login("teacher")
    return site


def test_which_grades_change_is_said_before_anything_is_saved(graded: Any) -> None:
    answer = send(graded, **FORM)

    assert answer.status_code == 200
    assert "One grade would change" in answer.text
    assert "74 of 100" in answer.text
    assert "59.2 of 100" in answer.text  # two late days
    assert "Save and change one grade" in answer.text
    assert asked(graded) == graded.assignment


def test_saving_it_all_the_same_takes_everything_typed_over(graded: Any) -> None:
    page = send(graded, **FORM).text
    answer = send(graded, **fields(page), answer=seen(page))

    assert answer.status_code == 303
    assert asked(graded).late.percent_per_day == 10
    assert asked(graded).title == "Nets <b>"
    with graded.context.database.reading() as tx:
        event = next(one for one in tx.events.of_course(graded.assignment.course_id) if "was_due_at" in one.detail)
    assert event.detail["was_late"] == "closed"
    history = graded.client.get("/courses/ece421/history").text
    assert "late work: not taken → each late day costs; percent for each late day: none → 10" in html.unescape(history)


def test_the_way_back_leads_to_the_form_as_it_was_typed(graded: Any) -> None:
    page = send(graded, **FORM).text
    form = send(graded, **fields(page), answer="back")

    assert form.status_code == 200
    assert 'value="2026-11-20T09:00"' in form.text
    assert 'value="Nets &lt;b&gt;"' in form.text
    assert asked(graded) == graded.assignment


def test_an_answer_to_other_settings_is_asked_again(graded: Any) -> None:
    page = send(graded, **FORM).text
    again = send(graded, **{**FORM, "late_percent": "20"}, answer=seen(page))

    assert again.status_code == 200
    assert "44.4 of 100" in again.text
    assert asked(graded) == graded.assignment


def test_what_changes_no_grade_is_saved_at_once(graded: Any, now: list[datetime]) -> None:
    assert send(graded, title="Other", points="100", attempts="9", late="closed", visible="yes").status_code == 303
    assert asked(graded).title == "Other"


def test_only_students_of_the_course_are_counted_and_the_largest_changes_are_named(graded: Any, reports: Any) -> None:
    graded.handed_in(reports["sample"])  # the teacher tries it
    graded.login("peer")
    graded.handed_in(reports["sample"])
    graded.login("teacher")
    assert "Two grades would change" in send(graded, **FORM).text


def test_points_of_0_are_told_too(graded: Any) -> None:
    page = send(graded, title="Nets", points="0", late="closed", visible="yes").text
    assert "0 of 0" in page


def test_students_see_none_of_it(graded: Any) -> None:
    graded.login("student")
    assert send(graded, **FORM).status_code == 403
    assert send(graded, **FORM, answer="back").status_code == 403
