"""Frames: how a message crosses a pipe, and how bytes that a student may have written are read without harm.

A frame is a 4-byte little-endian length, a JSON header of that length, and the raw little-endian C-order buffers of
its arrays. The header is {"k": kind, "v": value tree, "a": [[dtype, shape], ...]}, and for all but the first of frames
sent together "n": its number. Reading raises WireError and nothing else.
"""

import json
import math
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.sandbox.inside.wire import Foreign, Kept, Value

DTYPES = {
    name: np.dtype("<" + name)
    for name in ("f8", "f4", "f2", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "b1", "c8", "c16")
}
"""Every dtype that may cross; the names are the keys of the header."""

PREFIX_BYTES = 4
MAX_ARRAYS = 512
HEADER_BYTES = 64 * 1024 + 96 * MAX_ARRAYS
MAX_AXES = 16
MAX_DEPTH = 12
MAX_NODES = 20_000
MAX_TEXT = 10_000  # characters of one str that crosses as a value
MAX_CELLS = 1 << 40  # product of the axes: keeps NumPy's own size arithmetic from overflowing
MAX_EMPTY = 1 << 16  # the same of an array with an axis of 0: no bytes come, and yet as lists it has so many
INT_LIMIT = 1 << 63
WHOLE_BYTES = 1 << 15  # of arrays, up to which a frame is written at once
MAX_PACKED = 1 << 18  # numbers in all lists that cross as one buffer: read, each is an object of 32 bytes


def _refuse(token: str) -> None:
    raise ValueError(token)


_HEADERS = json.JSONDecoder(parse_float=_refuse, parse_constant=_refuse)  # made once, not for each frame


class WireError(Exception):
    """The bytes are no frame of ours; the message says what is wrong with them."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A message ready to be written. `body_bytes` is known before any buffer is copied or made contiguous."""

    header: bytes
    arrays: tuple[NDArray[Any], ...]
    body_bytes: int

    def head(self) -> bytes:
        """The length and the header: enough for the other side to refuse the body."""
        return struct.pack("<I", len(self.header)) + self.header

    def numbered(self, number: int) -> "Frame":
        """The same frame as number `number` of those sent together; the first, 0, carries none."""
        if number == 0:
            return self
        return Frame(b'{"n":%d,' % number + self.header[1:], self.arrays, self.body_bytes)

    def chunks(self) -> Iterator[bytes | memoryview]:
        """Everything to write, in order; a small frame in one piece, a large one without another copy."""
        if self.body_bytes <= WHOLE_BYTES:
            yield b"".join([self.head(), *[_native(array).tobytes() for array in self.arrays]])
        else:
            yield self.head()
            yield from (_little(array) for array in self.arrays if array.size)


def _native(array: NDArray[Any]) -> NDArray[Any]:
    """The same entries in the byte order of this machine, which is little-endian wherever the sandbox runs."""
    return array if array.dtype.isnative else array.astype(array.dtype.newbyteorder("="))


def _little(array: NDArray[Any]) -> memoryview:
    """The entries of an array as little-endian bytes in C order, without another copy where they are that already."""
    return np.ascontiguousarray(_native(array)).reshape(-1).view(np.uint8).data


@dataclass(frozen=True, slots=True)
class Header:
    """A checked header: what the arrays will be, before a byte of them is read.

    number: see Frame.numbered. specs: dtype, shape and number of entries of each array.
    """

    kind: str
    number: int
    tree: Any
    specs: tuple[tuple[np.dtype[Any], tuple[int, ...], int], ...]
    body_bytes: int


def header_length(prefix: bytes | bytearray, limit: int = HEADER_BYTES) -> int:
    """The length that the first four bytes announce."""
    (length,) = struct.unpack("<I", prefix)
    if not 2 <= length <= limit:
        raise WireError(f"a header of {length} bytes")
    return int(length)


def read_header(data: bytes | bytearray, body_limit: int) -> Header:
    """Check a header; `body_limit` is the most bytes of arrays it may announce."""
    try:
        header = _HEADERS.decode(data.decode())
    except (ValueError, RecursionError) as error:
        raise WireError("a header that is not JSON") from error
    if not isinstance(header, dict) or not {"k", "v", "a"} <= set(header) <= {"n", "k", "v", "a"}:
        raise WireError("a header without its three keys")
    number = header.get("n", 0)
    if type(number) is not int or not 0 <= number < INT_LIMIT:
        raise WireError("a frame without a number")
    if not isinstance(header["k"], str) or not isinstance(header["a"], list) or len(header["a"]) > MAX_ARRAYS:
        raise WireError("a header whose keys hold something else")
    specs = tuple(map(_spec, header["a"]))
    body_bytes = sum([dtype.itemsize * cells for dtype, _, cells in specs])
    if body_bytes > body_limit:
        raise WireError(f"{body_bytes} bytes of arrays where at most {body_limit} were expected")
    return Header(header["k"], number, header["v"], specs, body_bytes)


def read_body(header: Header, data: bytes | bytearray | memoryview) -> Value:
    """The value of a checked header and its body; arrays are fresh and writable."""
    if len(data) != header.body_bytes:
        raise WireError("a body of another length than announced")
    arrays: list[NDArray[Any]] = []
    start = 0
    for dtype, shape, cells in header.specs:
        if cells == 0:
            array: NDArray[Any] = np.empty(shape, dtype)
        elif dtype.kind == "b":  # a byte of 2 is neither True nor False: make it True
            array = (np.frombuffer(data, np.uint8, cells, start) != 0).reshape(shape)
        else:
            array = np.ndarray(shape, dtype, data, start).copy()
        arrays.append(array)
        start += cells * dtype.itemsize
    decoder = _Decoder(arrays)
    value = decoder.value(header.tree)
    if decoder.used != len(arrays):
        raise WireError("an array that no value uses")
    return value


class _Decoder:
    def __init__(self, arrays: Sequence[NDArray[Any]]) -> None:
        self.arrays = arrays
        self.used = 0
        self.nodes = 0
        self.packed = 0

    def array(self, slot: object) -> NDArray[Any]:
        """Slots come in the order of the tree, each once."""
        if type(slot) is not int or slot != self.used or slot >= len(self.arrays):
            raise WireError("an array out of order")
        self.used += 1
        return self.arrays[slot]

    def value(self, tree: Any, depth: int = 0) -> Value:
        self.nodes += 1
        if self.nodes > MAX_NODES or depth > MAX_DEPTH:
            raise WireError("a value with too many entries")
        kind = type(tree)
        if kind is list:
            if len(tree) not in (2, 3) or type(tree[0]) is not str:
                raise WireError("a value of unknown form")
            return self._tagged(tree, depth)
        if kind is str:
            return text(tree, MAX_TEXT)
        if kind is int and not -INT_LIMIT <= tree < INT_LIMIT:
            raise WireError("an int beyond 64 bits")
        if tree is not None and kind is not bool and kind is not int:
            raise WireError("a value of unknown form")
        return tree  # type: ignore[no-any-return]  # None, a bool or an int

    def _tagged(self, tree: list[Any], depth: int) -> Value:
        tag, content = tree[0], tree[1]
        if len(tree) == 3:
            if tag != "p" or content not in ("t", "l"):
                raise WireError("a packed value of unknown form")
            packed = self.array(tree[2])
            if packed.ndim != 1 or packed.dtype.str not in ("<f8", "<i8"):
                raise WireError("a packed value that is no row of numbers")
            self.packed += packed.size
            if self.packed > MAX_PACKED:
                raise WireError("lists of too many numbers")
            return tuple(packed.tolist()) if content == "t" else packed.tolist()
        if tag == "a":
            return self.array(content)
        if isinstance(content, str) and tag in ("f", "k", "x"):
            if tag == "f":
                return _number(content)
            return Kept(text(content, 200)) if tag == "k" else Foreign(text(content, 200))
        if isinstance(content, list) and tag in ("t", "l"):
            items = [self.value(item, depth + 1) for item in content]
            return tuple(items) if tag == "t" else items
        if isinstance(content, list) and tag == "d":
            return dict(self._pair(pair, depth) for pair in content)
        raise WireError("a value of unknown form")

    def _pair(self, pair: Any, depth: int) -> tuple[str, Value]:
        if not isinstance(pair, list) or len(pair) != 2 or not isinstance(pair[0], str):
            raise WireError("a dict entry of unknown form")
        return text(pair[0], MAX_TEXT), self.value(pair[1], depth + 1)


def text(untrusted: str, characters: int) -> str:
    """`untrusted` cut, without lone surrogates or NUL: it can be encoded, stored and shown."""
    cut = untrusted[:characters]
    if cut.isascii() and "\0" not in cut:  # by far the most
        return cut
    return cut.encode("utf-8", "replace").decode("utf-8").replace("\0", "\N{REPLACEMENT CHARACTER}")


def _number(digits: str) -> float:
    try:
        return float.fromhex(digits[:40])
    except (ValueError, OverflowError) as error:
        raise WireError("a float of unknown form") from error


def _spec(entry: Any) -> tuple[np.dtype[Any], tuple[int, ...], int]:
    if type(entry) is not list or len(entry) != 2 or type(entry[0]) is not str or entry[0] not in DTYPES:
        raise WireError("an array of a dtype that may not cross")
    shape = entry[1]
    if type(shape) is not list or len(shape) > MAX_AXES:
        raise WireError("an array without a shape")
    for axis in shape:
        if type(axis) is not int or not 0 <= axis <= MAX_CELLS:
            raise WireError("an array with an impossible axis")
    cells = math.prod(shape)
    if cells > MAX_CELLS or (not cells and math.prod(filter(None, shape)) > MAX_EMPTY):
        raise WireError("an array of impossible size")
    return DTYPES[entry[0]], tuple(shape), cells
