"""Extensions: given by instructors, shown to the student, held to when handing in."""

from datetime import datetime, timedelta
from typing import Any

import pytest

PATH = "/courses/ece421/assignments/ece421-numpy-nn"
FORM = {"due_at": "2026-12-05T18:00", "more_attempts": "1", "reason": "<i>ill</i>"}


def send(site: Any, path: str, **fields: str) -> Any:
    return site.client.post(path, data={"csrf_token": site.token(), **fields})


def user_id(site: Any, who: str) -> str:
    with site.context.database.reading() as tx:
        return str(tx.accounts.by_email(f"{who}@example.org").id)


def test_an_extension_is_shown_and_holds_for_that_student_only(site: Any, now: list[datetime]) -> None:
    site.login("teacher")
    student = user_id(site, "student")
    assert send(site, f"{PATH}/extensions", student=student, **FORM).status_code == 303
    assert "&lt;i&gt;ill&lt;/i&gt;" in site.client.get(f"{PATH}/extensions").text
    now[0] += timedelta(days=8)
    site.login("student")
    page = site.client.get(PATH).text
    assert "for you: &lt;i&gt;ill&lt;/i&gt;" in page
    assert "Saturday 5 Dec, 18:00" in page
    assert "4 of 4 left" in page
    assert "extended for you" in site.client.get("/courses/ece421").text
    assert site.upload().status_code == 303
    site.login("peer")
    assert "extended for you" not in site.client.get("/courses/ece421").text
    assert site.upload().status_code == 403
    now[0] += timedelta(days=8)
    site.login("student")
    assert site.upload().status_code == 403


def test_a_second_one_replaces_the_first_and_it_can_be_taken_back(site: Any) -> None:
    site.login("teacher")
    student = user_id(site, "student")
    send(site, f"{PATH}/extensions", student=student, **FORM)
    form = site.client.get(f"{PATH}/extensions?student={student}").text
    assert 'value="2026-12-05T18:00"' in form
    send(site, f"{PATH}/extensions", student=student, **FORM | {"due_at": "", "more_attempts": "7"})
    site.login("student")
    assert "10 of 10 left" in site.client.get(PATH).text
    site.login("teacher")
    assert send(site, f"{PATH}/extensions/{student}/remove").status_code == 303
    assert "Nobody has an extension." in site.client.get(f"{PATH}/extensions").text
    with site.context.database.reading() as tx:
        events = tx.events.of_course(site.assignment.course_id)
    assert [event.kind for event in events] == ["extension.given", "extension.given", "extension.taken_back"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"student": ""}, "Choose a student"),
        ({"student": "teacher"}, "Choose a student"),
        ({"student": "stranger"}, "Choose a student"),
        ({"due_at": "", "more_attempts": ""}, "or both"),
        ({"due_at": "2026-11-22T00:00"}, "not later"),
        ({"due_at": "soon"}, "a date and a time"),
        ({"more_attempts": "-1"}, "whole number"),
        ({"reason": ""}, "Say why"),
    ],
)
def test_what_makes_no_sense_is_refused(site: Any, change: dict[str, str], said: str) -> None:
    site.login("teacher")
    form = {"student": user_id(site, "student")} | FORM | change
    if change.get("student"):
        form["student"] = user_id(site, change["student"])
    answer = send(site, f"{PATH}/extensions", **form)
    assert answer.status_code == 422
    assert said in answer.text
    assert "Nobody has an extension." in answer.text


@pytest.mark.parametrize(("who", "status"), [("student", 403), ("stranger", 404)])
def test_nobody_else_gives_extensions(site: Any, who: str, status: int) -> None:
    student = user_id(site, "student")
    site.login(who)
    assert site.client.get(f"{PATH}/extensions").status_code == status
    assert send(site, f"{PATH}/extensions", student=student, **FORM).status_code == status
    assert send(site, f"{PATH}/extensions/{student}/remove").status_code == status
