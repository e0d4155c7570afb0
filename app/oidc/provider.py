"""The identity provider as we see it: where to send people, and who came back (OpenID Connect Core 1.0, RFC 7636)."""

import base64
import hashlib
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

from app.email_address import is_address
from app.errors import ProviderFailed, Unreachable
from app.field_rules import LONGEST_LINE, on_one_line
from app.oidc.id_token import IdTokens
from app.outgoing import Answer, Outgoing
from app.platform_keys import PlatformKeys
from app.settings import LOOPBACK
from grader.translation import spoken
from submissions.clock import Clock

SCOPE = "openid email profile"
KEPT_FOR = timedelta(hours=1)
"""For what the provider says of itself; long enough to ask rarely, short enough that a move is noticed."""

WELL_KNOWN = "/.well-known/openid-configuration"
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


@dataclass(frozen=True, slots=True)
class Registration:
    """What provider and service agreed on; `secret` is empty for a public client."""

    issuer: str
    client_id: str
    secret: str
    redirect_uri: str


@dataclass(frozen=True, slots=True)
class Person:
    """Whom the provider names. `email` is None unless the provider has verified it."""

    subject: str
    email: str | None
    name: str


class Provider:
    """One identity provider. `outgoing` asks it; nothing is asked before somebody signs in."""

    def __init__(self, registration: Registration, outgoing: Outgoing, clock: Clock) -> None:
        self._registration = registration
        self._outgoing = outgoing
        self._clock = clock
        keys = PlatformKeys(outgoing, clock)
        self._tokens = IdTokens(registration.issuer, registration.client_id, keys, clock)
        self._kept: tuple[Mapping[str, Any], datetime] | None = None
        self._lock = threading.Lock()

    @property
    def issuer(self) -> str:
        """The provider's name for itself."""
        return self._registration.issuer

    def authorization_url(self, state: str, nonce: str, verifier: str) -> str:
        """Where a browser goes to sign in. Raises ProviderFailed."""
        query = {
            "response_type": "code",
            "client_id": self._registration.client_id,
            "redirect_uri": self._registration.redirect_uri,
            "scope": SCOPE,
            "state": state,
            "nonce": nonce,
            "code_challenge": challenge(verifier),
            "code_challenge_method": "S256",
        }
        address = str(self._about()["authorization_endpoint"])
        return f"{address}{'&' if urlsplit(address).query else '?'}{urlencode(query)}"

    def person(self, code: str, verifier: str, nonce: str) -> Person:
        """Who signed in, for the code that the browser brought back. Raises ProviderFailed, SignInRefused."""
        about = self._about()
        answer = self._exchange(about, code, verifier)
        try:
            claims = self._tokens.read(str(answer.get("id_token", "")), str(about["jwks_uri"]), nonce)
        except Unreachable as error:
            raise ProviderFailed(error.sentence) from error
        if "email" not in claims and "userinfo_endpoint" in about:
            claims = {**self._userinfo(about, answer, str(claims["sub"])), **claims}
        return _person(claims)

    def close(self) -> None:
        """Give back connections."""
        self._outgoing.close()

    def _about(self) -> Mapping[str, Any]:
        now = self._clock()
        with self._lock:
            if self._kept is not None and now - self._kept[1] < KEPT_FOR:
                return self._kept[0]
        found = self._asked(self.issuer.rstrip("/") + WELL_KNOWN, {})
        if found.get("issuer") != self.issuer:
            raise ProviderFailed(f"calls itself {found.get('issuer')!r}, not {self.issuer!r}")
        for name in ENDPOINTS:
            if not _is_safe(found.get(name)):
                raise ProviderFailed(f"names no usable {name}")
        with self._lock:
            self._kept = (found, now)
        return found

    def _exchange(self, about: Mapping[str, Any], code: str, verifier: str) -> Mapping[str, Any]:
        ours = self._registration
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": ours.redirect_uri,
            "code_verifier": verifier,
        }
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        methods = about.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        if ours.secret and "client_secret_basic" in methods:
            headers["Authorization"] = _basic(ours.client_id, ours.secret)
        else:
            form["client_id"] = ours.client_id
            if ours.secret:
                form["client_secret"] = ours.secret
        return self._asked(str(about["token_endpoint"]), headers, urlencode(form).encode())

    def _userinfo(self, about: Mapping[str, Any], answer: Mapping[str, Any], subject: str) -> Mapping[str, Any]:
        headers = {"Authorization": f"Bearer {answer.get('access_token', '')}"}
        if not _is_safe(about["userinfo_endpoint"]):
            raise ProviderFailed("names no usable userinfo_endpoint")
        found = self._asked(str(about["userinfo_endpoint"]), headers)
        if found.get("sub") != subject:
            raise ProviderFailed("tells of somebody else than who signed in")
        return found

    def _asked(self, address: str, headers: Mapping[str, str], form: bytes | None = None) -> Mapping[str, Any]:
        """The JSON object at an address, by POST where there is a form."""
        headers = {"Accept": "application/json", **headers}
        try:
            with spoken(None):  # what is Unreachable is for the log
                ask = self._outgoing
                answer = ask.get(address, headers) if form is None else ask.post(address, form, headers)
                found = answer.json() if answer.succeeded else None
        except Unreachable as error:
            raise ProviderFailed(error.sentence) from error
        if not isinstance(found, dict):
            raise ProviderFailed(f"answers {address} with {answer.status}: {_told(answer)}")
        return found


def challenge(verifier: str) -> str:
    """BASE64URL(SHA256(verifier)), RFC 7636 section 4.2."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _basic(name: str, secret: str) -> str:
    return "Basic " + base64.b64encode(f"{name}:{secret}".encode()).decode()


def _told(answer: Answer) -> str:
    """What the provider says of a request that it refuses; never the request, which holds our secret."""
    return answer.text() or "nothing"


def _is_safe(address: object) -> bool:
    """Whether it is https, or on this machine."""
    if not isinstance(address, str):
        return False
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)


def _person(claims: Mapping[str, Any]) -> Person:
    email, name = claims.get("email"), claims.get("name")
    said = claims.get("email_verified")
    verified = said is True or said == "true"  # some providers send the word
    usable = verified and isinstance(email, str) and is_address(email.strip())
    return Person(
        str(claims["sub"]),
        str(email).strip().lower() if usable else None,
        " ".join(on_one_line(name).split())[:LONGEST_LINE] if isinstance(name, str) else "",
    )
