"""Steps taken layer by layer, each with gradients at weights of which some have stepped already.

Either the whole gradient is that of the weights as they are by then, or only the way back through them is.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import pairwise

import numpy as np

from grader import numerics
from grader.checks.steps.loop import Loop
from grader.checks.steps.slopes import Gradients, Slopes
from grader.checks.trained import Trained
from grader.diagnosis.optimizer import GRADIENT_TOLERANCE, Steps, flat
from grader.diagnosis.perceptron import run_of
from grader.diagnosis.update import Told
from grader.results import FloatArray
from grader.standing import Parameters
from reference.data import one_hot
from reference.layers import ACTIVATIONS
from reference.softmax import softmax
from reference.spec import Draw


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


def through_new_weights(loop: Loop, gradients: Gradients, states: Sequence[Trained], steps: Steps) -> Told | None:
    """Whether each layer steps before the error goes back through it: from the output on, through the new weights.

    states and steps: as above.
    """
    names, point, after = loop.names, states[1].parameters, states[2].parameters
    plain = gradients.unregularised or gradients
    old, new = (_back(loop, gradients, point, through) for through in (point, after))
    if old is None or new is None:
        return None
    for form in gradients.forms():
        bare, whole = (_flat(each.right(form, loop.data, point)) for each in (plain, gradients))
        if not _alike(old, bare):  # another network than one layer after the other, or another loss
            return None
        # What the regularisation adds to the gradient of a weight belongs to the weight before its step.
        if steps.follows(steps.gamma * steps.velocity + steps.lr * (whole + new - old)):
            earlier = list(names[:-2])
            return Told("UPDATED_TOO_EARLY", {"wrong": earlier, "only_in": earlier, "subject": "the step"})
    return None


def _back(loop: Loop, gradients: Gradients, point: Parameters, through: Parameters) -> FloatArray | None:
    """The gradients at `point` of layers one after the other, as a vector, the error back through others.

    None where the parameters are no weights (D, H) and biases of several such layers.
    """
    inputs, targets = loop.data
    weights, biases = loop.names[0::2], loop.names[1::2]
    act = next((tensor.of for tensor in gradients.function.arguments if tensor.draw is Draw.CHOICE), "relu")
    widths = [inputs.shape[1], *(point[name].size for name in biases)]
    asked = list(pairwise(widths))
    if len(weights) < 2 or act not in ACTIVATIONS or [point[name].shape for name in weights] != asked:
        return None
    if targets.ndim == 1:
        targets = one_hot(targets, widths[-1])
    values = {"X": inputs, "act": np.asarray(act)}
    values |= {f"W{i}": point[name] for i, name in enumerate(weights, 1)}
    values |= {f"b{i}": point[name] for i, name in enumerate(biases, 1)}
    run = run_of(values)
    found = run.back((softmax(run.z[-1]) - targets) / len(inputs), weights=[through[name] for name in weights])
    return flat(found, [f"d_{letter}{i}" for i in range(1, len(weights) + 1) for letter in "Wb"])


def _flat(slopes: Slopes) -> FloatArray:
    """As one vector, in their order."""
    return flat(slopes, tuple(slopes))


def _alike(one: FloatArray, other: FloatArray) -> bool:
    return one.shape == other.shape and numerics.agrees(numerics.largest_error(one, other), GRADIENT_TOLERANCE)


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
