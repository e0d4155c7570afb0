"""A hundred megabytes are refused after the first few kilobytes, on every route that reads a body."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from app.errors import BodyTooLarge
from app.serving.body_limit import FORM_OVERHEAD_BYTES, BodyLimit, allow_json

CHUNK = b"x" * 16 * 1024
CHUNKS = 100 * 64  # 100 MB in all


class Stream:
    """A body of 100 MB that counts how much of it was asked for."""

    def __init__(self, head: bytes) -> None:
        self.sent = 0
        self._head = head

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in (self._head, *[CHUNK] * CHUNKS):
            self.sent += len(chunk)
            yield chunk


HEAD = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a1.py"\r\n\r\n'
MULTIPART = {"Content-Type": "multipart/form-data; boundary=b"}


def test_a_streamed_body_is_cut_off_early(school: Any) -> None:
    body = Stream(HEAD)
    answer = school.client.post(school.submissions_path, content=body, headers={**school.bearer("ada"), **MULTIPART})

    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"
    assert body.sent <= 64 * 1024 + FORM_OVERHEAD_BYTES + 2 * len(CHUNK)


def test_an_announced_one_is_not_read_at_all(school: Any) -> None:
    body = Stream(HEAD)
    headers = {**school.bearer("ada"), **MULTIPART, "Content-Length": str(100 * 2**20)}
    answer = school.client.post(school.submissions_path, content=body, headers=headers)

    assert answer.status_code == 413
    assert body.sent <= len(HEAD)


def test_a_page_says_so_as_a_page(school: Any) -> None:
    school.sign_in("ada")
    answer = school.client.post(
        "/courses/nn/assignments/ece421-numpy-nn/submissions", content=Stream(HEAD), headers=MULTIPART
    )

    assert answer.status_code == 413
    assert answer.headers["content-type"].startswith("text/html")


def test_without_a_token_nothing_is_read(school: Any) -> None:
    body = Stream(HEAD)
    answer = school.client.post(school.submissions_path, content=body, headers=MULTIPART)

    assert answer.status_code == 401
    assert body.sent == 0


@pytest.mark.parametrize(
    ("as_json", "most"), [(False, 1000 + FORM_OVERHEAD_BYTES), (True, 6 * (1000 + FORM_OVERHEAD_BYTES))]
)
def test_the_limit_is_exact(as_json: bool, most: int) -> None:
    async def reads(size: int) -> bool:
        async def app(scope: Any, receive: Any, send: Any) -> None:
            if as_json:
                allow_json(scope)
            await receive()

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"x" * size, "more_body": False}

        async def send(message: Any) -> None: ...

        try:
            await BodyLimit(app, 1000)({"type": "http", "headers": []}, receive, send)
        except BodyTooLarge:
            return False
        return True

    assert asyncio.run(reads(most))
    assert not asyncio.run(reads(most + 1))
