"""Steps whose rate is another one for each parameter, by the sizes of its gradients so far: Adam and its relatives.

From the start the gradients of all three steps are known, so that each rule can be followed exactly. Formulas: Kingma
and Ba, "Adam" (2015), algorithm 1; Tieleman and Hinton, lecture 6.5 of "Neural Networks for Machine Learning" (2012)
for RMSProp; Duchi, Hazan and Singer, "Adaptive Subgradient Methods" (2011) for AdaGrad.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from grader.checks.steps.loop import Loop
from grader.checks.steps.slopes import Gradients
from grader.checks.trained import Trained
from grader.diagnosis.optimizer import Steps, flat
from grader.diagnosis.update import Told
from grader.results import FloatArray
from reference.data import Dataset

SMALL = (1e-8, 1e-7, 1e-6, 1e-5, 1e-10, 0.0)
"""What is added to a root so that nothing is divided by zero."""

SQUARES_KEPT = (0.999, 0.99, 0.9, 0.95)
"""Shares of the running mean of squares that are kept in a step, as libraries and courses have them."""

ASKED = "gamma * velocity + lr * gradient"


def adaptive(loop: Loop, gradients: Gradients, valid: Dataset, states: Sequence[Trained], steps: Steps) -> Told | None:
    """The rule with rates of their own that the third step follows, or None.

    states: after 1, 2 and 3 steps. steps: the third, in the form asked for.
    """
    start = loop.start or loop.after(valid, 0)
    if start is None:
        return None
    places = [(loop.data, state.parameters) for state in (start, *states[:2])]
    for found in gradients.ways(places):
        slopes = [flat(slope, tuple(slope)) for slope in found]
        if any(slope.shape != steps.moved.shape for slope in slopes):
            continue
        with np.errstate(over="ignore", invalid="ignore"):
            rules = list(_rules(slopes, steps.lr, steps.gamma))
        words = next((words for words, step in rules if steps.follows(step)), None)
        if words is not None:
            about = {"found": words, "asked": ASKED if steps.gamma else "lr * gradient"}
            return Told("OTHER_FORMULA", {**about, "wrong": ["step"], "subject": "the step"})
    return None


def _rules(slopes: Sequence[FloatArray], lr: float, gamma: float) -> Iterator[tuple[str, FloatArray]]:
    """What the third step subtracts under each rule, with its name."""
    last = slopes[-1]
    total = sum((slope**2 for slope in slopes), np.zeros_like(last))
    for small in SMALL:
        yield "AdaGrad: lr * gradient / sqrt(the sum of gradient ** 2)", _over(lr * last, total, small)
        for kept in dict.fromkeys((gamma, *SQUARES_KEPT)):
            squares = _running([slope**2 for slope in slopes], kept)
            yield "RMSProp: lr * gradient / sqrt(the running mean of gradient ** 2)", _over(lr * last, squares, small)
            for first in dict.fromkeys((gamma, 0.9)):
                mean = _running(slopes, first)
                yield "Adam without its correction of the first steps", _over(lr * mean, squares, small)
                steps = len(slopes)
                mean, even = mean / (1 - first**steps), squares / (1 - kept**steps) if kept < 1 else squares
                yield (
                    "Adam: lr * the mean of gradients / sqrt(the mean of gradient ** 2)",
                    _over(lr * mean, even, small),
                )


def _running(values: Sequence[FloatArray], kept: float) -> FloatArray:
    """The running mean that begins at zero."""
    mean = np.zeros_like(values[0])
    for value in values:
        mean = kept * mean + (1 - kept) * value
    return mean


def _over(step: FloatArray, squares: FloatArray, small: float) -> FloatArray:
    """The step over the root; a parameter that never had a gradient does not move."""
    root = np.sqrt(squares) + small
    return np.divide(step, root, out=np.zeros_like(step), where=root > 0)
