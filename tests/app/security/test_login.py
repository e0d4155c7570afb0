"""Signing in: wrong guesses, the cookie, its end, and forms that are not ours."""

import re
from typing import Any

import pytest
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

PASSWORD = "correct horse"


def enter(school: Any, email: str = "ada@example.org", password: str = PASSWORD, **headers: str) -> Any:
    return school.client.post("/login", data={"email": email, "password": password, "next": "/"}, headers=headers)


def test_the_cookie_is_for_this_site_and_no_script(school: Any) -> None:
    answer = enter(school)
    cookie = answer.headers["set-cookie"].lower()

    assert answer.status_code == 303
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "path=/" in cookie
    assert "secure" not in cookie


def test_over_https_the_cookie_stays_there(school: Any) -> None:
    object.__setattr__(
        school.context, "settings", school.context.settings.model_copy(update={"public_url": "https://grade.example"})
    )
    cookie = enter(school).headers["set-cookie"]

    assert cookie.startswith("__Host-")
    assert "secure" in cookie.lower()


def test_only_the_hash_of_the_cookie_is_stored(school: Any, tmp_path: Any) -> None:
    secret = enter(school).cookies["chainrule"]
    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.name.startswith("chainrule.sqlite3"))

    assert secret.encode() not in stored
    assert b"ada@example.org" in stored


def test_a_password_that_was_hashed_with_other_costs_is_hashed_anew(school: Any) -> None:
    old = PasswordHash((Argon2Hasher(time_cost=2, memory_cost=16, parallelism=1),)).hash(PASSWORD)

    def stored() -> str | None:
        with school.context.database.reading() as tx:
            found = tx.accounts.credentials("ada@example.org")
        return str(found[1]) if found else None

    with school.context.database.transaction() as tx:
        tx.accounts.set_password(school.people["ada"].id, old)
    enter(school, password="wrong horse")
    assert stored() == old
    assert enter(school).status_code == 303
    renewed = stored()
    assert renewed != old
    assert enter(school).status_code == 303
    assert stored() == renewed


@pytest.mark.parametrize(
    ("email", "password"),
    [("ada@example.org", "wrong horse"), ("nobody@example.org", PASSWORD), ("", ""), ("a\x00", "b")],
)
def test_a_wrong_login_says_the_same_whatever_is_wrong(school: Any, email: str, password: str) -> None:
    answer = enter(school, email, password)

    assert answer.status_code == 401
    assert "do not belong together" in answer.text
    assert "set-cookie" not in answer.headers


def test_the_address_is_read_in_any_case(school: Any) -> None:
    assert enter(school, " ADA@Example.org ").status_code == 303


def test_guessing_is_paused(school: Any) -> None:
    for _ in range(10):
        assert enter(school, password="wrong horse").status_code == 401
    paused = enter(school)
    school.clock.forward(301)

    assert paused.status_code == 429
    assert int(paused.headers["retry-after"]) > 0
    assert enter(school).status_code == 303


def test_a_session_ends(school: Any) -> None:
    school.sign_in("ada")
    assert school.client.get("/").status_code == 200
    school.clock.forward(12 * 3600 + 1)

    assert school.client.get("/").status_code == 303


def test_a_made_up_cookie_is_nobody(school: Any) -> None:
    school.client.http.cookies.set("chainrule", "made up")

    assert school.client.get("/").status_code == 303


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}])
def test_a_sign_in_from_another_site_is_refused(school: Any, headers: dict[str, str]) -> None:
    assert enter(school, **headers).status_code == 403


def test_signing_out_needs_the_token_of_the_session(school: Any) -> None:
    school.sign_in("ada")
    token = re.search(r'name="csrf_token" value="([^"]+)"', school.client.get("/").text)
    assert token is not None
    without = school.client.post("/logout", data={"other": "x"})
    wrong = school.client.post("/logout", data={"csrf_token": "x" + token[1]})
    foreign = school.client.post("/logout", data={"csrf_token": token[1]}, headers={"Sec-Fetch-Site": "cross-site"})
    assert (without.status_code, wrong.status_code, foreign.status_code) == (403, 403, 403)
    assert school.client.get("/").status_code == 200
    cookie = school.client.http.cookies["chainrule"]

    assert school.client.post("/logout", data={"csrf_token": token[1]}).status_code == 303
    school.client.http.cookies.set("chainrule", cookie)
    assert school.client.get("/").status_code == 303


def test_the_token_may_come_in_a_header(school: Any) -> None:
    school.sign_in("ada")
    token = re.search(r'name="csrf_token" value="([^"]+)"', school.client.get("/").text)
    assert token is not None

    assert school.client.post("/logout", data={"other": "x"}, headers={"X-CSRF-Token": token[1]}).status_code == 303
