"""Known wrong update rules, read from three consecutive states of a student's parameters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from grader import numerics

FloatArray = NDArray[np.float64]

RULE_TOLERANCE = 1e-7
"""Relative error of one step against the rule: the difference of two parameters loses about two decimals of float64."""

RULE_TOLERANCE_FLOAT32 = 1e-3
"""The same where parameters are float32, whose steps keep four decimals."""

GRADIENT_TOLERANCE = 1e-3
"""Relative error of lr gradient once gamma v is taken off: however large the velocity, the gradient has to be in the
step. Steps taken in float32 inside keep four decimals of it."""


@dataclass(frozen=True, slots=True)
class Steps:
    """Parameters after 1, 2 and 3 steps, one vector each, and the gradient at the second: all of one length."""

    first: FloatArray
    second: FloatArray
    third: FloatArray
    gradient: FloatArray
    lr: float
    gamma: float
    samples: int
    single: bool

    @property
    def moved(self) -> FloatArray:
        """What the third step subtracted."""
        return self.second - self.third

    @property
    def velocity(self) -> FloatArray:
        """What the second step subtracted: the velocity before the third."""
        return self.first - self.second

    def follows(self, step: FloatArray) -> bool:
        """Whether the third step subtracted `step`."""
        tolerance = RULE_TOLERANCE_FLOAT32 if self.single else RULE_TOLERANCE
        return numerics.agrees(numerics.largest_error(self.moved, step), tolerance)

    @property
    def right(self) -> bool:
        """Whether the third step is gamma v + lr gradient, and the gradient is seen in it beside any velocity."""
        rest = numerics.largest_error(self.moved - self.gamma * self.velocity, self.lr * self.gradient)
        right = self.follows(self.gamma * self.velocity + self.lr * self.gradient)
        return right and numerics.agrees(rest, GRADIENT_TOLERANCE)


def rules(steps: Steps) -> Sequence[tuple[str, FloatArray]]:
    """What wrong rules subtract in the third step."""
    v, g, w = steps.velocity, steps.gradient, steps.second
    lr, gamma, n = steps.lr, steps.gamma, steps.samples
    return (
        ("PARAMS_NOT_UPDATED", np.zeros_like(v)),
        ("NO_MOMENTUM", lr * g),
        ("ASCENT", gamma * v - lr * g),
        ("ASCENT", -lr * g),
        ("MOMENTUM_USES_WEIGHT", gamma * w + lr * g),
        ("MOMENTUM_DAMPED", gamma * v + (1 - gamma) * lr * g),
        ("TOTAL_NOT_MEAN", gamma * v + n * lr * g),
        ("DOUBLE_MEAN", gamma * v + lr * g / n),
        ("MOMENTUM_SIGN", -gamma * v + lr * g),
        ("NESTEROV", gamma * (gamma * v + lr * g) + lr * g),
        ("GRADIENT_NOT_USED", gamma * v),
    )


def cause(steps: Steps) -> str:
    """The code of the rule that was followed, or UNKNOWN."""
    return next((code for code, step in rules(steps) if steps.follows(step)), "UNKNOWN")


def flat(values: Mapping[str, FloatArray], names: Sequence[str]) -> FloatArray:
    """Tensors as one vector, in the order of `names`."""
    return np.concatenate([values[name].ravel() for name in names])
