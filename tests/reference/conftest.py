"""What every test of the reference needs: a seeded generator and an independent differentiation."""

from collections.abc import Callable

import numpy as np
import pytest
from autograd import grad

from reference.arrays import Array

Derivative = Callable[[Callable[..., object], Array], Array]


@pytest.fixture
def rng() -> np.random.Generator:
    """The same draws each time."""
    return np.random.default_rng(20260401)


@pytest.fixture
def derivative() -> Derivative:
    """The gradient of a scalar function at a point, by HIPS autograd; NaN or disagreement must fail its user."""

    def at(function: Callable[..., object], point: Array) -> Array:
        return np.asarray(grad(function)(point), dtype=np.float64)

    return at
