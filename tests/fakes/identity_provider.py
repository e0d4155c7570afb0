"""An identity provider on loopback, strict about what it is asked; a test says what it answers wrongly."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

CLIENT = "chainrule"
SECRET = "client secret:with % and ü"


@dataclass
class Granted:
    """What a code stands for."""

    query: Mapping[str, str]
    claims: Mapping[str, Any]


@dataclass
class IdentityProvider:
    """Answers inside `with`. People do not type here: a browser that comes is sent back at once.

    person: the claims about whoever signs in. userinfo: those that are only told at the userinfo endpoint.
    instead: replaces claims of the ID token. about: replaces what discovery says. down: whether it answers at all.
    algorithm, key: what tokens are signed with; None for the key that is published.
    """

    secret: str = SECRET
    person: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] = field(default_factory=dict)
    instead: dict[str, Any] = field(default_factory=dict)
    about: dict[str, Any] = field(default_factory=dict)
    down: bool = False
    algorithm: str = "RS256"
    signing: RSAKey | OctKey | None = None
    asked: list[str] = field(default_factory=list)

    def __enter__(self) -> "IdentityProvider":
        self.key = RSAKey.generate_key(2048, {"kid": secrets.token_hex(4)}, private=True)
        self._codes: dict[str, Granted] = {}
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path.startswith("/authorize?"):
                    self.send_response(303)
                    self.send_header("Location", outer.sign_in(outer.issuer + self.path))
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                    return
                self._send(*outer.answer(self.path, "", dict(self.headers)))

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length", 0))).decode()
                self._send(*outer.answer(self.path, body, dict(self.headers)))

            def _send(self, status: int, body: bytes) -> None:
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *values: Any) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.issuer = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), name="provider")
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def new_key(self) -> None:
        """Sign with another key from now on."""
        self.key = RSAKey.generate_key(2048, {"kid": secrets.token_hex(4)}, private=True)

    def sign_in(self, address: str) -> str:
        """What a browser is sent back to from the authorization address, once somebody has signed in there."""
        parts = urlsplit(address)
        query = dict(parse_qsl(parts.query))
        assert f"{parts.scheme}://{parts.netloc}{parts.path}" == f"{self.issuer}/authorize"
        assert query["response_type"] == "code"
        assert query["client_id"] == CLIENT
        assert query["code_challenge_method"] == "S256"
        assert set(query["scope"].split()) == {"openid", "email", "profile"}
        code = secrets.token_urlsafe(8)
        self._codes[code] = Granted(query, dict(self.person))
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state'], 'iss': self.issuer})}"

    def answer(self, path: str, body: str, headers: Mapping[str, str]) -> tuple[int, bytes]:
        """Status and body of an answer."""
        self.asked.append(path)
        if self.down:
            return 503, b"<h1>Sorry</h1>"
        if path == "/.well-known/openid-configuration":
            return 200, json.dumps({**self._discovery(), **self.about}).encode()
        if path == "/keys":
            return 200, json.dumps({"keys": [self.key.as_dict(private=False, use="sig")]}).encode()
        if path == "/userinfo":
            return 200, json.dumps({"sub": self.person["sub"], **self.userinfo}).encode()
        if path == "/token":
            found = self._token({name: values[0] for name, values in parse_qs(body).items()}, headers)
            return (200 if found else 400), json.dumps(found or {"error": "invalid_grant"}).encode()
        return 404, b"{}"

    def _discovery(self) -> dict[str, Any]:
        names = {"authorization_endpoint": "authorize", "token_endpoint": "token", "userinfo_endpoint": "userinfo"}
        found: dict[str, Any] = {name: f"{self.issuer}/{path}" for name, path in names.items()}
        return {**found, "issuer": self.issuer, "jwks_uri": f"{self.issuer}/keys"}

    def _token(self, form: Mapping[str, str], headers: Mapping[str, str]) -> dict[str, Any] | None:
        granted = self._codes.pop(form.get("code", ""), None)
        if granted is None or not self._is_client(form, headers):
            return None
        hashed = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        if base64.urlsafe_b64encode(hashed).rstrip(b"=").decode() != granted.query["code_challenge"]:
            return None
        if form.get("redirect_uri") != granted.query["redirect_uri"]:
            return None
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": granted.query["nonce"],
            **granted.claims,
            **self.instead,
        }
        key = self.signing or self.key
        header = {"alg": self.algorithm, "kid": self.key.kid}
        token = jwt.encode(header, {k: v for k, v in claims.items() if v is not None}, key, algorithms=[self.algorithm])
        return {"access_token": "access", "token_type": "Bearer", "id_token": token}

    def _is_client(self, form: Mapping[str, str], headers: Mapping[str, str]) -> bool:
        if not self.secret:
            return form.get("client_id") == CLIENT
        given = headers.get("Authorization", headers.get("authorization", "")).removeprefix("Basic ")
        basic = base64.b64decode(given).decode("utf-8", "replace") if given else ""
        posted = form.get("client_id") == CLIENT and form.get("client_secret") == self.secret
        return posted or basic == f"{CLIENT}:{self.secret}"
