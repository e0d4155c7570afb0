"""The way back through a perceptron of any depth, with the activation it is asked for."""

from typing import Any

import numpy as np

from grader.comparison import Outcome
from grader.diagnosis.mismatch import FloatArray
from grader.diagnosis.recipe import Recipe, Step, Way, Ways, formula
from grader.diagnosis.recipes.deltas import DIFFERENCE
from grader.diagnosis.recipes.joined import SENT_BACK
from grader.diagnosis.recipes.left_out import without
from grader.diagnosis.recipes.perceptron import SLOPES, SOFTMAX, VALUES, deep, layers_of, unless
from grader.diagnosis.recipes.scales import AVERAGE, SIGN
from grader.diagnosis.recipes.words import in_words


def _at_value(a: FloatArray, act: str) -> FloatArray:
    """The derivative at act(z) instead of at z; that of the ReLU is the same there."""
    return unless(act, "relu", SLOPES[act](a, VALUES[act](a)))


SLOPE = Step(
    "slope",
    "the activation's derivative",
    lambda z, a, act: SLOPES[act](z, a),
    (
        Way("ACT_DERIV_MISSING", "1", lambda z, a, act: 1.0),
        Way("ACT_DERIV_OF_PREACT", "1 - z ** 2", lambda z, a, act: 1 - z**2),
        Way("ACT_DERIV_OF_PREACT", "z * (1 - z)", lambda z, a, act: z * (1 - z)),
        Way("ACT_DERIV_OF_PREACT", "z", lambda z, a, act: z),
        Way("ACT_DERIV_OF_PREACT", "the derivative at the output a", lambda z, a, act: _at_value(a, act)),
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
        formula("the derivative squared", lambda z, a, act: unless(act, "relu", SLOPES[act](z, a) ** 2)),
        formula("half the derivative", lambda z, a, act: unless(act, "tanh", SLOPES[act](z, a) / 2)),
        formula("twice the derivative", lambda z, a, act: 2 * SLOPES[act](z, a)),
        formula("the derivative, negative", lambda z, a, act: -SLOPES[act](z, a)),
        formula("1 over the derivative", lambda z, a, act: unless(act, "relu", 1 / SLOPES[act](z, a))),
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
        formula("delta @ W.T without the last unit of delta", lambda d, w, b, dw: without(d, -1) @ w.T),
        formula("delta @ W.T without the first unit of delta", lambda d, w, b, dw: without(d, 0) @ w.T),
        formula("delta @ W.T, and zeros for the last unit below", lambda d, w, b, dw: without(d @ w.T, -1)),
        formula("delta @ W.T, and zeros for the first unit below", lambda d, w, b, dw: without(d @ w.T, 0)),
        formula("the sum of delta", lambda d, w, b, dw: d.sum(axis=1, keepdims=True) + 0 * (d @ w.T)),
        formula("(delta + b) @ W.T", lambda d, w, b, dw: (d + b) @ w.T),
        formula("(delta * b) @ W.T", lambda d, w, b, dw: (d * b) @ w.T),
        formula("ones", lambda d, w, b, dw: np.ones((len(d), len(w)))),
    ),
)

GATE = Step(
    "gate",
    "the activation's derivative",
    lambda z, a, b, act: (z, a),
    (formula("the activation's derivative at a @ W, without b,", lambda z, a, b, act: (z - b, VALUES[act](z - b))),),
)
"""Where the derivative is taken."""

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

SLOPED = Step(
    "sloped",
    "the derivative at every hidden layer",
    lambda slope, hidden, layers: slope,
    (
        Way("ACT_DERIV_MISSING", "1 at the first hidden layer", lambda slope, *at: _but_first(slope, *at)),
        Way("ACT_DERIV_MISSING", "1 at the last hidden layer", lambda slope, *at: _but_last(slope, *at)),
    ),
)
"""Where it is multiplied in, of several hidden layers."""


def _but_first(slope: FloatArray, hidden: int, layers: int) -> FloatArray:
    return np.ones_like(slope) if deep(layers, hidden == 1) else slope


def _but_last(slope: FloatArray, hidden: int, layers: int) -> FloatArray:
    return np.ones_like(slope) if deep(layers, hidden == layers - 1) else slope


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
    deep(last, True)
    return bare


REACHED = Step(
    "reached",
    "a gradient of every layer",
    lambda d, layer, layers: d,
    (
        formula(
            "zeros as the gradient of the first layer, weights and bias,", lambda d, layer, layers: d * (layer > 1)
        ),
        formula(
            "zeros as the gradient of the last layer, weights and bias,", lambda d, layer, layers: d * (layer < layers)
        ),
        formula(
            "zeros as the gradient of every layer but the last, weights and biases,",
            lambda d, layer, layers: _only(d, layer, layers),
        ),
    ),
)
"""Which layers have derivatives at all: a loop that begins one late or ends one early leaves zeros."""


def _only(d: FloatArray, layer: int, layers: int) -> FloatArray:
    """Derivatives in the last of several layers; with one hidden layer all but the last is the first."""
    return d * deep(layers, layer == layers)


INPUT = Step(
    "input",
    "a.T @ delta",
    lambda a, z, d, w, act: a.T @ d,
    (
        Way("PREACT_USED_AS_ACTIVATION", "z.T @ delta", lambda a, z, d, w, act: (a if z is None else z).T @ d),
        formula("a.T @ delta / N", lambda a, z, d, w, act: a.T @ d / len(d)),
        formula("N * a.T @ delta", lambda a, z, d, w, act: a.T @ d * len(d)),
        formula("-a.T @ delta", lambda a, z, d, w, act: -a.T @ d),
        formula("|a|.T @ delta", lambda a, z, d, w, act: np.abs(a).T @ d),
        formula("(a ** 2).T @ delta", lambda a, z, d, w, act: (a**2).T @ d),
        formula("a.T @ delta of the last example alone", lambda a, z, d, w, act: a[-1:].T @ d[-1:]),
        formula("a.T @ delta of the first example alone", lambda a, z, d, w, act: a[:1].T @ d[:1]),
        formula("a.T @ delta without the last example", lambda a, z, d, w, act: a[:-1].T @ d[:-1]),
        formula("a.T @ delta without the first example", lambda a, z, d, w, act: a[1:].T @ d[1:]),
        formula("a.T @ delta, and zeros for the last input", lambda a, z, d, w, act: without(a, -1).T @ d),
        formula("a.T @ delta, and zeros for the first input", lambda a, z, d, w, act: without(a, 0).T @ d),
        formula("a.T @ delta, and zeros for the last unit", lambda a, z, d, w, act: a.T @ without(d, -1)),
        formula("a.T @ delta, and zeros for the first unit", lambda a, z, d, w, act: a.T @ without(d, 0)),
        formula(
            "(delta @ W.T).T @ delta, above the first layer,",
            lambda a, z, d, w, act: (a if z is None else d @ w.T).T @ d,
        ),
        formula(
            "the delta of the layer below, transposed, @ delta, above the first layer,",
            lambda a, z, d, w, act: (a if z is None else d @ w.T * SLOPES[act](z, a)).T @ d,
        ),
        formula("a.T @ delta + W", lambda a, z, d, w, act: a.T @ d + w),
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
    act, t, layers = values["act"].item(), values["T"], layers_of(values)
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
        below = use["reached"](delta, i, len(layers))
        found[f"d_W{i}"] = use["input"](inputs[i - 1], z, below, layers[i - 1][0], act)
        found[f"d_b{i}"] = use["bias"](below)
        if i > 1:
            above = use["sent"](delta, bare, len(layers))
            bare = use["sent_back"](use["back"](above, *layers[i - 1], found[f"d_W{i}"]), above, *layers[i - 1])
            at = use["gate"](pre[i - 2], inputs[i - 1], layers[i - 2][1], act)
            delta = use["combine"](bare, use["sloped"](use["slope"](*at, act), i - 1, len(layers)))
    return found


PERCEPTRON_BACKWARD = Recipe(
    (
        *(SIGN, SOFTMAX, DIFFERENCE, AVERAGE, BACK),
        in_words(SENT_BACK, {"d_o": "delta", "w_o": "W", "b_o": "b"}),
        *(SENT, GATE, SLOPE, SLOPED, COMBINE, REACHED, INPUT, BIAS),
    ),
    _backward,
)
