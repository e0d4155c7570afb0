"""Platforms, our keys, and what is between a launch and its coming back."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, select

from submissions.errors import PlatformKnown
from submissions.lti import BegunLogin, Platform, PlatformInvitation, SigningKey
from submissions.schema.lti_tables import lti_invitations, lti_keys, lti_logins, lti_platforms, lti_tickets


class LtiPlatforms:
    """The platforms of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        name: str,
        issuer: str,
        client_id: str,
        authorization_url: str,
        token_url: str,
        jwks_url: str,
        deployment_ids: tuple[str, ...],
        now: datetime,
        token_audience: str = "",
    ) -> Platform:
        """A new registration. Raises PlatformKnown if there is one of this issuer and client."""
        if self.by_client(issuer, client_id):
            raise PlatformKnown(issuer, client_id)
        platform = Platform(
            uuid4().hex,
            name,
            issuer,
            client_id,
            authorization_url,
            token_url,
            jwks_url,
            deployment_ids,
            now,
            token_audience,
        )
        self._connection.execute(
            lti_platforms.insert().values(
                id=platform.id,
                name=name,
                issuer=issuer,
                client_id=client_id,
                authorization_url=authorization_url,
                token_url=token_url,
                jwks_url=jwks_url,
                deployment_ids=list(deployment_ids),
                created_at=now,
                token_audience=token_audience,
            )
        )
        return platform

    def change(self, platform: Platform) -> None:
        """Store a registration as it now is. Raises PlatformKnown if another has its issuer and client."""
        if any(one.id != platform.id for one in self.by_client(platform.issuer, platform.client_id)):
            raise PlatformKnown(platform.issuer, platform.client_id)
        values = {**asdict(platform), "deployment_ids": list(platform.deployment_ids)}
        self._connection.execute(lti_platforms.update().where(lti_platforms.c.id == values.pop("id")).values(values))

    def all(self) -> list[Platform]:
        """Every platform, by name."""
        rows = self._connection.execute(select(lti_platforms).order_by(lti_platforms.c.name, lti_platforms.c.id))
        return [_platform_of(row) for row in rows]

    def by_id(self, platform_id: str) -> Platform | None:
        """The platform with this id."""
        row = self._connection.execute(select(lti_platforms).where(lti_platforms.c.id == platform_id)).one_or_none()
        return None if row is None else _platform_of(row)

    def by_client(self, issuer: str, client_id: str | None) -> list[Platform]:
        """The registrations at an issuer: with this client, or all of them where a login names none."""
        query = select(lti_platforms).where(lti_platforms.c.issuer == issuer)
        if client_id is not None:
            query = query.where(lti_platforms.c.client_id == client_id)
        return [_platform_of(row) for row in self._connection.execute(query)]

    def signing_keys(self) -> list[SigningKey]:
        """Our keys, the newest first."""
        rows = self._connection.execute(select(lti_keys).order_by(lti_keys.c.created_at.desc(), lti_keys.c.id))
        return [SigningKey(row.id, row.private_pem, row.created_at, row.retired_at) for row in rows]

    def add_key(self, key_id: str, private_pem: str, now: datetime) -> None:
        """Sign with a new key from now on; those before it are retired."""
        self._connection.execute(lti_keys.update().where(lti_keys.c.retired_at.is_(None)).values(retired_at=now))
        self._connection.execute(
            lti_keys.insert().values(id=key_id, private_pem=private_pem, created_at=now, retired_at=None)
        )

    def forget_keys(self, retired_before: datetime) -> None:
        """Forget keys that have been retired for so long that nothing signed with them is still on its way."""
        self._connection.execute(lti_keys.delete().where(lti_keys.c.retired_at < retired_before))

    def begin_login(self, state_sha256: str, nonce: str, platform_id: str, now: datetime, expires_at: datetime) -> None:
        """Remember a launch that begins; those that never came back are forgotten at this occasion."""
        self._connection.execute(lti_logins.delete().where(lti_logins.c.expires_at <= now))
        self._connection.execute(
            lti_logins.insert().values(
                state_sha256=state_sha256, nonce=nonce, platform_id=platform_id, expires_at=expires_at
            )
        )

    def end_login(self, state_sha256: str, now: datetime) -> BegunLogin | None:
        """The launch that began with this state; it can end only once."""
        gone = lti_logins.delete().where(lti_logins.c.state_sha256 == state_sha256).returning(lti_logins)
        row = self._connection.execute(gone).one_or_none()
        return None if row is None or row.expires_at <= now else BegunLogin(row.nonce, row.platform_id)

    def add_ticket(
        self, token_sha256: str, kind: str, payload: Mapping[str, Any], now: datetime, expires_at: datetime
    ) -> None:
        """Keep what a person is asked until the answer comes."""
        self._connection.execute(lti_tickets.delete().where(lti_tickets.c.expires_at <= now))
        self._connection.execute(
            lti_tickets.insert().values(
                token_sha256=token_sha256, kind=kind, payload=dict(payload), expires_at=expires_at
            )
        )

    def ticket(self, token_sha256: str, kind: str, now: datetime) -> Mapping[str, Any] | None:
        """What was asked, as long as the ticket is good."""
        row = self._connection.execute(
            select(lti_tickets).where(
                lti_tickets.c.token_sha256 == token_sha256,
                lti_tickets.c.kind == kind,
                lti_tickets.c.expires_at > now,
            )
        ).one_or_none()
        return None if row is None else dict(row.payload)

    def use_ticket(self, token_sha256: str, kind: str, now: datetime) -> Mapping[str, Any] | None:
        """What was asked; the ticket is used up."""
        found = self.ticket(token_sha256, kind, now)
        self._connection.execute(lti_tickets.delete().where(lti_tickets.c.token_sha256 == token_sha256))
        return found

    def invite(self, token_sha256: str, name: str, expires_at: datetime) -> None:
        """Let an LMS register itself once."""
        self._connection.execute(
            lti_invitations.insert().values(token_sha256=token_sha256, name=name, expires_at=expires_at)
        )

    def invitation(self, token_sha256: str, now: datetime) -> str | None:
        """The name of the LMS that is invited with this token."""
        return self._connection.scalar(
            select(lti_invitations.c.name).where(
                lti_invitations.c.token_sha256 == token_sha256, lti_invitations.c.expires_at > now
            )
        )

    def invitations(self, now: datetime) -> list[PlatformInvitation]:
        """Those that can still be used, by name."""
        known = select(lti_invitations).where(lti_invitations.c.expires_at > now)
        rows = self._connection.execute(known.order_by(lti_invitations.c.name, lti_invitations.c.token_sha256))
        return [PlatformInvitation(row.token_sha256[:12], row.name, row.expires_at) for row in rows]

    def withdraw(self, invitation_id: str, now: datetime) -> str | None:
        """End an invitation by its id; the name that was in it, None where there is none."""
        found = next((one for one in self.invitations(now) if one.id == invitation_id), None)
        if found is not None:
            begins = lti_invitations.c.token_sha256.startswith(found.id, autoescape=True)
            self._connection.execute(lti_invitations.delete().where(begins))
        return found.name if found else None

    def use_invitation(self, token_sha256: str) -> bool:
        """Use it up; whether it was still there."""
        gone = lti_invitations.delete().where(lti_invitations.c.token_sha256 == token_sha256)
        return self._connection.execute(gone).rowcount > 0


def _platform_of(row: Row[Any]) -> Platform:
    return Platform(
        row.id,
        row.name,
        row.issuer,
        row.client_id,
        row.authorization_url,
        row.token_url,
        row.jwks_url,
        tuple(row.deployment_ids),
        row.created_at,
        row.token_audience,
    )
