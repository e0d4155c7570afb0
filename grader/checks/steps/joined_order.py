"""Gradients joined to one vector in another order than the parameters: each parameter gets entries of others."""

from collections.abc import Iterator, Sequence

from grader.checks.steps.loop import Loop
from grader.checks.steps.slopes import Gradients
from grader.checks.trained import Trained
from grader.diagnosis.optimizer import Steps, flat
from grader.diagnosis.update import Told


def joined_otherwise(loop: Loop, gradients: Gradients, states: Sequence[Trained], steps: Steps) -> Told | None:
    """The order in which a step's gradients are joined, if it is another than that of the parameters.

    states: after 1, 2 and 3 steps. steps: the third, in the form asked for.
    """
    names, point = loop.names, states[1].parameters
    for (found,) in gradients.ways([(loop.data, point)]):
        if [slope.size for slope in found.values()] != [value.size for value in point.values()]:
            continue
        slopes = dict(zip(names, found.values(), strict=True))
        for order in _orders(names):
            if steps.follows(steps.gamma * steps.velocity + steps.lr * flat(slopes, order)):
                joined = f"gradients in the order {', '.join(order)}, one after the other, for {', '.join(names)}"
                about = {"found": joined, "asked": "each parameter's own gradient"}
                return Told("OTHER_FORMULA", {**about, "wrong": ["step"], "subject": "the step"})
    return None


def _orders(names: Sequence[str]) -> Iterator[list[str]]:
    """Other orders than that of the parameters: as sorted, or as a way back meets them, or by kind of parameter."""
    layers = [list(names[i : i + 2]) for i in range(0, len(names), 2)]
    kinds = [list(names[kind::2]) for kind in (0, 1)]
    orders = (
        sorted(names),
        list(names[::-1]),
        [name for layer in layers[::-1] for name in layer],
        [name for layer in layers for name in layer[::-1]],
        [name for kind in kinds for name in kind],
        [name for kind in kinds[::-1] for name in kind],
    )
    return (order for order in orders if order != list(names))
