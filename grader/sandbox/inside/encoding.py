"""Turns values into frames; what cannot cross becomes Foreign, and is never asked what it is."""

import json
import math
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.sandbox.inside.frames import (
    DTYPES,
    HEADER_BYTES,
    INT_LIMIT,
    MAX_ARRAYS,
    MAX_AXES,
    MAX_DEPTH,
    MAX_EMPTY,
    MAX_NODES,
    MAX_PACKED,
    MAX_TEXT,
    Frame,
)
from grader.sandbox.inside.wire import Foreign, Kept

SHORT = 1 << 31  # below it an int is as it is
PACKED_LENGTH = 16  # from here on a list of numbers crosses as one buffer, which counts as bytes of arrays
MAX_LONG = 1 << 20  # entries of more digits than cross, which are rounded here; each takes memory for it
AROUND_NODES, AROUND_BYTES = 3, 100  # of what stands around the answers of several calls

_write = json.JSONEncoder(separators=(",", ":")).encode  # made once: each frame would make one of its own


class TooLarge(ValueError):
    """A value has more entries, levels or arrays than may cross."""


class _Encoder:
    def __init__(self) -> None:
        self.arrays: list[NDArray[Any]] = []
        self.nodes = 0
        self.packed = 0

    def specs(self, first: int = 0) -> list[list[object]]:
        """What the header says of the arrays from `first` on."""
        return [[array.dtype.str[1:], array.shape] for array in self.arrays[first:]]

    def slot(self, array: NDArray[Any]) -> int:
        self.arrays.append(array)
        if len(self.arrays) > MAX_ARRAYS:
            raise TooLarge
        return len(self.arrays) - 1

    def tree(self, value: object, depth: int = 0) -> Any:
        """`value` as JSON. Unbound methods of the base types are used: a subclass may lie about itself."""
        self.nodes += 1
        if self.nodes > MAX_NODES or depth > MAX_DEPTH:
            raise TooLarge
        kind = type(value)
        if kind is np.ndarray:  # by far the most
            return self._array(value)  # type: ignore[arg-type]  # it is one
        if kind is tuple or kind is list:
            return self._sequence(value, depth)  # type: ignore[arg-type]  # it is one of them
        if value is None or value is True or value is False or (kind is int and -SHORT < value < SHORT):  # type: ignore[operator]  # it is an int
            return value
        if isinstance(value, np.bool_):
            return bool(value)
        if isinstance(value, float):
            return ["f", float.hex(value)]
        if isinstance(value, (int, np.integer)):
            number = int.__add__(value, 0) if isinstance(value, int) else int(value)
            return number if -INT_LIMIT <= number < INT_LIMIT else ["x", "int beyond 64 bits"]
        if isinstance(value, str):
            text = str.__str__(value)
            return "".join([text]) if len(text) <= MAX_TEXT else ["x", f"str of {len(text)} characters"]
        if isinstance(value, (np.ndarray, np.generic, complex)):
            return self._array(np.ndarray.view(np.asarray(value), np.ndarray))
        if isinstance(value, (tuple, list)):
            return self._sequence(value, depth)
        if isinstance(value, dict):
            return self._mapping(value, depth)
        if kind is MappingProxyType:
            return self._read_only(value, depth)
        if isinstance(value, Kept):
            return ["k", value.name]
        if isinstance(value, Foreign):
            return ["x", value.type_name[:100]]
        return ["x", type(value).__name__[:100]]

    def _array(self, array: NDArray[Any]) -> Any:
        if array.dtype.char == "g" and array.ndim <= MAX_AXES and array.size <= MAX_LONG:
            with np.errstate(over="ignore"):
                array = array.astype(np.float64)  # of no more digits than are looked at
        if array.dtype.str[1:] not in DTYPES or array.ndim > MAX_AXES:
            return ["x", f"ndarray of {array.dtype.name[:60]}"]
        if array.size == 0 and math.prod(axis for axis in array.shape if axis) > MAX_EMPTY:
            return ["x", f"empty ndarray of shape {array.shape}"[:100]]
        return ["a", self.slot(array)]

    def _sequence(self, value: tuple[object, ...] | list[object], depth: int) -> Any:
        sort = "t" if isinstance(value, tuple) else "l"
        items = list(tuple.__iter__(value) if isinstance(value, tuple) else list.__iter__(value))
        kinds = set(map(type, items)) if len(items) >= PACKED_LENGTH else set()
        if kinds and kinds <= {float, np.float64}:  # a history of losses
            return ["p", sort, self._pack(items, np.float64)]
        if kinds == {int} and all(-INT_LIMIT <= item < INT_LIMIT for item in items):  # type: ignore[operator]  # all are int
            return ["p", sort, self._pack(items, np.int64)]
        return [sort, [self.tree(item, depth + 1) for item in items]]

    def _pack(self, numbers: list[object], dtype: type[np.number[Any]]) -> int:
        self.packed += len(numbers)
        if self.packed > MAX_PACKED:
            raise TooLarge
        return self.slot(np.array(numbers, dtype=dtype))

    def _read_only(self, value: Any, depth: int) -> Any:
        try:
            held = dict(value)
        except MemoryError:
            raise
        except BaseException:  # of a mapping of the student's own behind it
            return ["x", "mappingproxy"]
        return self._mapping(held, depth)

    def _mapping(self, value: dict[object, object], depth: int) -> Any:
        pairs = list(dict.items(value))
        if not all(isinstance(key, str) and str.__len__(key) <= MAX_TEXT for key, _ in pairs):
            return ["x", "dict with keys that are not str"]
        return ["d", [["".join([str.__str__(key)]), self.tree(item, depth + 1)] for key, item in pairs]]


def encode(kind: str, value: object) -> Frame:
    """The frame of `value`; a value of a type that cannot cross becomes Foreign. Raises TooLarge beyond the caps."""
    encoder = _Encoder()
    tree = encoder.tree(value)
    header = _write({"k": kind, "v": tree, "a": encoder.specs()}).encode("ascii")
    if len(header) > HEADER_BYTES:
        raise TooLarge("the header is too long")
    return Frame(header, tuple(encoder.arrays), sum(map(_bytes, encoder.arrays)))


class Answers:
    """What calls that are made in turn gave, for one frame: each as it is now, whatever the next does to its arrays.

    body_bytes: of arrays, that may cross; beyond them they are counted and not copied.
    """

    def __init__(self, body_bytes: int) -> None:
        self._encoder = _Encoder()
        self._encoder.nodes = AROUND_NODES
        self._left = body_bytes
        self._room = HEADER_BYTES - AROUND_BYTES
        self._trees: list[str] = []
        self._specs: list[str] = []

    def add(self, value: object, arguments: tuple[object, ...] = ()) -> None:
        """What the next call gave, whatever it is, and the arguments as they are after it.

        One beyond the caps is foreign. Raises TooLarge where those before it have left no room even for that.
        """
        encoder = self._encoder
        before = len(encoder.arrays), encoder.nodes, encoder.packed
        try:
            self._take(value, arguments)
        except TooLarge:
            del encoder.arrays[before[0] :]
            _, encoder.nodes, encoder.packed = before
            self._take(Foreign(f"{type(value).__name__} with too many entries"), ())

    def frame(self, kind: str) -> Frame:
        """All of them as a tuple of pairs in a value of two, the second empty."""
        trees, specs = ",".join(self._trees), ",".join(self._specs)
        header = f'{{"k":"{kind}","v":["t",[["t",[{trees}]],["t",[]]]],"a":[{specs}]}}'.encode("ascii")
        return Frame(header, tuple(self._encoder.arrays), sum(map(_bytes, self._encoder.arrays)))

    def _take(self, value: object, arguments: tuple[object, ...]) -> None:
        encoder = self._encoder
        first = len(encoder.arrays)
        tree = _write(encoder.tree((value, arguments), depth=2))
        specs = _write(encoder.specs(first))[1:-1]
        if len(tree) + len(specs) + 2 > self._room:
            raise TooLarge("the header is too long")
        self._room -= len(tree) + len(specs) + 2  # and a comma for each
        self._trees.append(tree)
        if specs:
            self._specs.append(specs)
        for number, array in enumerate(encoder.arrays[first:], start=first):
            self._left -= _bytes(array)
            if self._left >= 0:
                encoder.arrays[number] = np.array(array)


def _bytes(array: NDArray[Any]) -> int:
    return array.nbytes
