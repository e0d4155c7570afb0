"""Forms of other sites are refused, by origin and by token."""

import pytest

from app.errors import ForgedRequest
from app.security.csrf import check_origin, check_token

HERE = "https://grade.example.org"


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "none"},
        {"origin": HERE},
        {"origin": "http://127.0.0.1:8000", "host": "127.0.0.1:8000"},
        {},
    ],
)
def test_our_own_forms_pass(headers: dict[str, str]) -> None:
    check_origin(headers, HERE)


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site", "origin": HERE},
        {"sec-fetch-site": "same-site", "origin": HERE},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "https://grade.example.org.evil.example", "host": "grade.example.org"},
    ],
)
def test_forms_of_other_sites_do_not(headers: dict[str, str]) -> None:
    with pytest.raises(ForgedRequest):
        check_origin(headers, HERE)


def test_the_right_token_passes() -> None:
    check_token("secret", "secret")


@pytest.mark.parametrize("sent", [None, "", "Secret", "secret ", "sécret", 7])
def test_any_other_does_not(sent: object) -> None:
    with pytest.raises(ForgedRequest):
        check_token(sent, "secret")
