"""A forgotten password: one answer for everybody, one link, one use, one hour."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.fakes.mailer import RecordingMailer

PASSWORD = "correct horse"
NEW = {"password": "battery staple", "again": "battery staple"}


@pytest.fixture
def mailer() -> RecordingMailer:
    return RecordingMailer()


@pytest.fixture
def mailing(make_client: Callable[..., Any], make_school: Callable[..., Any], mailer: RecordingMailer) -> Any:
    """The school, with mail."""
    return make_school(make_client(mailer))


def link(mailer: RecordingMailer, count: int = 1) -> str:
    found = re.search(r"http://127\.0\.0\.1:8000(/reset/[\w-]+)", mailer.wait_for(count)[-1].text)
    assert found is not None
    return found[1]


def enter(school: Any, password: str) -> int:
    return int(school.client.post("/login", data={"email": "ada@example.org", "password": password}).status_code)


def test_from_forgetting_to_a_new_password(mailing: Any, mailer: RecordingMailer) -> None:
    assert 'href="/forgot"' in mailing.client.get("/login").text
    assert mailing.client.post("/forgot", data={"email": "Ada@example.org"}).status_code == 200
    path = link(mailer)
    assert "ada@example.org" in mailing.client.get(path).text
    answer = mailing.client.post(path, data=NEW)

    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert mailing.client.get("/").status_code == 200
    mailing.client.forget()
    assert enter(mailing, PASSWORD) == 401
    assert enter(mailing, NEW["password"]) == 303


def test_every_other_browser_is_signed_out(mailing: Any, mailer: RecordingMailer) -> None:
    mailing.sign_in("ada")
    before = dict(mailing.client.http.cookies)
    mailing.client.forget()
    mailing.client.post("/forgot", data={"email": "ada@example.org"})
    mailing.client.post(link(mailer), data=NEW)
    assert mailing.client.get("/").status_code == 200
    mailing.client.forget()
    mailing.client.http.cookies.update(before)

    assert mailing.client.get("/").status_code == 303


def test_a_link_works_once_and_ends_the_others(mailing: Any, mailer: RecordingMailer) -> None:
    mailing.client.post("/forgot", data={"email": "ada@example.org"})
    first = link(mailer)
    mailing.client.post("/forgot", data={"email": "ada@example.org"})
    second = link(mailer, 2)
    assert mailing.client.post(second, data=NEW).status_code == 303

    for path in (first, second):
        assert mailing.client.get(path).status_code == 410
        assert mailing.client.post(path, data=NEW).status_code == 410


def test_a_link_works_for_an_hour(mailing: Any, mailer: RecordingMailer) -> None:
    mailing.client.post("/forgot", data={"email": "ada@example.org"})
    path = link(mailer)
    mailing.clock.forward(3599)
    assert mailing.client.get(path).status_code == 200
    mailing.clock.forward(1)

    assert mailing.client.get(path).status_code == 410
    assert mailing.client.post(path, data=NEW).status_code == 410


def test_the_answer_tells_nobody_who_has_an_account(mailing: Any, mailer: RecordingMailer) -> None:
    known = mailing.client.post("/forgot", data={"email": "ada@example.org"})
    unknown = mailing.client.post("/forgot", data={"email": "abe@example.org"})

    assert unknown.status_code == known.status_code
    assert unknown.text.replace("abe@", "ada@") == known.text
    assert {name for name in unknown.headers} == {name for name in known.headers}


def test_mailboxes_are_not_filled_and_the_pause_is_the_same_for_all(mailing: Any) -> None:
    for email in ("ada@example.org", "abe@example.org"):
        codes = [mailing.client.post("/forgot", data={"email": email}).status_code for _ in range(11)]
        assert codes == [200] * 10 + [429]
    answer = mailing.client.post("/forgot", data={"email": "ada@example.org"})

    assert int(answer.headers["retry-after"]) > 0
    assert enter(mailing, PASSWORD) == 303, "asking for links must not count as guessing"


@pytest.mark.parametrize("change", [{"password": "short", "again": "short"}, {"again": "another one"}])
def test_a_mistake_uses_nothing_up(mailing: Any, mailer: RecordingMailer, change: dict[str, str]) -> None:
    mailing.client.post("/forgot", data={"email": "ada@example.org"})
    path = link(mailer)
    answer = mailing.client.post(path, data={**NEW, **change})

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert "battery staple" not in answer.text
    assert mailing.client.post(path, data=NEW).status_code == 303


def test_what_is_no_address_is_said_so(mailing: Any) -> None:
    answer = mailing.client.post("/forgot", data={"email": "ada"})

    assert answer.status_code == 422
    assert 'value="ada"' in answer.text
    assert 'aria-invalid="true"' in answer.text


def test_a_mail_that_cannot_be_sent_fails_nothing(mailing: Any, mailer: RecordingMailer) -> None:
    mailer.fails = 100

    assert mailing.client.post("/forgot", data={"email": "ada@example.org"}).status_code == 200
    assert enter(mailing, PASSWORD) == 303


def test_without_mail_the_page_says_whom_to_ask(school: Any) -> None:
    page = school.client.get("/forgot")
    answer = school.client.post("/forgot", data={"email": "ada@example.org"})

    assert "Ask your course staff" in page.text
    assert "<form" not in page.text
    assert answer.status_code == 404
    assert "Ask your course staff" in answer.text


def test_forms_of_other_sites_are_refused(mailing: Any) -> None:
    headers = {"sec-fetch-site": "cross-site"}
    for path in ("/forgot", "/reset/x"):
        assert mailing.client.post(path, data=NEW, headers=headers).status_code == 403
