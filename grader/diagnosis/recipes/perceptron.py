"""A perceptron of any depth, forward and backward, with the activation it is asked for."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from grader.comparison import Outcome
from grader.diagnosis.mismatch import FloatArray
from grader.diagnosis.recipe import Recipe, Step, Way, Ways, formula
from grader.diagnosis.recipes.curves import CURVES
from grader.diagnosis.recipes.deltas import DIFFERENCE
from grader.diagnosis.recipes.scales import AVERAGE, SIGN
from grader.diagnosis.recipes.softmaxes import INSTEAD_OF_SOFTMAX, sigmoid
from grader.diagnosis.recipes.totals import SOFTMAX_WAYS
from reference.softmax import softmax

VALUES: Mapping[str, Callable[[FloatArray], FloatArray]] = {
    "relu": lambda z: np.asarray(np.maximum(z, 0), dtype=np.float64),
    "sigmoid": sigmoid,
    "tanh": np.tanh,
}
SLOPES: Mapping[str, Callable[[FloatArray, FloatArray], FloatArray]] = {
    "relu": lambda z, a: np.asarray(z > 0, dtype=np.float64),
    "sigmoid": lambda z, a: a * (1 - a),
    "tanh": lambda z, a: 1 - a**2,
}

ACTIVATION = Step(
    "activation",
    "the activation",
    lambda z, act: VALUES[act](z),
    (
        Way("ACTIVATION_MISSING_PLAIN", "z", lambda z, act: z),
        Way("SIGMOID_SIGN", "sigmoid(-z)", lambda z, act: _only(act, "sigmoid", sigmoid(-z))),
        Way("TANH_HALF", "tanh(z / 2)", lambda z, act: _only(act, "tanh", np.tanh(z / 2))),
        formula("the activation of -z", lambda z, act: _not(act, "sigmoid", VALUES[act](-z))),
        formula("|z|", lambda z, act: np.abs(z)),
        formula("min(z, 0)", lambda z, act: np.minimum(z, 0)),
        formula("1[z > 0]", lambda z, act: 1.0 * (z > 0)),
        formula("z where z > 0, else 0.01 z", lambda z, act: np.where(z > 0, z, 0.01 * z)),
        formula("max(z, 1)", lambda z, act: np.maximum(z, 1)),
        formula("exp(z)", lambda z, act: np.exp(z)),
        formula("1 / (1 - exp(-z))", lambda z, act: 1 / (1 - np.exp(-z))),
        formula("2 * sigmoid(z)", lambda z, act: 2 * sigmoid(z)),
        formula("sigmoid(2 * z)", lambda z, act: _only(act, "sigmoid", sigmoid(2 * z))),
        formula("tanh(2 * z)", lambda z, act: np.tanh(2 * z)),
        formula("softmax(z)", lambda z, act: softmax(z)),
        formula("the activation's derivative", lambda z, act: SLOPES[act](z, VALUES[act](z))),
        *(formula(found, lambda z, act, curve=curve: curve(z)) for found, curve in CURVES),
        formula("the activation, twice", lambda z, act: _not(act, "relu", VALUES[act](VALUES[act](z)))),
    ),
)


def _only(act: str, asked: str, value: FloatArray) -> FloatArray:
    """A way that is a mistake of one activation."""
    if act != asked:
        raise ValueError(f"{act} is not {asked}")
    return value


def _not(act: str, other: str, value: FloatArray) -> FloatArray:
    """A way that is no mistake of one activation, or another one there."""
    if act == other:
        raise ValueError(f"not of {act}")
    return value


BIASES = Step(
    "biases",
    "+ b",
    lambda z, x, b, layer, last: z + b,
    (
        Way("BIAS_IGNORED", "no b", lambda z, x, b, layer, last: z),
        Way("BIAS_IGNORED", "no b in the first layer", lambda z, x, b, layer, last: z + b * (layer > 1)),
        Way("BIAS_IGNORED", "no b in the last layer", lambda z, x, b, layer, last: z + b * (layer < last)),
        Way("BIAS_SUBTRACTED", "- b", lambda z, x, b, layer, last: z - b),
        Way("BIAS_MULTIPLIED", "* b", lambda z, x, b, layer, last: z * b),
        formula("+ mean(b)", lambda z, x, b, layer, last: z + b.mean()),
        formula("+ sum(b)", lambda z, x, b, layer, last: z + b.sum()),
        formula("+ b on every weight", lambda z, x, b, layer, last: z + x.sum(axis=1, keepdims=True) * b),
        formula("+ 2 * b", lambda z, x, b, layer, last: z + 2 * b),
    ),
)

LOGITS = Step(
    "logits",
    "z of the last layer",
    lambda z, act: z,
    (
        Way("SOFTMAX_OF_ACTIVATION", "the activation of the last z", lambda z, act: VALUES[act](z)),
        formula("-z", lambda z, act: -z),
        formula("z / max(z) of each row", lambda z, act: z / z.max(axis=1, keepdims=True)),
        formula("2 * z", lambda z, act: 2 * z),
        formula("z / 2", lambda z, act: z / 2),
        formula("z - max(z) of each column", lambda z, act: z - z.max(axis=0, keepdims=True)),
        formula("z / sqrt(C)", lambda z, act: z / np.sqrt(z.shape[1])),
        formula("|z|", lambda z, act: np.abs(z)),
    ),
)

# A formula of relu(z) or tanh(z) is told by the logits' step, as what it is.
SOFTMAX = Step(
    "softmax", "softmax(z)", softmax, (*(w for w in INSTEAD_OF_SOFTMAX if w.code != "OTHER_FORMULA"), *SOFTMAX_WAYS)
)


def _layers(values: Any) -> list[tuple[FloatArray, FloatArray]]:
    count = sum(name.startswith("W") for name in values)
    return [(values[f"W{i}"], values[f"b{i}"]) for i in range(1, count + 1)]


def _forward(outcome: Outcome, use: Ways) -> dict[str, Any]:
    values = outcome.probe.arguments
    act, layers = values["act"].item(), _layers(values)
    a = values["X"]
    for number, (w, b) in enumerate(layers, 1):
        z = use["biases"](a @ w, a, b, number, len(layers))
        a = use["activation"](z, act) if use["where"](number, len(layers)) else z
    return {"probs": use["softmax"](use["logits"](a, act))}


def _deep(layers: int, there: bool) -> bool:
    """A way that is none with one hidden layer."""
    if layers < DEEP:
        raise ValueError("one hidden layer is the first and the last")
    return there


DEEP = 3
"""Layers from which on hidden ones differ."""

WHERE = Step(
    "where",
    "the activation in every layer but the last",
    lambda number, last: number < last,
    (
        formula("the activation in the first layer only", lambda number, last: _deep(last, number == 1)),
        formula(
            "the activation in the layer before the last only", lambda number, last: _deep(last, number == last - 1)
        ),
        formula("the activation in every layer but the first", lambda number, last: number > 1),
    ),
)

PERCEPTRON_FORWARD = Recipe((BIASES, ACTIVATION, WHERE, LOGITS, SOFTMAX), _forward)


SLOPE = Step(
    "slope",
    "the activation's derivative",
    lambda z, a, act: SLOPES[act](z, a),
    (
        Way("ACT_DERIV_MISSING", "1", lambda z, a, act: 1.0),
        Way("ACT_DERIV_OF_PREACT", "1 - z ** 2", lambda z, a, act: 1 - z**2),
        Way("ACT_DERIV_OF_PREACT", "z * (1 - z)", lambda z, a, act: z * (1 - z)),
        Way("ACT_DERIV_OF_PREACT", "z", lambda z, a, act: z),
        formula("1 - a", lambda z, a, act: 1 - a),
        formula("1 + a ** 2", lambda z, a, act: 1 + a**2),
        formula("a ** 2", lambda z, a, act: a**2),
        formula("a * (1 + a)", lambda z, a, act: a * (1 + a)),
        formula("a ** 2 - 1", lambda z, a, act: a**2 - 1),
        formula("a * (a - 1)", lambda z, a, act: a * (a - 1)),
        formula("a - a ** 3", lambda z, a, act: a - a**3),
        formula("(1 - a ** 2) * a", lambda z, a, act: (1 - a**2) * a + 0 * z),
        formula("(1 - a) ** 2", lambda z, a, act: (1 - a) ** 2),
        formula("sqrt(1 - a ** 2)", lambda z, a, act: np.sqrt(1 - a**2)),
        formula("the derivative squared", lambda z, a, act: _not(act, "relu", SLOPES[act](z, a) ** 2)),
        formula("half the derivative", lambda z, a, act: _not(act, "tanh", SLOPES[act](z, a) / 2)),
        formula("twice the derivative", lambda z, a, act: 2 * SLOPES[act](z, a)),
        formula("the derivative, negative", lambda z, a, act: -SLOPES[act](z, a)),
        formula("1 over the derivative", lambda z, a, act: _not(act, "relu", 1 / SLOPES[act](z, a))),
    ),
)

BACK = Step(
    "back",
    "delta @ W.T",
    lambda d, w, b, dw: d @ w.T,
    (
        Way("UPSTREAM_TIMES_GRADW", "delta @ dW.T", lambda d, w, b, dw: d @ dw.T),
        formula("-(delta @ W.T)", lambda d, w, b, dw: -(d @ w.T)),
        formula("delta @ |W|.T", lambda d, w, b, dw: d @ np.abs(w).T),
        formula("delta @ sign(W).T", lambda d, w, b, dw: d @ np.sign(w).T),
        formula("delta @ (W ** 2).T", lambda d, w, b, dw: d @ (w**2).T),
        formula("|delta| @ W.T", lambda d, w, b, dw: np.abs(d) @ w.T),
        formula("delta @ (W - dW).T", lambda d, w, b, dw: d @ (w - dw).T),
        formula("delta @ W reshaped", lambda d, w, b, dw: d @ w.reshape(w.T.shape)),
        formula("delta @ W.T / N", lambda d, w, b, dw: d @ w.T / len(d)),
        formula("N * delta @ W.T", lambda d, w, b, dw: d @ w.T * len(d)),
        formula("the sum of delta", lambda d, w, b, dw: d.sum(axis=1, keepdims=True) + 0 * (d @ w.T)),
        formula("(delta + b) @ W.T", lambda d, w, b, dw: (d + b) @ w.T),
        formula("(delta * b) @ W.T", lambda d, w, b, dw: (d * b) @ w.T),
        formula("ones", lambda d, w, b, dw: np.ones((len(d), len(w)))),
    ),
)

COMBINE = Step(
    "combine",
    "delta @ W.T * the derivative",
    lambda back, slope: back * slope,
    (
        formula("delta @ W.T + the derivative", lambda back, slope: back + slope),
        formula("delta @ W.T - the derivative", lambda back, slope: back - slope),
        formula("the derivative alone", lambda back, slope: slope + 0 * back),
        formula("the summed delta @ W.T * the derivative", lambda back, slope: back.sum(axis=0) * slope),
        formula("the mean delta @ W.T * the derivative", lambda back, slope: back.mean(axis=0) * slope),
        formula("|delta @ W.T| * the derivative", lambda back, slope: np.abs(back) * slope),
        formula("max(delta @ W.T, 0) * the derivative", lambda back, slope: np.maximum(back, 0) * slope),
        Way("RELU_BACKWARD_USES_UPSTREAM", "max(delta @ W.T, 0)", lambda back, slope: np.maximum(back, 0) + 0 * slope),
    ),
)

SENT = Step(
    "sent",
    "delta of the layer above",
    lambda delta, bare, last: delta,
    (
        # It is in the gradients of its own layer, and not in what that layer sends back.
        Way("ACT_DERIV_MISSING", "delta without its derivative", lambda delta, bare, last: _bare(bare, last)),
    ),
)


def _bare(bare: FloatArray, last: int) -> FloatArray:
    """What came back to a hidden layer; with one of them, nothing is sent on."""
    _deep(last, True)
    return bare


INPUT = Step(
    "input",
    "a.T @ delta",
    lambda a, z, d, w: a.T @ d,
    (
        Way("PREACT_USED_AS_ACTIVATION", "z.T @ delta", lambda a, z, d, w: (a if z is None else z).T @ d),
        formula("a.T @ delta / N", lambda a, z, d, w: a.T @ d / len(d)),
        formula("N * a.T @ delta", lambda a, z, d, w: a.T @ d * len(d)),
        formula("-a.T @ delta", lambda a, z, d, w: -a.T @ d),
        formula("|a|.T @ delta", lambda a, z, d, w: np.abs(a).T @ d),
        formula("(a ** 2).T @ delta", lambda a, z, d, w: (a**2).T @ d),
        formula("a.T @ delta + W", lambda a, z, d, w: a.T @ d + w),
    ),
)

BIAS = Step(
    "bias",
    "the sum of delta over axis 0",
    lambda d: d.sum(axis=0, keepdims=True),
    (
        Way("BIAS_MEAN", "mean over axis 0", lambda d: d.mean(axis=0, keepdims=True)),
        Way("BIAS_NOT_SUMMED", "no sum", lambda d: d),
        Way("BIAS_WRONG_AXIS", "sum over axis 1", lambda d: d.sum(axis=1, keepdims=True)),
        Way("BIAS_WRONG_AXIS", "sum over axis 1", lambda d: d.sum(axis=1)),
        Way("BIAS_WRONG_AXIS", "sum over axis 1", lambda d: d.sum(axis=1)[np.newaxis]),
        Way("BIAS_NO_GRADIENT", "zeros", lambda d: 0 * d[:1]),
        formula("-the sum over axis 0", lambda d: -d.sum(axis=0, keepdims=True)),
        formula("the first example's delta", lambda d: d[:1]),
        formula("the last example's delta", lambda d: d[-1:]),
        formula("sum without the last example", lambda d: d[:-1].sum(axis=0, keepdims=True)),
        formula("sum without the first example", lambda d: d[1:].sum(axis=0, keepdims=True)),
        formula("the sum of all units in each", lambda d: d.sum() + 0 * d[:1]),
        formula("sum of absolute values", lambda d: np.abs(d).sum(axis=0, keepdims=True)),
        formula("the largest of each column", lambda d: d.max(axis=0, keepdims=True)),
        formula("sum of squares", lambda d: (d**2).sum(axis=0, keepdims=True)),
        formula("the product over axis 0", lambda d: d.prod(axis=0, keepdims=True)),
        formula("the running sum over the units", lambda d: d.sum(axis=0, keepdims=True).cumsum(axis=1)),
    ),
)


def _backward(outcome: Outcome, use: Ways) -> dict[str, Any]:
    values = outcome.probe.arguments
    act, t, layers = values["act"].item(), values["T"], _layers(values)
    inputs, pre = [values["X"]], []
    for w, b in layers:
        pre.append(inputs[-1] @ w + b)
        inputs.append(VALUES[act](pre[-1]))
    delta = use["difference"](use["softmax"](pre[-1]), t)
    delta = use["sign"](use["average"](delta, len(t), values["X"].shape[1], t.shape[1]))
    found: dict[str, Any] = {}
    bare = delta
    for i in range(len(layers), 0, -1):
        z = pre[i - 2] if i > 1 else None
        found[f"d_W{i}"] = use["input"](inputs[i - 1], z, delta, layers[i - 1][0])
        found[f"d_b{i}"] = use["bias"](delta)
        if i > 1:
            above = use["sent"](delta, bare, len(layers))
            bare = use["back"](above, *layers[i - 1], found[f"d_W{i}"])
            delta = use["combine"](bare, use["slope"](pre[i - 2], inputs[i - 1], act))
    return found


PERCEPTRON_BACKWARD = Recipe((SIGN, SOFTMAX, DIFFERENCE, AVERAGE, BACK, SENT, SLOPE, COMBINE, INPUT, BIAS), _backward)
