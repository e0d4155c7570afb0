"""A rate that is to stay and changes from step to step: the factor of the gradient, measured in two steps in a row."""

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from grader.checks.steps.loop import Loop
from grader.checks.steps.observed_steps import observed
from grader.checks.steps.slopes import Data, Slopes
from grader.checks.trained import Trained
from grader.diagnosis.optimizer import FACTOR_TOLERANCE, Coefficients, Steps, coefficients
from grader.diagnosis.update import Told
from grader.standing import Parameters
from reference.data import Dataset

SlopesAt = Callable[[Sequence[tuple[Data, Parameters]]], Sequence[Slopes | None]]
"""Gradients at several places."""

Rate = Callable[[int], float]
"""What the given rate is multiplied by in each step, counted from 0."""

LAWS: tuple[tuple[str, Rate], ...] = (
    ("lr / (1 + k) in step k, counted from 0,", lambda step: 1 / (1 + step)),
    ("lr / (1 + k) in step k, counted from 1,", lambda step: 1 / (2 + step)),
    ("lr / sqrt(1 + k) in step k, counted from 0,", lambda step: float((1 + step) ** -0.5)),
    ("k * lr in step k, counted from 1,", lambda step: 1.0 + step),
)
"""Rates that change without a factor of their own."""


def changing_rate(
    loop: Loop, valid: Dataset, states: Sequence[Trained], steps: Steps, slopes_at: SlopesAt
) -> Told | None:
    """That the rate changes, where the third step and the one after it differ in nothing else; None otherwise.

    states: after one, two and three epochs of one step each. steps: what lies between them. slopes_at: the
    gradient that explains it up to its factors.
    """
    fourth = loop.after(valid, len(states) + 1)
    (slopes,) = slopes_at([(loop.data, states[-1].parameters)]) if fourth is not None else (None,)
    if fourth is None or slopes is None:
        return None
    now = coefficients(steps)
    then = coefficients(observed(loop.spec, loop.function, [*states[1:], fourth], slopes, None))
    if now is None or then is None or now.weight or then.weight or _close(now.gradient, then.gradient):
        return None
    words = _words(now, then, steps.lr, steps.gamma)
    if words is None:
        return None
    about = {"found": words, "asked": "the given lr in every step", "wrong": ["step"], "subject": "the step"}
    return Told("OTHER_FORMULA", about)


def _words(now: Coefficients, then: Coefficients, lr: float, gamma: float) -> str | None:
    """How the rate changes; None where the velocity has another factor than its change gives."""
    ratio = then.gradient / now.gradient
    if ratio <= 0 or now.gradient <= 0:
        return None
    power = partial(pow, ratio)
    share = (lr / now.gradient - 1) / 2  # by which the divisor grows, as measured in the third step
    # The velocity is one of steps, or one of gradients that the rate of each step is multiplied by.
    if not (_close(then.velocity, gamma) or _close(then.velocity, gamma * ratio)):
        return None
    known: tuple[tuple[str, Rate], ...] = (
        (f"a rate that is multiplied by {ratio:.4g} after each epoch of one step", power),
        (f"a rate that is multiplied by {ratio:.4g} before each epoch of one step", lambda step: ratio ** (step + 1)),
        *LAWS,
        (f"lr / (1 + {share:.4g} * k) in step k, counted from 0,", lambda step: 1 / (1 + share * step)),
    )
    measured = f"a rate that is {now.gradient:.4g} in the third step and {then.gradient:.4g} in the fourth"
    return next(
        (words for words, rate in known if _close(now.gradient, lr * rate(2)) and _close(then.gradient, lr * rate(3))),
        measured,
    )


def _close(one: float, other: float) -> bool:
    return bool(np.isclose(one, other, rtol=10 * FACTOR_TOLERANCE, atol=FACTOR_TOLERANCE))
