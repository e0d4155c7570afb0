"""Counts every answer under the template of its route: a path that somebody typed is never a label."""

from time import perf_counter

from starlette.types import ASGIApp, Message, Receive, Scope, Send

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
API_PREFIX = "/api/v1"
NO_ROUTE = "(none)"


class CountedRequests:
    """Middleware; the application's context has the instruments once it has started."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, status = perf_counter(), 500  # what a connection that is cut short was

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noting)
        finally:
            method = scope["method"] if scope["method"] in METHODS else "other"
            metrics = scope["app"].state.context.metrics
            metrics.answered(method, route_of(scope), status, perf_counter() - begun)


def route_of(scope: Scope) -> str:
    """The template of the route that took the request, such as /courses/{course}; `(none)` where none did."""
    path = getattr(scope.get("route"), "path", None)
    if not isinstance(path, str):
        return NO_ROUTE
    # A route knows the path below its router only, and the API's is the one router with a prefix.
    below_api = scope["path"].startswith(f"{API_PREFIX}/") and not path.startswith(f"{API_PREFIX}/")
    return API_PREFIX + path if below_api else path
