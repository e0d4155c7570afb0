"""A request that makes something counts once, however often it is sent with the same Idempotency-Key."""

import hashlib
from collections.abc import Callable
from typing import Annotated

from fastapi import Header, Request, Response
from starlette.responses import Response as AnyResponse

from app.api.etags import answer
from app.api.schemas import Schema
from app.dependencies import TokenUser
from submissions.clock import Clock
from submissions.database import Transaction
from submissions.errors import IdempotencyConflict
from submissions.repository.answers import KeptAnswer

IdempotencyKey = Annotated[
    str | None,
    Header(min_length=1, max_length=200, description="A key of your choice: the same request twice counts once."),
]

Made = tuple[int, str, Schema]
"""Status, Location and body of what was made."""


def once(
    tx: Transaction,
    request: Request,
    caller: TokenUser,
    key: str | None,
    asked: bytes,
    clock: Clock,
    make: Callable[[], Made],
) -> Response:
    """What `make` answers, or the earlier answer to this key of the caller's, for a week.

    asked: what was sent, which must be the same. Raises IdempotencyConflict.
    """
    now = clock()
    line = f"{request.method} {request.url.path}?{request.url.query}\n"
    digest = hashlib.sha256(line.encode("utf-8", "replace") + asked).hexdigest()
    earlier = None if key is None else tx.answers.get(caller.user.id, key, now)
    if earlier is not None:
        if earlier.asked != digest:
            raise IdempotencyConflict
        headers = {"Location": earlier.location, "Idempotent-Replayed": "true"}
        return AnyResponse(earlier.body, earlier.status, headers, "application/json")
    status, location, body = make()
    made = answer(body, status, {"Location": location})
    if key is not None:
        tx.answers.keep(caller.user.id, key, KeptAnswer(digest, status, location, bytes(made.body).decode()), now)
    return made
