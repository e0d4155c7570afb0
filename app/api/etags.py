"""Answers that need not be sent again, and changes of what somebody else changed meanwhile: strong ETags."""

import hashlib
from collections.abc import Sequence

from fastapi import Request, Response
from fastapi.responses import JSONResponse

from app.api.schemas import Schema
from app.errors import ChangedMeanwhile

READING = ("GET", "HEAD")
"""Only what is read can be known already; a change that was made is told as it is."""


def etag_of(body: bytes) -> str:
    """The tag of exactly these bytes."""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def answer(body: Schema, status: int = 200, headers: dict[str, str] | None = None) -> JSONResponse:
    """`body` as it is sent."""
    return JSONResponse(body.model_dump(mode="json"), status, headers)


def answer_list(items: Sequence[Schema], headers: dict[str, str]) -> JSONResponse:
    """`items` as they are sent."""
    return JSONResponse([item.model_dump(mode="json") for item in items], headers=headers)


def tagged(request: Request, response: Response) -> Response:
    """`response` with its ETag; 304 without a body if the caller who reads named that tag in If-None-Match."""
    etag = etag_of(bytes(response.body))
    headers = {"ETag": etag, "Cache-Control": "private, no-cache", "Vary": "Authorization"}
    response.headers.update(headers)
    if request.method in READING and is_known(request, etag):
        kept = {name: value for name, value in response.headers.items() if not name.startswith("content-")}
        return Response(status_code=304, headers=kept)
    return response


def as_read(request: Request, current: Schema | None) -> None:
    """Return if what is there now is what the caller would change, by If-Match and If-None-Match (RFC 9110, 13.1).

    Without either it is. `If-None-Match: *` means: only where nothing is there yet. Raises ChangedMeanwhile.
    """
    etag = None if current is None else etag_of(bytes(answer(current).body))
    wanted = _named(request, "if-match")
    if wanted and (etag is None or ("*" not in wanted and etag not in wanted)):
        raise ChangedMeanwhile
    if etag is not None and is_known(request, etag):
        raise ChangedMeanwhile


def asks_for_news(request: Request) -> bool:
    """Whether the caller names an answer in If-None-Match that need not be sent again."""
    return bool(_named(request, "if-none-match"))


def is_known(request: Request, etag: str) -> bool:
    """Whether the caller names this tag in If-None-Match, or any."""
    asked = _named(request, "if-none-match")
    return etag in asked or "*" in asked


def _named(request: Request, header: str) -> list[str]:
    return [tag for one in request.headers.get(header, "").split(",") if (tag := one.strip().removeprefix("W/"))]
