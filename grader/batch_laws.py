"""Laws of the batch: examples in another order, and other examples beside them."""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.exchanges import with_other_data
from grader.law import Law, Results, all_far, far, largest
from grader.probes import SCALE_1_AGAIN, Probe, draw
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
    turned = _along(whole, function, lambda _name, values: values[::-1])
    return whole, turned, with_other_data(function, whole, rng)


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
    """Rows stay where the other part is exchanged; NaN where there are none."""
    both, second, first, _ = results
    errors: list[float] = []
    for name, values in both.items():
        if EXAMPLES in values.shape:
            axis = values.shape.index(EXAMPLES)
            rows, left, right = (np.moveaxis(each, axis, 0) for each in (values, second[name], first[name]))
            errors += [far(left[:FIRST], rows[:FIRST]), far(right[FIRST:], rows[FIRST:])]
    return largest(errors or [math.nan])


def _by_sum(results: Sequence[Results]) -> float:
    """Of what has no rows: to exchange one part makes the same difference whatever the other is; NaN for rows only."""
    both, second, first, neither = results
    errors = [far(v - second[n] + neither[n], first[n]) for n, v in both.items() if EXAMPLES not in v.shape]
    return largest(errors or [math.nan])


BATCH_ORDER = Law("BATCH_ORDER", _reversed, _by_order)
BATCH_PARTS = Law("BATCH_PARTS", _exchanged, _by_parts)
BATCH_SUM = Law("BATCH_SUM", _exchanged, _by_sum)
