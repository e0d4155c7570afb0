"""A gradient that is a mean, a total, or both, by tensor."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from grader.checks.steps.own_share import OwnShare, in_a_mean, in_a_sum, own_share

PLACES = [((np.full((1, 2), float(n)), np.array([n])), {"w": np.ones(2)}) for n in (1, 2, 5)]


class _Gradients:
    """What a student's function gives: `weights` and `bias` make a batch's of the inputs' rows."""

    def __init__(self, weights: Any, bias: Any) -> None:
        self.weights, self.bias = weights, bias

    def owns(self, places: Sequence[Any]) -> list[Any]:
        return [{"w": self.weights(x), "b": self.bias(x)} for (x, _), _ in places]


def _found(weights: Any, bias: Any) -> OwnShare | None:
    return own_share(_Gradients(weights, bias), PLACES)  # type: ignore[arg-type]  # of which it asks `owns` alone


def _mean(x: np.ndarray) -> np.ndarray:
    return np.asarray(x.mean(axis=0))


def _sum(x: np.ndarray) -> np.ndarray:
    return np.asarray(x.sum(axis=0))


def _largest(x: np.ndarray) -> np.ndarray:
    return np.asarray(x.max(axis=0))


@pytest.mark.parametrize(
    ("weights", "bias", "share", "entries"),
    [
        (_mean, _mean, in_a_mean, [True] * 4),
        (_sum, _sum, in_a_sum, [True] * 4),
        (_mean, _sum, in_a_mean, [True, True, False, False]),
        (_largest, _sum, in_a_sum, [False, False, True, True]),
    ],
)
def test_the_share_is_that_of_most_entries(weights: Any, bias: Any, share: Any, entries: list[bool]) -> None:
    found = _found(weights, bias)

    assert found is not None
    assert (found.share, found.entries.tolist()) == (share, entries)


def test_a_gradient_that_adds_up_nowhere_has_none() -> None:
    assert _found(_largest, _largest) is None


def test_a_gradient_whose_shape_changes_with_the_batch_has_none() -> None:
    assert _found(_mean, lambda x: x) is None
