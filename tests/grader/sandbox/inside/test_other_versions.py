"""Names of NumPy 1 and of later Pythons mean what they meant, and nothing that is there is replaced."""

import math
import types

import numpy as np
import pytest

from grader.sandbox import Call, Returned
from grader.sandbox.inside import other_versions
from tests.grader.sandbox.conftest import OpenFiles

SOURCE = """
import itertools, math
from itertools import batched
import numpy as np
def numbers():
    return [np.Inf, -np.NINF, np.product([2.0, 3.0]), float(np.float_(1)), np.alltrue([True]), np.in1d([1], [1, 2])[0]]
def arrays():
    whole = np.asfarray([1], int)
    return np.row_stack([[1, 2]]), np.asfarray([1]), whole, np.msort([[2, 1], [1, 3]]), np.zeros(2, np.float)
def groups():
    return [list(b) for b in batched(range(5), 2)], math.sumprod([1, 2], [3, 4])
def none():
    return list(itertools.batched([1], 0))
"""


def test_a_file_of_another_version_runs(submit: OpenFiles) -> None:
    with submit(SOURCE) as session:
        replies = session.run([Call("numbers"), Call("arrays"), Call("groups")])

    values = [reply.value for reply in replies if isinstance(reply, Returned)]
    assert values[0] == [math.inf, math.inf, 6.0, 1.0, True, True]
    assert isinstance(values[1], tuple)
    rows, floats, whole, ordered, zeros = values[1]
    for found, right in ((rows, [[1, 2]]), (floats, [1.0]), (whole, [1.0]), (ordered, [[1, 1], [2, 3]])):
        np.testing.assert_array_equal(found, right)
    assert all(isinstance(array, np.ndarray) and array.dtype == np.float64 for array in (floats, whole, zeros))
    assert values[2] == ([[0, 1], [2, 3], [4]], 11)


def test_batches_of_none_are_refused_as_python_does(submit: OpenFiles) -> None:
    with submit(SOURCE) as session:
        (reply,) = session.run([Call("none")])

    assert getattr(reply, "type_name", "") == "ValueError"


def test_what_is_there_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    module = types.ModuleType("itertools")
    vars(module)["batched"] = 0
    monkeypatch.setattr(other_versions, "NUMPY", {})
    monkeypatch.setattr(other_versions, "PYTHON", ((module, {"batched": 1, "further": 2}),))

    other_versions.add()

    assert (vars(module)["batched"], vars(module)["further"]) == (0, 2)


def test_a_decorator_of_typing_gives_its_method() -> None:
    assert dict(other_versions.PYTHON[2][1])["override"](len) is len
