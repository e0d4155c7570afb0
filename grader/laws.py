"""The laws an assignment can name."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader import numerics
from grader.batch_laws import BATCH_ORDER, BATCH_PARTS, BATCH_SUM
from grader.exchanges import with_other_data
from grader.law import LAW_TOLERANCE, Law, Results, all_far, largest
from grader.probes import SCALE_1, SCALE_1_AGAIN, FloatArray, Probe, draw
from grader.report import Diagnosis, Evidence
from reference.spec import Draw, Function

SHIFT = 3.0
"""What is added to all logits of a row."""

RAISED_ROWS = np.array([0.0, 1000.0, -1000.0, 0.0, 1000.0, 500.0, -500.0])
"""What the scores of each row are raised by: one shift for all rows leaves rows of 0/0."""

SLIGHTLY = RAISED_ROWS / 1000
"""The same without overflow: subtracting the largest logit of all does not change by it, as the right one does not."""

ROW_MAXIMUM = "z - np.max(z, axis=1, keepdims=True)"

FACTORS = (2.0, -3.0)
"""Of two upstream gradients that are added: their sum is not 1, so that an answer that ignores them is not linear."""


def _drawn(function: Function, rng: np.random.Generator) -> Probe:
    return draw(function, "law", 1.0, SCALE_1, rng)


def _with(probe: Probe, function: Function, kind: Draw, change: Callable[[NDArray[Any]], NDArray[Any]]) -> Probe:
    names = [tensor.name for tensor in function.arguments if tensor.draw is kind]
    return replace(probe, arguments={**probe.arguments, **{name: change(probe.arguments[name]) for name in names}})


def _shifted(function: Function, rng: np.random.Generator) -> Sequence[Probe]:
    probe = _drawn(function, rng)
    return probe, _with(probe, function, Draw.LOGITS, lambda z: z + SHIFT), _drawn(function, rng)


def _two(function: Function, rng: np.random.Generator) -> Sequence[Probe]:
    return _drawn(function, rng), _drawn(function, rng)


def _row_sums(results: Sequence[Results]) -> float:
    return largest(
        numerics.largest(values.sum(axis=-1)) / max(numerics.largest(values), numerics.TINY)
        for each in results
        for values in each.values()
    )


def _upstreams(function: Function, rng: np.random.Generator) -> Sequence[Probe]:
    """One upstream gradient, another, and the sum of both with factors."""
    first, other = _drawn(function, rng), _drawn(function, rng)
    names = [tensor.name for tensor in function.arguments if tensor.draw is Draw.UPSTREAM]
    second = replace(first, arguments={**first.arguments, **{name: other.arguments[name] for name in names}})
    a, b = FACTORS
    both = {name: a * first.arguments[name] + b * second.arguments[name] for name in names}
    return first, replace(first, arguments={**first.arguments, **both}), second


def _not_linear(results: Sequence[Results]) -> float:
    first, both, second = results
    a, b = FACTORS
    return all_far(both, {name: a * first[name] + b * second[name] for name in first})


def _raised_scores(function: Function, rng: np.random.Generator) -> Sequence[Probe]:
    """Scores raised by 1000, all of them or row by row, through a feature whose weights are 1 for every class.

    Entries are eighths, so that the scores are exact in float32 too: what is tested is overflow, not rounding.
    """
    weights = next(tensor.name for tensor in function.arguments if tensor.draw is Draw.WEIGHTS)
    inputs = next(tensor.name for tensor in function.arguments if tensor.axes == ("N", "D"))
    plain = draw(function, "law", 1.0, SCALE_1_AGAIN, rng)
    plain = _with(plain, function, Draw.STRENGTH, np.zeros_like)
    w, x = (np.round(8 * plain.arguments[name]) / 8 for name in (weights, inputs))
    w[0] = 1.0

    def raised(by: FloatArray | float) -> Probe:
        lifted = x.copy()
        lifted[:, 0] = by
        return replace(plain, arguments={**plain.arguments, weights: w, inputs: lifted})

    lifted = [raised(by) for by in (0.0, 1000.0, RAISED_ROWS, SLIGHTLY, -1000.0)]
    return *lifted, with_other_data(function, lifted[0], rng)


def _raised_logits(function: Function, rng: np.random.Generator) -> Sequence[Probe]:
    """Logits raised by 1000, all of them or row by row; eighths, as for scores."""
    plain = draw(function, "law", 1.0, SCALE_1_AGAIN, rng)
    plain = _with(plain, function, Draw.LOGITS, lambda z: np.round(8 * z) / 8)

    def raised(by: FloatArray | float) -> Probe:
        return _with(plain, function, Draw.LOGITS, lambda z: z + np.reshape(by, (-1, 1)))

    lifted = [raised(by) for by in (1000.0, RAISED_ROWS, SLIGHTLY, -1000.0)]
    return plain, *lifted, with_other_data(function, plain, rng)


def _raised_hidden_unit(function: Function, rng: np.random.Generator) -> Sequence[Probe]:
    """Scores raised by 1000, all of them or row by row, through a hidden unit that passes the first input on."""
    plain = draw(function, "law", 1.0, SCALE_1_AGAIN, rng)
    plain = _with(plain, function, Draw.STRENGTH, np.zeros_like)
    x, w1, b1, w2 = (np.round(8 * plain.arguments[name]) / 8 for name in ("X", "W1", "b1", "W2"))
    w1[0], w1[:, 0], b1[..., 0], w2[0] = 0.0, 0.0, 0.0, 1.0
    w1[0, 0] = 1.0

    def raised(by: FloatArray | float, sign: float = 1.0) -> Probe:
        lifted, signed = x.copy(), w2.copy()
        lifted[:, 0], signed[0] = by, sign  # a hidden unit is never negative, but its weights may be
        return replace(plain, arguments={**plain.arguments, "X": lifted, "W1": w1, "b1": b1, "W2": signed})

    lifted = [raised(by) for by in (0.0, 1000.0, np.abs(RAISED_ROWS), np.abs(SLIGHTLY))]
    return *lifted, raised(1000.0, -1.0), with_other_data(function, lifted[0], rng)


def _changed_by_raising(results: Sequence[Results]) -> float:
    plain, *raised = _without_feature(results[:3])
    return largest(all_far(plain, each) for each in raised)


def _without_feature(results: Sequence[Results]) -> list[Results]:
    """The results without the row of the feature that raises the scores."""
    return [{n: v[1:] if v.ndim == 2 else v for n, v in each.items()} for each in results]


def _overflow(results: Sequence[Results]) -> Diagnosis | None:
    """The first result that is not finite: at scores of 1000, or only where they differ from row to row.

    One number that moves with the logits was subtracted from all rows where these may differ a little, and all be
    lower, without harm.
    """
    _plain, raised, by_row, _slightly, lowered, _other = results
    if not all(np.all(np.isfinite(v)) for v in _plain.values()):
        return None  # nothing is raised there: what is not finite is no overflow
    plain, slightly = _without_feature((results[0], results[3]))
    one_shift = all(np.all(np.isfinite(v)) for v in lowered.values()) and numerics.agrees(
        all_far(plain, slightly), LAW_TOLERANCE
    )
    for code, each in (("SOFTMAX_UNSTABLE", raised), ("GLOBAL_MAX_SHIFT" if one_shift else "NOT_FINITE", by_row)):
        for name, values in each.items():
            bad = np.argwhere(~np.isfinite(values))
            if len(bad):
                where: list[Evidence] = [int(i) for i in bad[0]]
                about: dict[str, Evidence] = {
                    **{"tensor": name, "nan_at": where, "value": str(float(values[tuple(bad[0])]))},
                    "rows_apart": int(RAISED_ROWS.max()) if code == "NOT_FINITE" else None,
                }
                return Diagnosis(code, about, counterfactual=ROW_MAXIMUM)
    return None


LAWS: Mapping[str, Law] = {
    "rows_sum_to_zero": Law("ROWS_DO_NOT_SUM_TO_ZERO", _two, _row_sums),
    "shift_invariance": Law("NOT_SHIFT_INVARIANT", _shifted, lambda results: all_far(results[0], results[1])),
    "raised_scores": Law("NOT_SHIFT_INVARIANT", _raised_scores, _changed_by_raising, _overflow),
    "raised_hidden_unit": Law("NOT_SHIFT_INVARIANT", _raised_hidden_unit, _changed_by_raising, _overflow),
    "raised_logits": Law("NOT_SHIFT_INVARIANT", _raised_logits, _changed_by_raising, _overflow),
    "linear_in_upstream": Law("NOT_LINEAR", _upstreams, _not_linear),
    "batch_order": BATCH_ORDER,
    "batch_parts": BATCH_PARTS,
    "batch_sum": BATCH_SUM,
}
"""The laws an assignment can name."""
