"""Whatever is asked, the answer is an answer: no request makes a fault of ours."""

import base64
from typing import Any

import pytest

ODD = [
    "%00",
    "%FF%FE",
    "%ED%A0%80",
    "..%2f..%2fetc",
    "'%20OR%201=1--",
    "%F0%9F%92%A9",
    "a" * 3000,
    "%25s%25n",
    "{{7*7}}",
]
PLACES = [
    "/api/v1/courses/{}/assignments",
    "/api/v1/courses/nn/assignments/{}/starter",
    "/api/v1/courses/nn/assignments/{}/grades",
    "/api/v1/courses/nn/assignments/ece421-numpy-nn/submissions?cursor={}",
    "/api/v1/courses/nn/assignments/ece421-numpy-nn/submissions?limit={}",
    "/api/v1/submissions/{}",
    "/api/v1/submissions/{}/report",
    "/submissions/{}",
    "/courses/{}",
    "/courses/nn/assignments/{}",
    "/static/{}",
    "/login?next={}",
]


@pytest.mark.parametrize("place", PLACES)
def test_odd_names_are_not_found_or_malformed(school: Any, place: str) -> None:
    school.sign_in("ines")
    for odd in ODD:
        answer = school.client.get(place.format(odd), headers=school.bearer("ines"))

        assert answer.status_code < 500, (place, odd, answer.text)


@pytest.mark.parametrize(
    "place",
    [
        "0001-01-01T00:00:00+14:00 x",
        "9999-12-31T23:59:59-14:00 x",
        "2026-09-01T12:00:00+00:00 a\0b",
        "2026-09-01T12:00:00 x",
        "2026-09-01T12:00:00+00:00 ",
    ],
)
@pytest.mark.parametrize("person", ["ada", "ines"])
def test_a_cursor_that_somebody_made_up_is_refused(school: Any, place: str, person: str) -> None:
    cursor = base64.urlsafe_b64encode(place.encode()).decode().rstrip("=")
    school.hand_in("ada")
    answer = school.client.get(f"{school.submissions_path}?cursor={cursor}", headers=school.bearer(person))

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/cursor")


@pytest.mark.parametrize(
    "headers",
    [
        {"Cookie": "chainrule=\x80\xff"},
        {"Cookie": "chainrule=" + "a" * 5000},
        {"Cookie": "=;;=;chainrule"},
        {"Authorization": "Bearer cr_\xe9"},
        {"If-None-Match": '"' * 100},
        {"Content-Type": "multipart/form-data; boundary=" + "x" * 1000},
        {"Content-Type": "multipart/form-data; boundary=\xff; charset=utf-99"},
        {"Content-Type": "application/x-www-form-urlencoded; charset=klingon"},
        {"Idempotency-Key": "\xff"},
        {"Origin": "\xff", "Host": "\xff"},
    ],
)
@pytest.mark.parametrize("path", ["/login", "/logout", "/", "SUBMISSIONS"])
def test_odd_headers_are_no_fault_of_ours(school: Any, path: str, headers: dict[str, str]) -> None:
    raw = [(name.encode(), value.encode("latin-1")) for name, value in {**school.bearer("ada"), **headers}.items()]
    address = school.submissions_path if path == "SUBMISSIONS" else path
    for method in ("GET", "POST", "HEAD", "PATCH"):
        answer = school.client.request(
            method, address, headers=raw, content=b"csrf_token=%FF&email=%00&password=%ED%A0%80"
        )

        assert answer.status_code < 500, (method, address, headers, answer.text)
