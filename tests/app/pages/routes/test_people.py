"""The roster's pages: a preview first, all or nothing, and only for those who may."""

from typing import Any

import pytest

PEOPLE = "/courses/ece421/people"


def send(site: Any, path: str, **fields: str) -> Any:
    return site.client.post(path, data={"csrf_token": site.token(), **fields})


def emails(site: Any) -> set[str]:
    with site.context.database.reading() as tx:
        course = tx.courses.by_slug("ece421")
        return {one.user.email.partition("@")[0] for one in tx.courses.people(course)}


def user_id(site: Any, who: str) -> str:
    with site.context.database.reading() as tx:
        return str(tx.accounts.by_email(f"{who}@example.org").id)


def test_a_list_is_looked_at_before_anything_is_done(site: Any) -> None:
    site.login("teacher")
    text = "Cy <b>,cy@example.org\nS,student@example.org,assistant\nX,stranger@example.org"
    page = send(site, f"{PEOPLE}/preview", people=text).text
    assert "Add three people" in page
    assert "Cy &lt;b&gt;" in page
    assert "joins with a new account" in page
    assert "is here already, as student; becomes assistant" in page
    assert emails(site) == {"student", "peer", "teacher"}
    assert send(site, f"{PEOPLE}/add", people=text).status_code == 303
    assert emails(site) == {"student", "peer", "teacher", "cy", "stranger"}
    assert "two students" in site.client.get(PEOPLE).text.lower() or "three students" in site.client.get(PEOPLE).text


def test_a_file_is_a_list_too_and_one_that_is_no_text_is_refused(site: Any) -> None:
    site.login("teacher")
    form = {"csrf_token": site.token(), "people": ""}
    good = site.client.post(f"{PEOPLE}/preview", data=form, files={"file": ("r.csv", "Zoë,zoe@example.org".encode())})
    assert "Zoë" in good.text
    bad = site.client.post(f"{PEOPLE}/preview", data=form, files={"file": ("r.csv", b"Zo\xeb,zoe@example.org")})
    assert bad.status_code == 422
    assert "UTF-8" in bad.text


@pytest.mark.parametrize("path", ["preview", "add"])
def test_with_one_wrong_line_nobody_is_added(site: Any, path: str) -> None:
    site.login("teacher")
    answer = send(site, f"{PEOPLE}/{path}", people="Cy,cy@example.org\nDee,dee")
    assert answer.status_code == 422
    assert "Line 2: “dee” is no e-mail address." in answer.text
    assert "cy" not in emails(site)


def test_roles_change_and_people_leave(site: Any) -> None:
    site.login("teacher")
    peer = user_id(site, "peer")
    assert "peer &lt;b&gt;name&lt;/b&gt;" in site.client.get(f"{PEOPLE}/{peer}").text
    assert send(site, f"{PEOPLE}/{peer}/role", role="assistant").status_code == 303
    assert send(site, f"{PEOPLE}/{peer}/role", role="boss").status_code == 422
    assert "assistant" in site.client.get(f"{PEOPLE}/{peer}").text
    assert send(site, f"{PEOPLE}/{peer}/remove").status_code == 303
    assert "peer" not in emails(site)
    assert site.client.get(f"{PEOPLE}/{peer}").status_code == 404


def test_the_last_instructor_is_told_why_not(site: Any) -> None:
    site.login("teacher")
    answer = send(site, f"{PEOPLE}/{user_id(site, 'teacher')}/remove")
    assert answer.status_code == 409
    assert "at least one instructor" in answer.text
    assert send(site, f"{PEOPLE}/add", people="T,teacher@example.org,student").status_code == 409


@pytest.mark.parametrize(("who", "status"), [("student", 403), ("stranger", 404)])
def test_nobody_else_manages_people(site: Any, who: str, status: int) -> None:
    peer = user_id(site, "peer")
    site.login(who)
    for path in (PEOPLE, f"{PEOPLE}/{peer}"):
        assert site.client.get(path).status_code == status
    for path in ("preview", "add", f"{peer}/role", f"{peer}/remove"):
        assert send(site, f"{PEOPLE}/{path}", people="C,c@example.org", role="student").status_code == status
    assert emails(site) == {"student", "peer", "teacher"}
    assert PEOPLE not in site.client.get("/courses/ece421").text


def test_people_of_other_courses_are_not_shown(site: Any) -> None:
    site.login("teacher")
    assert site.client.get(f"{PEOPLE}/{user_id(site, 'stranger')}").status_code == 404
