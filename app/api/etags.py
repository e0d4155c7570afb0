"""Answers that need not be sent again, and changes of what somebody else changed meanwhile: strong ETags."""

import hashlib
from collections.abc import Sequence

from fastapi import Request, Response
from fastapi.responses import JSONResponse

from app.api.schemas import Schema
from app.errors import ChangedMeanwhile


def etag_of(body: bytes) -> str:
    """The tag of exactly these bytes."""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def answer(body: Schema, status: int = 200, headers: dict[str, str] | None = None) -> JSONResponse:
    """`body` as it is sent."""
    return JSONResponse(body.model_dump(mode="json"), status, headers)


def answer_list(items: Sequence[Schema], headers: dict[str, str]) -> JSONResponse:
    """`items` as they are sent."""
    return JSONResponse([item.model_dump(mode="json") for item in items], headers=headers)


def tagged(request: Request, response: JSONResponse) -> Response:
    """`response` with its ETag; 304 without a body if the caller named that tag in If-None-Match."""
    etag = etag_of(bytes(response.body))
    headers = {"ETag": etag, "Cache-Control": "private, no-cache", "Vary": "Authorization"}
    asked = _named(request, "if-none-match")
    response.headers.update(headers)
    if etag in asked or "*" in asked:
        kept = {name: value for name, value in response.headers.items() if not name.startswith("content-")}
        return Response(status_code=304, headers=kept)
    return response


def as_read(request: Request, current: Schema | None) -> None:
    """Return if the caller names in If-Match what is there now, or names nothing. Raises ChangedMeanwhile."""
    asked = _named(request, "if-match")
    if not asked:
        return
    if current is None or ("*" not in asked and etag_of(bytes(answer(current).body)) not in asked):
        raise ChangedMeanwhile


def _named(request: Request, header: str) -> list[str]:
    return [tag for one in request.headers.get(header, "").split(",") if (tag := one.strip().removeprefix("W/"))]
