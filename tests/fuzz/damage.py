"""Damage to a valid input: byte by byte, by chance, or to one part of the JSON that it holds."""

import copy
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from tests.fuzz.target import Target

ODD_NUMBERS = (None, True, -1, 0, 1 << 40, 1 << 63, -(1 << 64), 1.5)
ODD_TEXTS = ("", "\0", "\ud800", "\u202e", "x" * 11_000, "code", "python")
ODD_FORMS: tuple[Any, ...] = (
    *([], {}, [[]], ["a", 0], ["a", -1], ["f", "one"], ["f", "0x1p+9999"], ["p", "l", 0], ["k", "\0"], ["x", ""]),
    *(["d", [["k"]]], ["d", [["k", 1, 2]]], ["t", [["t", []]] * 30], ["f8", [3]], ["b1", [0, 1 << 40]], ["O", [1]]),
)
ODD = st.sampled_from((*ODD_NUMBERS, *ODD_TEXTS, *ODD_FORMS)).map(copy.deepcopy)
"""What a part may turn into: the values next to every limit, and of every form that means something."""


def each_byte(data: bytes) -> Iterator[bytes]:
    """`data` with each byte changed in turn, in three ways, and cut off at each."""
    for place, byte in enumerate(data):
        for other in {0x00, 0xFF, byte ^ 0x01} - {byte}:
            yield data[:place] + bytes((other,)) + data[place + 1 :]
        yield data[:place]


@st.composite
def damaged(draw: st.DrawFn, target: Target) -> bytes:
    """One of the target's seeds after up to five kinds of damage."""
    seeds = target.seeds()
    data = bytearray(draw(st.sampled_from(seeds)))
    for _ in range(draw(st.integers(0, 5))):
        start = draw(st.integers(0, len(data)))
        stop = min(len(data), start + draw(st.integers(0, 12)))
        kind = draw(st.sampled_from("replace insert delete repeat cut splice".split()))
        if kind == "replace":
            data[start:stop] = draw(st.binary(min_size=stop - start, max_size=stop - start))
        elif kind == "insert":
            data[start:start] = draw(st.sampled_from(target.words) | st.binary(max_size=8))
        elif kind == "delete":
            del data[start:stop]
        elif kind == "repeat":
            data[start:start] = data[start:stop] * draw(st.integers(1, 50))
        elif kind == "cut":
            del data[start:]
        else:
            other = draw(st.sampled_from(seeds))
            data[start:] = other[draw(st.integers(0, len(other))) :]
    return bytes(data)


@st.composite
def with_odd_parts(draw: st.DrawFn, tree: Any) -> Any:
    """A JSON value with one or two of its parts replaced by something odd, left out or given twice."""
    whole = [copy.deepcopy(tree)]
    for _ in range(draw(st.integers(1, 2))):
        holder, key = draw(st.sampled_from(list(_places(whole))))
        kind = draw(st.sampled_from("replace replace leave repeat".split()))
        if holder is whole or kind == "replace":
            holder[key] = draw(ODD)
        elif kind == "leave":
            del holder[key]
        elif isinstance(holder, list):
            holder.insert(key, copy.deepcopy(holder[key]))
    return whole[0]


def _places(holder: Any) -> Iterator[tuple[Any, Any]]:
    """Every (list or dict, index or key) below `holder`."""
    for key, part in enumerate(holder) if isinstance(holder, list) else holder.items():
        yield holder, key
        if isinstance(part, (list, dict)):
            yield from _places(part)
