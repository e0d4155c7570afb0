"""Frames as the supervisor reads them: any stream of bytes, in any pieces, is replies and then the end or a WireError.

An input is one byte for the limit on arrays, one for the size of the pieces it arrives in, and the stream. Where the
first byte is LENGTH_IS_RIGHT or more, the stream lacks its length: it is the header up to the first line end, then the
body. So a mutation of the header is not lost on the length.
"""

import struct
from typing import Any

import numpy as np

from grader.sandbox.channel import Incoming
from grader.sandbox.inside.encoding import PACKED_LENGTH, encode
from grader.sandbox.inside.frames import (
    DTYPES,
    HEADER_BYTES,
    INT_LIMIT,
    MAX_TEXT,
    PREFIX_BYTES,
    WireError,
)
from grader.sandbox.inside.messages import read_reply, reply_frame
from grader.sandbox.inside.wire import Definition, Foreign, Kept, Loaded, OutOfReach, Raised, Returned, Value
from tests.fuzz.target import Target

REPLY_BYTES = (0, 64, 4096, 1 << 20)
"""Limits on the bytes of arrays, chosen by the first byte of an input."""

PIECES = (1, 2, 3, 5, 8, 64, 1000, 1 << 16)
"""Sizes of the pieces, chosen by the second byte; the last is what the channel reads at once."""

LENGTH_IS_RIGHT = 128

QUESTIONS = 3
"""Calls that were sent together, so that as many answers are awaited from the stream."""

Reply = Returned | Raised | Loaded

BYTES_PER_HEADER_BYTE = 40
"""Memory for a byte of header, half again of what the worst was measured to take: `{},` is three bytes, and a dict of
64 with its bookkeeping and its place in a list, 28 for a byte in all."""

BYTES_PER_BODY_BYTE = 10
"""Memory for a byte of arrays: the bytes that came, their copy, and for a packed row of numbers 40 bytes for 8."""

FIXED_BYTES = 256 * 1024
"""What any reading takes: specifications of arrays, generators, the error that is raised."""


def read(data: bytes) -> bool:
    """Read one input; True if an answer is in it. Raises AssertionError where a value came through that may not."""
    limit, piece, stream = _parts(data)
    replies, taken = _replies(stream, limit, piece)
    # What follows an answer is found with it or before the next call, so only the bytes that were taken are compared.
    whole, _ = _replies(stream[:taken], limit, taken)
    assert repr(replies) == repr(whole), "the answers depend on the pieces in which they came"
    return bool(replies)


def prefixed(stream: bytes, limit: int = 3, piece: int = 7) -> bytes:
    """The input for a stream; `limit` and `piece` are places in REPLY_BYTES and PIECES."""
    return bytes((limit, piece)) + stream


def peak_bytes(data: bytes) -> int:
    """What reading may take: for no more than the header check allows, however long the stream is."""
    limit, _, stream = _parts(data)
    header = min(len(stream), QUESTIONS * HEADER_BYTES)
    body = min(len(stream), QUESTIONS * limit)
    return FIXED_BYTES + BYTES_PER_HEADER_BYTE * header + BYTES_PER_BODY_BYTE * body


def seeds() -> tuple[bytes, ...]:
    """Replies of every kind, as a sandbox of ours sends them, each with its length and without."""
    row: Value = [float(number) for number in range(PACKED_LENGTH)]
    arrays: Value = tuple(np.zeros(1, dtype) for dtype in DTYPES.values())
    frames = (
        reply_frame(Returned(np.arange(6.0).reshape(2, 3))),
        reply_frame(Returned((row, tuple(range(PACKED_LENGTH)), arrays), (np.zeros((0, 4)), {"w": 1.5, "n": None}))),
        reply_frame(Returned([True, 1, "text", Kept("net"), Foreign("generator"), ((), [])])),
        reply_frame(Raised("ValueError", "shapes (2,3) and (4,)", 7, ("work.py:7 in relu", "work.py:9 in forward"))),
        reply_frame(
            Loaded(
                (Definition("relu", 1, 3, ("x",), 1),),
                ((5, 9, "for loop"),),
                ("torch",),
                out_of_reach=(OutOfReach("f", 7, "cell 2", "why"),),
            )
        ),
        encode("ready", ()),
    )
    answers = [frames[0].numbered(number) for number in range(QUESTIONS)]
    together = b"".join(chunk for frame in answers for chunk in frame.chunks())
    whole = [b"".join(frame.chunks()) for frame in frames]
    bodies = [data[PREFIX_BYTES + len(frame.header) :] for frame, data in zip(frames, whole, strict=True)]
    unmeasured = [frame.header + b"\n" + body for frame, body in zip(frames, bodies, strict=True)]
    return (prefixed(together), *map(prefixed, whole), *(prefixed(data, LENGTH_IS_RIGHT + 3) for data in unmeasured))


def _parts(data: bytes) -> tuple[int, int, bytes]:
    first, second = (*data[:2], 0, 0)[:2]
    stream = data[2:]
    if first >= LENGTH_IS_RIGHT:
        header, _, body = stream.partition(b"\n")
        stream = struct.pack("<I", len(header)) + header + body
    return REPLY_BYTES[first % len(REPLY_BYTES)], PIECES[second % len(PIECES)], stream


def _replies(stream: bytes, limit: int, piece: int) -> tuple[list[Reply], int]:
    """What the supervisor makes of a stream that comes in such pieces as answers to QUESTIONS, and how much it took."""
    replies: list[Reply] = []
    arrived, taken = b"", 0
    try:
        for number in range(QUESTIONS):
            incoming = Incoming(limit)
            arrived = incoming.feed(arrived)
            while incoming.missing:
                data = stream[taken : taken + piece]
                if not data:
                    return replies, taken  # the pipe is closed
                taken += len(data)
                arrived = incoming.feed(data)
            if arrived and number == QUESTIONS - 1:
                break  # bytes after the last answer
            kind, value = incoming.result(number)
            _require_harmless(value, limit)
            replies.append(read_reply(kind, value, 0.0))
    except WireError:
        pass
    return replies, taken


def _require_harmless(value: Value, limit: int) -> None:
    """Only what may cross, in texts that can be stored and numbers that fit, and no more arrays than announced."""
    total = 0
    waiting: list[Any] = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, np.ndarray):
            assert item.dtype in DTYPES.values() and item.flags.writeable
            total += item.nbytes
        elif isinstance(item, (tuple, list)):
            waiting.extend(item)
        elif isinstance(item, dict):
            waiting.extend([*item, *item.values()])
        elif isinstance(item, str):
            assert len(item) <= MAX_TEXT and "\0" not in item
            item.encode("utf-8")
        elif isinstance(item, (Kept, Foreign)):
            waiting.append(item.name if isinstance(item, Kept) else item.type_name)
        elif type(item) is int:
            assert -INT_LIMIT <= item < INT_LIMIT
        else:
            assert item is None or type(item) in (bool, float), type(item)
    assert total <= limit, "more bytes of arrays than the header check allows"


FRAMES = Target(
    "frames",
    read,
    peak_bytes,
    seeds,
    words=(
        *(f'"{name}"'.encode() for name in DTYPES),
        *(b'["%c",' % tag for tag in b"afkxtldp"),
        *(b'"%c":' % key for key in b"kva"),
        *(b'"returned"', b'"raised"', b'"loaded"', b"null", b"true", b"[]", b"{}", b"NaN", b"1e999", b'"\\ud800"'),
        *(struct.pack("<I", length) for length in (0, 2, HEADER_BYTES, HEADER_BYTES + 1, 2**32 - 1)),
        *(str(number).encode() for number in (1 << 40, (1 << 40) + 1, INT_LIMIT, -INT_LIMIT, 1 << 64)),
    ),
)
