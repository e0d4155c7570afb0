"""Invitations: who may use a link, how often, how long, and which role it gives."""

from datetime import timedelta
from typing import Any

import pytest

from submissions.errors import InvitationForAnother, InvitationGone
from submissions.invitations import (
    VALID_FOR,
    accept_invitation,
    create_invitation,
    open_invitation,
    withdraw_invitation,
)
from submissions.models import Invitation, Role


@pytest.fixture
def eve(school: Any) -> Any:
    """Somebody who is in no course."""
    with school.database.transaction() as tx:
        return tx.accounts.add_user("eve@example.org", "Eve", None, school.clock())


def invite(school: Any, email: str | None = None, role: Role = Role.STUDENT, token: str | None = "h") -> Invitation:
    with school.database.transaction() as tx:
        return create_invitation(
            tx, course_id=school.course.id, role=role, email=email, by=None, token_sha256=token, now=school.clock()
        )


def accept(school: Any, user: Any, token: str = "h") -> Invitation:
    with school.database.transaction() as tx:
        return accept_invitation(tx, token, user, school.clock())


def role(school: Any, user: Any) -> Role | None:
    with school.database.reading() as tx:
        found: Role | None = tx.courses.role(school.course.id, user.id)
        return found


def test_an_open_link_is_used_once(school: Any, eve: Any) -> None:
    invite(school, role=Role.ASSISTANT)
    accepted = accept(school, eve)

    assert accepted.course_slug == "ece421"
    assert role(school, eve) is Role.ASSISTANT
    assert accept(school, eve).accepted_by == eve.id
    with pytest.raises(InvitationGone):
        accept(school, school.student)


def test_an_address_is_the_only_one_that_may(school: Any, eve: Any) -> None:
    invite(school, email=" Eve@Example.org")
    with pytest.raises(InvitationForAnother, match=r"eve@example\.org"):
        accept(school, school.student)
    accept(school, eve)

    assert role(school, eve) is Role.STUDENT


def test_it_runs_out(school: Any, eve: Any) -> None:
    invite(school)
    school.clock.forward(VALID_FOR.total_seconds() - 1)
    with school.database.reading() as tx:
        assert open_invitation(tx, "h", school.clock()).role is Role.STUDENT
        assert [each.accepted_at for each in tx.invitations.open_of(school.course.id, school.clock())] == [None]
    school.clock.forward(1)
    with pytest.raises(InvitationGone):
        accept(school, eve)
    with school.database.reading() as tx:
        assert tx.invitations.open_of(school.course.id, school.clock()) == []

    assert role(school, eve) is None


def test_nobody_loses_a_role(school: Any) -> None:
    staff = school.person("zed", Role.INSTRUCTOR)
    invite(school)
    accept(school, staff)

    assert role(school, staff) is Role.INSTRUCTOR


def test_a_student_is_promoted(school: Any) -> None:
    invite(school, role=Role.ASSISTANT)
    accept(school, school.student)

    assert role(school, school.student) is Role.ASSISTANT


def test_one_that_was_taken_back_opens_nothing(school: Any, eve: Any) -> None:
    invitation = invite(school)
    with school.database.transaction() as tx:
        tx.invitations.revoke(invitation.id)
    with pytest.raises(InvitationGone):
        accept(school, eve)


def test_a_link_made_later_replaces_the_one_before(school: Any, eve: Any) -> None:
    invitation = invite(school, token=None)
    with school.database.transaction() as tx:
        tx.invitations.give_link(invitation.id, "first")
        tx.invitations.give_link(invitation.id, "second")
    with pytest.raises(InvitationGone):
        accept(school, eve, "first")
    accept(school, eve, "second")

    assert role(school, eve) is Role.STUDENT


def test_what_was_accepted_is_kept(school: Any, eve: Any) -> None:
    invitation = invite(school)
    accept(school, eve)
    with school.database.transaction() as tx:
        tx.invitations.revoke(invitation.id)
        kept = tx.invitations.by_id(invitation.id)
        assert tx.events.count("invitation.accepted") == 1

    assert kept is not None
    assert kept.accepted_at == school.clock()
    assert kept.expires_at - kept.created_at == timedelta(days=14)


def test_the_audit_of_the_course_has_every_step(school: Any, eve: Any) -> None:
    accepted = invite(school)
    accept(school, eve)
    withdrawn = invite(school, token="g")
    with school.database.transaction() as tx:
        withdraw_invitation(tx, withdrawn, school.student, school.clock())
        said = [(event.kind, event.detail["invitation"]) for event in tx.events.of_course(school.course.id)]

    assert said == [
        ("invitation.created", accepted.id),
        ("invitation.accepted", accepted.id),
        ("invitation.created", withdrawn.id),
        ("invitation.withdrawn", withdrawn.id),
    ]
