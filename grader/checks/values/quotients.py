"""Gradients over upstream gradients, measured twice: what of them is a derivative of an activation, and a wrong one."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from grader.numerics import DERIVATIVE_TOLERANCE
from grader.report import DerivativePoint, UsedDerivative
from grader.results import FloatArray
from reference.layers import ACTIVATIONS

FEWEST = 8
"""Points below which nothing is said: a few agree by chance."""

SMALLEST_UPSTREAM = 1e-2
"""Share of the largest upstream gradient below which none is divided by: the quotient would be rounding."""

PLACES = 6
"""Decimal places that are told of a point."""


@dataclass(frozen=True, slots=True)
class Quotients:
    """At each input (K,) of an activation two quotients (K,); NaN where the student's gradient is no finite number.

    activation: a key of ACTIVATIONS. tensor: the result they are read from. at: what the inputs are called.
    divisible: bool (K,), where both upstream gradients are large enough. factor_elsewhere: whether a factor that all
    share may stand elsewhere in the student's code than at the activation.
    """

    activation: str
    tensor: str
    at: str
    inputs: FloatArray
    once: FloatArray
    again: FloatArray
    divisible: NDArray[np.bool_]
    factor_elsewhere: bool = False


def scattered(inputs: FloatArray, room: int, rng: np.random.Generator) -> tuple[FloatArray, NDArray[np.intp]]:
    """`room` numbers with the inputs (K,) among them, and where each of these stands (K,).

    The others are drawn wider and to one side, so that no mean and no maximum stays what it was.
    """
    places = rng.permutation(room)[: inputs.size]
    among: FloatArray = 0.5 + 1.5 * rng.standard_normal(room)
    among[places] = inputs
    return among, places


def divisible(upstream: FloatArray) -> NDArray[np.bool_]:
    """Where an upstream gradient is large enough to be divided by; nowhere if it is not finite."""
    size = np.abs(upstream)
    return np.asarray(np.isfinite(size).all() & (size > SMALLEST_UPSTREAM * size.max()))


def wrong_derivative(found: Quotients) -> UsedDerivative | None:
    """The derivative the student used, where it is one and a wrong one; else None.

    It is one where both quotients agree at every input: then nothing but the input decides. One that is 0 everywhere
    says that nothing was returned, and is none.
    """
    x, once, again = (values[found.divisible] for values in (found.inputs, found.once, found.again))
    finite = np.isfinite(once)
    if finite.sum() < FEWEST or not np.array_equal(finite, np.isfinite(again)):
        return None
    once = np.where(finite, once, np.nan)
    right = np.asarray(ACTIVATIONS[found.activation]().derivative(x))
    if not _alike(once[finite], again[finite]) or _alike(once[finite], np.zeros(finite.sum())):
        return None
    if _alike(once, right) or (found.factor_elsewhere and _multiple(once[finite], right[finite])):
        return None
    order = np.argsort(x)
    rounded = ((np.round(values[order], PLACES) + 0.0).tolist() for values in (x, once, right))  # no zero has a sign
    points = tuple(DerivativePoint(*point) for point in zip(*rounded, strict=True))
    return UsedDerivative(found.activation, found.tensor, found.at, points)


def _alike(one: FloatArray, other: FloatArray) -> bool:
    """Whether all values agree; NaN agrees with nothing."""
    return bool(np.all(np.abs(one - other) <= DERIVATIVE_TOLERANCE * np.maximum(1.0, np.abs(one))))


def _multiple(used: FloatArray, right: FloatArray) -> bool:
    """Whether one is the other times a number: then the factor may stand elsewhere than in the derivative."""
    return _alike(used, right * (used @ right) / (right @ right)) if np.any(right) else False
