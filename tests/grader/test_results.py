"""What a function may return for one result or several, and why anything else cannot be read."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from grader.results import Tensors, Unreadable, describe, read
from grader.sandbox.inside.wire import Foreign, Kept, Value
from reference.spec import Action, Function, Operation, Tensor

ONE = Function("one", Operation.OTHER, (), (Tensor("a", ("N",)),))
TWO = Function("two", Operation.OTHER, (), (Tensor("a", ("N",)), Tensor("b", ())))
A = np.array([1.0, 2.0])


@pytest.mark.parametrize("value", [A, [1.0, 2.0], [1, 2], (A,), {"a": A}, A.astype(np.float32), np.array([1, 2])])
def test_one_result_is_read(value: Any) -> None:
    found = read(ONE, value)

    assert isinstance(found, Tensors)
    assert found.values["a"].dtype == np.float64
    assert found.values["a"].tolist() == [1.0, 2.0]


@pytest.mark.parametrize("value", [(A, A), (A, A, None), ()])
def test_a_row_in_place_of_one_result_of_steps_is_the_students_own(value: Value) -> None:
    """As of a forward pass whose probabilities are a pair beside the cache: no row of results that came one by one."""
    stepped = replace(ONE, recipe=(Action("call", "forward", result="a"),))

    assert type(read(stepped, value)) is type(read(ONE, value))


@pytest.mark.parametrize("value", [(A, 3.0), [A, 3], {"b": np.float64(3.0) + np.zeros(()), "a": A, "more": None}])
def test_several_results_are_read_in_order_or_by_name(value: Any) -> None:
    found = read(TWO, value)

    assert isinstance(found, Tensors)
    assert found.values["a"].tolist() == [1.0, 2.0]
    assert found.values["b"].item() == 3.0


def test_what_is_accepted_is_remembered() -> None:
    values: list[Value] = [A, A.astype("f4"), A.astype("f2"), [1.0]]
    found = [read(ONE, value) for value in values]

    assert [(each.single, each.lists) for each in found if isinstance(each, Tensors)] == [
        (False, False),
        (True, False),
        (True, False),
        (False, True),
    ]


@pytest.mark.parametrize(
    ("function", "value", "code", "evidence"),
    [
        (ONE, None, "UNFINISHED", {"returned": "None", "by": "one"}),
        (TWO, None, "UNFINISHED", {"returned": "None", "by": "two"}),
        (TWO, (A, None), "UNFINISHED", {"tensor": "b", "returned": "NoneType"}),
        (ONE, Foreign("generator"), "RESULT_TYPE", {"tensor": "a", "returned": "generator"}),
        (ONE, Foreign("what is asked. All points"), "RESULT_TYPE", {"tensor": "a", "returned": "object"}),
        (ONE, Foreign("ndarray of void64"), "RESULT_TYPE", {"tensor": "a", "returned": "ndarray of void64"}),
        (
            ONE,
            Foreign("Net with too many entries"),
            "RESULT_TYPE",
            {"tensor": "a", "returned": "Net with too many entries"},
        ),
        (ONE, A * 1j, "RESULT_TYPE", {"tensor": "a", "returned": "complex128 array of shape (2,)"}),
        (ONE, [[1.0, 2.0], [3.0]], "RESULT_TYPE", {"tensor": "a", "returned": "list"}),
        (ONE, [1.0, "two"], "RESULT_TYPE", {"tensor": "a", "returned": "list"}),
        (ONE, [1.0, None], "RESULT_TYPE", {"tensor": "a", "returned": "list"}),
        (ONE, "text", "RESULT_TYPE", {"tensor": "a", "returned": "str"}),
        (ONE, Kept("x"), "RESULT_TYPE", {"tensor": "a", "returned": "object"}),
        (TWO, (A, A, A), "RESULT_COUNT", {"returned": 3, "expected": 2}),
        (TWO, A, "RESULT_COUNT", {"returned": 1, "expected": 2, "type": "float64 array of shape (2,)"}),
        (TWO, ({"b": 3.0}, A), "RESULT_ORDER", {"found": "dictionary, a", "asked": "a, dictionary"}),
        (TWO, ({"c": 3.0}, A, A), "RESULT_COUNT", {"returned": 3, "expected": 2}),
        (TWO, {"a": A, "c": A}, "KEYS", {"missing": ["b"], "found": ["a", "c"]}),
    ],
)
def test_what_cannot_be_read_says_why(function: Function, value: Any, code: str, evidence: dict[str, Any]) -> None:
    assert Unreadable(code, evidence) == read(function, value)


def test_a_dict_of_many_keys_is_named_in_part() -> None:
    found = read(TWO, {f"key{n:03d}": A for n in range(100)})

    assert isinstance(found, Unreadable)
    listed = found.evidence["found"]
    assert isinstance(listed, list)
    assert len(listed) == 12


def test_long_keys_are_told_in_part() -> None:
    found = read(TWO, {"k" * 9_000: A})

    assert isinstance(found, Unreadable)
    assert found.evidence["found"] == ["k" * 60]


def test_a_mixed_row_is_read_like_a_row_of_one_kind() -> None:
    found = read(ONE, [True, 2, 3.5])

    assert isinstance(found, Tensors)
    assert found.values["a"].tolist() == [1.0, 2.0, 3.5]


def test_an_array_is_described_by_dtype_and_shape() -> None:
    assert describe(A.astype(np.int64)) == "int64 array of shape (2,)"
