"""Laws of the batch: examples in another order, and a batch in two parts."""

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
"""Examples of the first part; the second has four, so that an average of averages is not the average."""


def has_batch(function: Function) -> bool:
    """Whether an argument has an axis for the examples."""
    return any("N" in tensor.axes for tensor in function.arguments)


def _whole(function: Function, rng: np.random.Generator) -> Probe:
    """Without a regularisation, which does not belong to any example."""
    probe = draw(function, "law", 1.0, SCALE_1_AGAIN, rng)
    zeros = {t.name: np.zeros_like(probe.arguments[t.name]) for t in function.arguments if t.draw is Draw.STRENGTH}
    return replace(probe, arguments={**probe.arguments, **zeros})


def _taken(probe: Probe, function: Function, change: Callable[[NDArray[Any]], NDArray[Any]], count: int) -> Probe:
    """The probe with its examples changed, whichever axis they lie along."""
    arguments = dict(probe.arguments)
    for tensor in function.arguments:
        if "N" in tensor.axes:
            axis = tensor.axes.index("N")
            moved = change(np.moveaxis(arguments[tensor.name], axis, 0))
            arguments[tensor.name] = np.ascontiguousarray(np.moveaxis(moved, 0, axis))
    return replace(probe, sizes={**probe.sizes, "N": count}, arguments=arguments)


def _reversed(function: Function, rng: np.random.Generator) -> Sequence[Probe]:
    whole = _whole(function, rng)
    return whole, _taken(whole, function, lambda values: values[::-1], EXAMPLES), _whole(function, rng)


def _parts(function: Function, rng: np.random.Generator) -> Sequence[Probe]:
    whole = _whole(function, rng)
    first = _taken(whole, function, lambda values: values[:FIRST], FIRST)
    second = _taken(whole, function, lambda values: values[FIRST:], EXAMPLES - FIRST)
    return whole, first, second, _whole(function, rng)


def _rows(values: FloatArray) -> FloatArray | None:
    """The examples along axis 0; None for a result without an axis of theirs. Sizes of a probe are distinct."""
    return np.moveaxis(values, values.shape.index(EXAMPLES), 0) if EXAMPLES in values.shape else None


def _by_order(results: Sequence[Results]) -> float:
    """Rows come back in the other order too; everything else stays."""
    whole, turned, _ = results
    back = {}
    for name, values in turned.items():
        axis = values.shape.index(EXAMPLES) if EXAMPLES in values.shape else None
        back[name] = values if axis is None else np.flip(values, axis)
    return all_far(whole, back)


def _by_parts(results: Sequence[Results]) -> float:
    whole, first, second, _ = results
    return largest(_apart(whole[name], first[name], second[name]) for name in whole)


def _apart(whole: FloatArray, first: FloatArray, second: FloatArray) -> float:
    """Rows are those of the parts, or carry 1/N; anything else is the average or the total of what the parts give."""
    rows = _rows(whole)
    share = FIRST / EXAMPLES
    if rows is None:
        ways = [share * first + (1 - share) * second, first + second]
        return min((far(whole, way) for way in ways), key=_nan_last)
    axis = whole.shape.index(EXAMPLES)
    if first.ndim != whole.ndim or second.ndim != whole.ndim:
        return math.nan
    together = [np.concatenate(pair, axis) for pair in ((first, second), (share * first, (1 - share) * second))]
    return min((far(whole, way) for way in together), key=_nan_last)


def _nan_last(error: float) -> float:
    return math.inf if math.isnan(error) else error


BATCH_ORDER = Law("BATCH_ORDER", _reversed, _by_order)
BATCH_PARTS = Law("BATCH_PARTS", _parts, _by_parts)
