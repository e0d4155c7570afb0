"""Signing in and out."""

from typing import Any

FORM = {"email": "student@example.org", "password": "correct horse", "next": "/courses/ece421"}


def test_right_password_leads_on_and_sets_a_guarded_cookie(site: Any) -> None:
    answer = site.client.post("/login", data=FORM)
    assert (answer.status_code, answer.headers["location"]) == (303, "/courses/ece421")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie


def test_wrong_password_shows_the_form_again_without_the_password(site: Any) -> None:
    answer = site.client.post("/login", data={**FORM, "password": "wrong password"})
    assert answer.status_code == 401
    assert "do not belong together" in answer.text
    assert 'value="student@example.org"' in answer.text
    assert "wrong password" not in answer.text
    assert 'name="next" value="/courses/ece421"' in answer.text


def test_unknown_account_is_answered_the_same_way(site: Any) -> None:
    known = site.client.post("/login", data={**FORM, "password": "wrong password"})
    unknown = site.client.post("/login", data={**FORM, "email": "nobody@example.org", "password": "wrong password"})
    assert unknown.status_code == known.status_code
    assert unknown.text.replace("nobody@", "student@") == known.text


def test_guessing_is_slowed_down(site: Any) -> None:
    for _ in range(3):
        site.client.post("/login", data={**FORM, "password": "wrong password"})
    answer = site.client.post("/login", data=FORM)
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0


def test_other_sites_cannot_be_the_target(site: Any) -> None:
    assert site.client.post("/login", data={**FORM, "next": "//evil.example"}).headers["location"] == "/"


def test_form_from_another_site_is_refused(site: Any) -> None:
    headers = {"sec-fetch-site": "cross-site"}
    assert site.client.post("/login", data=FORM, headers=headers).status_code == 403


def test_who_is_signed_in_goes_on_at_once(site: Any) -> None:
    site.login("student")
    assert site.client.get("/login?next=/courses/ece421").headers["location"] == "/courses/ece421"


def test_sign_out_ends_the_session(site: Any) -> None:
    site.login("student")
    assert site.client.post("/logout", data={"csrf_token": site.token()}).headers["location"] == "/login"
    assert site.client.get("/").status_code == 303


def test_sign_out_needs_the_token(site: Any) -> None:
    site.login("student")
    assert site.client.post("/logout", data={"csrf_token": "guessed"}).status_code == 403
    assert site.client.get("/").status_code == 200
