"""What work counts, for a program: scores, overrides, regrades, exports."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from app.security.tokens import Scope
from grader.report import Report
from grader.report_json import to_json
from submissions.embedded_engine import EmbeddedEngine
from submissions.models import Lane
from submissions.queue import Graded, Job
from submissions.repository.gradings import Gradings

ONE = "/api/v1/courses/nn/assignments/ece421-numpy-nn"


def sent(school: Any, method: str, path: str, person: str = "ines", body: Any = None, **headers: str) -> Any:
    """What a request with JSON is answered."""
    together = {**school.bearer(person), **{name.replace("_", "-"): value for name, value in headers.items()}}
    return school.client.request(method, path, json=body, headers=together)


def points_of(school: Any, name: str = "Ada") -> Any:
    """What counts for a learner."""
    (found,) = [one for one in sent(school, "GET", f"{ONE}/scores").json()["items"] if one["name"] == name]
    return found["points"]


@pytest.fixture
def graded(school: Any) -> str:
    """A submission of ada's with 82 points."""
    submission: str = school.hand_in("ada")
    school.grade()
    return submission


def test_scores_say_what_counts_for_everybody(school: Any, graded: str) -> None:
    of_assignment = sent(school, "GET", f"{ONE}/scores").json()["items"]
    of_course = sent(school, "GET", "/api/v1/courses/nn/scores").json()["items"]
    first = sent(school, "GET", f"{ONE}/scores?limit=1")

    assert of_assignment == of_course
    assert [(one["name"], one["points"], one["maximum"]) for one in of_course] == [
        ("Ada", 82.0, 100.0),
        ("Bashir", None, 100.0),
    ]
    assert of_course[0]["submission_id"] == graded
    assert [one["name"] for one in sent(school, "GET", first.json()["next"]).json()["items"]] == ["Bashir"]
    assert sent(school, "GET", f"{ONE}/scores", if_none_match=first.headers["etag"]).status_code == 200
    assert sent(school, "GET", f"{ONE}/scores?limit=1", if_none_match=first.headers["etag"]).status_code == 304


def test_an_override_is_set_read_and_withdrawn(school: Any, graded: str) -> None:
    path = f"/api/v1/submissions/{graded}/override"
    assert sent(school, "GET", path).status_code == 404
    made = sent(school, "PUT", path, "asta", {"points": 90, "comment": "The formula was right."})

    assert (made.status_code, made.json()["points"], made.json()["by"]) == (201, 90.0, "Asta")
    assert made.headers["location"] == path
    changed = sent(school, "PUT", path, "asta", {"points": 90, "comment": "The formula was right, too."})
    assert (changed.status_code, "location" in changed.headers) == (200, False)
    assert points_of(school) == 90.0
    assert [one["submission_id"] for one in sent(school, "GET", f"{ONE}/overrides").json()["items"]] == [graded]
    assert sent(school, "DELETE", path).status_code == 204
    assert points_of(school) == 82.0
    assert sent(school, "DELETE", path).status_code == 204
    with school.context.database.reading() as tx:
        kinds = [event.kind for event in tx.events.of_submission(graded)]
    assert kinds == ["submission.override", "submission.override", "submission.override_taken_back"]


def test_two_who_override_at_once_do_not_overwrite_each_other(school: Any, graded: str) -> None:
    path = f"/api/v1/submissions/{graded}/override"
    tag = sent(school, "PUT", path, body={"points": 90, "comment": "a"}).headers["etag"]
    assert sent(school, "PUT", path, "asta", {"points": 80, "comment": "b"}, if_match=tag).status_code == 200

    assert sent(school, "PUT", path, body={"points": 95, "comment": "c"}, if_match=tag).status_code == 412
    assert sent(school, "DELETE", path, if_match=tag).status_code == 412
    assert points_of(school) == 80.0


def test_only_where_nothing_was_decided(school: Any, graded: str) -> None:
    path = f"/api/v1/submissions/{graded}/override"
    first = sent(school, "PUT", path, body={"points": 90, "comment": "a"}, if_none_match="*")
    second = sent(school, "PUT", path, body={"points": 80, "comment": "b"}, if_none_match="*")

    assert (first.status_code, first.json()["points"], second.status_code) == (201, 90.0, 412)
    assert points_of(school) == 90.0


def test_the_same_decision_again_is_nothing_new(school: Any, graded: str) -> None:
    path, body = f"/api/v1/submissions/{graded}/override", {"points": 40, "comment": "a"}
    first = sent(school, "PUT", path, body=body)
    school.clock.forward(60)
    assert sent(school, "PUT", path, "asta", body).json() == first.json() == sent(school, "GET", path).json()
    school.sign_in("ines")
    page = school.client.get(f"/submissions/{graded}").text
    token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    form = {"points": "40", "comment": "a", "csrf_token": token}
    assert school.client.post(f"/submissions/{graded}/override", data=form).status_code == 303
    sent(school, "PATCH", ONE, body={"points": 50})
    assert sent(school, "PUT", path, body=body).json()["maximum"] == 50.0  # of less, it is another decision
    with school.context.database.reading() as tx:
        kinds = [event.kind for event in tx.events.of_submission(graded)]
    assert kinds == ["submission.override"] * 2


def test_an_override_stays_within_what_the_assignment_is_worth(school: Any, graded: str) -> None:
    path = f"/api/v1/submissions/{graded}/override"

    for points in (-1, 101, "NaN", None):
        assert sent(school, "PUT", path, body={"points": points, "comment": "x"}).status_code == 422
    ungraded = school.hand_in("bashir")
    body = {"points": 1, "comment": "x"}
    assert sent(school, "PUT", f"/api/v1/submissions/{ungraded}/override", body=body).status_code == 422


def test_no_points_are_no_points_on_either_side_of_nothing(school: Any, graded: str) -> None:
    answer = school.client.request(
        "PUT",
        f"/api/v1/submissions/{graded}/override",
        headers={**school.bearer("ines"), "Content-Type": "application/json"},
        content=b'{"points": -0.0, "comment": "Copied."}',
    )

    assert '"points":0.0' in answer.text


def test_a_student_sees_and_decides_nothing_of_this(school: Any, graded: str) -> None:
    for path in (f"{ONE}/scores", "/api/v1/courses/nn/scores", f"{ONE}/overrides", f"{ONE}/regrades"):
        assert sent(school, "GET", path, "ada").status_code == 403
    own = f"/api/v1/submissions/{graded}/override"
    assert sent(school, "PUT", own, "ada", {"points": 100, "comment": "x"}).status_code == 403
    assert sent(school, "PUT", own, "bashir", {"points": 0, "comment": "x"}).status_code == 404


def test_reading_grades_is_no_right_to_change_them(school: Any, graded: str) -> None:
    headers = school.bearer("ines", Scope.GRADES_READ)
    body = {"points": 90, "comment": "x"}

    assert school.client.get(f"{ONE}/scores", headers=headers).status_code == 200
    put = school.client.request("PUT", f"/api/v1/submissions/{graded}/override", json=body, headers=headers)
    assert put.status_code == 403


def test_a_regrade_is_tried_compared_applied_and_undone(
    school: Any, graded: str, make_report: Callable[[float], Report]
) -> None:
    begun = sent(school, "POST", f"{ONE}/regrades", idempotency_key="r")
    again = sent(school, "POST", f"{ONE}/regrades", idempotency_key="r")
    one = begun.headers["location"]

    assert (begun.status_code, begun.json()["is_graded"], begun.json()["gradings"]) == (202, False, {"queued": 1})
    assert again.json()["id"] == begun.json()["id"]
    assert sent(school, "POST", f"{ONE}/regrades").json()["type"] == "/api/v1/problems/regrade-refused"
    assert sent(school, "POST", f"{one}/apply").status_code == 409  # still being graded

    def better(job: Job) -> Graded:
        return Graded(to_json(make_report(100.0)), "secret:0", "sha256:1")

    assert EmbeddedEngine(school.context.database, school.clock).run_once(better, "test", tuple(Lane))
    assert sent(school, "GET", one).json()["is_graded"]
    (change,) = sent(school, "GET", f"{one}/changes").json()["items"]
    assert (change["name"], change["before"], change["after"], change["step"]) == ("Ada", 82.0, 100.0, 18.0)
    assert points_of(school) == 82.0
    assert sent(school, "POST", f"{one}/apply").json()["state"] == "applied"
    assert points_of(school) == 100.0
    assert sent(school, "POST", f"{one}/undo").json()["state"] == "undone"
    assert points_of(school) == 82.0
    assert sent(school, "POST", f"{one}/undo").status_code == 409
    assert [found["id"] for found in sent(school, "GET", f"{ONE}/regrades").json()["items"]] == [begun.json()["id"]]


def test_one_submission_is_regraded_by_itself(school: Any, graded: str) -> None:
    other = school.hand_in("bashir", "x = 2\n")
    assert school.grade()
    begun = sent(school, "POST", f"{ONE}/regrades?submission={graded}", idempotency_key="r")
    again = sent(school, "POST", f"{ONE}/regrades?submission={graded}", idempotency_key="r")
    assert (begun.status_code, begun.json()["gradings"]) == (202, {"queued": 1})
    assert again.json()["id"] == begun.json()["id"]
    assert sent(school, "POST", f"{ONE}/regrades?submission={other}", idempotency_key="r").status_code == 422
    assert sent(school, "POST", f"{ONE}/regrades?submission={'0' * 32}").status_code == 404
    assert sent(school, "POST", f"{ONE}/regrades?submission=unknown").status_code == 422
    assert sent(school, "POST", f"{ONE}/regrades?submission={graded}", "asta").status_code == 403


def test_a_regrade_that_is_discarded_counts_nothing(school: Any, graded: str) -> None:
    one = sent(school, "POST", f"{ONE}/regrades").headers["location"]

    assert sent(school, "POST", f"{one}/discard").json()["state"] == "discarded"
    assert not school.grade()


def test_exports_are_those_of_the_pages(school: Any, graded: str) -> None:
    table = sent(school, "GET", f"{ONE}/exports/grades.csv")
    tree = sent(school, "GET", f"{ONE}/exports/grades.json")
    sources = sent(school, "GET", f"{ONE}/exports/sources.zip")
    school.sign_in("ines")
    page = "/courses/nn/assignments/ece421-numpy-nn"

    assert table.text == school.client.get(f"{page}/grades.csv").text.removeprefix("\ufeff")
    assert json.loads(tree.text) == school.client.get(f"{page}/grades.json").json()
    (name,) = zipfile.ZipFile(io.BytesIO(sources.content)).namelist()
    assert name.startswith("Ada-")
    assert name.endswith("/attempt-001-a1.py")
    for kind in ("canvas", "moodle", "brightspace", "blackboard"):
        made = sent(school, "GET", f"{ONE}/exports/gradebook/{kind}.csv")
        assert made.text == school.client.get(f"{page}/gradebook/{kind}.csv").text
    assert sent(school, "GET", f"{ONE}/exports/gradebook/unknown.csv").status_code == 422


def test_a_gradebook_file_has_the_points_of_the_course(school: Any, graded: str) -> None:
    assert sent(school, "PATCH", ONE, body={"points": 50}).status_code == 200

    assert "ada@example.org,Ada,41\r\n" in sent(school, "GET", f"{ONE}/exports/gradebook/moodle.csv").text


def test_imported_results_are_an_override_with_a_trail(school: Any, graded: str) -> None:
    path = f"/api/v1/submissions/{graded}/results.json"
    sent(school, "PATCH", ONE, body={"points": 50})
    body = {"tests": [{"name": "relu", "score": 6, "max_score": 8}]}
    answer = sent(school, "PUT", path, body=body)

    assert (answer.status_code, answer.json()["points"], answer.json()["maximum"]) == (200, 37.5, 50.0)
    assert points_of(school) == 37.5
    with school.context.database.reading() as tx:
        trail = [(event.kind, event.detail["by"]) for event in tx.events.of_submission(graded)]
    assert trail == [("submission.override", "Ines"), ("submission.results_imported", "Ines")]
    assert "with 1 test (sha256" in answer.json()["comment"]
    assert sent(school, "PUT", path, "ada", body).status_code == 403
    assert sent(school, "PUT", path, body={"tests": []}).json()["errors"][0]["pointer"] == "/score"


def test_the_trail_has_the_hash_of_the_file_itself(school: Any, graded: str) -> None:
    path, data = f"/api/v1/submissions/{graded}/results.json", b'{ "tests": [], "score":  6.0 }\n'
    headers = {**school.bearer("ines"), "Content-Type": "application/json"}
    answers = [school.client.request("PUT", path, content=data, headers=headers) for _ in range(2)]
    digest = hashlib.sha256(data).hexdigest()

    assert f"with 0 tests (sha256 {digest[:12]})" in answers[0].json()["comment"]
    assert answers[1].json() == answers[0].json()
    with school.context.database.reading() as tx:
        trail = [event.detail.get("sha256") for event in tx.events.of_submission(graded)]
    assert trail == [None, digest]  # the same file again decides nothing new


def test_all_points_are_no_more_than_the_assignment_is_worth(school: Any, graded: str) -> None:
    sent(school, "PATCH", ONE, body={"points": 66.66666})
    answer = sent(school, "PUT", f"/api/v1/submissions/{graded}/results.json", body={"score": 100})

    assert (answer.status_code, answer.json()["points"]) == (200, 66.66666)


def test_a_page_of_the_scores_of_a_course_works_out_what_it_shows(
    school: Any, graded: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for slug in ("hw2-softmax", "dlsys-hw0", "cs231n-two-layer"):
        assert sent(school, "POST", "/api/v1/courses/nn/assignments", body={"slug": slug}).status_code == 201
    whole = sent(school, "GET", "/api/v1/courses/nn/scores").json()["items"]
    worked_out: list[str] = []
    gradebook = Gradings.gradebook

    def noted(self: Gradings, asked: str) -> Any:
        worked_out.append(asked)
        return gradebook(self, asked)

    monkeypatch.setattr(Gradings, "gradebook", noted)
    path, seen, books = "/api/v1/courses/nn/scores?limit=3", [], []
    while path:
        page = sent(school, "GET", path).json()
        seen += page["items"]
        books.append(len(worked_out))
        worked_out.clear()
        path = page["next"]

    assert seen == whole
    assert len(whole) == 8
    assert books == [2, 3, 2]  # not all four each time
