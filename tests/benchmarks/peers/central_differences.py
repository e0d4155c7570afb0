"""The recipe of Stanford's CS231n: central differences and a relative error for each coordinate.

From the course's notes ("Gradient checks"): step 1e-5; |a - n| / max(|a|, |n|) above 1e-2 "usually means the gradient
is probably wrong", below 1e-7 "you should be happy"; in between it is for the reader to judge, so both ends are
measured. A sampled check looks at ten coordinates of each tensor. Unfair to it: a reader looks twice, a threshold
does not.
"""

from collections.abc import Iterable

import numpy as np

from tests.benchmarks.gradcheck.problem import Problem

STEP = 1e-5
HAPPY = 1e-7
WRONG = 1e-2
SAMPLES = 10


def all_happy(problem: Problem) -> bool:
    """Every coordinate below 1e-7."""
    return _worst(problem, _all(problem)) <= HAPPY


def all_not_wrong(problem: Problem) -> bool:
    """No coordinate above 1e-2."""
    return _worst(problem, _all(problem)) <= WRONG


def sampled_happy(problem: Problem) -> bool:
    """Ten coordinates of each tensor, drawn anew for each check, below 1e-7."""
    return _worst(problem, _sampled(problem)) <= HAPPY


def _all(problem: Problem) -> Iterable[tuple[int, int]]:
    return ((which, entry) for which, array in enumerate(problem.point) for entry in range(array.size))


def _sampled(problem: Problem) -> Iterable[tuple[int, int]]:
    rng = np.random.default_rng(problem.seed)
    return (
        (which, int(entry))
        for which, array in enumerate(problem.point)
        for entry in rng.choice(array.size, min(SAMPLES, array.size), replace=False)
    )


def _worst(problem: Problem, coordinates: Iterable[tuple[int, int]]) -> float:
    """The largest relative error over the coordinates (tensor, entry); NaN stays, and is below no threshold."""
    analytic = problem.gradient(problem.point)
    moved = [array.copy() for array in problem.point]
    errors = []
    for which, entry in coordinates:
        flat = moved[which].reshape(-1)
        at = flat[entry]
        flat[entry] = at + STEP
        above = problem.loss(moved)
        flat[entry] = at - STEP
        below = problem.loss(moved)
        flat[entry] = at
        numeric, claimed = (above - below) / (2 * STEP), float(analytic[which].reshape(-1)[entry])
        largest = max(abs(numeric), abs(claimed))
        errors.append(abs(numeric - claimed) / largest if largest != 0.0 else 0.0)
    return float(np.max(errors))
