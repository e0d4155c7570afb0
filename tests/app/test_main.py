"""The application as a whole: headers on every answer, errors that say no more than they should, start and end."""

import re
from collections.abc import Callable
from typing import Any, Protocol

import pytest
from fastapi import FastAPI
from httpx import Response
from starlette.requests import ClientDisconnect

from app.main import create_app
from app.security.headers import HEADERS
from app.settings import Settings
from submissions.errors import SchemaTooOld


class Client(Protocol):
    """See conftest.py."""

    app: FastAPI

    def get(self, path: str, **more: Any) -> Response: ...
    def post(self, path: str, **more: Any) -> Response: ...
    def request(self, method: str, path: str, **more: Any) -> Response: ...


@pytest.mark.parametrize("path", ["/login", "/healthz", "/nothing", "/api/v1/nothing", "/static/tokens.css", "/"])
def test_every_answer_carries_the_security_headers(client: Client, path: str) -> None:
    answer = client.get(path)

    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert "Strict-Transport-Security" not in answer.headers


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere() -> None:
    policy = HEADERS["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_https_is_remembered_where_it_is_used(settings: Settings, start: Callable[[FastAPI], Client]) -> None:
    client = start(create_app(settings.model_copy(update={"public_url": "https://grade.example.org"})))

    assert client.get("/login").headers["Strict-Transport-Security"].startswith("max-age=")


def test_pages_are_not_kept_but_versioned_files_are(client: Client) -> None:
    assert client.get("/login").headers["Cache-Control"] == "no-store"
    assert "immutable" in client.get("/static/tokens.css?v=1").headers["Cache-Control"]
    assert "immutable" not in client.get("/static/tokens.css").headers["Cache-Control"]


def test_a_page_without_a_sign_in_leads_to_it_and_back(client: Client) -> None:
    answer = client.get("/courses/nn?tab=1")

    assert answer.status_code == 303
    assert answer.headers["location"] == "/login?next=%2Fcourses%2Fnn%3Ftab%3D1"


def test_a_missing_page_is_a_page_and_a_missing_route_a_problem(client: Client) -> None:
    page, problem = client.get("/nothing"), client.get("/api/v1/nothing")

    assert (page.status_code, problem.status_code) == (404, 404)
    assert page.headers["content-type"].startswith("text/html")
    assert problem.headers["content-type"] == "application/problem+json"
    assert problem.json()["instance"] == "/api/v1/nothing"


def test_a_wrong_method_names_the_right_one(client: Client) -> None:
    answer = client.request("DELETE", "/api/v1/courses")

    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, POST"
    assert answer.json()["title"] == "Method Not Allowed"


@pytest.mark.parametrize("path", ["/boom", "/api/v1/boom"])
def test_an_unexpected_error_shows_an_id_and_no_more(
    client: Client, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    def boom() -> None:
        raise RuntimeError("the password is hunter2")

    client.app.router.routes.insert(0, _route(path, boom))
    answer = client.get(path)

    assert answer.status_code == 500
    assert "hunter2" not in answer.text
    assert "Traceback" not in answer.text
    assert "Content-Security-Policy" in answer.headers
    error_id = re.search(r"error ([0-9a-f]{12}) in GET", caplog.text)
    assert error_id is not None
    assert error_id[1] in answer.text
    assert "hunter2" in caplog.text


def test_who_leaves_in_the_middle_of_a_form_is_no_error(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    def left() -> None:
        raise ClientDisconnect

    client.app.router.routes.insert(0, _route("/left", left))

    assert client.get("/left").status_code == 400
    assert not [one for one in caplog.records if one.levelname == "ERROR"]


def test_an_old_schema_is_refused_at_the_start(tmp_path: Any, start: Callable[[FastAPI], Client]) -> None:
    with pytest.raises(SchemaTooOld):
        start(create_app(Settings(data_dir=tmp_path, embedded_worker=False)))


def test_what_one_application_adds_is_not_in_another(client: Client, make_client: Callable[..., Client]) -> None:
    client.app.router.routes.insert(0, _route("/only-here", lambda: None))
    other = make_client(public_url="https://grade.example.org")

    assert client.get("/only-here").status_code == 200
    assert other.get("/only-here").status_code == 404
    assert client.app.state.context.settings.public_url != other.app.state.context.settings.public_url


def _route(path: str, endpoint: Callable[[], None]) -> Any:
    app = FastAPI()
    app.add_api_route(path, endpoint)
    return app.router.routes[-1]
