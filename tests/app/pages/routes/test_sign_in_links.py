"""Links that set a first password: everybody whom staff add gets in, and nobody gets into an account of others."""

import csv
import io
import re
from typing import Any

import pytest

from app.people.password_resets import printed_reset
from submissions.actors import COMMAND_LINE
from submissions.models import Role
from submissions.receiving import submit
from submissions.roster import Joining, add_people, change_role, remove_person
from submissions.uploads.intake import receive
from tests.app.conftest import ASSIGNMENT, PASSWORD, Installation
from tests.fakes.mailer import RecordingMailer

PEOPLE = "/courses/nn/people"
LINK = re.compile(r"http://127\.0\.0\.1:8000(/invitations/[\w-]+)")
NEW = {"password": PASSWORD, "again": PASSWORD}


def send(school: Installation, path: str, **fields: str) -> Any:
    found = re.search(r'name="csrf_token" value="([^"]+)"', school.client.get("/").text)
    assert found is not None
    return school.client.post(path, data={"csrf_token": found[1], **fields})


def add(school: Installation, *lines: str) -> None:
    assert send(school, f"{PEOPLE}/add", people="\n".join(lines)).status_code == 303


def page(school: Installation, who: str) -> str:
    with school.context.database.reading() as tx:
        user = tx.accounts.by_email(f"{who}@example.org")
    assert user is not None
    return f"{PEOPLE}/{user.id}"


def link(school: Installation, who: str) -> str:
    answer = send(school, f"{page(school, who)}/sign-in-link")
    found = LINK.search(answer.text)
    assert found is not None, answer.text
    return found[1]


def can_sign_in(school: Installation, who: str) -> bool:
    school.client.forget()
    data = {"email": f"{who}@example.org", "password": PASSWORD}
    return bool(school.client.post("/login", data=data).status_code == 303)


@pytest.fixture
def teacher(school: Any) -> Any:
    school.sign_in("ines")
    return school


@pytest.fixture
def mailing(make_client: Any, make_school: Any) -> tuple[Any, RecordingMailer]:
    mailer = RecordingMailer()
    school = make_school(make_client(mailer))
    school.sign_in("ines")
    return school, mailer


def test_somebody_from_a_list_gets_in_by_a_link_that_staff_pass_on(teacher: Installation) -> None:
    add(teacher, "Yan Q,yan@example.org")
    listed = teacher.client.get(PEOPLE).text
    assert "One person has no password yet" in listed
    assert "This service sends no mail" in listed
    path = link(teacher, "yan")
    assert path not in teacher.client.get(page(teacher, "yan")).text
    teacher.client.forget()
    form = teacher.client.get(path).text
    assert "made an account for you, Yan Q" in form
    assert 'name="name"' not in form
    answer = teacher.client.post(path, data=NEW)

    assert (answer.status_code, answer.headers["location"]) == (303, "/courses/nn")
    assert teacher.client.get("/courses/nn").status_code == 200
    assert can_sign_in(teacher, "yan")
    with teacher.context.database.reading() as tx:
        kinds = [one.kind for one in tx.events.of_course(teacher.asked.course_id)]
        yan = tx.accounts.by_email("yan@example.org")
        assert yan is not None
        assert not tx.accounts.is_confirmed(yan.id)  # staff had the link first, so it proves no address
    assert kinds == ["person.added", "invitation.created", "invitation.accepted", "password.first"]


def test_passwords_that_differ_are_told_and_nothing_is_used(teacher: Installation) -> None:
    add(teacher, "Yan Q,yan@example.org")
    path = link(teacher, "yan")
    teacher.client.forget()
    answer = teacher.client.post(path, data={**NEW, "again": "other"})

    assert answer.status_code == 422
    assert "The two passwords differ." in answer.text
    assert teacher.client.post(path, data=NEW).status_code == 303


def test_a_link_works_once_and_a_new_one_ends_the_old(teacher: Installation) -> None:
    add(teacher, "Yan Q,yan@example.org")
    old, new = link(teacher, "yan"), link(teacher, "yan")
    teacher.client.forget()

    assert teacher.client.get(old).status_code == 410
    assert teacher.client.post(new, data=NEW).status_code == 303
    teacher.client.forget()
    assert teacher.client.post(new, data={"password": "another horse", "again": "another horse"}).status_code == 410
    assert can_sign_in(teacher, "yan")


def test_all_links_come_as_a_file(teacher: Installation) -> None:
    add(teacher, "Yan Q,yan@example.org", "=Zoe,zoe@example.org", "Eve,eve@example.org")
    answer = send(teacher, f"{PEOPLE}/sign-in-links")
    rows = list(csv.reader(io.StringIO(answer.text)))

    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.headers["cache-control"] == "no-store"
    assert [row[:2] for row in rows] == [
        ["name", "e-mail"],
        ["'=Zoe", "zoe@example.org"],
        ["Yan Q", "yan@example.org"],
    ]
    assert "Two links that were made before end then." in teacher.client.get(PEOPLE).text
    teacher.client.forget()
    for row in rows[1:]:
        found = LINK.search(row[2])
        assert found is not None
        assert teacher.client.post(found[1], data=NEW).status_code == 303
        teacher.client.forget()
    teacher.sign_in("ines")
    assert "no password yet" not in teacher.client.get(PEOPLE).text
    assert send(teacher, f"{PEOPLE}/sign-in-links").status_code == 303


def test_where_mail_is_sent_whoever_is_added_is_mailed_a_link(mailing: tuple[Any, RecordingMailer]) -> None:
    school, mailer = mailing
    add(school, "Yan Q,yan@example.org", "Eve,eve@example.org")
    assert "are mailed a link with which they set one" in school.client.get(PEOPLE).text
    (mail,) = mailer.wait_for(1)
    assert mail.recipient == "yan@example.org"
    found = LINK.search(mail.text)
    assert found is not None
    school.client.forget()
    assert school.client.post(found[1], data=NEW).status_code == 303
    with school.context.database.reading() as tx:
        assert tx.accounts.is_confirmed(tx.accounts.by_email("yan@example.org").id)


def test_an_added_person_of_the_api_is_mailed_a_link_too(mailing: tuple[Any, RecordingMailer]) -> None:
    school, mailer = mailing
    one = {"name": "Yan", "email": "yan@example.org"}
    school.client.post("/api/v1/courses/nn/roster", json=one, headers=school.bearer("ines"))

    assert [mail.recipient for mail in mailer.wait_for(1)] == ["yan@example.org"]


def test_a_link_is_mailed_again_from_the_persons_page(mailing: tuple[Any, RecordingMailer]) -> None:
    school, _mailer = mailing
    add(school, "Yan Q,yan@example.org")
    answer = send(school, f"{page(school, 'yan')}/sign-in-link")

    assert "A sign-in link is mailed to yan@example.org." in answer.text
    assert LINK.search(answer.text) is None
    assert send(school, f"{PEOPLE}/sign-in-links").status_code == 303
    assert "One such link is open now." in school.client.get(PEOPLE).text


def refused(school: Installation, who: str, said: str) -> None:
    path = page(school, who)
    assert said in school.client.get(path).text
    answer = send(school, f"{path}/sign-in-link")
    assert answer.status_code == 409
    assert said in answer.text
    assert LINK.search(answer.text) is None


def test_there_is_no_link_into_an_account_with_a_password(teacher: Installation) -> None:
    refused(teacher, "ada", "Ada has a password, and nobody in a course can change it.")


def test_there_is_no_link_into_an_account_that_is_opened_elsewhere(teacher: Installation) -> None:
    add(teacher, "Yan Q,yan@example.org", "Zoe,zoe@example.org")
    with teacher.context.database.transaction() as tx:
        yan, zoe = (tx.accounts.by_email(f"{who}@example.org") for who in ("yan", "zoe"))
        assert yan is not None
        assert zoe is not None
        tx.identities.add("https://id.example", "1", yan.id, teacher.clock())
        platform = tx.lti_platforms.add("LMS", "https://lms.example", "1", "a", "t", "j", (), teacher.clock())
        tx.lti_links.add_person(platform.id, "z", zoe.id)
    for who in ("yan", "zoe"):
        refused(teacher, who, "signs in through your learning management system or identity provider.")


def test_there_is_no_link_into_an_account_with_courses_of_others(teacher: Installation) -> None:
    add(teacher, "Yan Q,yan@example.org")
    made_before = link(teacher, "yan")
    with teacher.context.database.transaction() as tx:
        other = tx.courses.add("other", "Other", "UTC")
        add_people(tx, other, [Joining("Y", "yan@example.org", Role.STUDENT)], COMMAND_LINE, teacher.clock())
    refused(teacher, "yan", "it is in courses of others too")
    assert send(teacher, f"{PEOPLE}/sign-in-links").status_code == 303
    teacher.client.forget()
    answer = teacher.client.post(made_before, data={**NEW, "name": "Yan"})

    assert answer.status_code == 422
    assert "There is an account with this address." in answer.text
    assert not can_sign_in(teacher, "yan")


def test_whoever_manages_both_courses_may_make_the_link(teacher: Installation) -> None:
    add(teacher, "Yan Q,yan@example.org")
    with teacher.context.database.transaction() as tx:
        other = tx.courses.add("other", "Other", "UTC")
        tx.courses.enroll(other.id, teacher.people["ines"].id, Role.INSTRUCTOR)
        add_people(tx, other, [Joining("Y", "yan@example.org", Role.STUDENT)], COMMAND_LINE, teacher.clock())
    path = link(teacher, "yan")
    with teacher.context.database.transaction() as tx:
        tx.courses.enroll(other.id, teacher.people["ines"].id, Role.ASSISTANT)
    teacher.client.forget()
    assert teacher.client.post(path, data={**NEW, "name": "Y"}).status_code == 422  # and may not any more


def test_a_link_of_somebody_who_manages_the_course_no_more_sets_nothing(teacher: Installation) -> None:
    add(teacher, "Yan Q,yan@example.org")
    path = link(teacher, "yan")
    with teacher.context.database.transaction() as tx:
        tx.courses.enroll(teacher.asked.course_id, teacher.people["ines"].id, Role.ASSISTANT)
    teacher.client.forget()

    assert teacher.client.post(path, data={**NEW, "name": "Y"}).status_code == 422
    assert not can_sign_in(teacher, "yan")


def test_there_is_no_link_into_an_account_with_work_in_a_course_of_others(teacher: Installation) -> None:
    add(teacher, "Yan Q,yan@example.org")
    with teacher.context.database.transaction() as tx:
        other = tx.courses.add("other", "Other", "UTC")
        asked = tx.courses.add_assignment(other.id, ASSIGNMENT, "Elsewhere", 100.0, None, None, None)
        yan = tx.accounts.by_email("yan@example.org")
        assert yan is not None
        submit(
            tx,
            course_assignment=asked,
            user=yan,
            role=Role.STUDENT,
            received=receive("a1.py", b"x = 1\n"),
            idempotency_key=None,
            now=teacher.clock(),
        )
    refused(teacher, "yan", "it is in courses of others too")


def test_there_is_no_link_into_the_account_of_an_operator(teacher: Installation) -> None:
    with teacher.context.database.transaction() as tx:
        tx.accounts.add_user("root@example.org", "Root", None, teacher.clock(), is_operator=True)
    add(teacher, "Root,root@example.org")
    refused(teacher, "root", "or runs this service")


def test_a_link_for_an_account_that_has_a_password_by_now_sets_none(teacher: Installation) -> None:
    add(teacher, "Yan Q,yan@example.org")
    path = link(teacher, "yan")
    with teacher.context.database.transaction() as tx:
        yan = tx.accounts.by_email("yan@example.org")
        assert yan is not None
        reset = printed_reset(tx, yan, "", teacher.clock())
    teacher.client.forget()
    assert teacher.client.post(reset, data=NEW).status_code == 303
    teacher.client.forget()
    other = {"name": "Y", "password": "another horse", "again": "another horse"}
    assert teacher.client.post(path, data=other).status_code == 422
    assert can_sign_in(teacher, "yan")


def test_a_link_follows_the_role_and_ends_with_the_membership(teacher: Installation) -> None:
    add(teacher, "Yan Q,yan@example.org,assistant", "Zoe,zoe@example.org")
    yans, zoes = link(teacher, "yan"), link(teacher, "zoe")
    with teacher.context.database.transaction() as tx:
        course = tx.courses.by_slug("nn")
        yan, zoe = (tx.accounts.by_email(f"{who}@example.org") for who in ("yan", "zoe"))
        assert course is not None
        assert yan is not None
        assert zoe is not None
        change_role(tx, course, yan, Role.STUDENT, COMMAND_LINE, teacher.clock())
        remove_person(tx, course, zoe, COMMAND_LINE, teacher.clock())
    teacher.client.forget()
    assert teacher.client.get(zoes).status_code == 410
    assert teacher.client.post(yans, data=NEW).status_code == 303
    with teacher.context.database.reading() as tx:
        assert tx.courses.role(course.id, yan.id) is Role.STUDENT


def test_an_invitation_for_such_an_account_is_told_where_the_link_is_made(teacher: Installation) -> None:
    add(teacher, "Yan Q,yan@example.org")
    answer = send(teacher, f"{PEOPLE}/invitations", role="student", email="yan@example.org")

    assert answer.status_code == 422
    assert "make a sign-in link on their page" in answer.text


def test_an_open_invitation_does_not_open_somebodys_account(teacher: Installation) -> None:
    add(teacher, "Yan Q,yan@example.org")
    found = LINK.search(send(teacher, f"{PEOPLE}/invitations", role="student", email="").text)
    assert found is not None
    teacher.client.forget()
    answer = teacher.client.post(found[1], data={**NEW, "name": "Y", "email": "yan@example.org"})

    assert answer.status_code == 422
    assert "ask your course staff for a sign-in link of your own" in answer.text
    assert not can_sign_in(teacher, "yan")


def test_who_forgot_a_password_is_told_who_can_help(site: Any) -> None:
    said = site.client.get("/forgot").text
    assert "whoever runs it has to make you a link" in said
    assert "course staff can make you a sign-in link" in said
