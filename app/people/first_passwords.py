"""The first password of an account that staff made: who gets a link that sets it, and which account a link opens.

Staff could use a link that they hand over themselves. So it opens nothing but an account without any way in, all of
whose courses they are responsible for, and it proves nobody's address. A link that is mailed proves the address.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from app.people.invitations import Invited, Inviter
from app.permissions import Action, may, role_of
from app.security.tokens import digest
from submissions.database import Transaction
from submissions.errors import EmailTaken
from submissions.invitations import accept_invitation
from submissions.models import Course, Invitation, User
from submissions.repository.ways_in import WayIn


class Hindrance(StrEnum):
    """Why staff can make no link for an account."""

    PASSWORD = "password"  # noqa: S105  # the name of the reason
    ELSEWHERE = "elsewhere"
    OTHERS = "others"


def hindrance(tx: Transaction, user: User, course_id: str, by: User | None, mailed: bool) -> Hindrance | None:
    """Why `by` (None: nobody any more) has no link into the account of `user`; None where there is nothing to it."""
    ways = tx.ways_in.of(user.id)
    if WayIn.PASSWORD in ways:
        return Hindrance.PASSWORD
    if ways:
        return Hindrance.ELSEWHERE
    if mailed or (not user.is_operator and _all_theirs(tx, user, course_id, by)):
        return None
    return Hindrance.OTHERS


def sign_in_link(
    tx: Transaction, inviter: Inviter, course: Course, user: User, by: User, now: datetime
) -> Invited | None:
    """A link with which `user`, who is in `course`, sets a first password; mailed where mail is sent.

    It ends the ones that were made before. None where `by` can make none; see `hindrance`.
    """
    role = tx.courses.role(course.id, user.id)
    if role is None or hindrance(tx, user, course.id, by, inviter.sends_mail) is not None:
        return None
    tx.invitations.follow(course.id, user.email, None)
    return inviter.invite(tx, course, role, user.email, by.id, now)


def mail_newcomers(
    tx: Transaction, inviter: Inviter, course: Course, joined: Sequence[User], by: User, now: datetime
) -> int:
    """Owe a link to each of those who have just joined and have no way in; to how many. Nothing where no mail is sent.

    Whoever joined is among `joined` even if their account is older: another course may have added them and told nobody.
    """
    if not inviter.sends_mail:
        return 0
    return sum(sign_in_link(tx, inviter, course, user, by, now) is not None for user in joined)


def opened_by(tx: Transaction, invitation: Invitation) -> User | None:
    """The account whose first password this invitation sets; None where it sets none."""
    user = tx.accounts.by_email(invitation.email) if invitation.email else None
    if user is None or invitation.accepted_at is not None:
        return None
    by = tx.accounts.by_id(invitation.created_by) if invitation.created_by else None
    mailed = tx.mails.carries(invitation.id)
    return user if hindrance(tx, user, invitation.course_id, by, mailed) is None else None


def open_account(tx: Transaction, invitation: Invitation, secret: str, password_hash: str, now: datetime) -> User:
    """Set the first password and use the invitation. Raises EmailTaken where it sets none (any more)."""
    user = opened_by(tx, invitation)
    mailed = tx.mails.carries(invitation.id)
    if user is not None and mailed:
        tx.accounts.owner_proved(user.id)
    if user is None or not tx.accounts.set_first_password(user.id, password_hash, confirmed=mailed):
        raise EmailTaken(invitation.email or "")
    tx.resets.end_all(user.id)
    accept_invitation(tx, digest(secret), user, now)
    tx.events.add("password.first", now, user_id=user.id, course_id=invitation.course_id)
    return user


def _all_theirs(tx: Transaction, user: User, course_id: str, by: User | None) -> bool:
    """Whether `by` manages the people of this course and of every other that `user` is in or has work in.

    An invitation of the command line, or of somebody who has been erased, is for its own course alone.
    """
    touched = {course_id, *tx.courses.with_work_of(user.id), *(one.course.id for one in tx.courses.of_user(user.id))}
    if by is None:
        return touched == {course_id}
    roles = [role_of(tx.courses.role(one, by.id), by.is_operator) for one in touched]
    return all(role is not None and may(role, Action.MANAGE_PEOPLE) for role in roles)
