"""Invitations on the page of a course's people: a link shown once, an address of one's own, taken back."""

import re
from datetime import timedelta
from typing import Any

import pytest

from submissions.models import Role
from tests.app.conftest import START, Installation
from tests.fakes.mailer import RecordingMailer

PATH = "/courses/nn/people"


@pytest.fixture
def teacher(school: Any) -> Any:
    school.sign_in("ines")
    return school


def token(school: Installation) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', school.client.get("/").text)
    assert found is not None
    return found[1]


def invite(school: Installation, **fields: str) -> Any:
    return school.client.post(f"{PATH}/invitations", data={"csrf_token": token(school), "role": "student", **fields})


def invitations(school: Installation) -> list[Any]:
    with school.context.database.reading() as tx:
        return tx.invitations.open_of(school.asked.course_id, school.clock())


def test_a_link_is_shown_once_and_lets_somebody_in(teacher: Installation) -> None:
    page = invite(teacher, role="assistant").text
    (invitation,) = invitations(teacher)
    found = re.search(r"http://127\.0\.0\.1:8000(/invitations/[\w-]+)", page)

    assert found is not None
    assert (invitation.role, invitation.email) == (Role.ASSISTANT, None)
    assert invitation.created_by == teacher.people["ines"].id
    listed = teacher.client.get(PATH).text
    assert "whoever has the link" in listed
    assert found[1] not in listed
    teacher.client.forget()
    assert teacher.client.get(found[1]).status_code == 200


def test_an_address_of_its_own_is_listed(teacher: Installation) -> None:
    page = invite(teacher, email=" New@Example.org ").text

    assert "/invitations/" in page
    assert "for new@example.org" in page
    assert [one.email for one in invitations(teacher)] == ["new@example.org"]
    assert "new@example.org" in teacher.client.get(PATH).text


def test_where_mail_is_sent_no_link_is_shown(make_client: Any, make_school: Any) -> None:
    school = make_school(make_client(RecordingMailer()))
    school.sign_in("ines")
    page = invite(school, email="new@example.org").text

    assert "is mailed to new@example.org" in page
    assert "http://127.0.0.1:8000/invitations/" not in page


def test_withdrawn_the_link_opens_nothing(teacher: Installation) -> None:
    link = re.search(r"/invitations/[\w-]{20,}", invite(teacher).text)
    assert link is not None
    (invitation,) = invitations(teacher)
    answer = teacher.client.post(f"{PATH}/invitations/{invitation.id}/withdraw", data={"csrf_token": token(teacher)})

    assert answer.status_code == 303
    assert invitations(teacher) == []
    assert teacher.client.get(link[0]).status_code == 410
    assert "No invitation is open." in teacher.client.get(PATH).text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"role": "king", "email": "new@example.org"}, "Choose a role."),
        ({"email": "nobody"}, "An e-mail address looks like"),
        ({"email": "ada@example.org"}, "Ada is in this course already."),
    ],
)
def test_what_is_refused_is_said_and_kept(teacher: Installation, fields: dict[str, str], said: str) -> None:
    answer = invite(teacher, **fields)

    assert answer.status_code == 422
    assert said in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert f'name="email" type="text" value="{fields["email"]}"' in answer.text
    assert invitations(teacher) == []


def test_of_another_course_nothing_is_withdrawn(teacher: Installation) -> None:
    with teacher.context.database.transaction() as tx:
        other = tx.courses.add("other", "Other", "UTC")
        kept = tx.invitations.add(
            other.id, Role.STUDENT, None, None, "0" * 64, teacher.clock(), START + timedelta(days=1)
        )
    path = f"{PATH}/invitations/{kept.id}/withdraw"

    assert teacher.client.post(path, data={"csrf_token": token(teacher)}).status_code == 404
    with teacher.context.database.reading() as tx:
        assert tx.invitations.by_id(kept.id) is not None
