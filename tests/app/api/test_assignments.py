"""Courses, assignments, starters and grades, by role."""

from typing import Any

import pytest

from app.security.tokens import Scope

ASSIGNMENT = "/api/v1/courses/nn/assignments/ece421-numpy-nn"


def test_courses_are_ones_own(school: Any) -> None:
    mine = school.client.get("/api/v1/courses", headers=school.bearer("ada")).json()

    assert [(course["slug"], course["role"]) for course in mine] == [("nn", "student")]
    assert school.client.get("/api/v1/courses", headers=school.bearer("eve")).json() == []


def test_assignments_say_when_they_are_due(school: Any) -> None:
    (one,) = school.client.get("/api/v1/courses/nn/assignments", headers=school.bearer("ada")).json()

    assert (one["slug"], one["points"], one["attempts"]) == ("ece421-numpy-nn", 100.0, 5)
    assert one["due_at"] == "2026-09-08T12:00:00Z"
    assert one["submissions_url"] == f"{ASSIGNMENT}/submissions"


def test_the_starter_is_the_assignments(school: Any) -> None:
    answer = school.client.get(f"{ASSIGNMENT}/starter", headers=school.bearer("ada"))

    assert answer.text == school.context.catalog.get("ece421-numpy-nn").starter
    assert answer.headers["content-disposition"] == 'attachment; filename="ece421-numpy-nn.py"'


@pytest.mark.parametrize("path", ["/api/v1/courses/nn/assignments", f"{ASSIGNMENT}/starter", f"{ASSIGNMENT}/grades"])
def test_for_a_stranger_there_is_nothing(school: Any, path: str) -> None:
    assert school.client.get(path, headers=school.bearer("eve")).status_code == 404
    assert school.client.get(path).status_code == 401


def test_an_assignment_whose_folder_is_gone_has_no_starter(school: Any) -> None:
    with school.context.database.transaction() as tx:
        tx.courses.add_assignment(school.asked.course_id, "gone", "Gone", 1.0, None, None, None)
    answer = school.client.get("/api/v1/courses/nn/assignments/gone/starter", headers=school.bearer("ada"))

    assert answer.status_code == 404


def test_grades_are_for_staff(school: Any) -> None:
    statuses = {
        person: school.client.get(f"{ASSIGNMENT}/grades", headers=school.bearer(person)).status_code
        for person in ("ada", "asta", "ines", "otto")
    }

    assert statuses == {"ada": 403, "asta": 200, "ines": 200, "otto": 200}


def test_grades_need_their_scope(school: Any) -> None:
    answer = school.client.get(f"{ASSIGNMENT}/grades", headers=school.bearer("ines", Scope.SUBMISSIONS_READ))

    assert answer.status_code == 403
    assert "grades:read" in answer.json()["detail"]


def test_grades_hold_every_learner(school: Any) -> None:
    submission = school.hand_in("ada")
    school.grade()
    answer = school.client.get(f"{ASSIGNMENT}/grades", headers=school.bearer("ines"))
    ada, bashir = answer.json()["grades"]

    assert (ada["name"], ada["score"], ada["submission_id"]) == ("Ada", {"given": 82.0, "maximum": 100.0}, submission)
    assert ada["parts"] == {"relu": {"given": 82.0, "maximum": 100.0}}
    assert (bashir["name"], bashir["score"], bashir["attempts"]) == ("Bashir", None, 0)
    unchanged = {**school.bearer("ines"), "If-None-Match": answer.headers["etag"]}
    assert school.client.get(f"{ASSIGNMENT}/grades", headers=unchanged).status_code == 304
