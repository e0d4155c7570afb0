"""HEAD as GET without its body (RFC 9110, 9.3.2): for uptime monitors, link checkers and download managers."""

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class HeadRequests:
    """Has the routes answer a HEAD as they answer a GET, and keeps the body back."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return
        ended = False

        async def headers_only(message: Message) -> None:
            nonlocal ended
            scope["method"] = "HEAD"  # what is outside counts it as what it was, and the server sends no length twice
            if message["type"] == "http.response.start":
                await send(message)
                return
            if not ended:
                ended = True
                await send({"type": "http.response.body", "body": b"", "more_body": False})
            if message.get("more_body"):  # a stream would go on for as long as somebody looks
                raise ClientDisconnect

        # Not a copy: the router writes into it what is counted and logged outside.
        scope["method"] = "GET"
        try:
            await self._app(scope, receive, headers_only)
        except ClientDisconnect:
            if not ended:
                raise
        finally:
            scope["method"] = "HEAD"
