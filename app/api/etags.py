"""Answers that need not be sent again: a strong ETag over the exact bytes, and 304 for who has them."""

import hashlib

from fastapi import Request, Response
from fastapi.responses import JSONResponse


def tagged(request: Request, response: JSONResponse) -> Response:
    """`response` with its ETag; 304 without a body if the caller named that tag in If-None-Match."""
    etag = f'"{hashlib.sha256(bytes(response.body)).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": "private, no-cache", "Vary": "Authorization"}
    asked = [tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")]
    if etag in asked or "*" in asked:
        return Response(status_code=304, headers=headers)
    response.headers.update(headers)
    return response
