"""Extensions for a program: given by instructors, read as they hold, changed only as they were read."""

from datetime import timedelta
from typing import Any

import pytest

from app.security.tokens import Scope

ASSIGNMENT = "/api/v1/courses/nn/assignments/ece421-numpy-nn"
ALL = f"{ASSIGNMENT}/extensions"
GIVEN = {"due_at": "2026-11-01T12:00:00+01:00", "more_attempts": 2, "reason": "You were ill."}


@pytest.fixture(autouse=True)
def limited(school: Any) -> None:
    """The assignment is due, and has few attempts."""
    limits = {"due_at": "2026-10-01T12:00:00Z", "attempts": 3}
    assert sent(school, "PATCH", ASSIGNMENT, limits).status_code == 200


def sent(school: Any, method: str, path: str, body: Any = None, person: str = "ines", **headers: str) -> Any:
    """What a request with JSON is answered."""
    together = {**school.bearer(person), **{name.replace("_", "-"): value for name, value in headers.items()}}
    return school.client.request(method, path, json=body, headers=together)


def one(school: Any, person: str = "ada") -> str:
    """Where the extension of a person is."""
    return f"{ALL}/{school.people[person].id}"


def trail(school: Any) -> list[tuple[str, str]]:
    """What the audit says of extensions: what was done, and to whom."""
    with school.context.database.reading() as tx:
        events = tx.events.of_course(school.asked.course_id)
    return [(event.kind, event.detail["student"]) for event in events if event.kind.startswith("extension")]


def test_an_extension_is_given_read_and_taken_back(school: Any) -> None:
    path, ada = one(school), school.people["ada"].id
    made = sent(school, "PUT", path, GIVEN)
    read = sent(school, "GET", path)
    asked = sent(school, "GET", ASSIGNMENT, person="ada").json()

    assert (made.status_code, made.headers["location"]) == (201, path)
    assert made.headers["etag"] == read.headers["etag"]
    expected = {"user_id": ada, **GIVEN, "due_at": "2026-11-01T11:00:00Z", "by": "Ines", "at": read.json()["at"]}
    assert made.json() == read.json() == expected
    assert (asked["due_at"], asked["attempts"]) == ("2026-11-01T11:00:00Z", 5)
    assert sent(school, "GET", ASSIGNMENT, person="bashir").json()["attempts"] == 3
    assert sent(school, "GET", ASSIGNMENT).json()["attempts"] == 3

    assert sent(school, "DELETE", path).status_code == 204
    assert sent(school, "DELETE", path).status_code == 204
    assert sent(school, "GET", path).status_code == 404
    assert sent(school, "GET", ASSIGNMENT, person="ada").json()["attempts"] == 3
    assert trail(school) == [("extension.given", ada), ("extension.taken_back", ada)]


def test_it_holds_when_work_is_handed_in(school: Any) -> None:
    sent(school, "PUT", one(school), {"due_at": GIVEN["due_at"], "reason": "x"})
    past = (school.clock() - timedelta(days=1)).isoformat()
    assert sent(school, "PATCH", ASSIGNMENT, {"due_at": past}).status_code == 200
    file = {"file": ("a1.py", b"x = 1\n")}
    answers = [
        school.client.post(school.submissions_path, headers=school.bearer(person), files=file).status_code
        for person in ("ada", "bashir")
    ]

    assert answers == [202, 403]


def test_another_takes_the_place_of_the_first(school: Any) -> None:
    path, ada = one(school), school.people["ada"].id
    sent(school, "PUT", path, GIVEN)
    second = sent(school, "PUT", path, {"more_attempts": 1, "reason": "Less will do."})

    assert second.status_code == 200
    assert (second.json()["due_at"], second.json()["more_attempts"]) == (None, 1)
    assert trail(school) == [("extension.given", ada)] * 2


def test_the_same_again_is_nothing_new(school: Any) -> None:
    path = one(school)
    first = sent(school, "PUT", path, GIVEN)
    again = sent(school, "PUT", path, GIVEN)

    assert (again.status_code, again.json()) == (200, first.json())
    assert len(trail(school)) == 1


def test_it_is_changed_only_as_it_was_read(school: Any) -> None:
    path = one(school)
    assert sent(school, "PUT", path, GIVEN, if_match="*").status_code == 412
    tag = sent(school, "PUT", path, GIVEN, if_none_match="*").headers["etag"]
    other = {**GIVEN, "more_attempts": 3}

    assert sent(school, "GET", path, if_none_match=tag).status_code == 304
    assert sent(school, "PUT", path, other, if_none_match="*").status_code == 412
    assert sent(school, "PUT", path, other, if_match=tag).status_code == 200
    assert sent(school, "PUT", path, GIVEN, if_match=tag).status_code == 412
    assert sent(school, "DELETE", path, if_match=tag).status_code == 412
    assert sent(school, "GET", path).json()["more_attempts"] == 3


def test_a_key_gives_the_first_answer_again(school: Any) -> None:
    path = one(school)
    first = sent(school, "PUT", path, GIVEN, if_none_match="*", idempotency_key="k")
    again = sent(school, "PUT", path, GIVEN, if_none_match="*", idempotency_key="k")
    other = sent(school, "PUT", path, {**GIVEN, "more_attempts": 9}, idempotency_key="k")

    assert (first.status_code, again.status_code, again.json()) == (201, 201, first.json())
    assert again.headers["idempotent-replayed"] == "true"
    assert again.headers["etag"] == first.headers["etag"]
    assert other.json()["type"] == "/api/v1/problems/idempotency-conflict"
    assert sent(school, "GET", path).json()["more_attempts"] == 2


def test_all_are_listed_in_pages(school: Any) -> None:
    ids = sorted(school.people[person].id for person in ("ada", "bashir"))
    for person in ("ada", "bashir"):
        sent(school, "PUT", one(school, person), GIVEN)
    first = sent(school, "GET", f"{ALL}?limit=1").json()
    rest = sent(school, "GET", first["next"]).json()

    assert [found["user_id"] for found in (*first["items"], *rest["items"])] == ids
    assert rest["next"] is None


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"due_at": None, "more_attempts": 0}, "/due_at"),
        ({"due_at": "2026-10-01T12:00:00Z"}, "/due_at"),
        ({"due_at": "2026-11-01T12:00:00"}, "/body/due_at"),
        ({"due_at": "9999-12-31T23:59:59Z"}, "/body/due_at"),
        ({"more_attempts": -1}, "/body/more_attempts"),
        ({"more_attempts": 1001}, "/body/more_attempts"),
        ({"reason": " "}, "/body/reason"),
        ({"reason": "x" * 1001}, "/body/reason"),
        ({"reason": "a\0b"}, "/body/reason"),
        ({"attempts": 5}, "/body/attempts"),
    ],
)
def test_what_makes_no_sense_is_refused(school: Any, change: dict[str, Any], pointer: str) -> None:
    answer = sent(school, "PUT", one(school), GIVEN | change)

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)
    assert sent(school, "GET", one(school)).status_code == 404


def test_what_has_no_limit_is_not_extended(school: Any) -> None:
    sent(school, "PATCH", ASSIGNMENT, {"due_at": None, "attempts": None})

    for body, pointer in (
        ({**GIVEN, "more_attempts": 0}, "/due_at"),
        ({**GIVEN, "due_at": None}, "/more_attempts"),
    ):
        answer = sent(school, "PUT", one(school), body)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)


@pytest.mark.parametrize("person", ["asta", "ines", "eve"])
def test_only_students_of_the_course_are_given_any(school: Any, person: str) -> None:
    for method, body in (("PUT", GIVEN), ("GET", None), ("DELETE", None)):
        assert sent(school, method, one(school, person), body).status_code == 404
    assert trail(school) == []


def test_of_somebody_who_left_it_is_still_taken_back(school: Any) -> None:
    path, ada = one(school), school.people["ada"]
    sent(school, "PUT", path, GIVEN)
    with school.context.database.transaction() as tx:
        tx.courses.unenroll(school.asked.course_id, ada.id)

    assert sent(school, "GET", path).status_code == 200
    assert sent(school, "PUT", path, GIVEN).status_code == 404
    assert sent(school, "DELETE", path).status_code == 204
    assert sent(school, "DELETE", path).status_code == 404


def test_a_token_needs_the_scope_of_what_it_does(school: Any) -> None:
    for method, scope in (("GET", Scope.GRADES_READ), ("PUT", Scope.GRADES_WRITE), ("DELETE", Scope.GRADES_WRITE)):
        others = tuple(one for one in Scope if one is not scope)
        sent(school, "PUT", one(school), GIVEN)
        refused = school.client.request(method, one(school), json=GIVEN, headers=school.bearer("ines", *others))
        may = school.client.request(method, one(school), json=GIVEN, headers=school.bearer("ines", scope))

        assert (refused.status_code, may.is_success) == (403, True)
