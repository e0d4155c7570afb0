"""A method that an address does not take is answered with all those that it takes."""

from typing import Any

import pytest

from tests.app.conftest import ASSIGNMENT

ONE = f"/api/v1/courses/nn/assignments/{ASSIGNMENT}"


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", "/api/v1/courses", "GET, HEAD, POST"),
        ("PUT", ONE, "GET, HEAD, PATCH, DELETE"),
        ("POST", f"{ONE}/grades", "GET, HEAD"),
        ("GET", "/logout", "POST"),
        ("PUT", "/login", "GET, HEAD, POST"),
        ("POST", "/healthz", "GET, HEAD"),
        ("POST", "/static/icon.svg", "GET, HEAD"),
        ("OPTIONS", "/api/v1/courses", "GET, HEAD, POST"),
    ],
)
def test_allow_names_every_method_of_the_address(school: Any, method: str, path: str, allowed: str) -> None:
    answer = school.client.request(method, path, headers=school.bearer("ines"))

    assert (answer.status_code, answer.headers["allow"]) == (405, allowed)
