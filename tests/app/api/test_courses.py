"""Courses and what they ask, for a program: made once, changed only as they were read, closed to who may not."""

from datetime import timedelta
from typing import Any

import pytest

from app.security.tokens import Scope
from reference.errors import AssignmentInvalid

NEW = {"slug": "nn-2027", "title": "Neural networks", "time_zone": "Europe/Berlin"}
ONE = "/api/v1/courses/nn/assignments/ece421-numpy-nn"


def sent(school: Any, method: str, path: str, person: str = "ines", body: Any = None, **headers: str) -> Any:
    """What a request with JSON is answered."""
    together = {**school.bearer(person), **{name.replace("_", "-"): value for name, value in headers.items()}}
    return school.client.request(method, path, json=body, headers=together)


def test_a_course_is_made_read_and_listed(school: Any) -> None:
    made = sent(school, "POST", "/api/v1/courses", body=NEW)

    assert made.status_code == 201
    assert made.headers["location"] == "/api/v1/courses/nn-2027"
    assert sent(school, "GET", made.headers["location"]).json() == made.json()
    assert [one["slug"] for one in sent(school, "GET", "/api/v1/courses").json()] == ["nn", "nn-2027"]
    assert sent(school, "GET", made.headers["location"], "ada").status_code == 404


def test_the_same_key_makes_one_course(school: Any) -> None:
    first = sent(school, "POST", "/api/v1/courses", body=NEW, idempotency_key="k1")
    again = sent(school, "POST", "/api/v1/courses", body=NEW, idempotency_key="k1")
    other = sent(school, "POST", "/api/v1/courses", body={**NEW, "slug": "nn-2028"}, idempotency_key="k1")
    otto = sent(school, "POST", "/api/v1/courses", "otto", {**NEW, "slug": "nn-2029"}, idempotency_key="k1")

    assert (again.status_code, again.json(), again.headers["idempotent-replayed"]) == (201, first.json(), "true")
    assert again.headers["location"] == first.headers["location"]
    assert "idempotent-replayed" not in first.headers
    assert (other.status_code, other.json()["type"]) == (422, "/api/v1/problems/idempotency-conflict")
    assert otto.status_code == 201  # a key is its owner's
    assert sent(school, "POST", "/api/v1/courses", body=NEW).status_code == 409


def test_a_refused_request_does_not_use_up_its_key(school: Any) -> None:
    assert sent(school, "POST", "/api/v1/courses", body={**NEW, "slug": "nn"}, idempotency_key="k").status_code == 409
    assert sent(school, "POST", "/api/v1/courses", body=NEW, idempotency_key="k").status_code == 201


def test_a_key_is_free_again_after_a_week(school: Any) -> None:
    sent(school, "POST", "/api/v1/courses", body=NEW, idempotency_key="k")
    school.clock.forward(7 * 24 * 3600)

    assert sent(school, "POST", "/api/v1/courses", body=NEW, idempotency_key="k").status_code == 409


@pytest.mark.parametrize(
    "wrong",
    [
        {"slug": "New Course"},
        {"slug": "new"},
        {"title": " "},
        {"title": "a\x00b"},
        {"title": "a\nb"},
        {"time_zone": "Mars"},
        {"more": 1},
    ],
)
def test_what_makes_no_course_is_refused(school: Any, wrong: dict[str, Any]) -> None:
    assert sent(school, "POST", "/api/v1/courses", body={**NEW, **wrong}).status_code == 422


def test_a_course_changes_only_as_it_was_read(school: Any) -> None:
    read = sent(school, "GET", "/api/v1/courses/nn")
    tag = read.headers["etag"]
    changed = sent(school, "PATCH", "/api/v1/courses/nn", body={"title": "Nets"}, if_match=tag)
    late = sent(school, "PATCH", "/api/v1/courses/nn", body={"title": "Other"}, if_match=tag)

    assert (changed.status_code, changed.json()["title"], changed.json()["time_zone"]) == (200, "Nets", "UTC")
    assert (late.status_code, late.json()["type"]) == (412, "/api/v1/problems/changed-meanwhile")
    again = sent(school, "PATCH", "/api/v1/courses/nn", body={"title": "Other"}, if_match=changed.headers["etag"])
    assert again.status_code == 200
    assert sent(school, "GET", "/api/v1/courses/nn", if_none_match=again.headers["etag"]).status_code == 304


def test_a_change_that_was_made_is_told_as_one(school: Any) -> None:
    path, title = "/api/v1/courses/nn", "Neural networks"
    known = sent(school, "GET", path).headers["etag"]
    same = sent(school, "PATCH", path, body={"title": title}, if_none_match='"another"')

    assert (same.status_code, same.json()["title"], same.headers["etag"]) == (200, title, known)
    for named in ("*", known):  # only where nothing, or not this, is there
        refused = sent(school, "PATCH", path, body={"title": "Nets"}, if_none_match=named)
        assert (refused.status_code, refused.json()["type"]) == (412, "/api/v1/problems/changed-meanwhile")
    assert sent(school, "GET", path, if_none_match="*").status_code == 304
    assert sent(school, "GET", path).json()["title"] == title


def test_an_assignment_is_removed_only_as_it_was_read(school: Any) -> None:
    tag = made_tag(school, ONE)
    sent(school, "PATCH", ONE, body={"attempts": 7})

    assert sent(school, "DELETE", ONE, if_match=tag).status_code == 412
    assert sent(school, "DELETE", ONE, if_match=made_tag(school, ONE)).status_code == 204


def test_who_sets_a_course_up_reads_what_a_change_changes(school: Any) -> None:
    due = school.asked.due_at
    with school.context.database.transaction() as tx:
        for name in ("ines", "ada"):
            later = due + timedelta(days=9)
            tx.extensions.give(school.asked.id, school.people[name].id, later, 2, "ill", school.people["ines"].id, due)

    read = sent(school, "GET", ONE)
    assert read.json()["attempts"] == 5
    assert sent(school, "GET", ONE, "ada").json()["attempts"] == 7
    assert sent(school, "PATCH", ONE, body={"points": 50}, if_match=read.headers["etag"]).status_code == 200


def test_a_folder_with_a_fault_is_not_the_callers(school: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(slug: str) -> Any:
        raise AssignmentInvalid(slug, ("it has no starter",))

    monkeypatch.setattr(school.context.catalog, "get", broken)
    answer = sent(school, "POST", "/api/v1/courses/nn/assignments", body={"slug": "hw2-softmax"})

    assert (answer.status_code, answer.json()["type"]) == (503, "/api/v1/problems/broken-assignment")


@pytest.mark.parametrize(("person", "body", "status"), [(None, b"{", 422), (None, b"[]", 401), ("ada", b"[]", 403)])
def test_who_asks_is_checked_before_what_they_sent(school: Any, person: Any, body: bytes, status: int) -> None:
    headers = {"Content-Type": "application/json", **(school.bearer(person) if person else {})}

    assert school.client.request("PATCH", "/api/v1/courses/nn", content=body, headers=headers).status_code == status


def test_a_token_without_the_scope_changes_nothing(school: Any) -> None:
    headers = school.bearer("ines", Scope.GRADES_READ)
    answer = school.client.request("PATCH", "/api/v1/courses/nn", json={"title": "Nets"}, headers=headers)

    assert (answer.status_code, answer.json()["type"]) == (403, "/api/v1/problems/not-allowed")


def test_an_assignment_is_asked_changed_and_removed(school: Any) -> None:
    path = "/api/v1/courses/nn/assignments"
    body = {
        "slug": "hw2-softmax",
        "due_at": "2026-12-18T18:00:00+01:00",
        "attempts": 5,
        "late": {"kind": "penalty", "percent_per_day": 10, "grace_days": 1},
    }
    made = sent(school, "POST", path, body=body)
    assert made.status_code == 201, made.text
    assert made.json()["due_at"] == "2026-12-18T17:00:00Z"
    assert made.json()["question_days"] == 7
    assert made.json()["late"] == {"kind": "penalty", "percent_per_day": 10.0, "grace_days": 1, "closes_at": None}
    assert sent(school, "POST", path, body=body).status_code == 409
    assert sent(school, "POST", path, body={"slug": "unknown"}).status_code == 422

    one = made.headers["location"]
    change = {"attempts": None, "visible": False, "newest_only": True, "question_days": None}
    changed = sent(school, "PATCH", one, body=change, if_match=made_tag(school, one)).json()
    assert {name: changed[name] for name in change} == change
    assert changed["due_at"] == made.json()["due_at"]
    assert sent(school, "GET", one, "ada").status_code == 404  # hidden from students
    assert sent(school, "DELETE", one).status_code == 204
    assert sent(school, "GET", one).status_code == 404


def made_tag(school: Any, path: str) -> str:
    """The tag of what is there."""
    return str(sent(school, "GET", path).headers["etag"])


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"due_at": "2026-12-18T18:00:00Z", "opens_at": "2026-12-19T18:00:00Z"}, "/due_at"),
        ({"attempts": None, "refill_per_day": 2}, "/attempts"),
        ({"late": {"kind": "penalty"}}, "/late/percent_per_day"),
        ({"due_at": None, "late": {"kind": "taken"}}, "/due_at"),
        ({"late": {"kind": "taken", "closes_at": "2026-01-01T00:00:00Z"}}, "/late/closes_at"),
    ],
)
def test_rules_that_do_not_fit_together_are_refused(school: Any, wrong: dict[str, Any], pointer: str) -> None:
    answer = sent(school, "PATCH", ONE, body=wrong)

    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.json()["errors"]] == [pointer]


def test_a_new_assignment_is_refused_by_the_names_of_its_json(school: Any) -> None:
    body = {"slug": "hw2-softmax", "due_at": "2026-12-18T18:00:00Z", "late": {"kind": "penalty"}}
    answer = sent(school, "POST", "/api/v1/courses/nn/assignments", body=body)

    assert [one["pointer"] for one in answer.json()["errors"]] == ["/late/percent_per_day"]


@pytest.mark.parametrize("wrong", [{"due_at": "2026-12-18T18:00:00"}, {"due_at": "0001-01-01T00:00:00+14:00"}])
def test_a_moment_has_a_zone_and_is_of_our_time(school: Any, wrong: dict[str, Any]) -> None:
    assert sent(school, "PATCH", ONE, body=wrong).status_code == 422


def test_lists_go_on_where_they_ended(school: Any) -> None:
    for slug in ("nn-1", "nn-2", "nn-3"):
        sent(school, "POST", "/api/v1/courses", body={**NEW, "slug": slug})
    path, seen = "/api/v1/courses?limit=2", []
    while path:
        page = sent(school, "GET", path)
        seen += [one["slug"] for one in page.json()]
        path = page.headers.get("link", "").partition(">")[0].lstrip("<")
        sent(school, "POST", "/api/v1/courses", body={**NEW, "slug": "a-first"})  # before the cursor: not seen twice

    assert seen == ["nn", "nn-1", "nn-2", "nn-3"]
    assert sent(school, "GET", "/api/v1/courses?cursor=!").status_code == 422


def test_what_is_known_already_is_not_sent_again(school: Any) -> None:
    documented = school.client.app.openapi()["paths"]
    paths = ["", "/{course}", "/{course}/assignments", "/{course}/roster", "/{course}/scores"]
    for path in paths:
        address = f"/api/v1/courses{path.replace('{course}', 'nn')}"
        tag = sent(school, "GET", address).headers["etag"]

        assert sent(school, "GET", address, if_none_match=f'"other", {tag}').status_code == 304
        assert "304" in documented[f"/api/v1/courses{path}"]["get"]["responses"]
