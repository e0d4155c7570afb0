"""Steps taken layer by layer, each with gradients at weights of which some have stepped already."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from grader.checks.loop import Loop
from grader.checks.slopes import Gradients, Slopes
from grader.checks.trained import Trained
from grader.diagnosis.optimizer import Steps, flat
from grader.diagnosis.update import Told
from grader.results import FloatArray
from grader.standing import Parameters


def layer_by_layer(loop: Loop, gradients: Gradients, states: Sequence[Trained], steps: Steps) -> Told | None:
    """The order in which the parameters step, if they step one after another; None if they do not.

    states: after 1, 2 and 3 steps. steps: the third, in the form asked for.
    """
    names, point, after = loop.names, states[1].parameters, states[2].parameters
    for slope_of in [partial(gradients.right, form) for form in gradients.forms()]:
        for groups in _orders(names):
            slopes = _in_turn(groups, names, point, after, partial(slope_of, loop.data))
            if steps.follows(steps.gamma * steps.velocity + steps.lr * flat(slopes, names)):
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
    slope_at: Callable[[Parameters], Slopes],
) -> Slopes:
    """The gradients of each group where the groups before it have stepped."""
    current = dict(point)
    found: dict[str, FloatArray] = {}
    for group in groups:
        by_name = dict(zip(names, slope_at(current).values(), strict=True))
        found |= {name: by_name[name] for name in group}
        current |= {name: after[name] for name in group}
    return found
