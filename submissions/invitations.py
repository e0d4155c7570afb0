"""Inviting people into a course, and joining it: one link, used once, by anybody who has it or by one address."""

from datetime import datetime, timedelta

from submissions.actors import COMMAND_LINE
from submissions.errors import InvitationForAnother, InvitationGone
from submissions.models import Invitation, Role, User
from submissions.transaction import Transaction

VALID_FOR = timedelta(days=14)


def create_invitation(
    tx: Transaction,
    *,
    course_id: str,
    role: Role,
    email: str | None,
    by: str | None,
    token_sha256: str | None,
    now: datetime,
    valid_for: timedelta = VALID_FOR,
) -> Invitation:
    """A new invitation into a course.

    email: the only address that may use it; None for whoever has the link. by: id of who invites, None for an operator
    at the command line. token_sha256: hash of the link's secret; None if the link is made when its mail is sent.
    """
    address = email.strip().lower() if email else None
    invitation = tx.invitations.add(course_id, role, address, by, token_sha256, now, now + valid_for)
    _note(tx, "invitation.created", invitation, by, now)
    return invitation


def open_invitation(tx: Transaction, token_sha256: str, now: datetime) -> Invitation:
    """The invitation with this link, unaccepted or accepted. Raises InvitationGone where it has run out unused."""
    invitation = tx.invitations.by_token(token_sha256)
    if invitation is None or (invitation.accepted_at is None and invitation.expires_at <= now):
        raise InvitationGone
    return invitation


def accept_invitation(tx: Transaction, token_sha256: str, user: User, now: datetime) -> Invitation:
    """Put `user` into the course of the invitation with this link.

    The same person a second time changes nothing, and nobody gets a lesser role than they have.
    Raises InvitationGone or InvitationForAnother.
    """
    invitation = open_invitation(tx, token_sha256, now)
    if invitation.email is not None and invitation.email != user.email:
        raise InvitationForAnother(invitation.email)
    if invitation.accepted_at is not None:
        if invitation.accepted_by == user.id:
            return invitation
        raise InvitationGone
    tx.invitations.accepted(invitation.id, user.id, now)
    present = tx.courses.role(invitation.course_id, user.id)
    if present is None or not present.at_least(invitation.role):
        tx.courses.enroll(invitation.course_id, user.id, invitation.role)
    _note(tx, "invitation.accepted", invitation, user.id, now)
    return invitation


def withdraw_invitation(tx: Transaction, invitation: Invitation, by: User, now: datetime) -> None:
    """Take an invitation back; one that was accepted stays as it is."""
    if invitation.accepted_at is not None:
        return
    tx.invitations.revoke(invitation.id)
    _note(tx, "invitation.withdrawn", invitation, by.id, now)


def _note(tx: Transaction, kind: str, invitation: Invitation, by: str | None, now: datetime) -> None:
    detail = {"invitation": invitation.id, "role": invitation.role.value}
    if by is None:
        detail["by"] = COMMAND_LINE.name  # whoever is erased later leaves no id either
    tx.events.add(kind, now, user_id=by, course_id=invitation.course_id, detail=detail)
