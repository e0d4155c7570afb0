"""What stands around an account: owed mail, resets, identities, sign-ins elsewhere, sessions."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from submissions.database import Database
from submissions.repository.identities import BegunSignIn
from submissions.repository.mails import KEPT_FOR, MailKind
from submissions.repository.resets import VALID_FOR

LEASE = timedelta(minutes=5)
BEGUN = BegunSignIn("state", "nonce", "verifier", "/courses/nn")


def test_mail_is_claimed_in_order_and_by_one_alone(database: Database, clock: Any) -> None:
    with database.transaction() as tx:
        tx.mails.owe(MailKind.RESET, "first", "a@example.org", clock())
        clock.forward(1)
        tx.mails.owe(MailKind.INVITATION, "second", "b@example.org", clock())
        claimed = [tx.mails.claim(clock(), LEASE) for _ in range(3)]

    assert [(mail.about, mail.kind, mail.attempts) if mail else None for mail in claimed] == [
        ("first", MailKind.RESET, 1),
        ("second", MailKind.INVITATION, 1),
        None,
    ]


def test_a_claim_lasts_for_its_lease(database: Database, clock: Any) -> None:
    with database.transaction() as tx:
        tx.mails.owe(MailKind.RESET, "x", "a@example.org", clock())
        tx.mails.claim(clock(), LEASE)
        clock.forward(LEASE.total_seconds() - 1)
        assert tx.mails.claim(clock(), LEASE) is None
        clock.forward(1)
        again = tx.mails.claim(clock(), LEASE)

    assert again is not None
    assert again.attempts == 2


def test_owing_rings_once_it_is_committed(database: Database, clock: Any) -> None:
    rings = database.post.rings
    with pytest.raises(ZeroDivisionError), database.transaction() as tx:
        tx.mails.owe(MailKind.RESET, "x", "a@example.org", clock())
        raise ZeroDivisionError
    assert database.post.rings == rings
    with database.transaction() as tx:
        assert tx.mails.owed() == 0
        tx.mails.owe(MailKind.RESET, "x", "a@example.org", clock())
    assert database.post.rings == rings + 1


def test_what_was_sent_is_forgotten_after_a_month(database: Database, clock: Any) -> None:
    with database.transaction() as tx:
        for about in ("sent", "given up", "owed"):
            tx.mails.owe(MailKind.RESET, about, "a@example.org", clock())
        for _ in range(2):
            mail = tx.mails.claim(clock(), LEASE)
            assert mail is not None
            if mail.about == "sent":
                tx.mails.sent(mail.id, clock())
            else:
                tx.mails.give_up(mail.id, f"no: {mail.about}", clock())
        before = {about: tx.mails.problem(about) for about in ("sent", "given up", "owed")}
        clock.forward(KEPT_FOR.total_seconds() + 1)
        tx.mails.owe(MailKind.RESET, "new", "a@example.org", clock())
        after = {about: tx.mails.problem(about) for about in ("sent", "given up", "owed")}

    assert sum(1 for words in before.values() if words) >= 1
    assert all(words is None for words in after.values())


def test_a_reset_runs_out_and_ends_with_the_others(school: Any) -> None:
    clock, ada = school.clock, school.student
    with school.database.transaction() as tx:
        first = tx.resets.add(ada.id, None, clock())
        tx.resets.add(ada.id, "h2", clock())
        tx.resets.give_link(first, "h1")
        assert tx.resets.by_token("h1", clock()) == tx.resets.by_token("h2", clock()) == ada
        assert tx.resets.open_of(ada.id, clock()) == 2
        later = clock() + VALID_FOR
        assert tx.resets.user_of(first, later) is None
        assert tx.resets.open_of(ada.id, later) == 0
        tx.resets.end_all(ada.id)
        assert tx.resets.by_token("h1", clock()) is None


def test_an_identity_is_one_account(school: Any) -> None:
    bob = school.person("bob")
    with school.database.transaction() as tx:
        tx.identities.add("https://a", "1", school.student.id, school.clock())
        assert tx.identities.user("https://a", "1") == school.student
        assert tx.identities.user("https://b", "1") is None
        assert tx.identities.issuers_of(school.student.id) == ["https://a"]
    with pytest.raises(IntegrityError), school.database.transaction() as tx:
        tx.identities.add("https://a", "1", bob.id, school.clock())


def test_a_begun_sign_in_is_taken_once_and_in_time(database: Database, clock: Any) -> None:
    until = clock() + timedelta(minutes=10)
    with database.transaction() as tx:
        tx.identities.begin("h1", BEGUN, clock(), until)
        tx.identities.begin("h2", BEGUN, clock(), until)
        assert tx.identities.take("h1", clock()) == BEGUN
        assert tx.identities.take("h1", clock()) is None
        assert tx.identities.take("h2", until) is None
        assert tx.identities.take("none", clock()) is None


def test_sessions_are_listed_and_ended_apart(school: Any) -> None:
    clock, ada, bob = school.clock, school.student, school.person("bob")
    until = clock() + timedelta(hours=1)
    with school.database.transaction() as tx:
        tx.accounts.start_session(bob.id, "b1", "csrf", clock(), until)
        for key in ("a1", "a2", "a3"):
            tx.accounts.start_session(ada.id, key, "csrf", clock(), until, "Firefox" * 100)
            clock.forward(1)
        listed = tx.accounts.sessions(ada.id, clock())
        assert [each.key for each in listed] == ["a3", "a2", "a1"]
        assert len(listed[0].browser) == 200
        tx.accounts.end_sessions(ada.id, only="b1")
        assert tx.accounts.session("b1", clock()) is not None
        tx.accounts.end_sessions(ada.id, only="a1")
        tx.accounts.end_sessions(ada.id, keep="a3")
        assert [each.key for each in tx.accounts.sessions(ada.id, clock())] == ["a3"]
        assert tx.accounts.sessions(ada.id, until) == []


def test_only_the_owner_revokes_a_token_of_theirs(school: Any) -> None:
    bob = school.person("bob")
    with school.database.transaction() as tx:
        token = tx.accounts.add_token(school.student.id, "ci", "h", frozenset(), school.clock(), None)
        tx.accounts.revoke_token(token.id, bob.id)
        assert tx.accounts.tokens(school.student.id) == [token]
        tx.accounts.revoke_token(token.id, school.student.id)
        assert tx.accounts.tokens(school.student.id) == []


def test_a_password_is_hashed_anew_unless_it_was_changed_meanwhile(school: Any) -> None:
    with school.database.transaction() as tx:
        tx.accounts.set_password(school.student.id, "first")
        tx.accounts.renew_password(school.student.id, "first", "renewed")
        tx.accounts.renew_password(school.student.id, "first", "too late")
        assert tx.accounts.credentials(school.student.email)[1] == "renewed"
