"""A form that comes too late, from an old page, or too large: nothing is done, what was written is there to copy."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

PATH = "/courses/ece421/assignments/ece421-numpy-nn"
UPLOAD = f"{PATH}/submissions"
SOURCE = "def relu(x):\n    return x  # <b>\n"
SHOWN = "def relu(x):\n    return x  # &lt;b&gt;\n"
ORIGIN = "http://127.0.0.1:8000"


def attempts(site: Any) -> int:
    with site.context.database.reading() as tx:
        user = tx.accounts.by_email("student@example.org")
        return len(tx.submissions.attempts_used(site.assignment.id, user.id))


def sign_in_link(page: str) -> str:
    return page.split('href="/login?next=')[1].split('"')[0]


@pytest.mark.parametrize("path", [UPLOAD, f"{PATH}/check"])
def test_after_the_sign_in_has_ended_a_paste_is_kept_and_the_way_back_is_shown(site: Any, path: str) -> None:
    site.login("student")
    form = {"csrf_token": site.token(), "code": SOURCE}
    site.client.forget()
    answer = site.client.post(path, data=form, headers={"referer": f"{ORIGIN}{PATH}?x=1"})

    assert answer.status_code == 401
    assert "Nothing was handed in" in answer.text
    assert "No attempt is used." in answer.text
    assert SHOWN in answer.text
    assert "readonly" in answer.text
    target = parse_qs(urlsplit("/login?next=" + sign_in_link(answer.text)).query)["next"]
    assert target == [f"{PATH}?x=1"]
    site.login("student")
    assert site.client.get(target[0]).status_code == 200
    assert attempts(site) == 0


def test_a_file_cannot_be_kept_and_that_is_said(site: Any) -> None:
    answer = site.client.post(UPLOAD, data={"csrf_token": "x"}, files={"file": ("a1.py", b"x = 1")})

    assert answer.status_code == 401
    assert "choose it again" in answer.text
    assert "%2Fsubmissions" in sign_in_link(answer.text)  # which leads on to the page of the form


def test_a_page_from_an_earlier_sign_in_keeps_the_paste_too(site: Any) -> None:
    site.login("student")
    old = site.token()
    site.login("student")
    answer = site.client.post(UPLOAD, data={"csrf_token": old, "code": SOURCE}, headers={"referer": ORIGIN + PATH})

    assert answer.status_code == 403
    assert "Nothing was handed in" in answer.text
    assert "This page is from an earlier sign-in." in answer.text
    assert SHOWN in answer.text
    assert f'href="{PATH}">Back to the page' in answer.text
    assert attempts(site) == 0


def test_of_a_form_of_another_site_nothing_is_shown(site: Any) -> None:
    elsewhere = {"origin": "https://evil.example", "referer": "https://evil.example/login"}
    out = site.client.post(UPLOAD, data={"code": "planted"}, headers=elsewhere)
    site.login("student")
    signed_in = site.client.post(UPLOAD, data={"code": "planted"}, headers=elsewhere)

    assert (out.status_code, signed_in.status_code) == (401, 403)
    for page in (out.text, signed_in.text):
        assert "planted" not in page
        assert "evil" not in page


def test_other_forms_say_that_nothing_was_saved(site: Any) -> None:
    people = "/courses/ece421/people"
    answer = site.client.post(
        f"{people}/add", data={"people": "Cy,cy@example.org"}, headers={"referer": f"{ORIGIN}{people}/preview"}
    )

    assert answer.status_code == 401
    assert "Nothing was saved" in answer.text
    assert "The list that you had pasted" in answer.text
    assert "Cy,cy@example.org" in answer.text
    site.login("teacher")
    assert site.client.get(f"{people}/preview").headers["location"].startswith(people)


@pytest.mark.parametrize(
    ("path", "referer", "back"),
    [
        ("/profile", f"{ORIGIN}/profile", "%2Fprofile"),
        ("/profile", "http://other.example/profile", "%2Fprofile"),
        ("/courses/ece421/copy", f"{ORIGIN}//evil.example", "%2F"),
        ("/courses/ece421/copy", f"{ORIGIN}/nowhere/at/all", "%2F"),
        ("/courses/ece421/copy", f"{ORIGIN}/courses/ece421/settings", "%2Fcourses%2Fece421%2Fsettings"),
    ],
)
def test_the_way_back_leads_to_a_page_of_ours(site: Any, path: str, referer: str, back: str) -> None:
    page = site.client.post(path, data={}, headers={"referer": referer}).text
    assert sign_in_link(page) == back


def test_a_body_that_is_no_form_is_told_in_words_for_people(site: Any) -> None:
    site.login("student")
    answer = site.client.post(UPLOAD, content=b"{}", headers={"content-type": "application/json"})

    assert answer.status_code == 415
    assert "Nothing was handed in" in answer.text
    assert "`file`" not in answer.text
    assert "multipart" not in answer.text


def test_a_form_that_cannot_be_parsed_keeps_nothing(site: Any) -> None:
    kind = {"content-type": "multipart/form-data; boundary=x"}
    answer = site.client.post(UPLOAD, content=b"--y\r\nnonsense", headers=kind)

    assert answer.status_code == 401
    assert "Nothing was handed in" in answer.text


def test_an_upload_that_is_too_large_to_be_read_leads_back(site: Any) -> None:
    site.login("student")
    answer = site.upload(b"#" * 1_300_000)

    assert answer.status_code == 413
    assert "Nothing was handed in" in answer.text
    assert "This is larger than 1.0 MB, the most that is taken." in answer.text
    assert "was not read" in answer.text
    assert f'href="{UPLOAD}">Back to the page' in answer.text
    assert site.client.get(UPLOAD).headers["location"] == f"{PATH}#upload"


def test_a_list_that_is_too_large_is_no_upload_of_a_student(site: Any) -> None:
    site.login("teacher")
    form = {"csrf_token": site.token(), "people": "x" * 1_300_000}
    answer = site.client.post("/courses/ece421/people/preview", data=form)

    assert answer.status_code == 413
    assert "Nothing was saved" in answer.text
    assert "This is larger than 1.0 MB, the most that is taken here." in answer.text


def test_signing_out_twice_says_nothing_of_work(site: Any) -> None:
    assert "Nothing was saved" not in site.client.post("/logout", data={}).text
