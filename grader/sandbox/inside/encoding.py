"""Turns values into frames; what cannot cross becomes Foreign, and is never asked what it is."""

import json
import math
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

PACKED_LENGTH = 16  # from here on a list of numbers crosses as one buffer, which counts as bytes of arrays


_write = json.JSONEncoder(separators=(",", ":")).encode  # made once: each frame would make one of its own


class TooLarge(ValueError):
    """A value has more entries, levels or arrays than may cross."""


class _Encoder:
    def __init__(self) -> None:
        self.arrays: list[NDArray[Any]] = []
        self.nodes = 0
        self.packed = 0

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
        if type(value) is np.ndarray:  # by far the most
            return self._array(value)
        if value is None or value is True or value is False:
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
        if isinstance(value, Kept):
            return ["k", value.name]
        if isinstance(value, Foreign):
            return ["x", value.type_name[:100]]
        return ["x", type(value).__name__[:100]]

    def _array(self, array: NDArray[Any]) -> Any:
        if array.dtype.str[1:] not in DTYPES or array.ndim > MAX_AXES:
            return ["x", f"ndarray of {array.dtype.name[:60]}"]
        if array.size == 0 and math.prod(axis for axis in array.shape if axis) > MAX_EMPTY:
            return ["x", f"empty ndarray of shape {array.shape}"[:100]]
        return ["a", self.slot(array)]

    def _sequence(self, value: tuple[object, ...] | list[object], depth: int) -> Any:
        sort = "t" if isinstance(value, tuple) else "l"
        items = list(tuple.__iter__(value) if isinstance(value, tuple) else list.__iter__(value))
        kinds = set(map(type, items))
        if len(items) >= PACKED_LENGTH and kinds <= {float, np.float64}:  # a history of losses
            return ["p", sort, self._pack(items, np.float64)]
        if len(items) >= PACKED_LENGTH and kinds == {int} and all(-INT_LIMIT <= item < INT_LIMIT for item in items):  # type: ignore[operator]  # all are int
            return ["p", sort, self._pack(items, np.int64)]
        return [sort, [self.tree(item, depth + 1) for item in items]]

    def _pack(self, numbers: list[object], dtype: type[np.number[Any]]) -> int:
        self.packed += len(numbers)
        if self.packed > MAX_PACKED:
            raise TooLarge
        return self.slot(np.array(numbers, dtype=dtype))

    def _mapping(self, value: dict[object, object], depth: int) -> Any:
        pairs = list(dict.items(value))
        if not all(isinstance(key, str) and len(key) <= MAX_TEXT for key, _ in pairs):
            return ["x", "dict with keys that are not str"]
        return ["d", [["".join([str(key)]), self.tree(item, depth + 1)] for key, item in pairs]]


def encode(kind: str, value: object) -> Frame:
    """The frame of `value`; a value of a type that cannot cross becomes Foreign. Raises TooLarge beyond the caps."""
    encoder = _Encoder()
    tree = encoder.tree(value)
    specs = [[array.dtype.str[1:], list(array.shape)] for array in encoder.arrays]
    header = _write({"k": kind, "v": tree, "a": specs}).encode("ascii")
    if len(header) > HEADER_BYTES:
        raise TooLarge("the header is too long")
    return Frame(header, tuple(encoder.arrays), sum(array.size * array.dtype.itemsize for array in encoder.arrays))
