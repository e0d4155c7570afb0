"""How often a token may ask, and the headers that say so (draft-ietf-httpapi-ratelimit-headers-10)."""

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

WINDOW = timedelta(minutes=1)
POLICY = "token"
MOST_KNOWN = 10_000
"""Tokens that are counted before windows that have ended are forgotten."""


@dataclass(frozen=True, slots=True)
class Quota:
    """What a token has left: `remaining` of `limit` requests, until a new window in `reset_seconds`."""

    limit: int
    remaining: int
    reset_seconds: int
    is_spent: bool

    def headers(self) -> dict[str, str]:
        """The policy and where this token stands with it."""
        window = int(WINDOW.total_seconds())
        return {
            "RateLimit-Policy": f'"{POLICY}";q={self.limit};w={window}',
            "RateLimit": f'"{POLICY}";r={self.remaining};t={self.reset_seconds}',
        }


class RateLimits:
    """Counts requests by token, in this process: a window begins with a token's first request and lasts a minute.

    A window, unlike the allowance of a person (person_limits.py), is what the headers can speak of. limit: of requests
    in a window; 0: none.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._lock = threading.Lock()
        self._windows: dict[str, tuple[datetime, int]] = {}

    def take(self, token_id: str, now: datetime) -> Quota | None:
        """Count a request; what is left after it, None where there is no limit."""
        if self._limit == 0:
            return None
        with self._lock:
            begun, used = self._windows.get(token_id, (now, 0))
            if not timedelta(0) <= now - begun < WINDOW:
                begun, used = now, 0
            if len(self._windows) >= MOST_KNOWN:
                self._windows = {known: one for known, one in self._windows.items() if now - one[0] < WINDOW}
            self._windows[token_id] = (begun, used + 1)
        left = (begun + WINDOW - now).total_seconds()
        return Quota(self._limit, max(0, self._limit - used - 1), max(1, int(-(-left // 1))), used >= self._limit)


class RateLimitHeaders:
    """Puts into every answer to a token what is left of its quota."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        state = scope.setdefault("state", {})

        async def telling(message: Message) -> None:
            quota = state.get("quota")
            if message["type"] == "http.response.start" and isinstance(quota, Quota):
                MutableHeaders(scope=message).update(quota.headers())
            await send(message)

        await self._app(scope, receive, telling)
