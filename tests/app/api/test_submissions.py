"""Handing in through the API: what is accepted, what is refused and why, and what is seen of it afterwards."""

from collections.abc import Mapping
from typing import Any, Protocol

import pytest
from httpx import Response

from app.security.tokens import Scope
from submissions.models import State

pytestmark = pytest.mark.both_databases


class Clock(Protocol):
    """See conftest.py."""

    def forward(self, seconds: float) -> None: ...


class Client(Protocol):
    """See conftest.py."""

    def get(self, path: str, **more: Any) -> Response: ...
    def post(self, path: str, **more: Any) -> Response: ...


class Installation(Protocol):
    """See conftest.py."""

    client: Client
    clock: Clock
    context: Any
    submissions_path: str

    def bearer(self, person: str, *scopes: Scope) -> dict[str, str]: ...
    def hand_in(self, person: str = "ada", source: str = "x = 1\n") -> str: ...
    def grade(self) -> bool: ...


FILE = {"file": ("a1.py", b"x = 1\n")}


def send(school: Installation, files: Any = FILE, headers: Mapping[str, str] | None = None, **more: Any) -> Response:
    """Hand in as ada."""
    together = {**school.bearer("ada"), **(headers or {})}
    return school.client.post(school.submissions_path, files=files, headers=together, **more)


def is_problem(answer: Response, status: int, name: str) -> bool:
    """Whether the answer is this problem, in the form of RFC 9457."""
    body = answer.json()
    return (
        answer.status_code == status
        and answer.headers["content-type"] == "application/problem+json"
        and body["status"] == status
        and body["type"].endswith(f"/{name}")
        and bool(body["detail"])
    )


def test_an_accepted_upload_is_queued_and_has_an_address(school: Installation) -> None:
    answer = send(school)
    body = answer.json()

    assert answer.status_code == 202
    assert answer.headers["location"] == f"/api/v1/submissions/{body['id']}"
    assert (body["state"], body["place_in_queue"], body["score"], body["number"]) == ("queued", 1, None, 1)
    with school.context.database.reading() as tx:
        assert tx.submissions.source(body["id"]) == b"x = 1\n"


def test_its_result_is_there_once_it_is_graded(school: Installation) -> None:
    submission = school.hand_in()
    assert school.grade()
    answer = school.client.get(f"/api/v1/submissions/{submission}", headers=school.bearer("ada"))
    report = school.client.get(answer.json()["report_url"], headers=school.bearer("ada"))

    assert answer.json()["state"] == "done"
    assert answer.json()["score"] == {"given": 82.0, "maximum": 100.0}
    assert report.json()["parts"][0]["name"] == "relu"


def test_there_is_no_report_before(school: Installation) -> None:
    answer = school.client.get(f"/api/v1/submissions/{school.hand_in()}/report", headers=school.bearer("ada"))

    assert is_problem(answer, 404, "not-found")
    assert "queued" in answer.json()["detail"]


def test_an_unchanged_answer_is_not_sent_again(school: Installation) -> None:
    path = f"/api/v1/submissions/{school.hand_in()}"
    first = school.client.get(path, headers=school.bearer("ada"))
    tag = {"If-None-Match": first.headers["etag"]}
    second = school.client.get(path, headers={**school.bearer("ada"), **tag})
    school.grade()
    third = school.client.get(path, headers={**school.bearer("ada"), **tag})

    assert not first.headers["etag"].startswith("W/")
    assert (second.status_code, second.content) == (304, b"")
    assert third.status_code == 200


@pytest.mark.parametrize(
    ("files", "data", "word"),
    [
        ({"upload": ("a1.py", b"x = 1")}, {}, "`upload`"),
        ([("file", ("a.py", b"x")), ("file", ("b.py", b"x"))], {}, "exactly one"),
        ([("file", ("a.py", b"x")), ("other", ("b.py", b"x"))], {}, "exactly one"),
        ([("file", (f"{n}.py", b"x")) for n in range(20)], {}, "Too many files"),
        ({"other": ("", b"")}, {"file": "x = 1"}, "`file`"),
        ({"file": ("", b"x = 1")}, {}, "`file`"),
        ({"file": ("   ", b"x = 1")}, {}, "file name"),
        ({"\x07\u202e<b>": ("a1.py", b"x = 1")}, {}, "`file`"),
    ],
)
def test_a_wrong_form_is_told_what_is_wrong(school: Installation, files: Any, data: Any, word: str) -> None:
    answer = send(school, files, data=data)

    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"
    assert word in answer.json()["detail"]


def test_a_file_sent_as_text_is_told_so(school: Installation) -> None:
    answer = school.client.post(school.submissions_path, data={"file": "x = 1"}, headers=school.bearer("ada"))

    assert is_problem(answer, 422, "bad-form")
    assert "as a file" in answer.json()["detail"]
    assert answer.json()["errors"][0]["pointer"] == "/file"


@pytest.mark.parametrize("kind", ["application/xml", "text/plain", "", "multipart/mixed; boundary=x"])
def test_another_kind_of_body_is_refused(school: Installation, kind: str) -> None:
    answer = school.client.post(
        school.submissions_path, content=b"{}", headers={**school.bearer("ada"), "Content-Type": kind}
    )

    assert is_problem(answer, 415, "unsupported-body")
    assert "multipart/form-data" in answer.json()["detail"]
    assert "application/json" in answer.json()["detail"]


@pytest.mark.parametrize("kind", ["multipart/form-data", "multipart/form-data; boundary=x"])
def test_a_broken_form_is_a_problem_and_no_fault_of_ours(school: Installation, kind: str) -> None:
    answer = school.client.post(
        school.submissions_path, content=b"\x00\xff not a form", headers={**school.bearer("ada"), "Content-Type": kind}
    )

    assert 400 <= answer.status_code < 500
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a1.py", b""),
        ("a1.py", b"   \n"),
        ("a1.py", b"x = 1\x00"),
        ("a1.py", bytes(range(256))),
        ("a1.py", "# größe".encode("utf-16")),
        ("a1.exe", b"MZ"),
        ("a1.zip", b"PK\x03\x04 not a zip"),
        ("a1.ipynb", b"{"),
        ("a1.ipynb", b"[" * 5000),
        ("../../etc/passwd", b"x = 1"),
        ("a\x00.py", b"x = 1"),
        ("a" * 500 + ".py", b"x = 1"),
    ],
)
def test_bytes_that_cannot_be_graded_are_refused_with_every_reason_or_accepted(
    school: Installation, name: str, data: bytes
) -> None:
    answer = send(school, {"file": (name, data)})

    assert answer.status_code in (202, 422), answer.text
    if answer.status_code == 422:
        assert answer.json()["type"].endswith(("/rejected-upload", "/bad-form"))
        assert all(reason["detail"] for reason in answer.json().get("errors", ()))


@pytest.mark.parametrize("source", ["def f(:", "print 'two'", "\tx = 1\n  y", "def f(): pass"])
def test_code_that_does_not_run_is_graded_rather_than_refused(school: Installation, source: str) -> None:
    assert send(school, {"file": ("a1.py", source.encode())}).status_code == 202


def test_a_file_over_the_limit_is_refused(school: Installation) -> None:
    answer = send(school, {"file": ("a1.py", b"#" * (64 * 1024 + 1))})

    assert is_problem(answer, 413, "too-large")
    assert answer.json()["detail"].startswith("This is larger than ")
    assert "65,536 bytes" in answer.json()["detail"]


def test_nothing_refused_is_kept(school: Installation) -> None:
    send(school, {"file": ("a1.py", b"")})
    send(school, {"upload": ("a1.py", b"x")})

    assert school.client.get(school.submissions_path, headers=school.bearer("ada")).json()["items"] == []
    assert not school.grade()


def test_the_same_key_and_bytes_count_once(school: Installation) -> None:
    key = {"Idempotency-Key": "monday"}
    first, second = send(school, headers=key), send(school, headers=key)

    assert first.json()["id"] == second.json()["id"]
    assert (first.status_code, second.status_code) == (202, 202)
    assert "idempotent-replayed" not in first.headers
    assert second.headers["idempotent-replayed"] == "true"


def test_the_same_key_with_other_bytes_is_a_conflict(school: Installation) -> None:
    key = {"Idempotency-Key": "monday"}
    send(school, headers=key)
    answer = send(school, {"file": ("a1.py", b"x = 2\n")}, key)

    assert is_problem(answer, 422, "idempotency-conflict")


def test_the_same_key_of_somebody_else_is_another_key(school: Installation) -> None:
    key = {"Idempotency-Key": "monday"}
    mine = send(school, headers=key)
    theirs = school.client.post(school.submissions_path, files=FILE, headers={**school.bearer("bashir"), **key})

    assert theirs.status_code == 202
    assert theirs.json()["id"] != mine.json()["id"]


@pytest.mark.parametrize("key", ["", "x" * 201])
def test_a_key_that_is_none_is_refused(school: Installation, key: str) -> None:
    assert is_problem(send(school, headers={"Idempotency-Key": key}), 422, "malformed")


def test_the_deadline_holds_for_students_and_not_for_staff(school: Installation) -> None:
    school.clock.forward(8 * 24 * 3600)
    late = send(school)
    staff = school.client.post(school.submissions_path, files=FILE, headers=school.bearer("ines"))

    assert is_problem(late, 403, "deadline-passed")
    assert staff.status_code == 202


def test_attempts_run_out(school: Installation) -> None:
    for number in range(5):
        assert send(school, {"file": ("a1.py", f"x = {number}".encode())}).status_code == 202

    assert is_problem(send(school), 403, "attempts-used")


@pytest.mark.parametrize(
    "authorization", ["", "Bearer", "Bearer nonsense", "Bearer cr_nonsense", "Basic YTpi", "Bearer \x7f", "bearer cr_"]
)
def test_without_a_good_token_nothing_is_read(school: Installation, authorization: str) -> None:
    answer = school.client.post(school.submissions_path, files=FILE, headers={"Authorization": authorization})

    assert is_problem(answer, 401, "not-signed-in")
    assert answer.headers["www-authenticate"].startswith("Bearer")


def test_a_session_cookie_is_no_token(school: Any) -> None:
    school.sign_in("ada")

    assert is_problem(school.client.post(school.submissions_path, files=FILE), 401, "not-signed-in")


def test_an_expired_token_is_refused(school: Any) -> None:
    headers = {"Authorization": f"Bearer {school.token('ada', days=1)}"}
    assert school.client.get("/api/v1/courses", headers=headers).status_code == 200
    school.clock.forward(24 * 3600 + 1)

    assert is_problem(school.client.get("/api/v1/courses", headers=headers), 401, "not-signed-in")


def test_the_last_use_of_a_token_is_noted(school: Any) -> None:
    school.client.get("/api/v1/courses", headers=school.bearer("ada"))
    with school.context.database.reading() as tx:
        (token,) = tx.accounts.tokens(school.people["ada"].id)

    assert token.last_used_at == school.clock()


def test_scopes_hold(school: Installation) -> None:
    submission = school.hand_in()
    read, write = school.bearer("ada", Scope.SUBMISSIONS_READ), school.bearer("ada", Scope.SUBMISSIONS_WRITE)
    grades = school.bearer("ada", Scope.GRADES_READ)

    assert is_problem(school.client.post(school.submissions_path, files=FILE, headers=read), 403, "not-allowed")
    assert is_problem(school.client.get(school.submissions_path, headers=write), 403, "not-allowed")
    assert is_problem(school.client.get(f"/api/v1/submissions/{submission}", headers=grades), 403, "not-allowed")
    assert school.client.get(f"/api/v1/submissions/{submission}", headers=write).status_code == 200


def test_a_submission_is_there_for_its_author_and_staff_only(school: Installation) -> None:
    submission = school.hand_in("ada")
    school.grade()
    for path in (f"/api/v1/submissions/{submission}", f"/api/v1/submissions/{submission}/report"):
        statuses = {
            person: school.client.get(path, headers=school.bearer(person)).status_code
            for person in ("ada", "bashir", "asta", "ines", "eve", "otto")
        }
        assert statuses == {"ada": 200, "bashir": 404, "asta": 200, "ines": 200, "eve": 404, "otto": 200}


def test_somebody_elses_looks_like_none(school: Installation) -> None:
    theirs = school.client.get(f"/api/v1/submissions/{school.hand_in('bashir')}", headers=school.bearer("ada")).json()
    none = school.client.get("/api/v1/submissions/none", headers=school.bearer("ada")).json()

    assert theirs | {"instance": ""} == none | {"instance": ""}


def test_a_stranger_cannot_hand_in(school: Installation) -> None:
    answer = school.client.post(school.submissions_path, files=FILE, headers=school.bearer("eve"))

    assert is_problem(answer, 404, "not-found")


@pytest.mark.parametrize(
    "path", ["/api/v1/courses/none/assignments/none/submissions", "/api/v1/courses/nn/assignments/none/submissions"]
)
def test_an_unknown_place_is_not_found(school: Installation, path: str) -> None:
    assert is_problem(school.client.post(path, files=FILE, headers=school.bearer("ada")), 404, "not-found")


def pages(school: Installation, person: str, limit: int) -> list[list[str]]:
    """The ids on every page, following `next`, which the Link header repeats."""
    found, path = [], f"{school.submissions_path}?limit={limit}"
    while path:
        answer = school.client.get(path, headers=school.bearer(person))
        found.append([item["id"] for item in answer.json()["items"]])
        path = answer.json()["next"]
        assert answer.headers.get("link", "") == (f'<{path}>; rel="next"' if path else "")
    return found


def test_a_list_comes_in_pages_newest_first(school: Installation) -> None:
    mine = []
    for number in range(5):
        mine.append(school.hand_in("ada", f"x = {number}"))
        school.clock.forward(1)
    theirs = school.hand_in("bashir")
    newest_first = mine[::-1]

    assert pages(school, "ada", 2) == [newest_first[:2], newest_first[2:4], newest_first[4:]]
    assert pages(school, "ines", 4) == [[theirs, *newest_first[:3]], newest_first[3:]]


def test_pages_lose_nothing_of_the_same_moment(school: Installation) -> None:
    mine = {school.hand_in("ada", f"x = {number}") for number in range(5)}
    for person in ("ada", "ines"):
        found = [one for page in pages(school, person, 2) for one in page]
        assert len(found) == 5
        assert set(found) == mine


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=x", "cursor=nonsense", "cursor=%00", "cursor=MSAy"])
def test_a_wrong_page_is_a_problem(school: Installation, query: str) -> None:
    answer = school.client.get(f"{school.submissions_path}?{query}", headers=school.bearer("ada"))

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_grading_that_failed_has_no_score(school: Installation) -> None:
    submission = school.hand_in()
    with school.context.database.transaction() as tx:
        tx.cancel(tx.gradings.current(submission).id, school.context.clock())
    body = school.client.get(f"/api/v1/submissions/{submission}", headers=school.bearer("ada")).json()

    assert (body["state"], body["score"], body["report_url"]) == (State.CANCELLED.value, None, None)


def test_a_report_also_in_the_form_of_gradescope(school: Installation) -> None:
    submission = school.hand_in("ada")
    path = f"/api/v1/submissions/{submission}/results.json"
    assert school.client.get(path, headers=school.bearer("ada")).status_code == 404
    school.grade()
    body = school.client.get(path, headers=school.bearer("ada")).json()
    assert body["score"] == 82.0 and body["tests"][0]["name"] == "relu"
    assert school.client.get(path, headers=school.bearer("bashir")).status_code == 404
