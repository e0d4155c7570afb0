"""Refuses a body over the limit while it streams in: never more than one chunk of it is held."""

from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import BodyTooLarge

FORM_OVERHEAD_BYTES = 16 * 1024  # boundaries, part headers and the other fields of a form around one file

JSON_TIMES = 6
"""A byte of a file is six in a JSON string at the most, as in \\u0009 (RFC 8259, 7); base64 takes four for three."""

KEY = "chainrule.body_allowance"


@dataclass(slots=True)
class Allowance:
    """How long the body of a request may be. file_bytes: how long the file in it, which is what people are told."""

    limit: int
    file_bytes: int


def allow_json(scope: Scope) -> None:
    """Let the file of this request come as JSON. For routes that know who sends it and have not read it yet.

    What a file may be when it is decoded stays their own to check.
    """
    allowance: Allowance = scope[KEY]
    allowance.limit = JSON_TIMES * allowance.limit


def allow_file(scope: Scope, file_bytes: int) -> None:
    """Let the form of this request bring a file of its own kind. For routes that know who sends it, as allow_json."""
    allowance: Allowance = scope[KEY]
    allowance.limit, allowance.file_bytes = file_bytes + FORM_OVERHEAD_BYTES, file_bytes


class BodyLimit:
    """Lets a form around a file of at most `file_bytes` through; the reader of a longer body gets BodyTooLarge."""

    def __init__(self, app: ASGIApp, file_bytes: int) -> None:
        self._app = app
        self._file_bytes = file_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        announced = _announced(scope)
        allowance = scope[KEY] = Allowance(self._file_bytes + FORM_OVERHEAD_BYTES, self._file_bytes)
        seen = 0

        async def limited() -> Message:
            nonlocal seen
            if announced > allowance.limit:
                raise BodyTooLarge(allowance.file_bytes)
            message = await receive()
            if message["type"] == "http.request":
                seen += len(message.get("body", b""))
                if seen > allowance.limit:
                    raise BodyTooLarge(allowance.file_bytes)
            return message

        await self._app(scope, limited, send)


def _announced(scope: Scope) -> int:
    """Content-Length, or 0 where there is none; the server has checked that it is a number."""
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value)
    return 0
