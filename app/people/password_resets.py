"""Setting a new password by a link that works once, for an hour."""

from datetime import datetime

from app.security.links import reset_link
from app.security.tokens import digest, new_secret
from submissions.database import Transaction
from submissions.errors import ResetGone
from submissions.models import User
from submissions.repository.mails import MailKind

MOST_OPEN = 3
"""Links that one account may have at a time, so that nobody's mailbox is filled."""


def mail_reset(tx: Transaction, email: str, now: datetime) -> None:
    """Owe a mail with a link to the account of this address; nothing where there is none or too many were asked for."""
    user = tx.accounts.by_email(email)
    if user is not None and tx.resets.open_of(user.id, now) < MOST_OPEN:
        tx.mails.owe(MailKind.RESET, tx.resets.add(user.id, None, now), user.email, now)


def printed_reset(tx: Transaction, user: User, origin: str, now: datetime) -> str:
    """A link for staff to pass on."""
    secret = new_secret()
    tx.resets.add(user.id, digest(secret), now)
    return reset_link(origin, secret)


def user_of_link(tx: Transaction, secret: str, now: datetime) -> User:
    """Whose password this link sets. Raises ResetGone."""
    user = tx.resets.by_token(digest(secret), now)
    if user is None:
        raise ResetGone
    return user


def use_reset(tx: Transaction, secret: str, password_hash: str, now: datetime) -> User:
    """Set the password, sign the account out everywhere and end its other links. Raises ResetGone."""
    user = user_of_link(tx, secret, now)
    tx.accounts.owner_proved(user.id)
    tx.accounts.set_password(user.id, password_hash)
    tx.accounts.end_sessions(user.id)
    tx.resets.end_all(user.id)
    tx.events.add("password.reset", now, user_id=user.id)
    return user
