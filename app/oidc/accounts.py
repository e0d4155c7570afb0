"""Whose account opens for a person whom the identity provider names."""

from datetime import datetime

from app.errors import SignInRefused
from app.oidc.provider import Person
from app.settings import Settings
from grader.translation import gettext as _
from submissions.database import Transaction
from submissions.models import User


def account_of(tx: Transaction, settings: Settings, person: Person, now: datetime, *, invited: bool) -> User:
    """The account that is connected, or the one with the verified e-mail, or a new one.

    A new one is made for whoever is `invited`, and for everybody where the settings say so.
    Raises SignInRefused with what to do about it.
    """
    issuer, name = settings.oidc_issuer, settings.oidc_name[:1].upper() + settings.oidc_name[1:]
    known = tx.identities.user(issuer, person.subject)
    if known is not None:
        return known
    email = person.email
    if email is None:
        raise SignInRefused(
            _(
                "{name} does not vouch for your e-mail address, so no account can be found by it. Verify the "
                "address there, or sign in with your password.",
                name=name,
            )
        )
    if settings.oidc_domains and email.rpartition("@")[2] not in settings.oidc_domains:
        raise SignInRefused(
            _(
                "{email} is not an address that {name} may vouch for here. Sign in with your password.",
                email=email,
                name=name,
            )
        )
    user = tx.accounts.by_email(email)
    if user is None:
        if not (invited or settings.oidc_new_accounts):
            raise SignInRefused(
                _("There is no account with the address {email}. Ask your course staff to invite you.", email=email)
            )
        user = tx.accounts.add_user(email, person.name or email.partition("@")[0], None, now)
    elif issuer in tx.identities.issuers_of(user.id):
        raise SignInRefused(
            _(
                "The account of {email} is connected with somebody else at {name}. Ask your course staff.",
                email=email,
                name=name,
            )
        )
    tx.accounts.owner_proved(user.id)
    tx.identities.add(issuer, person.subject, user.id, now)
    tx.events.add("identity.connected", now, user_id=user.id, detail={"issuer": issuer})
    return user
