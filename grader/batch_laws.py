"""Laws of the batch: examples in another order, and other examples beside them."""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.law import Law, Results, all_far, far, largest
from grader.probes import SCALE_1_AGAIN, FloatArray, Probe, draw
from reference.spec import Draw, Function

EXAMPLES = SCALE_1_AGAIN["N"]
FIRST = 3
"""Examples of the first part; the others are exchanged. Their number stays, for a result may depend on it rightly."""


def has_batch(function: Function) -> bool:
    """Whether an argument has an axis for the examples."""
    return any("N" in tensor.axes for tensor in function.arguments)


def _whole(function: Function, rng: np.random.Generator) -> Probe:
    """Without a regularisation, which does not belong to any example."""
    probe = draw(function, "law", 1.0, SCALE_1_AGAIN, rng)
    zeros = {t.name: np.zeros_like(probe.arguments[t.name]) for t in function.arguments if t.draw is Draw.STRENGTH}
    return replace(probe, arguments={**probe.arguments, **zeros})


def _along(probe: Probe, function: Function, change: Callable[[str, NDArray[Any]], NDArray[Any]]) -> Probe:
    """The probe with its examples changed, whichever axis they lie along. change: of a name and an array (N, ...)."""
    arguments = dict(probe.arguments)
    for tensor in function.arguments:
        if "N" in tensor.axes:
            axis = tensor.axes.index("N")
            moved = change(tensor.name, np.moveaxis(arguments[tensor.name], axis, 0))
            arguments[tensor.name] = np.ascontiguousarray(np.moveaxis(moved, 0, axis))
    return replace(probe, arguments=arguments)


def _reversed(function: Function, rng: np.random.Generator) -> Sequence[Probe]:
    whole = _whole(function, rng)
    return whole, _along(whole, function, lambda _name, values: values[::-1]), _whole(function, rng)


def _exchanged(function: Function, rng: np.random.Generator) -> Sequence[Probe]:
    """Two parts of examples and two others in their places: each with each."""
    one, another = _whole(function, rng), _whole(function, rng)
    axes = {tensor.name: tensor.axes.index("N") for tensor in function.arguments if "N" in tensor.axes}
    others = {name: np.moveaxis(another.arguments[name], axis, 0) for name, axis in axes.items()}

    def second(name: str, values: NDArray[Any]) -> NDArray[Any]:
        return np.concatenate([values[:FIRST], others[name][FIRST:]])

    def first(name: str, values: NDArray[Any]) -> NDArray[Any]:
        return np.concatenate([others[name][:FIRST], values[FIRST:]])

    return (
        one,
        _along(one, function, second),
        _along(one, function, first),
        _along(one, function, lambda n, _: others[n]),
    )


def _by_order(results: Sequence[Results]) -> float:
    """Rows come back in the other order too; everything else stays."""
    whole, turned, _ = results
    back = {}
    for name, values in turned.items():
        axis = values.shape.index(EXAMPLES) if EXAMPLES in values.shape else None
        back[name] = values if axis is None else np.flip(values, axis)
    return all_far(whole, back)


def _by_parts(results: Sequence[Results]) -> float:
    return largest(_apart(*(each[name] for each in results)) for name in results[0])


def _apart(both: FloatArray, second: FloatArray, first: FloatArray, neither: FloatArray) -> float:
    """Rows stay where the other part is exchanged; of anything else, exchanging one part makes the same difference
    whatever the other one is, as in a sum over the examples."""
    if len({each.shape for each in (both, second, first, neither)}) > 1:
        return math.nan
    if EXAMPLES in both.shape:
        rows, same_first, same_second = (np.moveaxis(v, both.shape.index(EXAMPLES), 0) for v in (both, second, first))
        return largest([far(same_first[:FIRST], rows[:FIRST]), far(same_second[FIRST:], rows[FIRST:])])
    return far(both - second + neither, first)


BATCH_ORDER = Law("BATCH_ORDER", _reversed, _by_order)
BATCH_PARTS = Law("BATCH_PARTS", _exchanged, _by_parts)
