"""What the lines of the running request or grading are about, wherever they are written."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import uuid4

REQUEST_HEADER = "X-Request-ID"
_ACCEPTED = re.compile(r"[A-Za-z0-9._-]{8,64}")

_request: ContextVar[str] = ContextVar("request", default="")
_grading: ContextVar[str] = ContextVar("grading", default="")


def accepted_request_id(sent: str) -> str:
    """The id that a proxy or a program sent, where it is one; otherwise a new one."""
    return sent if _ACCEPTED.fullmatch(sent) else uuid4().hex


@contextmanager
def about_request(request_id: str) -> Iterator[None]:
    """Lines written in the block are about this request."""
    token = _request.set(request_id)
    try:
        yield
    finally:
        _request.reset(token)


@contextmanager
def about_grading(grading_id: str) -> Iterator[None]:
    """Lines written in the block are about this grading."""
    token = _grading.set(grading_id)
    try:
        yield
    finally:
        _grading.reset(token)


def about() -> dict[str, str]:
    """What a line written now is about, by the names that lines use."""
    found = {"request_id": _request.get(), "grading_id": _grading.get()}
    return {name: value for name, value in found.items() if value}
