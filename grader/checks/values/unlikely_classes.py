"""Classes that are nearly impossible: a derivative by their scores is as small, beside a loss near 1.

Worked out it is the probability, with all its digits; a difference of losses keeps few of so small a change, be it of
the whole loss, of one example's, or of the logarithm of a sum alone. The other classes' scores are the same in all
rows, so that an epsilon which right code adds to a probability, or takes in its place, is one number for all of them.
"""

from collections.abc import Callable, Mapping

import numpy as np

from grader import numerics
from grader.checks.values.amplified_case import TOLERANCE, Case, changed
from grader.least_squares import fitted
from grader.probes import Probe
from grader.results import FloatArray
from reference.spec import Operation

UNLIKELY = ((1.5e-13, 8e-13), (1.5e-17, 8e-17))
"""Between each two are the probabilities of one class: of the first float64 keeps three digits in a difference, of the
second a longdouble of 64 bits does. No power of ten lies between: what is clipped at one is clipped in all rows."""


def unlikely_logits(probe: Probe) -> Case:
    """Logits of which only those of the unlikely classes differ between the rows."""
    values, target = probe.arguments["logits"].copy(), _likely(probe.arguments["target"])
    first = _unlikely(target)
    values[:, first:] = values[0, first:]
    for column, (low, high) in zip(range(first), np.log(UNLIKELY), strict=False):
        values[:, column] = _log_sum(values[0, first:]) + np.linspace(low, high, len(values))
    return Case(
        changed(probe, {"logits": values, "target": target}), "d_logits", _error(first, np.eye(len(values)), values)
    )


def unlikely_classifier(probe: Probe) -> Case:
    """A first feature that is 1 in all rows, and alone decides about the likely classes; no regularisation."""
    x, label = probe.arguments["input"].copy(), _likely(probe.arguments["label"])
    x[:, 0] = 1.0
    weights, bias = _spread(x[:, 1:], probe.arguments["W"][1:], probe.arguments["W"][0], _unlikely(label))
    arguments = {"input": x, "label": label, "W": np.vstack((bias, weights)), "lamda": np.zeros(())}
    return Case(changed(probe, arguments), "gradient", _error(_unlikely(label), x, x @ arguments["W"]))


def unlikely_network(probe: Probe) -> Case:
    """An output whose bias alone decides about the likely classes; the derivatives by its weights are looked at."""
    x, w_h, b_h, w_o, b_o = (probe.arguments[name] for name in ("x", "w_h", "b_h", "w_o", "b_o"))
    target = _likely(probe.arguments["target"])
    hidden = np.maximum(x @ w_h + b_h, 0.0)
    w_o, bias = _spread(hidden, w_o, b_o[0], _unlikely(target))
    arguments = {"target": target, "w_o": w_o, "b_o": bias[np.newaxis]}
    return Case(changed(probe, arguments), "dW_o", _error(_unlikely(target), hidden, hidden @ w_o + bias))


def unlikely_labelled_network(probe: Probe) -> Case:
    """The same network with the numbers of the classes instead of targets, and no regularisation."""
    x, w1, b1, w2, b2 = (probe.arguments[name] for name in ("X", "W1", "b1", "W2", "b2"))
    classes = np.arange(w2.shape[1])
    target = _likely((probe.arguments["y"][:, np.newaxis] == classes).astype(np.float64))
    hidden = np.maximum(x @ w1 + b1, 0.0)
    w2, bias = _spread(hidden, w2, b2.reshape(-1), _unlikely(target))
    labels = target.argmax(axis=1).astype(probe.arguments["y"].dtype)
    arguments = {"y": labels, "W2": w2, "b2": bias.reshape(b2.shape), "reg": np.zeros(())}
    return Case(changed(probe, arguments), "d_w2", _error(_unlikely(target), hidden, hidden @ w2 + bias))


def _unlikely(target: FloatArray) -> int:
    """How many classes are: the first two, where another one is left."""
    return int(min(len(UNLIKELY), target.shape[1] - 1))


def _likely(target: FloatArray) -> FloatArray:
    """One-hot rows of which none is of an unlikely class; these are of the last one instead."""
    likely = target.copy()
    likely[:, : _unlikely(target)] = 0.0
    likely[:, -1] += likely.sum(axis=1) == 0.0
    return likely


def _spread(x: FloatArray, weights: FloatArray, bias: FloatArray, first: int) -> tuple[FloatArray, FloatArray]:
    """Weights (K, C) and bias (C,) whose scores of x (N, K) make the first classes as unlikely as said."""
    weights, bias = weights.copy(), bias.copy()
    weights[:, first:] = 0.0
    for column, (low, high) in zip(range(first), np.log(UNLIKELY), strict=False):
        scores = x @ weights[:, column]
        reach = np.ptp(scores)
        weights[:, column] *= (high - low) / reach if reach > 0.0 else 0.0
        bias[column] = _log_sum(bias[first:]) + low - (x @ weights[:, column]).min()
    return weights, bias


def _log_sum(scores: FloatArray) -> float:
    """Of the likely classes' exponentials; the others are too small to count."""
    return float(np.log(np.exp(scores).sum()))


def _error(first: int, x: FloatArray, scores: FloatArray) -> Callable[[FloatArray, FloatArray], float]:
    """Of the columns of the unlikely classes. x: float64 (N, K), scores: float64 (N, C); a column is x.T @ theirs."""
    one, in_steps = x.sum(axis=0), x.T @ _in_steps(scores)

    def error(yours: FloatArray, right: FloatArray) -> float:
        columns = [(yours[:, c], right[:, c], in_steps[:, c]) for c in range(first)]
        return max(min(_left(own, all_digits, one), _left(own, few, one)) for own, all_digits, few in columns)

    return error


def _in_steps(scores: FloatArray) -> FloatArray:
    """Softmax of an exponential that is expm1 and 1 again: worked out, and only known in steps of 1e-16."""
    exponentials: FloatArray = np.expm1(scores - scores.max(axis=1, keepdims=True)) + 1.0
    sums: FloatArray = exponentials.sum(axis=1, keepdims=True)
    return exponentials / sums


def _left(yours: FloatArray, right: FloatArray, one: FloatArray) -> float:
    """The share of a column that is neither the right one's multiple nor the same number in place of a probability."""
    if numerics.agrees(numerics.largest_error(yours, right), TOLERANCE) or not yours.any():
        return 0.0
    parts = np.column_stack([part / max(numerics.largest(part), numerics.TINY) for part in (right, one)])
    solved = fitted(parts, yours / numerics.largest(yours))
    return np.inf if solved is None else numerics.largest_error(parts @ solved[0], yours / numerics.largest(yours))


UNLIKELY_CLASSES: Mapping[Operation, Callable[[Probe], Case]] = {
    Operation.SOFTMAX_CROSS_ENTROPY_GRADIENT: unlikely_logits,
    Operation.NETWORK_BACKWARD: unlikely_network,
    Operation.SOFTMAX_CLASSIFIER: unlikely_classifier,
    Operation.COST_GRADIENT: unlikely_labelled_network,
    Operation.TWO_LAYER_LOSS: unlikely_labelled_network,
}
