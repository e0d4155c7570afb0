"""Secrets and code are planted wherever somebody can send them; then every log line is searched for them."""

import io
import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi import Request
from fastapi.responses import PlainTextResponse

from app.error_handlers import ErrorAnswers
from app.logs.about import REQUEST_HEADER
from app.logs.lines import JsonLines, TextLines
from app.logs.writing import QUIETER
from submissions.embedded_engine import EmbeddedEngine
from submissions.models import Lane
from submissions.queue import Graded, Job
from tests.fakes.client import Client

CODE = "PLANTED_CODE_4711"
PASSWORD = "PLANTED-password-4711"
SECRET = "PLANTED_secret_of_a_link_4711"
TOKEN = "cr_PLANTED_token_of_a_student_4711"
COOKIE = "PLANTED_cookie_4711_4711"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """Everything that is logged, at every level and in both forms."""
    stream = io.StringIO()
    handlers = [logging.StreamHandler(stream), logging.StreamHandler(stream)]
    for handler, form in zip(handlers, (JsonLines(), TextLines()), strict=True):
        handler.setFormatter(form)
    root, before = logging.getLogger(), logging.getLogger().level
    root.setLevel(logging.DEBUG)
    levels = {name: logging.getLogger(name).level for name in QUIETER}
    for name in QUIETER:  # as log_to_stderr does
        logging.getLogger(name).setLevel(logging.WARNING)
    for handler in handlers:
        root.addHandler(handler)
    yield stream
    for handler in handlers:
        root.removeHandler(handler)
    root.setLevel(before)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def search(stream: io.StringIO, *more: str) -> str:
    said = stream.getvalue()
    assert "chainrule.request" in said
    found = [word for word in ("PLANTED", *more) if word in said]
    assert not found, next(line for line in said.splitlines() if any(word in line for word in found))
    return said


def objects(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines() if line.startswith("{")]


def test_requests_leave_no_secret(school: Any, lines: io.StringIO) -> None:
    client: Client = school.client
    client.http.cookies.set("chainrule", COOKIE)
    client.post("/login", data={"email": "ada@example.org", "password": PASSWORD})
    client.post("/login", data={"email": PASSWORD, "password": "x"})
    for path in ("/reset/", "/invitations/", "/lti/questions/", "/lti/window/", "/lti/register/", "/nothing/"):
        client.get(path + SECRET)
        client.post(path + SECRET, data={"csrf_token": SECRET, "password": PASSWORD})
    client.get(f"/login?next=/reset/{SECRET}")
    client.get("/api/v1/courses", headers={"Authorization": f"Bearer {TOKEN}"})
    client.get("/healthz", headers={REQUEST_HEADER: "bad id " + SECRET})
    client.forget()
    school.sign_in("ada")
    cookie = dict(client.http.cookies)["chainrule"]
    client.get("/profile")
    token = school.token("ada")
    client.get("/api/v1/courses", headers=school.bearer("ada"))

    search(lines, cookie, token, "ada@example.org", "correct horse")


def test_an_upload_and_its_grading_leave_no_code(school: Any, lines: io.StringIO) -> None:
    submission = school.hand_in(source=f"x = '{CODE}'\n")
    school.hand_in(source=f"def {CODE}(:\n")
    answer = school.client.post(
        school.submissions_path,
        headers=school.bearer("ada"),
        files={"file": ("a.ipynb", b'{"cells": "' + CODE.encode())},
    )
    assert answer.status_code == 422
    school.grade()
    with school.context.database.reading() as tx:
        assert CODE.encode() in tx.submissions.source(submission)

    search(lines, school.token("ada"))


@pytest.mark.parametrize("table", ["blobs", "submissions", "gradings"])
def test_a_database_that_refuses_an_upload_does_not_quote_it(
    school: Any, make_school: Callable[..., Any], lines: io.StringIO, table: str
) -> None:
    """The text of a database error would hold the parameters of its statement."""
    school.client.http._transport.raise_app_exceptions = False
    with school.context.database.transaction() as tx:
        tx.accounts._connection.exec_driver_sql(
            f"CREATE TRIGGER full BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'disk full'); END"
        )
    answer = school.client.post(
        school.submissions_path,
        headers=school.bearer("ada") | {"Idempotency-Key": SECRET},
        files={"file": ("a1.py", f"x = '{CODE}'\n".encode())},
    )
    assert answer.status_code == 500

    assert "disk full" in search(lines, school.token("ada"))


def test_a_grading_that_fails_does_not_quote_the_code(school: Any, lines: io.StringIO) -> None:
    school.hand_in(source=f"x = '{CODE}'\n")

    def fails(job: Job) -> Graded:
        raise ValueError("no report")

    engine = EmbeddedEngine(school.context.database, school.clock)
    engine.run_once(fails, "test", tuple(Lane))

    assert "no report" in search(lines)
    (line,) = [one for one in objects(lines) if one.get("error") == "ValueError"]
    assert len(line["grading_id"]) == 32


def test_a_request_can_be_followed_by_its_id(school: Any, lines: io.StringIO) -> None:
    sent = school.client.get("/api/v1/courses", headers=school.bearer("ada") | {REQUEST_HEADER: "from-the-proxy-1"})
    made = school.client.get("/submissions/unknown")

    assert sent.headers[REQUEST_HEADER] == "from-the-proxy-1"
    assert len(made.headers[REQUEST_HEADER]) == 32
    found = {one["request_id"]: one for one in objects(lines) if one["logger"] == "chainrule.request"}
    assert found["from-the-proxy-1"]["status"] == 200
    assert found["from-the-proxy-1"]["route"] == "/api/v1/courses"
    assert found[made.headers[REQUEST_HEADER]]["route"] == "/submissions/{submission}"


def test_an_unexpected_error_carries_the_id_of_its_request(
    school: Any, lines: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def boom() -> Any:
        raise RuntimeError("boom")

    monkeypatch.setattr(school.context.database, "reading", boom)
    answer = school.client.get("/api/v1/courses", headers=school.bearer("ada") | {REQUEST_HEADER: "from-the-proxy-2"})

    assert answer.status_code == 500
    assert answer.headers[REQUEST_HEADER] == "from-the-proxy-2"
    errors = [one for one in objects(lines) if one.get("error") == "RuntimeError"]
    assert [one["request_id"] for one in errors] == ["from-the-proxy-2"]


@pytest.mark.parametrize("path", [f"/courses/{SECRET}", f"/api/v1/courses/{SECRET}"])
def test_an_unexpected_error_is_logged_with_its_route_and_not_its_path(
    school: Any, lines: io.StringIO, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    def boom(*_: Any, **__: Any) -> Any:
        raise RuntimeError("boom")

    school.sign_in("ada")
    headers = school.bearer("ada")
    monkeypatch.setattr(school.context.database, "reading", boom)
    assert school.client.get(path, headers=headers).status_code == 500

    assert f"in GET {path.replace(SECRET, '{course}')}" in search(lines)


def test_an_unexpected_error_at_an_unknown_path_is_logged_without_it(lines: io.StringIO) -> None:
    asked = {"type": "http", "method": "GET", "path": f"/{SECRET}", "query_string": b"", "headers": []}
    answers = ErrorAnswers(lambda *_: PlainTextResponse("a page"))
    assert answers.unexpected(Request(asked), RuntimeError("boom")).status_code == 200

    assert "in GET (none)" in lines.getvalue()
    assert "PLANTED" not in lines.getvalue()
