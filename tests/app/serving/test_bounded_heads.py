"""A real server on loopback: heads, trailers and chunks that do not end are ended, and what is right is answered."""

import asyncio
import socket
import threading
from collections.abc import Iterator, MutableMapping
from contextlib import closing
from typing import Any

import pytest
import uvicorn

from app.serving.bounded_heads import MOST_HEAD_BYTES, TOO_LONG, BoundedHeads

PIECE = 16 * 1024
FAR_TOO_MUCH = 40 * MOST_HEAD_BYTES  # a server that reads on takes all of it


async def counting(scope: MutableMapping[str, Any], receive: Any, send: Any) -> None:
    """Answers with the bytes of the body and the names of the headers."""
    count, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        count += len(message["body"])
        more = message["more_body"]
    body = b"%d %s" % (count, b" ".join(name for name, _value in scope["headers"]))
    length = (b"content-length", b"%d" % len(body))
    await send({"type": "http.response.start", "status": 200, "headers": [length]})
    await send({"type": "http.response.body", "body": body})


@pytest.fixture(scope="module")
def address() -> Iterator[tuple[str, int]]:
    config = uvicorn.Config(counting, loop="uvloop", http=BoundedHeads, log_config=None, lifespan="off")
    server = uvicorn.Server(config)
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        thread = threading.Thread(target=lambda: asyncio.run(server.serve([listener])))
        thread.start()
        yield listener.getsockname()
        server.should_exit = True
        thread.join(30)


def answered(address: tuple[str, int], *pieces: bytes) -> bytes:
    """What comes back until the server ends the connection; a piece that is not taken any more ends the sending."""
    with closing(socket.create_connection(address, 10)) as there:
        try:
            for piece in pieces:
                there.sendall(piece)
        except ConnectionError:
            pass
        came = b""
        try:
            while more := there.recv(PIECE):
                came += more
        except ConnectionError:
            pass
        return came


HEAD = b"POST / HTTP/1.1\r\nHost: here\r\nConnection: close\r\n"


def test_a_request_is_answered(address: tuple[str, int]) -> None:
    came = answered(address, HEAD + b"X-Long: " + b"a" * (MOST_HEAD_BYTES // 2) + b"\r\nContent-Length: 3\r\n\r\nabc")

    assert came.startswith(b"HTTP/1.1 200")
    assert came.endswith(b"3 host connection x-long content-length")


@pytest.mark.parametrize(
    "piece", [b"a" * PIECE, b"X-Many: 1\r\n" * (PIECE // 11)], ids=["one long header", "many headers"]
)
def test_a_head_that_does_not_end_is_refused(address: tuple[str, int], piece: bytes) -> None:
    came = answered(address, HEAD + b"X-Long: a", *[piece] * (FAR_TOO_MUCH // PIECE))

    assert b"200" not in came
    assert came == b"" or (came.startswith(b"HTTP/1.1 400") and came.endswith(TOO_LONG.encode()))


CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"


def test_chunks_of_one_byte_are_a_body(address: tuple[str, int]) -> None:
    came = answered(address, CHUNKED, *[b"1\r\na\r\n" * 4000] * 10, b"0\r\n\r\n")

    assert came.startswith(b"HTTP/1.1 200")
    assert b"\r\n\r\n40000 " in came


@pytest.mark.parametrize("start", [b"1;a=", b"0\r\nX-Trailer: "], ids=["what is said of a chunk", "a trailer"])
def test_what_stands_around_a_body_ends_too(address: tuple[str, int], start: bytes) -> None:
    assert answered(address, CHUNKED, start, *[b"a" * PIECE] * (FAR_TOO_MUCH // PIECE)) == b""


def test_a_trailer_is_no_header(address: tuple[str, int]) -> None:
    came = answered(address, CHUNKED, b"1\r\na\r\n", b"0\r\nAuthorization: x\r\n\r\n")

    assert came.endswith(b"1 host connection transfer-encoding")


def test_a_large_body_is_none_of_its_business(address: tuple[str, int]) -> None:
    size = 4 * FAR_TOO_MUCH
    came = answered(address, HEAD + b"Content-Length: %d\r\n\r\n" % size, *[b"a" * PIECE] * (size // PIECE))

    assert b"\r\n\r\n%d " % size in came


def test_requests_in_one_read_are_each_answered(address: tuple[str, int]) -> None:
    large = b"POST / HTTP/1.1\r\nHost: here\r\nContent-Length: %d\r\n\r\n" % (2 * MOST_HEAD_BYTES)
    came = answered(address, large, b"a" * (2 * MOST_HEAD_BYTES) + HEAD + b"Content-", b"Length: 0\r\n\r\n")

    assert came.count(b"HTTP/1.1 200") == 2
