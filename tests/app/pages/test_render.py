"""Rendering: escaping, missing names, the error page."""

import pytest
from fastapi import FastAPI
from jinja2 import UndefinedError
from starlette.requests import Request

from app.pages.error_page import error_page
from app.pages.render import render


@pytest.fixture
def request_of_nobody() -> Request:
    """A request to an application that has not started."""
    asked = {"type": "http", "query_string": b"", "method": "GET", "path": "/", "headers": [], "app": FastAPI()}
    request = Request(asked)
    request.state.login = None
    return request


def test_values_are_escaped(request_of_nobody: Request) -> None:
    page = error_page(request_of_nobody, 404, "<b>", "<script>alert(1)</script>")
    assert page.status_code == 404
    assert b"<script>alert" not in page.body
    assert b"&lt;script&gt;" in page.body


def test_a_name_nobody_gave_is_an_error_and_not_an_empty_page(request_of_nobody: Request) -> None:
    with pytest.raises(UndefinedError):
        render(request_of_nobody, "error.html")


def test_unsafe_level_of_the_application_shows_the_banner(request_of_nobody: Request) -> None:
    request_of_nobody.app.state.sandbox_level = "unsafe"
    assert b"Development sandbox." in error_page(request_of_nobody, 404, "a", "b").body
