"""Frames: everything that may cross comes back the same, and no bytes at all do harm (see also tests/fuzz)."""

import json
import math
import struct
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from grader.sandbox.inside.encoding import TooLarge, encode
from grader.sandbox.inside.frames import (
    DTYPES,
    HEADER_BYTES,
    MAX_ARRAYS,
    MAX_EMPTY,
    MAX_PACKED,
    PREFIX_BYTES,
    WireError,
    header_length,
    read_body,
    read_header,
    text,
)
from grader.sandbox.inside.wire import Foreign, Kept

LIMIT = 1 << 20


def through(value: object) -> Any:
    """`value` after its way through a frame."""
    data = b"".join(encode("k", value).chunks())
    length = header_length(data[:PREFIX_BYTES])
    header = read_header(data[PREFIX_BYTES : PREFIX_BYTES + length], LIMIT)
    return read_body(header, data[PREFIX_BYTES + length :])


def header(tree: object, arrays: object = ()) -> bytes:
    """A header as an attacker might write it."""
    return json.dumps({"k": "returned", "v": tree, "a": arrays}).encode()


@pytest.mark.parametrize("name", DTYPES)
@pytest.mark.parametrize("shape", [(), (0,), (3,), (2, 3), (2, 0, 5)])
def test_arrays_of_every_dtype_come_back(name: str, shape: tuple[int, ...]) -> None:
    array = np.arange(math.prod(shape)).reshape(shape).astype(DTYPES[name])

    got = through(array)

    assert got.dtype == array.dtype
    assert got.shape == shape
    assert got.flags.writeable
    np.testing.assert_array_equal(got, array)


def test_layouts_are_normalised() -> None:
    square = np.arange(12.0).reshape(3, 4)
    for view in (square.T, square[::-1, ::2], np.broadcast_to(square[0], (5, 4)), square.astype(">f8")):
        np.testing.assert_array_equal(through(view), view)


@given(st.floats(allow_nan=False))
def test_floats_cross_exactly(number: float) -> None:
    got = through(number)

    assert struct.pack("<d", got) == struct.pack("<d", number)


def test_floats_that_are_no_numbers() -> None:
    assert math.isnan(through(math.nan))
    assert through([math.inf, -math.inf]) == [math.inf, -math.inf]


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False)
    | st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)
    | st.just(Kept("net"))
    | st.just(Foreign("generator")),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.text("abc", max_size=5), inner, max_size=4)
    ),
    max_leaves=15,
)


@given(VALUES)
@settings(max_examples=60)
def test_values_come_back_with_their_types(value: object) -> None:
    got = through(value)

    assert got == value
    assert repr(got) == repr(value)


def test_numpy_scalars() -> None:
    assert through(np.float64(2.5)) == 2.5
    assert type(through(np.float64(2.5))) is float
    assert through(np.int32(7)) == 7
    assert through(np.bool_(True)) is True
    assert through(np.float32(0.5)).dtype == np.float32
    assert through(1 + 2j) == 1 + 2j


def test_long_histories_are_packed() -> None:
    losses = [float(number) for number in range(50_000)]

    assert through(losses) == losses
    assert through(tuple(range(50_000))) == tuple(range(50_000))
    assert through([np.float64(1.5), 2.5]) == [1.5, 2.5]


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (np.array([object()]), "ndarray of object"),
        (np.array(["a"]), "ndarray of str32"),
        ((number for number in [1]), "generator"),
        (object(), "object"),
        (1 << 63, "int beyond 64 bits"),
        ("x" * 20_000, "str of 20000 characters"),
        ({1: 2.0}, "dict with keys that are not str"),
    ],
)
def test_what_cannot_cross_is_foreign(value: object, name: str) -> None:
    assert through(value) == Foreign(name)


def test_subclasses_are_reduced_to_what_they_are() -> None:
    class Lying(np.ndarray[Any, Any]):
        def __array__(self, *_arguments: object, **_keywords: object) -> NDArray[Any]:  # type: ignore[override]  # lies on purpose
            return np.zeros(2)

        def tobytes(self, *_arguments: object) -> bytes:
            return b""

    class Number(float):
        def hex(self) -> str:
            return "0x0p+0"

    got = through(np.array([1.0, 2.0]).view(Lying))

    assert type(got) is np.ndarray
    np.testing.assert_array_equal(got, [1.0, 2.0])
    assert through(Number(3.5)) == 3.5


def test_values_beyond_the_caps_are_refused_when_written() -> None:
    deep: list[object] = []
    for _ in range(30):
        deep = [deep]

    numbers = [[1.5] * (MAX_PACKED // 4)] * 5
    beyond: list[object] = [deep, [[]] * 30_000, [np.zeros(1)] * (MAX_ARRAYS + 1), ["x" * 9_000] * 100, numbers]
    for value in beyond:
        with pytest.raises(TooLarge):
            encode("k", value)


@pytest.mark.parametrize(
    ("tree", "arrays"),
    [
        (["a", 0], []),  # no such array
        (["a", 0], [["f8", [1]], ["f8", [1]]]),  # one is never used
        (["t", [["a", 0], ["a", 0]]], [["f8", [1]]]),  # one is used twice
        (["t", [["a", 1], ["a", 0]]], [["f8", [1]], ["f8", [1]]]),  # out of order
        (["a", True], [["f8", [1]]]),
        (["a", -1], [["f8", [1]]]),
        (None, [["O", [1]]]),
        (None, [["f8", [-1]]]),
        (None, [["f8", [1.5]]]),
        (None, [["f8", [True]]]),
        (None, [["f8", "x"]]),
        (None, [["f8", [1 << 20, 1 << 20, 1 << 20, 0]]]),
        (None, [["f8", [1] * 17]]),
        (None, [["f8"]]),
        (None, [["f8", [1 << 18]]]),  # 2 MiB
        (None, [["f8", [1 << 16]]] * 4),  # 2 MiB together
        (None, [["u1", [0]]] * (MAX_ARRAYS + 1)),
        (["p", "l", 0], [["f4", [2]]]),
        (["p", "l", 0], [["f8", [2, 2]]]),
        (["p", "s", 0], [["f8", [2]]]),
        (["f", "one"], []),
        (["f", "0x1p+99999"], []),
        (["f", 1], []),
        (["z", []], []),
        (["t"], []),
        (["d", [[1, 2]]], []),
        (["d", [["key"]]], []),
        ({"t": []}, []),
        (1 << 63, []),
        ([], []),
        (["t", [["t", []]] * 30_000], []),
    ],
)
def test_malformed_frames_are_wire_errors(tree: object, arrays: object) -> None:
    with pytest.raises(WireError):
        checked = read_header(header(tree, arrays), LIMIT)
        read_body(checked, bytes(checked.body_bytes))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"k": "x", "v": 1.5, "a": []}',
        b'{"k": "x", "v": NaN, "a": []}',
        b'{"k": "x", "v": ' + b"9" * 5000 + b', "a": []}',
        b'{"k": 1, "v": null, "a": []}',
        b'{"k": "x", "v": null, "a": {}}',
        b'{"k": "x", "v": null, "a": [], "more": 1}',
    ],
)
def test_headers_that_are_none(data: bytes) -> None:
    with pytest.raises(WireError):
        read_header(data, LIMIT)


@pytest.mark.parametrize("length", [0, 1, HEADER_BYTES + 1, 2**32 - 1])
def test_lengths_that_cannot_be(length: int) -> None:
    with pytest.raises(WireError):
        header_length(struct.pack("<I", length))


def test_a_body_of_another_length() -> None:
    checked = read_header(header(["a", 0], [["f8", [2]]]), LIMIT)
    for data in (b"", bytes(15), bytes(17)):
        with pytest.raises(WireError):
            read_body(checked, data)


def test_lists_of_more_numbers_than_may_cross_are_refused_when_read() -> None:
    half = MAX_PACKED // 2 + 1
    data = header(["t", [["p", "l", 0], ["p", "l", 1]]], [["i8", [half]], ["i8", [half]]])
    read = read_header(data, 1 << 30)

    with pytest.raises(WireError, match="too many numbers"):
        read_body(read, bytes(read.body_bytes))


def test_an_empty_array_may_not_be_endless() -> None:
    assert through(np.zeros((MAX_EMPTY, 0))).shape == (MAX_EMPTY, 0)
    assert through(np.zeros((0, MAX_EMPTY + 1))) == Foreign(f"empty ndarray of shape (0, {MAX_EMPTY + 1})")
    with pytest.raises(WireError, match="impossible size"):
        read_header(header(["a", 0], [["f8", [1 << 40, 0]]]), LIMIT)


def test_a_byte_of_two_is_true() -> None:
    checked = read_header(header(["a", 0], [["b1", [3]]]), LIMIT)

    got = read_body(checked, b"\x00\x01\x02")

    assert isinstance(got, np.ndarray)
    assert got.tolist() == [False, True, True]


def test_text_can_be_stored_and_shown() -> None:
    assert text("a\0b\ud800c" + "x" * 10, 5) == "a\N{REPLACEMENT CHARACTER}b?c"
    assert through("\ud800") == "?"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6) | st.sampled_from(["a", "t", "p", "f", "d", "k"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=12,
)


@given(JSON, st.lists(st.tuples(st.sampled_from([*DTYPES, "O"]), st.lists(st.integers(-1, 9), max_size=3)), max_size=3))
@settings(max_examples=150)
def test_random_headers_do_no_harm(tree: object, arrays: list[tuple[str, list[int]]]) -> None:
    try:
        checked = read_header(header(tree, arrays), LIMIT)
        read_body(checked, bytes(checked.body_bytes))
    except WireError:
        return
