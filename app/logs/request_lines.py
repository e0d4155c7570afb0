"""Gives each request an id, which its answer and every line about it carry, and writes one line when it is answered."""

import logging
from time import perf_counter

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.logs.about import REQUEST_HEADER, about_request, accepted_request_id
from app.metrics.counted_requests import route_of

QUIET = frozenset({"/healthz", "/readyz", "/metrics"})
"""Asked every few seconds by machines: no news unless something is wrong."""

logger = logging.getLogger("chainrule.request")


class RequestLines:
    """Middleware. The line has the template of the route and never the path, which may hold the secret of a link."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = accepted_request_id(Headers(scope=scope).get(REQUEST_HEADER, ""))
        begun, status = perf_counter(), 500

        async def adding(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[REQUEST_HEADER] = request_id
            await send(message)

        with about_request(request_id):
            try:
                await self._app(scope, receive, adding)
            finally:
                route = route_of(scope)
                quiet = (route in QUIET and status < 500) or scope["path"].startswith("/static/")
                logger.log(
                    logging.DEBUG if quiet else logging.INFO,
                    "%s %s %d",
                    scope["method"],
                    route,
                    status,
                    extra={
                        "method": scope["method"],
                        "route": route,
                        "status": status,
                        "milliseconds": round((perf_counter() - begun) * 1000, 1),
                    },
                )
