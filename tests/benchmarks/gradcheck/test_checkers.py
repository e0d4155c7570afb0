"""Each checker accepts a right gradient and rejects a wrong one: one that cannot do both measures nothing."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from tests.benchmarks.gradcheck.checkers import PEERS
from tests.benchmarks.gradcheck.problem import FloatArray, Problem, Unusable, accepted

rng = np.random.default_rng(7)
POINT = (rng.standard_normal((3, 4)), rng.standard_normal((1, 4)))


def loss(values: Sequence[FloatArray]) -> float:
    """sum tanh(w + b), whose derivative by w is 1 - tanh^2."""
    w, b = values
    return float(np.tanh(w + b).sum())


def right(values: Sequence[FloatArray]) -> tuple[FloatArray, ...]:
    w, b = values
    slope = 1 - np.tanh(w + b) ** 2
    return slope, slope.sum(axis=0, keepdims=True)


def doubled(values: Sequence[FloatArray]) -> tuple[FloatArray, ...]:
    w, b = right(values)
    return w, 2 * b


def nothing(_values: Sequence[FloatArray]) -> tuple[FloatArray, ...]:
    return tuple(np.zeros_like(array) for array in POINT)


def not_a_number(values: Sequence[FloatArray]) -> tuple[FloatArray, ...]:
    w, b = right(values)
    return w, b * np.nan


def unusable(_values: Sequence[FloatArray]) -> tuple[FloatArray, ...]:
    raise Unusable("as a student's function may be")


Gradient = Callable[[Sequence[FloatArray]], tuple[FloatArray, ...]]


@pytest.mark.parametrize("name", PEERS)
def test_a_right_gradient_is_accepted_and_wrong_ones_are_not(name: str) -> None:
    peer = PEERS[name]
    module = {"torch_gradcheck": "torch", "jax_vjp": "jax", "scipy_gradient": "scipy"}.get(peer.module, "numpy")
    pytest.importorskip(
        module, reason=f"{module} is not installed here (make bench-peers has it in its own environment)"
    )
    accepts = peer.load()

    assert accepted(accepts, Problem(POINT, loss, right, seed=1))
    for wrong in (doubled, nothing, not_a_number, unusable):
        assert not accepted(accepts, Problem(POINT, loss, wrong, seed=1)), wrong.__name__


def test_parts_of_a_vector_are_copies_in_the_shapes_of_the_point() -> None:
    problem = Problem(POINT, loss, right)
    vector = problem.flat()
    parts = problem.parted(vector)
    parts[0][0, 0] = np.inf

    assert problem.size == 16
    assert [part.shape for part in parts] == [(3, 4), (1, 4)]
    assert np.array_equal(vector, problem.flat())
    assert all(np.array_equal(part, array) for part, array in zip(problem.parted(vector), POINT, strict=True))
