"""One's own account: name, zone, password, browsers and tokens; and nobody else's."""

import re
from typing import Any

import pytest

from tests.fakes.client import Client

PASSWORD = "correct horse"
PASSWORDS = {"present": PASSWORD, "password": "battery staple", "again": "battery staple"}


@pytest.fixture
def ada(school: Any) -> Any:
    """The school, with ada signed in."""
    school.sign_in("ada")
    return school


def send(school: Any, path: str, **fields: str) -> Any:
    """Send a form of the profile page."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', school.client.get("/profile").text)
    assert found is not None
    return school.client.post(f"/profile{path}", data={"csrf_token": found[1], **fields})


def other_browser(school: Any, who: str = "ada") -> dict[str, str]:
    """Signs in elsewhere and comes back; the cookies of elsewhere."""
    here = dict(school.client.http.cookies)
    school.client.forget()
    form = {"email": f"{who}@example.org", "password": PASSWORD}
    school.client.post("/login", data=form, headers={"user-agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"})
    there = dict(school.client.http.cookies)
    be(school.client, here)
    return there


def be(client: Client, cookies: dict[str, str]) -> None:
    client.forget()
    client.http.cookies.update(cookies)


def test_a_name_and_a_zone_are_kept(ada: Any) -> None:
    answer = send(ada, "", name=" Ada  Lovelace", time_zone="Asia/Tokyo")
    page = ada.client.get(answer.headers["location"]).text

    assert "saved" in page
    assert 'value="Asia/Tokyo" selected' in page
    assert ">Ada  Lovelace</a>" in page


def test_times_are_shown_in_the_zone_of_the_reader(ada: Any) -> None:
    path = f"/courses/nn/assignments/{ada.asked.slug}"
    assert "Tuesday 8 Sep, 12:00" in ada.client.get("/courses/nn").text
    send(ada, "", name="Ada", time_zone="Asia/Tokyo")

    for page in ("/", "/courses/nn", path):
        text = ada.client.get(page).text
        assert "Tuesday 8 Sep, 21:00" in text, page
        assert "Tokyo time, UTC+9" in text, page
    submission = ada.hand_in()
    assert "21:00:00" in ada.client.get(f"/submissions/{submission}").text
    ada.sign_in("bashir")
    assert "Tuesday 8 Sep, 12:00" in ada.client.get("/courses/nn").text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": ""}, "Write your name"),
        ({"name": "Ada\neve@example.org\tEve"}, "This is one line"),
        ({"name": "Ada\tEve"}, "This is one line"),
        ({"name": "Ada", "time_zone": "Middle/Earth"}, "not a time zone"),
    ],
)
def test_a_mistake_is_shown_at_its_field(ada: Any, fields: dict[str, str], said: str) -> None:
    answer = send(ada, "", **fields)

    assert answer.status_code == 422
    assert said in answer.text
    assert answer.text.count('aria-invalid="true"') == 1


def test_a_password_is_changed_and_other_browsers_signed_out(ada: Any) -> None:
    there = other_browser(ada)
    here = dict(ada.client.http.cookies)
    assert send(ada, "/password", **PASSWORDS).status_code == 303
    assert ada.client.get("/").status_code == 200
    be(ada.client, there)
    assert ada.client.get("/").status_code == 303
    ada.client.forget()
    form = {"email": "ada@example.org", "password": PASSWORDS["password"]}

    assert ada.client.post("/login", data=form).status_code == 303
    assert here != there


@pytest.mark.parametrize(
    ("change", "field"),
    [({"present": "wrong horse"}, "present"), ({"password": "x", "again": "x"}, "password"), ({"again": "x"}, "again")],
)
def test_a_wrong_password_form_changes_nothing(ada: Any, change: dict[str, str], field: str) -> None:
    answer = send(ada, "/password", **{**PASSWORDS, **change})

    assert answer.status_code == 422
    assert re.search(rf'<input id="{field}"[^>]*aria-invalid="true"', answer.text)
    assert "battery staple" not in answer.text
    ada.sign_in("ada")


def test_a_stolen_session_cannot_guess_the_password_for_ever(ada: Any) -> None:
    codes = [send(ada, "/password", **{**PASSWORDS, "present": f"guess {n}"}).status_code for n in range(11)]
    answer = send(ada, "/password", **PASSWORDS)

    assert codes == [422] * 10 + [429]
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0


def test_browsers_are_listed_and_ended_one_by_one(ada: Any) -> None:
    there = other_browser(ada)
    page = ada.client.get("/profile").text
    assert "Firefox on Linux" in page
    assert page.count("this browser") == 1
    (key,) = re.findall(r'name="session" value="([^"]+)"', page)
    assert send(ada, "/sessions/end", session=key).headers["location"] == "/profile?done=session"
    assert ada.client.get("/").status_code == 200
    be(ada.client, there)

    assert ada.client.get("/").status_code == 303


def test_all_others_are_ended_at_once(ada: Any) -> None:
    others = [other_browser(ada) for _ in range(2)]
    stranger = other_browser(ada, "bashir")
    assert send(ada, "/sessions/end").headers["location"] == "/profile?done=sessions"
    assert ada.client.get("/").status_code == 200
    for cookies in others:
        be(ada.client, cookies)
        assert ada.client.get("/").status_code == 303
    be(ada.client, stranger)
    assert ada.client.get("/").status_code == 200


def test_nobody_ends_what_is_not_theirs(ada: Any) -> None:
    stranger = other_browser(ada, "bashir")
    with ada.context.database.transaction() as tx:
        (theirs,) = tx.accounts.sessions(ada.people["bashir"].id, ada.clock())
        token = tx.accounts.add_token(ada.people["bashir"].id, "ci", "h", frozenset(), ada.clock(), None)
    send(ada, "/sessions/end", session=theirs.key)
    send(ada, "/tokens/revoke", token=token.id)
    be(ada.client, stranger)

    assert ada.client.get("/").status_code == 200
    with ada.context.database.reading() as tx:
        assert len(tx.accounts.tokens(ada.people["bashir"].id)) == 1


def test_the_last_use_is_kept_to_ten_minutes(ada: Any) -> None:
    def seen() -> Any:
        with ada.context.database.reading() as tx:
            return tx.accounts.sessions(ada.people["ada"].id, ada.clock())[0].last_seen_at

    first = seen()
    ada.clock.forward(599)
    ada.client.get("/")
    assert seen() == first
    ada.clock.forward(1)
    ada.client.get("/")
    assert seen() == ada.clock()


def test_a_token_is_shown_once_and_works_within_its_scopes(ada: Any) -> None:
    form = {"name": "my script", "submissions:read": "yes", "days": "30"}
    page = send(ada, "/tokens", **form).text
    found = re.search(r"cr_[\w-]{43}", page)
    assert found is not None
    bearer = {"Authorization": f"Bearer {found[0]}"}
    assert ada.client.get("/api/v1/courses", headers=bearer).status_code == 200
    refused = ada.client.post(ada.submissions_path, headers=bearer, files={"file": ("a.py", b"x = 1")})
    listed = ada.client.get("/profile").text

    assert refused.status_code == 403
    assert found[0] not in listed
    assert "my script" in listed
    assert "read submissions and their results" in listed
    ada.clock.forward(30 * 86_400)
    assert ada.client.get("/api/v1/courses", headers=bearer).status_code == 401


def test_a_revoked_token_ends_at_once(ada: Any) -> None:
    found = re.search(r"cr_[\w-]{43}", send(ada, "/tokens", **{"name": "x", "grades:read": "yes", "days": "90"}).text)
    assert found is not None
    (key,) = re.findall(r'name="token" value="([^"]+)"', ada.client.get("/profile").text)
    assert send(ada, "/tokens/revoke", token=key).headers["location"] == "/profile?done=token"

    bearer = {"Authorization": f"Bearer {found[0]}"}
    assert ada.client.get("/api/v1/courses", headers=bearer).status_code == 401


@pytest.mark.parametrize(
    "form",
    [
        {"name": "", "grades:read": "yes", "days": "30"},
        {"name": "x", "days": "30"},
        {"name": "x", "grades:read": "yes", "days": "36500"},
        {"name": "x", "everything": "yes", "days": "30"},
    ],
)
def test_a_token_needs_a_name_something_to_do_and_an_end(ada: Any, form: dict[str, str]) -> None:
    assert send(ada, "/tokens", **form).status_code == 422
    with ada.context.database.reading() as tx:
        assert tx.accounts.tokens(ada.people["ada"].id) == []


def test_there_is_a_most_of_tokens(ada: Any) -> None:
    with ada.context.database.transaction() as tx:
        for number in range(50):
            tx.accounts.add_token(ada.people["ada"].id, "x", f"h{number}", frozenset(), ada.clock(), None)

    assert "50 tokens" in send(ada, "/tokens", **{"name": "x", "grades:read": "yes", "days": "90"}).text


def test_who_has_no_password_is_not_asked_for_one(ada: Any) -> None:
    with ada.context.database.transaction() as tx:
        tx.accounts.set_password(ada.people["ada"].id, None)
    page = ada.client.get("/profile").text

    assert "has no password" in page
    assert 'name="present"' not in page


@pytest.mark.parametrize("path", ["", "/password", "/sessions/end", "/tokens", "/tokens/revoke"])
def test_every_form_needs_its_token(ada: Any, path: str) -> None:
    assert ada.client.post(f"/profile{path}", data={"csrf_token": "guessed"}).status_code == 403
    ada.client.forget()
    assert ada.client.post(f"/profile{path}", data={}).status_code == 401


def test_the_api_is_described_where_its_tokens_are_made_and_on_the_pages_of_staff(ada: Any) -> None:
    page = ada.client.get("/profile").text
    for address in ("/api/v1/openapi.json", "/api/v1/problems"):
        assert f'href="{address}"' in page
        assert ada.client.get(address).status_code == 200
    assert "/api/v1/openapi.json" not in ada.client.get("/courses/nn").text
    ada.client.forget()
    ada.sign_in("ines")
    assert 'href="/api/v1/openapi.json"' in ada.client.get("/courses/nn").text
