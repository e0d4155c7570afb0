"""Inviting somebody into a course: by mail where mail is sent and an address is known, else by a link to pass on."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.security.links import invitation_link
from app.security.tokens import digest, new_secret
from submissions.database import Transaction
from submissions.invitations import VALID_FOR, create_invitation
from submissions.models import Course, Invitation, Role
from submissions.repository.mails import MailKind


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation and its link, which is shown once; None where it is mailed instead."""

    invitation: Invitation
    link: str | None


@dataclass(frozen=True, slots=True)
class Inviter:
    """Invites people. origin: the address people use, which links begin with. sends_mail: whether owed mail leaves."""

    origin: str
    sends_mail: bool

    def invite(
        self,
        tx: Transaction,
        course: Course,
        role: Role,
        email: str | None,
        by: str | None,
        now: datetime,
        valid_for: timedelta = VALID_FOR,
    ) -> Invited:
        """Invite `email`, or with None whoever is given the link. by: id of who invites."""
        mailed = self.sends_mail and email is not None
        secret = None if mailed else new_secret()
        invitation = create_invitation(
            tx,
            course_id=course.id,
            role=role,
            email=email,
            by=by,
            token_sha256=digest(secret) if secret else None,
            now=now,
            valid_for=valid_for,
        )
        if secret is None and invitation.email is not None:
            tx.mails.owe(MailKind.INVITATION, invitation.id, invitation.email, now)
        return Invited(invitation, invitation_link(self.origin, secret) if secret else None)
