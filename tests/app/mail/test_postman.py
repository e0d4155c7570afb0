"""What is owed is sent once a server takes it, with a link that only the mail holds; nothing is lost."""

import re
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.mail.mailer import Mail
from app.mail.postman import AGAIN_MINUTES, LEASE, Postman
from app.people.invitations import Inviter
from app.people.password_resets import mail_reset
from app.security.tokens import digest
from submissions.models import Role
from tests.fakes.mailer import RecordingMailer

ORIGIN = "https://grade.example"


@pytest.fixture
def mailer() -> RecordingMailer:
    return RecordingMailer()


@pytest.fixture
def postman(school: Any, mailer: RecordingMailer) -> Postman:
    return Postman(school.context.database, mailer, school.clock, ORIGIN)


@pytest.fixture
def invite(school: Any) -> Callable[..., str]:
    """Invites an address by mail and returns the invitation's id."""

    def inviting(email: str = "new@example.org") -> str:
        with school.context.database.transaction() as tx:
            course = tx.courses.by_slug("nn")
            invited = Inviter(ORIGIN, sends_mail=True).invite(
                tx, course, Role.ASSISTANT, email, school.people["ines"].id, school.clock()
            )
        assert invited.link is None
        return str(invited.invitation.id)

    return inviting


def secret_in(mail: Mail) -> str:
    found = re.search(rf"{ORIGIN}/(?:invitations|reset)/([\w-]+)\n", mail.text)
    assert found is not None, mail.text
    return found[1]


def problem(school: Any, about: str) -> str | None:
    with school.context.database.reading() as tx:
        found: str | None = tx.mails.problem(about)
        return found


def owed(school: Any) -> int:
    with school.context.database.reading() as tx:
        return int(tx.mails.owed())


def test_an_invitation_is_mailed_with_its_link(
    school: Any, postman: Postman, mailer: RecordingMailer, invite: Callable[..., str]
) -> None:
    invitation = invite()
    assert postman.run_once()
    assert not postman.run_once()
    (mail,) = mailer.sent
    with school.context.database.reading() as tx:
        found = tx.invitations.by_token(digest(secret_in(mail)))

    assert (mail.recipient, mail.subject) == ("new@example.org", "Join Neural networks")
    assert "as an assistant" in mail.text
    assert found is not None
    assert found.id == invitation


def test_no_secret_is_stored(
    postman: Postman, mailer: RecordingMailer, invite: Callable[..., str], tmp_path: Path
) -> None:
    invite()
    postman.run_once()
    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.name.startswith("chainrule.sqlite3"))

    assert digest(secret_in(mailer.sent[0])).encode() in stored
    assert secret_in(mailer.sent[0]).encode() not in stored


def test_a_reset_is_mailed(school: Any, postman: Postman, mailer: RecordingMailer) -> None:
    with school.context.database.transaction() as tx:
        mail_reset(tx, "ADA@example.org", school.clock())
        mail_reset(tx, "nobody@example.org", school.clock())
    while postman.run_once():
        continue
    (mail,) = mailer.sent
    with school.context.database.reading() as tx:
        user = tx.resets.by_token(digest(secret_in(mail)), school.clock())

    assert mail.recipient == "ada@example.org"
    assert user == school.people["ada"]


def test_nobodys_mailbox_is_filled(school: Any, postman: Postman) -> None:
    with school.context.database.transaction() as tx:
        for _ in range(10):
            mail_reset(tx, "ada@example.org", school.clock())

    assert owed(school) == 3


def test_what_is_not_taken_is_tried_again_later_and_later(
    school: Any, postman: Postman, mailer: RecordingMailer, invite: Callable[..., str]
) -> None:
    invitation = invite()
    mailer.fails = len(AGAIN_MINUTES)
    for minutes in AGAIN_MINUTES:
        assert postman.run_once()
        assert not postman.run_once()
        assert problem(school, invitation) == "out of order"
        school.clock.forward(minutes * 60 - 1)
        assert not postman.run_once()
        school.clock.forward(1)
    assert postman.run_once()

    assert len(mailer.sent) == 1
    assert problem(school, invitation) is None
    assert owed(school) == 0


def test_it_is_given_up_after_a_day(
    school: Any, postman: Postman, mailer: RecordingMailer, invite: Callable[..., str]
) -> None:
    invitation = invite()
    mailer.fails = 100
    tries = 0
    while owed(school) and tries < 50:
        tries += postman.run_once()
        school.clock.forward(720 * 60)

    assert tries == len(AGAIN_MINUTES) + 1
    assert problem(school, invitation) == "out of order"


def test_an_address_that_is_not_there_is_given_up_at_once(
    school: Any, postman: Postman, mailer: RecordingMailer, invite: Callable[..., str]
) -> None:
    invite()
    mailer.fails, mailer.for_good = 1, True
    postman.run_once()

    assert owed(school) == 0


def test_a_reset_that_ran_out_in_the_meantime_is_not_sent(
    school: Any, postman: Postman, mailer: RecordingMailer
) -> None:
    with school.context.database.transaction() as tx:
        mail_reset(tx, "ada@example.org", school.clock())
    school.clock.forward(3600)

    assert postman.run_once()
    assert (mailer.sent, owed(school)) == ([], 0)


def test_one_that_was_taken_back_is_not_sent(
    school: Any, postman: Postman, mailer: RecordingMailer, invite: Callable[..., str]
) -> None:
    invitation = invite()
    with school.context.database.transaction() as tx:
        tx.invitations.revoke(invitation)

    assert postman.run_once()
    assert (mailer.sent, owed(school)) == ([], 0)


def test_the_mail_of_a_killed_sender_is_sent_by_another(
    school: Any, postman: Postman, mailer: RecordingMailer, invite: Callable[..., str]
) -> None:
    invite()
    with school.context.database.transaction() as tx:
        assert tx.mails.claim(school.clock(), LEASE) is not None
    assert not postman.run_once()
    school.clock.forward(LEASE / timedelta(seconds=1))

    assert postman.run_once()
    assert len(mailer.sent) == 1


def test_a_running_postman_wakes_for_a_new_mail_and_outlives_a_fault(
    postman: Postman, mailer: RecordingMailer, invite: Callable[..., str], caplog: pytest.LogCaptureFixture, school: Any
) -> None:
    stop = threading.Event()
    thread = threading.Thread(target=postman.run, args=(stop,))
    mailer.breaks = 1
    thread.start()
    try:
        invite("first@example.org")
        invite("second@example.org")
        invite("third@example.org")
        mailer.wait_for(2)
    finally:
        stop.set()
        school.context.database.post.ring()
        thread.join(60)

    assert not thread.is_alive()
    assert "the postman failed" in caplog.text
