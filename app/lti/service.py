"""Calls of a platform's services, with a token that we get by signing for it (RFC 7523, client_credentials)."""

import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from joserfc import jwt

from app.context import Context
from app.errors import Unreachable
from app.lti.keys import ALGORITHM, signing_key
from app.lti.names import SCOPES
from app.outgoing import Answer
from grader.translation import gettext as _
from submissions.lti import Platform

_Call = Callable[[Mapping[str, str]], Answer]  # with the headers that carry the token

ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ASSERTION_LASTS = timedelta(minutes=5)
EARLY = timedelta(seconds=60)  # a token is renewed so long before it ends
LONGEST = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    ends_at: datetime


class Service:
    """Calls with a bearer token; one is kept for each platform and set of scopes until it ends."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._tokens: dict[tuple[str, tuple[str, ...]], _Token] = {}
        self._lock = threading.Lock()

    def get(self, platform: Platform, scopes: tuple[str, ...], url: str, accept: str) -> Answer:
        """GET a service. Raises Unreachable."""

        def call(headers: Mapping[str, str]) -> Answer:
            return self._context.outgoing.get(url, {**headers, "Accept": accept})

        return self._called(platform, scopes, call)

    def post(self, platform: Platform, scopes: tuple[str, ...], url: str, body: bytes, media_type: str) -> Answer:
        """POST to a service. Raises Unreachable."""

        def call(headers: Mapping[str, str]) -> Answer:
            return self._context.outgoing.post(url, body, {**headers, "Content-Type": media_type})

        return self._called(platform, scopes, call)

    def _called(self, platform: Platform, scopes: tuple[str, ...], call: _Call) -> Answer:
        answer = call({"Authorization": f"Bearer {self._token(platform, scopes)}"})
        if answer.status == 401:  # withdrawn before its time
            with self._lock:
                self._tokens.pop((platform.id, scopes), None)
            answer = call({"Authorization": f"Bearer {self._token(platform, scopes)}"})
        return answer

    def _token(self, platform: Platform, scopes: tuple[str, ...]) -> str:
        now = self._context.clock()
        with self._lock:
            kept = self._tokens.get((platform.id, scopes))
        if kept is not None and now < kept.ends_at:
            return kept.text
        # No lock is held here: while it answers, a platform fetches our keys from this very process.
        token = self._new_token(platform, scopes, now)
        with self._lock:
            self._tokens[platform.id, scopes] = token
        return token.text

    def _new_token(self, platform: Platform, scopes: tuple[str, ...], now: datetime) -> _Token:
        key = signing_key(self._context)
        claims = {
            "iss": platform.client_id,
            "sub": platform.client_id,
            "aud": platform.token_audience or platform.token_url,
            "iat": int(now.timestamp()),
            "exp": int((now + ASSERTION_LASTS).timestamp()),
            "jti": secrets.token_hex(16),
        }
        form = {
            "grant_type": "client_credentials",
            "client_assertion_type": ASSERTION,
            "client_assertion": jwt.encode({"alg": ALGORITHM, "kid": key.kid}, claims, key),
            "scope": " ".join(scopes or SCOPES),
        }
        answer = self._context.outgoing.post(
            platform.token_url,
            urlencode(form).encode(),
            {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"},
        )
        if not answer.succeeded:
            raise Unreachable(
                _(
                    "The platform gives no token: it answers {status} ({answer}).",
                    status=answer.status,
                    answer=answer.text(),
                )
            )
        given = answer.json()
        token = given.get("access_token") if isinstance(given, dict) else None
        if not isinstance(token, str) or not token:
            raise Unreachable(_("The platform's answer holds no token."))
        seconds = given.get("expires_in")
        known = isinstance(seconds, int) and seconds > 0
        lasts = timedelta(seconds=min(seconds, LONGEST.total_seconds())) if known else timedelta(minutes=1)
        return _Token(token, now + max(lasts - EARLY, timedelta(0)))
