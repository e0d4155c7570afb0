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
    assert page.count("Add two people and change one role") == 2  # the title and the button
    assert "Cy &lt;b&gt;" in page
    assert "joins with a new account" in page
    assert "is here already, as student; becomes assistant" in page
    assert emails(site) == {"student", "peer", "teacher"}
    assert send(site, f"{PEOPLE}/add", people=text).status_code == 303
    assert emails(site) == {"student", "peer", "teacher", "cy", "stranger"}
    assert "three students" in site.client.get(PEOPLE).text


@pytest.mark.parametrize(
    ("heads", "said"),
    [
        ("Name,Email", ""),
        ("Name,Email,<b>", "The column “&lt;b&gt;” is left out: there is no place for it here."),
        ("Name,Email,section,id", "The columns “section” and “id” are left out: there is no place for them here."),
        (
            "Name,Email,a,b,c,d,e,f,g,h",
            "The columns “a”, “b”, “c”, “d”, “e”, “f” and two more are left out: there is no place for them here.",
        ),
    ],
)
def test_columns_that_are_left_out_are_told(site: Any, heads: str, said: str) -> None:
    site.login("teacher")
    line = "Cy,cy@example.org" + ",7" * (heads.count(",") - 1)
    page = send(site, f"{PEOPLE}/preview", people=f"{heads}\n{line}").text
    assert "Add one person" in page
    assert said in page if said else "left out" not in page


def look_at(site: Any, data: bytes, people: str = "") -> Any:
    form = {"csrf_token": site.token(), "people": people}
    return site.client.post(f"{PEOPLE}/preview", data=form, files={"file": ("r.csv", data)})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_file_is_a_list_too_in_the_letters_that_spreadsheets_write(site: Any, encoding: str) -> None:
    site.login("teacher")
    answer = look_at(site, "Zoë,zoe@example.org".encode(encoding))
    assert answer.status_code == 200
    assert "Zoë" in answer.text
    assert "Add one person" in answer.text
    assert ("it was read as Windows-1252" in answer.text) is (encoding == "cp1252")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04rest", "This is an Excel workbook or an archive."),
        ("Zoë,zoe@example.org".encode("utf-16-le"), "it holds NUL bytes"),
        (b"Zo\x81,zoe@example.org", "This file is no text."),
    ],
)
def test_a_file_that_is_no_list_is_told_on_the_form(site: Any, data: bytes, said: str) -> None:
    site.login("teacher")
    answer = look_at(site, data)
    assert answer.status_code == 422
    assert said in answer.text
    assert 'name="people"' in answer.text
    assert 'name="file"' in answer.text


def test_a_file_and_a_pasted_list_are_not_both_meant(site: Any) -> None:
    site.login("teacher")
    answer = look_at(site, b"Zoe,zoe@example.org", "Cy,cy@example.org")
    assert answer.status_code == 422
    assert "There is a file and a pasted list" in answer.text
    assert "Cy,cy@example.org</textarea>" in answer.text


def test_the_button_says_what_it_will_do(site: Any) -> None:
    site.login("teacher")
    assert "Change one role" in send(site, f"{PEOPLE}/preview", people="S,student@example.org,assistant").text
    page = send(site, f"{PEOPLE}/preview", people="student <b>name</b>,student@example.org").text
    assert "Nothing would change" in page
    assert f'action="{PEOPLE}/add"' not in page


def test_a_list_that_leaves_no_instructor_is_told_on_the_form_and_kept(site: Any) -> None:
    site.login("teacher")
    text = "T,teacher@example.org,student"
    answer = send(site, f"{PEOPLE}/preview", people=text)
    assert answer.status_code == 422
    for page in (answer.text, send(site, f"{PEOPLE}/add", people=text).text):
        assert "A course keeps at least one instructor." in page
        assert f"{text}</textarea>" in page


def test_staff_whose_address_may_be_anothers_are_told_on_the_form(site: Any) -> None:
    with site.context.database.transaction() as tx:
        tx.accounts.add_user("prof@example.org", "Not Prof", "hash", site.now, email_confirmed=False)
    site.login("teacher")
    text = "P,prof@example.org,instructor"
    answer = send(site, f"{PEOPLE}/add", people=text)
    assert answer.status_code == 409
    assert "Nobody has proved that prof@example.org is theirs" in answer.text
    assert f"{text}</textarea>" in answer.text


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
    asked = site.client.get(f"{PEOPLE}/{peer}").text.split('<details class="block-s sure">')[1].split("</details>")[0]
    assert f'action="{PEOPLE}/{peer}/remove"' in asked  # the button is there only after a first click
    assert "<details open" not in asked
    assert "can no longer open this course" in asked
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


def test_people_are_found_by_a_part_of_name_or_address(site: Any) -> None:
    site.login("teacher")
    page = site.client.get(f"{PEOPLE}?q=PEER").text
    assert "peer &lt;b&gt;name&lt;/b&gt;" in page
    assert "student &lt;b&gt;name" not in page
    assert "One person is found" in page
    assert "two students" in page  # the course has no fewer people for it
    page = site.client.get(f"{PEOPLE}?q=%22%3E%3Cb%3E").text
    assert "Nobody is found" in page
    assert 'value="&#34;&gt;&lt;b&gt;"' in page
    assert "student &lt;b&gt;name" in site.client.get(f"{PEOPLE}?q=").text
