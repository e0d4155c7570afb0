"""scipy.optimize.check_grad: forward differences with step 1.49e-8, over all coordinates or along one random direction.

It returns an absolute 2-norm and leaves the threshold to the caller: 1e-6 here, the tightest power of ten at which it
accepts nearly all right code of a hundred parameters at scale 1. Unfair to it: its users choose a threshold for each
problem.
"""

import numpy as np
from scipy.optimize import check_grad

from tests.benchmarks.gradcheck.problem import FloatArray, Problem

THRESHOLD = 1e-6


def every_coordinate(problem: Problem) -> bool:
    """n + 1 forwards."""
    return _error(problem, "all") <= THRESHOLD


def random_direction(problem: Problem) -> bool:
    """Two forwards."""
    return _error(problem, "random") <= THRESHOLD


def _error(problem: Problem, direction: str) -> float:
    def loss(vector: FloatArray) -> float:
        return problem.loss(problem.parted(vector))

    def gradient(vector: FloatArray) -> FloatArray:
        return np.concatenate([array.ravel() for array in problem.gradient(problem.parted(vector))])

    rng = np.random.default_rng(problem.seed)
    return float(check_grad(loss, gradient, problem.flat(), direction=direction, rng=rng))
