"""Answers of several calls in one frame: each as it was when it was given, and one beyond the caps alone is foreign."""

from collections.abc import Iterator, Mapping
from enum import Enum
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.sandbox.inside.encoding import Answers
from grader.sandbox.inside.frames import HEADER_BYTES, MAX_ARRAYS, MAX_NODES, Frame, read_body, read_header
from grader.sandbox.inside.wire import Foreign, Kept
from tests.grader.sandbox.inside.test_frames import VALUES

ROOM = 1 << 20


def _read(frame: Frame) -> Any:
    """What the supervisor reads: the pairs of all answers."""
    header = read_header(frame.header, ROOM)
    assert header.kind == "returned"
    value = read_body(header, b"".join(frame.chunks())[len(frame.head()) :])
    assert isinstance(value, tuple)
    assert value[1:] == ((),)
    return value[0]


def _written(*values: object) -> Any:
    answers = Answers(ROOM)
    for value in values:
        answers.add(value)
    return _read(answers.frame("returned"))


class Key(str, Enum):  # noqa: UP042  an older one, whose text is not its value
    WEIGHT = "W1"

    def __str__(self) -> str:
        return "Key.WEIGHT"


class Unkind(Mapping[str, float]):
    def __getitem__(self, key: str) -> float:
        raise KeyError(key)

    def __len__(self) -> int:
        return 1

    def __iter__(self) -> Iterator[str]:
        raise RuntimeError


def test_a_key_is_its_own_text_whatever_it_says_of_itself() -> None:
    assert _written({Key.WEIGHT: 1.0}) == (({"W1": 1.0}, ()),)


def test_a_dict_that_cannot_be_changed_is_one() -> None:
    assert _written(MappingProxyType({"W1": 1.0})) == (({"W1": 1.0}, ()),)
    assert _written(MappingProxyType(Unkind())) == ((Foreign("mappingproxy"), ()),)


def test_each_is_as_it_was_when_it_was_given() -> None:
    x, y = np.array([1.0, 2.0]), np.array([[3, 4]])
    answers = Answers(ROOM)
    answers.add({"x": x}, (y, Kept("net")))
    x += 10
    y[:] = 0
    answers.add(None)
    answers.add(x.T[::-1])
    first, second, third = _read(answers.frame("returned"))

    np.testing.assert_array_equal(first[0]["x"], [1.0, 2.0])
    np.testing.assert_array_equal(first[1][0], [[3, 4]])
    assert first[1][1] == Kept("net")
    assert second == (None, ())
    np.testing.assert_array_equal(third[0], [12.0, 11.0])


@given(st.lists(st.tuples(VALUES, st.lists(VALUES, max_size=2).map(tuple)), max_size=4))
@settings(max_examples=60)
def test_answers_come_back_as_single_ones_do(told: list[tuple[object, tuple[object, ...]]]) -> None:
    answers = Answers(ROOM)
    for value, arguments in told:
        answers.add(value, arguments)

    assert repr(_read(answers.frame("returned"))) == repr(tuple(told))


def test_nothing_at_all_is_an_answer() -> None:
    assert _written() == ()


@pytest.mark.parametrize(
    "value",
    [
        [[]] * (MAX_NODES + 1),
        [np.zeros(1)] * (MAX_ARRAYS + 1),
        [[0.1]] * (HEADER_BYTES // 25),
        [np.zeros((1,) * 16)] * (MAX_ARRAYS - 10) + ["x" * 9_000] * 11,
    ],
    ids=["nodes", "arrays", "header", "specs"],
)
def test_one_beyond_the_caps_is_foreign_and_spoils_no_other(value: list[object]) -> None:
    before, large, after = _written(np.ones(2), value, np.ones(3))

    np.testing.assert_array_equal(before[0], np.ones(2))
    assert large == (Foreign("list with too many entries"), ())
    np.testing.assert_array_equal(after[0], np.ones(3))


def test_the_caps_count_all_that_crosses() -> None:
    half: list[object] = [[]] * (MAX_NODES // 2)
    first, second = _written(half, half)

    assert first == (half, ())
    assert second == (Foreign("list with too many entries"), ())


def test_more_bytes_than_may_cross_are_counted_and_not_copied() -> None:
    answers = Answers(64)
    answers.add(np.zeros(4))
    answers.add(np.broadcast_to(np.zeros(1), (1 << 20, 1 << 20)))
    frame = answers.frame("returned")

    assert frame.body_bytes == 8 * 4 + (8 << 40)
