"""JAX's check_vjp, which is what jax.test_util.check_grads runs for a backward pass, over NumPy code.

One Gaussian direction from RandomState(0), central differences with step 1e-4, tolerance 1e-5 in float64 and 2e-3 in
float32. It takes NumPy callables as they are, so nothing is traced or compiled: the kindest way to measure it. Its
direction is not normalised, so with thousands of parameters ReLUs change sign along a step and right code is
rejected.
"""

from collections.abc import Callable
from typing import Any

import jax
import numpy as np
from jax._src.public_test_util import check_vjp

from tests.benchmarks.gradcheck.problem import Problem

jax.config.update("jax_enable_x64", True)


def vjp(problem: Problem) -> bool:
    """Whether check_vjp is content; in float32 it is given float32, for its tolerance goes by the dtype."""
    dtype = np.float32 if problem.single else np.float64

    def loss(*values: Any) -> Any:
        return np.asarray(problem.loss(values), dtype=dtype)

    def with_backward(*values: Any) -> tuple[Any, Callable[[Any], tuple[Any, ...]]]:
        def backward(dout: Any) -> tuple[Any, ...]:
            return tuple(np.asarray(dout * array, dtype=dtype) for array in problem.gradient(values))

        return loss(*values), backward

    try:
        check_vjp(loss, with_backward, tuple(array.astype(dtype) for array in problem.point))
    except AssertionError:
        return False
    return True
