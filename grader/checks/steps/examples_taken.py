"""Which examples did a step take? One on all of them is the mean of their gradients; another one has other weights."""

from collections.abc import Sequence

import numpy as np

from grader.checks.steps.loop import Loop
from grader.checks.steps.slopes import Gradients
from grader.checks.trained import Trained
from grader.diagnosis.optimizer import Steps, flat
from grader.diagnosis.update import Told
from grader.least_squares import fitted

REST = 1e-6
"""What the examples' gradients may leave open of a step that is made of them, relative."""

WHOLE = 1e-3
"""How near the weights, times the number of examples taken, must be to whole numbers."""


def examples_taken(loop: Loop, gradients: Gradients, states: Sequence[Trained], steps: Steps) -> Told | None:
    """That some examples are left out or count more than once; None where it is not so, or cannot be told."""
    point = states[1].parameters
    inputs, targets = loop.data
    alone = [((inputs[n : n + 1], targets[n : n + 1]), point) for n in range(len(inputs))]
    step = (steps.moved - steps.gamma * steps.velocity) / steps.lr
    for found in gradients.ways(alone):
        slopes = [flat(slope, tuple(slope)) for slope in found]
        if any(slope.shape != step.shape for slope in slopes):
            continue
        columns = np.stack(slopes, axis=1)
        solved = fitted(columns, step)
        if solved is None:
            continue
        weights, rank = solved
        exact = np.linalg.norm(step - columns @ weights) <= REST * np.linalg.norm(step)
        if rank < len(inputs) or not exact or not np.any(weights > WHOLE / len(inputs)):
            continue
        count = round(1 / float(np.min(weights[weights > WHOLE / len(inputs)])))
        times = np.round(weights * count)
        if np.max(np.abs(weights * count - times)) > WHOLE * count or int(times.sum()) != count:
            continue
        taken, more = int(np.sum(times > 0)), int(np.sum(times > 1))
        if taken < len(inputs):
            besides = f", {more} of them more than once" if more else ""
            return Told("OTHER_DATA", {"found": f"{taken} of the {len(inputs)} examples{besides}"})
    return None
