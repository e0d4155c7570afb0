"""The public keys of platforms and identity providers, fetched when they are needed and kept for a while."""

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from app.errors import Unreachable
from app.outgoing import Outgoing
from grader.translation import gettext as _
from submissions.clock import Clock

KEPT_FOR = timedelta(hours=1)
FETCHED_AGAIN_AFTER = timedelta(seconds=30)
"""For an id that is not known: a platform renews its keys now and then, and somebody may invent ids all day."""


@dataclass(frozen=True, slots=True)
class _Kept:
    keys: KeySet
    fetched_at: datetime


class PlatformKeys:
    """Key sets by their address."""

    def __init__(self, outgoing: Outgoing, clock: Clock) -> None:
        self._outgoing = outgoing
        self._clock = clock
        self._kept: dict[str, _Kept] = {}
        self._lock = threading.Lock()

    def of(self, jwks_url: str, key_id: str) -> KeySet:
        """The keys at an address, fetched again where `key_id` is not among those that are kept. Raises Unreachable."""
        now = self._clock()
        with self._lock:
            kept = self._kept.get(jwks_url)
        if kept is not None:
            age = now - kept.fetched_at
            known = any(key.kid == key_id for key in kept.keys.keys)
            if age < (KEPT_FOR if known else FETCHED_AGAIN_AFTER):
                return kept.keys
        keys = self._fetched(jwks_url)
        with self._lock:
            self._kept[jwks_url] = _Kept(keys, now)
        return keys

    def _fetched(self, jwks_url: str) -> KeySet:
        answer = self._outgoing.get(jwks_url, {"Accept": "application/json"})
        if not answer.succeeded:
            raise Unreachable(
                _(
                    "The platform's keys cannot be fetched: {jwks_url} answers {status}.",
                    jwks_url=jwks_url,
                    status=answer.status,
                )
            )
        found = answer.json()
        try:
            entries = [entry for entry in found["keys"] if entry.get("kty") in ("RSA", "EC")]
            return KeySet.import_key_set({"keys": entries})
        except (KeyError, TypeError, AttributeError, ValueError, JoseError) as error:
            raise Unreachable(
                _("What the platform publishes at {jwks_url} is no set of keys.", jwks_url=jwks_url)
            ) from error
