"""Steps taken layer by layer, each with gradients at weights of which some have stepped already."""

from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np

from grader.checks.observed_steps import Slope
from grader.checks.slopes import Data, Gradients, Slopes
from grader.diagnosis.optimizer import Steps, flat
from grader.diagnosis.update import Told
from grader.results import FloatArray
from grader.standing import Parameters
from reference.spec import Function


def layer_by_layer(
    gradients: Gradients, function: Function, states: Sequence[Parameters], rows: Data, steps: Steps
) -> Told | None:
    """The order in which the parameters step, if they step one after another; None if they do not.

    states: parameters after 1, 2 and 3 steps.
    """
    names = [tensor.name for tensor in function.results]
    for slope_of in [partial(gradients.right, form) for form in gradients.forms()]:
        for groups in _orders(names):
            slopes = _in_turn(groups, names, states[1], states[2], slope_of, rows)
            gradient = flat(slopes, names) if slopes else np.empty(0)
            if gradient.shape == steps.moved.shape and steps.follows(
                steps.gamma * steps.velocity + steps.lr * gradient
            ):
                found = f"the gradients of {', '.join(groups[1])} after {', '.join(groups[0])} have stepped"
                about = {"found": found, "asked": "all gradients at the same weights"}
                return Told("OTHER_FORMULA", {**about, "wrong": ["step"], "subject": "the step"})
    return None


def _orders(names: Sequence[str]) -> Iterator[list[list[str]]]:
    """Layers (weights and bias together) and single parameters, from the first and from the last."""
    layers = [list(names[i : i + 2]) for i in range(0, len(names), 2)]
    single = [[name] for name in names]
    for groups in (layers, single):
        if len(groups) > 1:
            yield groups
            yield groups[::-1]


def _in_turn(
    groups: Sequence[Sequence[str]],
    names: Sequence[str],
    point: Parameters,
    after: Parameters,
    slope_of: Slope,
    rows: Data,
) -> Slopes | None:
    """The gradients of each group where the groups before it have stepped."""
    current = dict(point)
    found: dict[str, FloatArray] = {}
    for group in groups:
        slopes = slope_of(rows, current)
        if slopes is None:
            return None
        by_name = dict(zip(names, slopes.values(), strict=True))
        found |= {name: by_name[name] for name in group}
        current |= {name: after[name] for name in group}
    return found
