"""Secrets of links stay out of the logs."""

import logging

import pytest

from app.security.links import WithoutSecrets, invitation_link, reset_link


@pytest.mark.parametrize("link", [invitation_link("", "s3cr-et_"), reset_link("https://grade.example", "s3cr-et_")])
def test_a_log_line_keeps_the_address_without_its_secret(link: str) -> None:
    lines = [
        logging.LogRecord("uvicorn.access", 20, "", 0, '%s - "%s %s" %d', ("1.2.3.4", "GET", f"{link}?x=1", 200), None),
        logging.LogRecord("x", 20, "", 0, f"at {link}", None, None),
    ]
    for line in lines:
        assert WithoutSecrets().filter(line)

    said = [line.getMessage() for line in lines]
    assert all("s3cr" not in words and words.count("/...") == 1 for words in said)
    assert said[0].endswith('?x=1" 200')


@pytest.mark.parametrize("path", ["/login?next=%2Finvitations%2Fs3cr-et_", "/login/oidc?next=/invitations/s3cr-et_"])
def test_nor_do_they_show_in_a_query(path: str) -> None:
    line = logging.LogRecord("uvicorn.access", 20, "", 0, "%s", (path,), None)
    WithoutSecrets().filter(line)

    assert "s3cr" not in line.getMessage()


def test_other_lines_stay_as_they_are() -> None:
    line = logging.LogRecord("x", 20, "", 0, "%(n)s of /courses/nn/reset", ({"n": 3},), None)
    WithoutSecrets().filter(line)

    assert line.getMessage() == "3 of /courses/nn/reset"
