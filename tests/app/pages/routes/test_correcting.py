"""A wrong name or address of somebody who has never signed in: put right by staff, with the work and an audit line."""

import re
from typing import Any

import pytest

from submissions.models import Role
from tests.app.pages.routes.conftest import STORED

PEOPLE = "/courses/ece421/people"


def send(site: Any, path: str, **fields: str) -> Any:
    return site.client.post(path, data={"csrf_token": site.token(), **fields})


def user(site: Any, email: str) -> Any:
    with site.context.database.reading() as tx:
        return tx.accounts.by_email(email)


@pytest.fixture
def cy(site: Any) -> str:
    """The page of somebody without a way in; the teacher is signed in."""
    site.login("teacher")
    assert send(site, f"{PEOPLE}/add", people="Cy Wrnog,cy@exmaple.org").status_code == 303
    return f"{PEOPLE}/{user(site, 'cy@exmaple.org').id}"


def test_name_and_address_are_put_right_and_the_account_stays(site: Any, cy: str) -> None:
    assert 'value="cy@exmaple.org"' in site.client.get(cy).text
    answer = send(site, f"{cy}/correct", name="Cy <b>", email="CY@example.org")

    assert answer.status_code == 303
    page = site.client.get(answer.headers["location"]).text
    assert "Saved." in page
    assert "cy@example.org" in page
    assert user(site, "cy@example.org").id == cy.rpartition("/")[2]
    assert user(site, "cy@exmaple.org") is None
    history = site.client.get("/courses/ece421/history").text
    said = "corrected Cy &lt;b&gt;: name: Cy Wrnog → Cy &lt;b&gt;; address: cy@exmaple.org → cy@example.org."
    assert said in history


def test_a_link_for_the_old_address_ends(site: Any, cy: str) -> None:
    page = send(site, f"{cy}/sign-in-link").text
    found = re.search(r"(/invitations/[\w-]+)</pre>", page)
    assert found is not None
    assert site.client.get(found[1]).status_code == 200
    send(site, f"{cy}/correct", name="Cy", email="cy@example.org")
    site.client.forget()
    assert site.client.get(found[1]).status_code == 410


@pytest.mark.parametrize(
    ("name", "email", "said"),
    [
        ("", "cy@example.org", "needs a name"),
        ("Cy", "nobody", "An e-mail address looks like"),
        ("Cy", "student@example.org", "An account with the address student@example.org exists already."),
    ],
)
def test_what_cannot_be_keeps_what_was_typed(site: Any, cy: str, name: str, email: str, said: str) -> None:
    answer = send(site, f"{cy}/correct", name=name, email=email)
    assert answer.status_code == 422
    assert said in answer.text
    assert f'value="{email}"' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert user(site, "cy@exmaple.org").name == "Cy Wrnog"


def test_nothing_changed_writes_nothing(site: Any, cy: str) -> None:
    send(site, f"{cy}/correct", name="Cy Wrnog", email="cy@exmaple.org")
    assert "corrected" not in site.client.get("/courses/ece421/history").text


def test_whoever_has_signed_in_or_is_in_a_course_of_others_is_not_staffs_to_change(site: Any, cy: str) -> None:
    with site.context.database.transaction() as tx:
        other = tx.courses.by_slug("other")
        tx.courses.enroll(other.id, cy.rpartition("/")[2], Role.STUDENT)
    for page, email in (
        (cy, "cy@exmaple.org"),
        (f"{PEOPLE}/{user(site, 'student@example.org').id}", "student@example.org"),
    ):
        assert "Save name and address" not in site.client.get(page).text
        answer = send(site, f"{page}/correct", name="Mallory", email="mallory@example.org")
        assert answer.status_code == 422
        assert "not for you alone to change" in answer.text
        assert user(site, email).name != "Mallory"


def test_students_correct_nobody(site: Any, cy: str) -> None:
    site.login("student")
    assert send(site, f"{cy}/correct", name="Cy", email="cy@example.org").status_code == 403


def test_a_list_says_whose_name_differs_and_leads_to_the_person(site: Any, cy: str) -> None:
    page = send(site, f"{PEOPLE}/preview", people="Cy Right,cy@exmaple.org\nStranger Other,stranger@example.org").text
    assert "called Cy Wrnog here, which stays" in page
    assert f'<a href="{cy}">Cy Right</a>' in page
    assert "called Stranger" not in page, "whose account of no course of theirs has which name is not told"
    page = send(site, f"{PEOPLE}/preview", people="Cy Right,cy@exmaple.org").text
    assert "One name differs, and a list changes none" in page
    assert "Nothing would change" not in page
    page = send(site, f"{PEOPLE}/preview", people="Cy Wrnog,cy@exmaple.org").text
    assert "Nothing would change" in page


def test_an_erased_person_is_not_named_by_what_was_corrected(site: Any, cy: str) -> None:
    send(site, f"{cy}/correct", name="Cy Right", email="cy@example.org")
    with site.context.database.transaction() as tx:
        tx.erasure.erase(tx.accounts.by_email("cy@example.org"))
    with site.context.database.reading() as tx:
        said = repr([event.detail for event in tx.events.of_course(site.assignment.course_id)])
    assert "cy@ex" not in said
    assert "Cy " not in said


def test_an_address_that_is_anothers_now_stays_theirs_in_the_audit(site: Any, cy: str) -> None:
    send(site, f"{cy}/correct", name="Cy", email="cy@example.org")
    with site.context.database.transaction() as tx:
        tx.accounts.add_user("cy@exmaple.org", "Another", STORED, site.now)
        tx.erasure.erase(tx.accounts.by_email("cy@example.org"))
    with site.context.database.reading() as tx:
        added = [event for event in tx.events.of_course(site.assignment.course_id) if event.kind == "person.added"]
    assert [event.detail["email"] for event in added] == ["cy@exmaple.org"]
