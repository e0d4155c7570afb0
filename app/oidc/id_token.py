"""The signed statement of an identity provider, believed only once every claim of it is checked."""

from collections.abc import Mapping
from typing import Any

from joserfc import jws, jwt
from joserfc.errors import JoseError

from app.errors import SignInRefused
from app.platform_keys import PlatformKeys
from grader.translation import gettext as _
from grader.translation import spoken
from submissions.clock import Clock

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
"""Signatures by a private key only: with "none" or a shared secret anybody could be the provider."""

LEEWAY_SECONDS = 60
"""Clocks go wrong by seconds; a token is used at once."""


class IdTokens:
    """Reads ID tokens of one provider for one client."""

    def __init__(self, issuer: str, client_id: str, keys: PlatformKeys, clock: Clock) -> None:
        self._issuer = issuer
        self._client_id = client_id
        self._keys = keys
        self._clock = clock

    def read(self, token: str, jwks_uri: str, nonce: str) -> Mapping[str, Any]:
        """The claims of a token that is good, is for us, is fresh and answers `nonce`.

        Raises SignInRefused for one that is not, Unreachable where the keys cannot be had.
        """
        try:
            header = jws.extract_compact(token.encode()).headers()
            with spoken(None):  # what is Unreachable is for the log
                keys = self._keys.of(jwks_uri, str(header.get("kid", "")))
            found = jwt.decode(token, keys, algorithms=ALGORITHMS)
            registry = jwt.JWTClaimsRegistry(
                now=int(self._clock().timestamp()),
                leeway=LEEWAY_SECONDS,
                iss={"essential": True, "value": self._issuer},
                aud={"essential": True, "value": self._client_id},
                exp={"essential": True},
                iat={"essential": True},
                sub={"essential": True},
                nonce={"essential": True, "value": nonce},
            )
            registry.validate(found.claims)
        except (JoseError, ValueError, TypeError, RecursionError) as error:
            raise SignInRefused(
                _(
                    "What the sign-in sent does not check out ({error}). Start the sign-in again.",
                    error=type(error).__name__,
                )
            ) from error
        audience, party = found.claims["aud"], found.claims.get("azp")
        several = isinstance(audience, list) and len(audience) > 1
        if (several or party is not None) and party != self._client_id:
            raise SignInRefused(_("What the sign-in sent is for another service. Start the sign-in again."))
        subject = found.claims["sub"]
        if not isinstance(subject, str) or not 0 < len(subject) <= 255:
            raise SignInRefused(_("The sign-in does not say who you are. Tell your course staff."))
        return found.claims
