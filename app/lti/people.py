"""The accounts of people whom a platform names."""

from datetime import datetime

from submissions.database import Transaction
from submissions.models import User


def account_of(tx: Transaction, platform_id: str, subject: str, name: str, email: str | None, now: datetime) -> User:
    """The account of a person of a platform, made where there is none.

    An address is a claim of the platform's, and often what people write into their profiles there: it makes a new
    account, it never opens one that is there, and it proves nothing.
    """
    known = tx.lti_links.person(platform_id, subject)
    user = tx.accounts.by_id(known) if known else None
    if user is not None:
        return user
    if email is None or tx.accounts.by_email(email) is not None:
        email = _placeholder(platform_id, subject)
    user = tx.accounts.add_user(email, name, None, now, email_confirmed=False)
    tx.lti_links.add_person(platform_id, subject, user.id)
    return user


def _placeholder(platform_id: str, subject: str) -> str:
    """An address that is nobody's: .invalid is reserved for that (RFC 2606)."""
    return f"{subject.encode('utf-8', 'replace').hex()[:180]}@{platform_id}.lti.invalid"
