"""A learning management system on loopback: keys, tokens, gradebook, roster, registration, and ways to misbehave."""

import base64
import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

from app.lti import names

CLIENT_ID = "client-1"
DEPLOYMENT = "deployment-1"
CONTEXT = "context-1"

STORAGE = """<!doctype html><html lang="en"><title>Storage</title><script>
    const kept = {};
    window.addEventListener("message", ({ data, origin, source }) => {
      const { subject, message_id, key, value } = data;
      if (subject === "lti.put_data") kept[origin + key] = value;
      const answer = { subject: subject + ".response", message_id, key, value: kept[origin + key] };
      source.postMessage(answer, origin);
    });
    </script>"""
"""A page that keeps values for the origins that ask it to (LTI Platform Storage)."""

Answer = tuple[int, str, bytes]


@cache
def first_key() -> RSAKey:
    """The key that platforms begin with: one for all tests, because making one takes its time."""
    return RSAKey.generate_key(2048, auto_kid=True)


@dataclass
class LtiPlatform:
    """One platform. `answers` replaces what a path answers; `tool_keys` gives the tool's public keys."""

    tool_keys: Callable[[], dict[str, Any]]
    key: RSAKey = field(default_factory=first_key)
    published: list[RSAKey] = field(default_factory=list)
    answers: dict[str, Callable[[], Answer]] = field(default_factory=dict)
    redirects: dict[str, tuple[int, dict[str, str]]] = field(default_factory=dict)
    """Of a path, an empty answer with these headers instead."""

    asked: list[str] = field(default_factory=list)
    scores: list[dict[str, Any]] = field(default_factory=list)
    members: list[dict[str, Any]] = field(default_factory=list)
    registered: list[dict[str, Any]] = field(default_factory=list)
    accepted: Callable[[], None] = lambda: None
    """Called when a score is in the gradebook and its sender has not been told yet."""

    guarded: dict[str, str] = field(default_factory=dict)
    """Of a path, the bearer token without which it answers nothing."""

    page_size: int = 2
    host: str = "127.0.0.1"
    pauses: bool = False
    """Whether its sign-in waits for a person before it sends the message on."""

    visitor: dict[str, Any] = field(default_factory=dict)
    """Claims that differ for whoever opens a page of this platform in a browser."""

    def __post_init__(self) -> None:
        self.published.append(self.key)
        platform = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._answer(b"")

            def do_POST(self) -> None:
                self._answer(self.rfile.read(int(self.headers.get("Content-Length", "0"))))

            def _answer(self, body: bytes) -> None:
                status, media_type, data, further = platform.answer(self.path, dict(self.headers), body)
                self.send_response(status)
                self.send_header("Content-Type", media_type)
                self.send_header("Content-Length", str(len(data)))
                for name, value in further.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()
        self.origin = f"http://{self.host}:{self._server.server_port}"

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def claims(self, nonce: str, now: datetime, changed: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """A launch of the learner `learner-1` to the activity `activity-1`; None takes a claim away."""
        seconds = int(now.timestamp())
        claims: dict[str, Any] = {
            "iss": self.origin,
            "aud": CLIENT_ID,
            "sub": "learner-1",
            "iat": seconds,
            "exp": seconds + 60,
            "nonce": nonce,
            "name": "Lina Learner",
            "email": "lina@school.example",
            names.MESSAGE_TYPE: names.RESOURCE_LINK_REQUEST,
            names.VERSION: "1.3.0",
            names.DEPLOYMENT: DEPLOYMENT,
            names.TARGET: "http://127.0.0.1:8000/lti/launch",
            names.ROLES: ["http://purl.imsglobal.org/vocab/lis/v2/membership#Learner"],
            names.CONTEXT: {"id": CONTEXT, "title": "Networks from scratch"},
            names.RESOURCE_LINK: {"id": "activity-1", "title": "Homework 1"},
            names.ENDPOINT: {
                "scope": [names.SCORE_SCOPE],
                "lineitem": f"{self.origin}/lineitems/7/lineitem?type_id=1",
                "lineitems": f"{self.origin}/lineitems?type_id=1",
            },
            names.ROSTER: {"context_memberships_url": f"{self.origin}/members"},
        }
        return {name: value for name, value in {**claims, **(changed or {})}.items() if value is not None}

    def signed(self, claims: dict[str, Any], key: RSAKey | None = None, **header: Any) -> str:
        """A message of the platform."""
        key = key or self.key
        return jwt.encode({"alg": "RS256", "kid": key.kid, **header}, claims, key)

    def answer(self, path: str, headers: dict[str, str], body: bytes) -> tuple[int, str, bytes, dict[str, str]]:
        """What a request gets."""
        address = urlsplit(path).path
        self.asked.append(address)
        if address in self.guarded and headers.get("Authorization") != f"Bearer {self.guarded[address]}":
            return 401, "application/json", b"{}", {}
        if address in self.redirects:
            status, further = self.redirects[address]
            return status, "text/plain", b"", further
        if address in self.answers:
            return (*self.answers[address](), {})
        if address == "/favicon.ico":
            return 200, "image/svg+xml", b'<svg xmlns="http://www.w3.org/2000/svg"/>', {}
        if address == "/storage":
            return 200, "text/html", STORAGE.encode(), {}
        if address in ("/course", "/auth"):
            query = {name: values[0] for name, values in parse_qs(urlsplit(path).query).items()}
            page = self._course(query) if address == "/course" else self._named(query)
            return 200, "text/html", page.encode(), {}
        status, found, further = self._found(address, path, headers, body)
        return status, "application/json", json.dumps(found).encode(), further

    def _found(self, address: str, path: str, headers: dict[str, str], body: bytes) -> tuple[int, Any, dict[str, str]]:
        if address == "/jwks":
            return 200, {"keys": [key.as_dict(private=False) for key in self.published]}, {}
        if address == "/token":
            return self._token(parse_qs(body.decode()))
        if address == "/configuration":
            return 200, self._configuration(), {}
        if address == "/registrations":
            self.registered.append(json.loads(body))
            tool = {**self.registered[-1][names.TOOL_CONFIGURATION], "deployment_id": DEPLOYMENT}
            return 200, {**self.registered[-1], "client_id": "given-1", names.TOOL_CONFIGURATION: tool}, {}
        if headers.get("Authorization") != "Bearer token-1":
            return 401, {"error": "no token"}, {}
        if address == "/lineitems/7/lineitem/scores":
            return self._score(json.loads(body))
        if address == "/lineitems/7/lineitem/results":
            return self._results(parse_qs(urlsplit(path).query))
        if address == "/members":
            start = int(parse_qs(urlsplit(path).query).get("from", ["0"])[0])
            following = start + self.page_size
            link = {"Link": f'<{self.origin}/members?from={following}>; rel="next"'}
            return (
                200,
                {"id": "x", "members": self.members[start:following]},
                link if following < len(self.members) else {},
            )
        return 404, {"error": "unknown"}, {}

    def _course(self, query: dict[str, str]) -> str:
        """A page with an activity in a frame; `tool` is where it is."""
        hints = {"iss": self.origin, "login_hint": "7", "target_link_uri": "x", "client_id": CLIENT_ID}
        if "storage" in query:
            hints["lti_storage_target"] = "lti_storage"
        return f"""<!doctype html><html lang="en"><title>Course</title><h1>Course</h1>
            <form method="post" action="{query["tool"]}/lti/login" target="activity">{_fields(hints)}
            <button>Open</button></form>
            <iframe name="activity" title="Activity" width="1000" height="800"></iframe>
            <iframe name="lti_storage" title="Storage" src="/storage" width="1" height="1"></iframe>"""

    def _named(self, query: dict[str, str]) -> str:
        """What comes back from our sign-in: the message, sent on by the browser."""
        message = self.signed(self.claims(query["nonce"], datetime.now(UTC), self.visitor))
        fields = _fields({"state": query["state"], "id_token": message})
        return f"""<!doctype html><html lang="en"><title>Launch</title>
            <form method="post" action="{query["redirect_uri"]}">{fields}
            <button>Go on</button></form>{"" if self.pauses else "<script>document.forms[0].submit()</script>"}"""

    def _token(self, form: dict[str, list[str]]) -> tuple[int, Any, dict[str, str]]:
        claims = jwt.decode(form["client_assertion"][0], public_keys(self.tool_keys()), algorithms=["RS256"]).claims
        registry = jwt.JWTClaimsRegistry(
            now=claims["iat"],  # the tool's clock may stand in a test
            iss={"essential": True, "value": CLIENT_ID},
            sub={"essential": True, "value": CLIENT_ID},
            aud={"essential": True, "value": f"{self.origin}/token"},
            jti={"essential": True},
        )
        registry.validate(claims)
        return 200, {"access_token": "token-1", "token_type": "Bearer", "expires_in": 3600}, {}

    def _score(self, score: dict[str, Any]) -> tuple[int, Any, dict[str, str]]:
        mine = [one for one in self.scores if one["userId"] == score["userId"]]
        if mine and mine[-1]["timestamp"] >= score["timestamp"]:
            return 409, {"error": "the time stamp is not later"}, {}
        self.scores.append(score)
        self.accepted()
        return 200, {}, {}

    def _results(self, query: dict[str, list[str]]) -> tuple[int, Any, dict[str, str]]:
        """What the gradebook shows: of each person the score that came last."""
        last = {score["userId"]: score for score in self.scores}
        shown = [
            {
                "id": f"{self.origin}/lineitems/7/lineitem/results/{subject}",
                "scoreOf": f"{self.origin}/lineitems/7/lineitem?type_id=1",
                "userId": subject,
                "resultScore": score["scoreGiven"],
                "resultMaximum": score["scoreMaximum"],
                "comment": score.get("comment", ""),
            }
            for subject, score in last.items()
            if subject in query.get("user_id", [subject])
        ]
        start = int(query.get("from", ["0"])[0])
        following = start + self.page_size
        link = {"Link": f'<{self.origin}/lineitems/7/lineitem/results?type_id=1&from={following}>; rel="next"'}
        return 200, shown[start:following], link if following < len(shown) else {}

    def _configuration(self) -> dict[str, Any]:
        return {
            "issuer": self.origin,
            "authorization_endpoint": f"{self.origin}/auth",
            "token_endpoint": f"{self.origin}/token",
            "jwks_uri": f"{self.origin}/jwks",
            "registration_endpoint": f"{self.origin}/registrations",
        }


def _fields(values: dict[str, str]) -> str:
    return "".join(f'<input type="hidden" name="{name}" value="{value}">' for name, value in values.items())


def public_keys(published: dict[str, Any]) -> KeySet:
    """The keys in what a JWKS address answers."""
    return KeySet.import_key_set({"keys": published["keys"]})


def html_page() -> Answer:
    """What an LMS answers when its own firewall is in the way."""
    return 404, "text/html", b"<html><body>Page not found</body></html>"


def always(answer: Answer) -> Callable[[], Answer]:
    """The same answer each time."""
    return lambda: answer


def unsigned(claims: dict[str, Any]) -> str:
    """A message that claims to need no signature."""

    def part(value: dict[str, Any]) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    return f"{part({'alg': 'none', 'kid': 'x'})}.{part(claims)}."
