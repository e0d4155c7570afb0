"""The signed statement of an identity provider, believed only once every claim of it is checked."""

import threading
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from app.errors import ProviderFailed, SignInRefused
from submissions.clock import Clock

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
"""Signatures by a private key only: with "none" or a shared secret anybody could be the provider."""

LEEWAY_SECONDS = 60
"""Clocks go wrong by seconds; a token is used at once."""

KEYS_KEPT_FOR = timedelta(hours=1)
ASKED_AGAIN_AFTER = timedelta(seconds=30)
"""For a key that is not known: providers renew theirs, and somebody may invent names of keys all day."""


class IdTokens:
    """Reads ID tokens of one provider for one client; `fetch` gets the JSON at an address."""

    def __init__(self, issuer: str, client_id: str, fetch: Callable[[str], Mapping[str, Any]], clock: Clock) -> None:
        self._issuer = issuer
        self._client_id = client_id
        self._fetch = fetch
        self._clock = clock
        self._kept: tuple[KeySet, datetime] | None = None
        self._lock = threading.Lock()

    def read(self, token: str, jwks_uri: str, nonce: str) -> Mapping[str, Any]:
        """The claims of a token that is good, is for us, is fresh and answers `nonce`.

        Raises SignInRefused for one that is not, ProviderFailed where the keys cannot be had.
        """
        try:
            header = jws.extract_compact(token.encode()).headers()
            found = jwt.decode(token, self._keys(jwks_uri, str(header.get("kid", ""))), algorithms=ALGORITHMS)
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
        except (JoseError, ValueError, TypeError) as error:
            raise SignInRefused(
                f"What the sign-in sent does not check out ({type(error).__name__}). Start the sign-in again."
            ) from error
        audience, party = found.claims["aud"], found.claims.get("azp")
        several = isinstance(audience, list) and len(audience) > 1
        if (several or party is not None) and party != self._client_id:
            raise SignInRefused("What the sign-in sent is for another service. Start the sign-in again.")
        subject = found.claims["sub"]
        if not isinstance(subject, str) or not 0 < len(subject) <= 255:
            raise SignInRefused("The sign-in does not say who you are. Tell your course staff.")
        return found.claims

    def _keys(self, jwks_uri: str, key_id: str) -> KeySet:
        now = self._clock()
        with self._lock:
            kept = self._kept
        if kept is not None:
            known = not key_id or any(key.kid == key_id for key in kept[0].keys)
            if now - kept[1] < (KEYS_KEPT_FOR if known else ASKED_AGAIN_AFTER):
                return kept[0]
        found = self._fetch(jwks_uri).get("keys")
        try:
            usable = [key for key in found or [] if key.get("kty") in ("RSA", "EC") and key.get("use", "sig") == "sig"]
            keys = KeySet.import_key_set({"keys": usable})
        except (TypeError, AttributeError, ValueError, JoseError) as error:
            raise ProviderFailed(f"publishes no set of keys at {jwks_uri}") from error
        with self._lock:
            self._kept = (keys, now)
        return keys
