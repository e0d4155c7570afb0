"""Handing in as JSON, and for a student by a token with a scope of its own."""

import base64
import json
from datetime import timedelta
from typing import Any

import pytest

from app.security.tokens import Scope

FILE = {"filename": "a1.py", "text": "x = 1\n"}


def send(school: Any, person: str, body: Any, *scopes: Scope, query: str = "", key: str = "") -> Any:
    """Hand in as JSON."""
    headers = {**school.bearer(person, *scopes), "Content-Type": "application/json"}
    if key:
        headers["Idempotency-Key"] = key
    return school.client.post(school.submissions_path + query, content=json.dumps(body), headers=headers)


def test_a_file_comes_as_text_or_as_base64(school: Any) -> None:
    text = send(school, "ada", FILE).json()
    coded = send(school, "ada", {"filename": "a1.py", "base64": base64.b64encode(b"x = 1\n").decode()}).json()

    assert text["sha256"] == coded["sha256"]
    assert (text["number"], coded["number"]) == (1, 2)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"filename": "a1.py"},
        {**FILE, "base64": "eA=="},
        {"filename": "a1.py", "base64": "no!"},
        {**FILE, "more": 1},
        {"filename": "a1.py", "text": "\ud800"},
        [1],
        "x",
    ],
)
def test_what_is_no_file_is_refused(school: Any, body: Any) -> None:
    answer = send(school, "ada", body)

    assert answer.status_code == 422
    assert answer.json()["type"] == "/api/v1/problems/bad-form"


def test_a_file_in_json_has_the_same_limit(school: Any) -> None:
    most = school.context.settings.upload_max_bytes

    assert send(school, "ada", {"filename": "a1.py", "text": "#" * (most + 1)}).status_code == 413


def test_the_largest_file_comes_as_json_too(school: Any) -> None:
    most = school.context.settings.upload_max_bytes
    data = b"#" * (most - 1) + b"\n"
    coded = send(school, "ada", {"filename": "a1.py", "base64": base64.b64encode(data).decode()})
    text = send(school, "ada", {"filename": "a1.py", "text": "#" + "\n" * (most - 1)})
    escaped = send(school, "ada", {"filename": "a1.py", "text": "#" + "\u00e9" * ((most - 1) // 2)})

    assert [one.status_code for one in (coded, text, escaped)] == [202, 202, 202]
    assert coded.json()["size_bytes"] == text.json()["size_bytes"] == most
    more = base64.b64encode(data + b"#").decode()
    assert send(school, "ada", {"filename": "a1.py", "base64": more}).status_code == 413


def test_a_stranger_has_no_room_for_json(school: Any) -> None:
    long = json.dumps({"title": "#" * 2 * school.context.settings.upload_max_bytes})
    headers = {"Content-Type": "application/json"}

    assert school.client.request("PATCH", "/api/v1/courses/nn", content=long, headers=headers).status_code == 413


FOLLOWING = ("", "?wait=1", "/events")


def test_a_token_that_hands_in_follows_that_and_no_other_work(school: Any) -> None:
    query = "?on_behalf_of=ada@example.org"
    made = send(school, "ines", FILE, Scope.SUBMISSIONS_FOR_OTHERS, query=query).json()["id"]
    own = send(school, "ines", FILE).json()["id"]
    others = [school.hand_in("bashir"), send(school, "otto", FILE, query=query).json()["id"]]
    for _ in range(4):
        school.grade()
    for scope in (Scope.SUBMISSIONS_FOR_OTHERS, Scope.SUBMISSIONS_WRITE):
        headers = school.bearer("ines", scope)
        for more in FOLLOWING:
            seen = [school.client.get(f"/api/v1/submissions/{one}{more}", headers=headers) for one in (made, own)]
            assert [one.status_code for one in seen] == [200, 200]
            refused = [school.client.get(f"/api/v1/submissions/{one}{more}", headers=headers) for one in others]
            assert [one.json()["type"] for one in refused] == ["/api/v1/problems/not-allowed"] * 2
    reader = school.bearer("ines", Scope.SUBMISSIONS_READ)
    assert all(school.client.get(f"/api/v1/submissions/{one}", headers=reader).status_code == 200 for one in others)


def test_an_instructor_hands_in_for_a_student_once(school: Any) -> None:
    query = "?on_behalf_of=ada@example.org"
    made = send(school, "ines", FILE, Scope.SUBMISSIONS_FOR_OTHERS, query=query, key="k")
    again = send(school, "ines", FILE, Scope.SUBMISSIONS_FOR_OTHERS, query=query, key="k")

    assert (made.status_code, made.json()["number"]) == (202, 1)
    assert (again.json()["id"], again.headers["idempotent-replayed"]) == (made.json()["id"], "true")
    assert school.client.get(made.headers["location"], headers=school.bearer("ada")).status_code == 200
    assert school.client.get(made.headers["location"], headers=school.bearer("bashir")).status_code == 404
    with school.context.database.reading() as tx:
        (noted,) = tx.events.of_submission(made.json()["id"])
    assert (noted.kind, noted.detail["by"], noted.detail["student"]) == (
        "submission.on_behalf", "Ines", "ada@example.org",
    )  # fmt: skip


def test_a_key_of_staff_and_the_same_key_of_the_student_are_two(school: Any) -> None:
    staff = send(school, "ines", FILE, query=f"?on_behalf_of={school.people['ada'].id}", key="k")
    own = send(school, "ada", FILE, key="k")

    assert staff.json()["id"] != own.json()["id"]


@pytest.mark.parametrize("person", ["ada", "asta"])
def test_students_and_assistants_hand_in_for_nobody(school: Any, person: str) -> None:
    assert send(school, person, FILE, query="?on_behalf_of=bashir@example.org").status_code == 403


def test_the_scope_for_others_is_not_that_for_oneself(school: Any) -> None:
    assert send(school, "ines", FILE, Scope.SUBMISSIONS_FOR_OTHERS).status_code == 403
    query = "?on_behalf_of=ada@example.org"
    assert send(school, "ines", FILE, Scope.SUBMISSIONS_WRITE, query=query).status_code == 403


@pytest.mark.parametrize("name", ["asta@example.org", "eve@example.org", "nobody@example.org"])
def test_only_work_of_a_student_of_the_course_is_taken(school: Any, name: str) -> None:
    assert send(school, "ines", FILE, query=f"?on_behalf_of={name}").status_code == 404


def test_the_deadline_of_the_student_holds(school: Any) -> None:
    school.clock.forward(8 * 24 * 3600)
    answer = send(school, "ines", FILE, query="?on_behalf_of=ada@example.org")

    assert (answer.status_code, answer.json()["type"]) == (403, "/api/v1/problems/deadline-passed")


@pytest.mark.parametrize("by_page", [False, True])
def test_further_attempts_of_an_extension_count_once(school: Any, by_page: bool) -> None:
    with school.context.database.transaction() as tx:
        ines, ada = school.people["ines"].id, school.people["ada"].id
        later = school.clock() + timedelta(days=9)
        tx.extensions.give(school.asked.id, ada, later, 1, "ill", ines, school.clock())
    taken = 0
    if by_page:
        school.sign_in("ada")
        page = school.client.get("/courses/nn/assignments/ece421-numpy-nn").text
        token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    for _ in range(8):
        if by_page:
            files = {"file": ("a1.py", b"def relu(x): return x\n")}
            path = "/courses/nn/assignments/ece421-numpy-nn/submissions"
            taken += school.client.post(path, files=files, data={"csrf_token": token}).status_code == 303
        else:
            taken += send(school, "ada", FILE).status_code == 202

    assert taken == 6  # the five that everybody has, and one
