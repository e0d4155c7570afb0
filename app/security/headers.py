"""Headers that tell a browser what a page of ours never does, on every answer."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_POLICY = (
    ("default-src", "'none'"),
    ("style-src", "'self'"),
    ("img-src", "'self' data:"),
    ("script-src", "'self'"),
    ("font-src", "'self'"),
    ("connect-src", "'self'"),
    ("form-action", "'self'"),
    ("base-uri", "'none'"),
    ("frame-ancestors", "'none'"),
)


def content_security_policy(**changed: str) -> str:
    """The policy of our pages; `changed` replaces directives, named with underscores."""
    return "; ".join(f"{name} {changed.get(name.replace('-', '_'), value)}" for name, value in _POLICY)


CONTENT_SECURITY_POLICY = content_security_policy()

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}

TRANSPORT_SECURITY = "max-age=31536000"


class SecurityHeaders:
    """Adds the headers; pages and answers about people are not kept by caches unless they say so themselves."""

    def __init__(self, app: ASGIApp, https: bool) -> None:
        self._app = app
        self._https = https

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def adding(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                holder = scope.get("state", {}).get("frame_origin")
                if holder:  # a session in a frame of a learning management system: its origins alone may hold it
                    policy = content_security_policy(frame_ancestors=f"'self' {holder}")
                    headers.setdefault("Content-Security-Policy", policy)
                for name, value in HEADERS.items():
                    if not (holder and name == "X-Frame-Options"):  # which knows no origins but our own
                        headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "no-store")
                if self._https:
                    headers.setdefault("Strict-Transport-Security", TRANSPORT_SECURITY)
            await send(message)

        await self._app(scope, receive, adding)
