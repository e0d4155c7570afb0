"""An invitation in a browser: from a link to a course, with an old account or a new one."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from app.mail.postman import Postman
from app.people.invitations import Inviter
from submissions.models import Role
from submissions.repository.mails import KEPT_FOR
from tests.fakes.mailer import RecordingMailer

PASSWORD = "correct horse"
NEW = {"name": "New Person", "email": "new@example.org", "password": PASSWORD, "again": PASSWORD}
Invite = Callable[..., str]


@pytest.fixture
def invite(school: Any) -> Invite:
    """Makes an invitation into the course nn and returns its path."""

    def inviting(email: str | None = None, role: Role = Role.STUDENT) -> str:
        with school.context.database.transaction() as tx:
            inviter = Inviter("", sends_mail=False)
            course = tx.courses.by_slug("nn")
            link = inviter.invite(tx, course, role, email, None, school.clock()).link
        assert link is not None
        return str(link)

    return inviting


def role(school: Any, email: str) -> Role | None:
    with school.context.database.reading() as tx:
        user = tx.accounts.by_email(email)
        found: Role | None = tx.courses.role(school.asked.course_id, user.id) if user else None
        return found


def token_in(text: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', text)
    assert found is not None
    return found[1]


def test_whoever_has_an_open_link_makes_an_account_and_is_in(school: Any, invite: Invite) -> None:
    path = invite()
    page = school.client.get(path)
    assert page.status_code == 200
    assert "Join Neural networks" in page.text
    answer = school.client.post(path, data=NEW)

    assert (answer.status_code, answer.headers["location"]) == (303, "/courses/nn")
    assert "httponly" in answer.headers["set-cookie"].lower()
    assert school.client.get("/courses/nn").status_code == 200
    assert role(school, "new@example.org") is Role.STUDENT
    school.client.forget()
    assert school.client.post("/login", data={"email": NEW["email"], "password": PASSWORD}).status_code == 303


def test_looking_uses_nothing_up_and_joining_does(school: Any, invite: Invite) -> None:
    path = invite()
    for _ in range(3):
        assert school.client.get(path).status_code == 200
    assert school.client.post(path, data=NEW).status_code == 303
    assert school.client.get(path).headers["location"] == "/courses/nn"
    school.client.forget()
    again = school.client.get(path)

    assert again.status_code == 410
    assert "not valid" in again.text
    assert school.client.post(path, data={**NEW, "email": "other@example.org"}).status_code == 410
    assert role(school, "other@example.org") is None


def test_an_address_is_not_asked_for_where_it_is_known(school: Any, invite: Invite) -> None:
    path = invite("new@example.org", Role.ASSISTANT)
    page = school.client.get(path).text
    answer = school.client.post(path, data={**NEW, "email": "evil@example.org"})

    assert 'name="email"' not in page
    assert "as an assistant" in page
    assert answer.status_code == 303
    assert role(school, "new@example.org") is Role.ASSISTANT
    assert role(school, "evil@example.org") is None


def test_who_has_an_account_signs_in_first_and_comes_back(school: Any, invite: Invite) -> None:
    path = invite("eve@example.org")
    page = school.client.get(path).text
    assert f'href="/login?next={path}"' in page
    assert "password" not in re.findall(r'name="([^"]+)"', page)
    answer = school.client.post("/login", data={"email": "eve@example.org", "password": PASSWORD, "next": path})
    assert answer.headers["location"] == path
    page = school.client.get(path).text
    assert "Join as Eve" in page
    assert school.client.post(path, data={"csrf_token": "guessed"}).status_code == 403
    assert role(school, "eve@example.org") is None
    answer = school.client.post(path, data={"csrf_token": token_in(page)})

    assert answer.headers["location"] == "/courses/nn"
    assert role(school, "eve@example.org") is Role.STUDENT


def test_somebody_elses_invitation_is_not_accepted(school: Any, invite: Invite) -> None:
    path = invite("new@example.org")
    school.sign_in("eve")
    page = school.client.get(path).text
    answer = school.client.post(path, data={"csrf_token": token_in(page)})

    assert "You are signed in as eve@example.org" in page
    assert answer.status_code == 403
    assert role(school, "eve@example.org") is None


@pytest.mark.parametrize(
    ("change", "said", "field"),
    [
        ({"name": " "}, "Write your name", "name"),
        ({"email": "new"}, "looks like", "email"),
        ({"email": "Ada@Example.org"}, "exists already", "email"),
        ({"password": "short", "again": "short"}, "at least 8", "password"),
        ({"again": "correct horsf"}, "differ", "again"),
        ({"name": "a\x1b[31m"}, "cannot be shown", "name"),
    ],
)
def test_a_mistake_keeps_what_was_typed_and_uses_nothing_up(
    school: Any, invite: Invite, change: dict[str, str], said: str, field: str
) -> None:
    path = invite()
    answer = school.client.post(path, data={**NEW, **change})

    assert answer.status_code == 422
    assert said in answer.text
    assert PASSWORD not in answer.text
    if field != "name":
        assert 'value="New Person"' in answer.text
    invalid = re.findall(
        r'<input id="([^"]+)"[^>]*aria-describedby="[^"]*problem"[^>]*aria-invalid="true"', answer.text
    )
    assert invalid == [field]
    assert school.client.post(path, data=NEW).status_code == 303


def test_a_form_of_another_site_is_refused(school: Any, invite: Invite) -> None:
    path = invite()
    assert school.client.post(path, data=NEW, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert role(school, "new@example.org") is None


@pytest.mark.parametrize("path", ["/invitations/nothing", "/invitations/%00", "/invitations/%F0%9F%98%80"])
def test_an_unknown_link_is_explained(school: Any, path: str) -> None:
    answer = school.client.get(path)

    assert answer.status_code == 410
    assert "used or taken back" in answer.text


def test_an_old_link_is_explained(school: Any, invite: Invite) -> None:
    path = invite()
    school.clock.forward(timedelta(days=14).total_seconds())

    assert school.client.get(path).status_code == 410
    assert school.client.post(path, data=NEW).status_code == 410


def test_an_address_that_nobody_vouched_for_is_not_taken_for_its_owners(school: Any, invite: Invite) -> None:
    """Whoever makes an account under another's address loses it when the owner comes."""
    school.client.post(invite(), data=NEW)
    with school.context.database.transaction() as tx:
        user = tx.accounts.by_email("new@example.org")
        tx.accounts.add_token(user.id, "mine", "h", frozenset(), school.clock(), None)
        tx.accounts.owner_proved(user.id)
        assert tx.accounts.tokens(user.id) == []
        assert not tx.accounts.has_password(user.id)
        assert tx.accounts.sessions(user.id, school.clock()) == []
        tx.accounts.set_password(user.id, "owner's")
        tx.accounts.owner_proved(user.id)
        assert tx.accounts.has_password(user.id)


def test_only_a_link_that_was_mailed_proves_the_address(school: Any, invite: Invite) -> None:
    """Staff see a link that is not mailed, and could make an account with it in anybody's name."""

    def is_confirmed(path: str, email: str) -> bool:
        assert school.client.post(path, data={**NEW, "email": email}).status_code == 303
        school.client.forget()
        with school.context.database.reading() as tx:
            return bool(tx.accounts.is_confirmed(tx.accounts.by_email(email).id))

    def mailed(email: str) -> str:
        mailer = RecordingMailer()
        with school.context.database.transaction() as tx:
            inviter, course = Inviter("https://x.example", sends_mail=True), tx.courses.by_slug("nn")
            inviter.invite(tx, course, Role.STUDENT, email, None, school.clock(), timedelta(days=90))
        assert Postman(school.context.database, mailer, school.clock, "https://x.example").run_once()
        return "/invitations/" + mailer.sent[0].text.split("/invitations/")[1].split()[0]

    assert not is_confirmed(invite(), "open@example.org")
    assert not is_confirmed(invite("victim@example.org"), "victim@example.org")
    assert is_confirmed(mailed("owner@example.org"), "owner@example.org")
    early = mailed("late@example.org")
    school.clock.forward(KEPT_FOR.total_seconds() + 1)
    mailed("other@example.org")  # the occasion at which old mail is forgotten
    assert is_confirmed(early, "late@example.org")
