"""Who an identity provider says somebody is, and the sign-ins there that have begun."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from submissions.models import User
from submissions.repository.accounts import user_of
from submissions.schema.account_tables import identities, oidc_sign_ins
from submissions.schema.tables import users


@dataclass(frozen=True, slots=True)
class BegunSignIn:
    """What is kept while somebody is at the identity provider; see OpenID Connect Core and RFC 7636 for the words."""

    state: str
    nonce: str
    verifier: str
    target: str


class Identities:
    """The identities of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def user(self, issuer: str, subject: str) -> User | None:
        """The account of a person whom `issuer` calls `subject`."""
        row = self._connection.execute(
            select(users)
            .join(identities, identities.c.user_id == users.c.id)
            .where(identities.c.issuer == issuer, identities.c.subject == subject)
        ).one_or_none()
        return None if row is None else user_of(row)

    def issuers_of(self, user_id: str) -> list[str]:
        """The providers that an account is connected with."""
        return list(self._connection.scalars(select(identities.c.issuer).where(identities.c.user_id == user_id)))

    def add(self, issuer: str, subject: str, user_id: str, now: datetime) -> None:
        """Connect an account."""
        self._connection.execute(
            identities.insert().values(issuer=issuer, subject=subject, user_id=user_id, created_at=now)
        )

    def begin(self, secret_sha256: str, begun: BegunSignIn, now: datetime, expires_at: datetime) -> None:
        """Keep what is needed when the browser with this secret comes back; sign-ins given up are forgotten."""
        self._connection.execute(oidc_sign_ins.delete().where(oidc_sign_ins.c.expires_at <= now))
        self._connection.execute(
            oidc_sign_ins.insert().values(
                secret_sha256=secret_sha256,
                state=begun.state,
                nonce=begun.nonce,
                verifier=begun.verifier,
                target=begun.target,
                expires_at=expires_at,
            )
        )

    def take(self, secret_sha256: str, now: datetime) -> BegunSignIn | None:
        """What was kept for this browser, once: an answer that comes twice finds nothing."""
        mine = oidc_sign_ins.c.secret_sha256 == secret_sha256
        row = self._connection.execute(
            select(oidc_sign_ins).where(mine, oidc_sign_ins.c.expires_at > now)
        ).one_or_none()
        self._connection.execute(oidc_sign_ins.delete().where(mine))
        return None if row is None else BegunSignIn(row.state, row.nonce, row.verifier, row.target)
