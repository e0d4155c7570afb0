"""A perceptron of any depth, forward, with the activation it is asked for."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from grader.comparison import Outcome
from grader.diagnosis.mismatch import FloatArray
from grader.diagnosis.recipe import Recipe, Step, Way, Ways, formula
from grader.diagnosis.recipes.curves import CURVES
from grader.diagnosis.recipes.left_out import short_of_one
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
        formula("the activation of -z", lambda z, act: unless(act, "sigmoid", VALUES[act](-z))),
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
        formula("the activation, twice", lambda z, act: unless(act, "relu", VALUES[act](VALUES[act](z)))),
    ),
)


def _only(act: str, asked: str, value: FloatArray) -> FloatArray:
    """A way that is a mistake of one activation."""
    if act != asked:
        raise ValueError(f"{act} is not {asked}")
    return value


def unless(act: str, other: str, value: FloatArray) -> FloatArray:
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
        formula("+ D * b, b once for each of the D inputs,", lambda z, x, b, layer, last: z + x.shape[1] * b),
        formula("+ b on every weight", lambda z, x, b, layer, last: z + x.sum(axis=1, keepdims=True) * b),
        formula("+ 2 * b", lambda z, x, b, layer, last: z + 2 * b),
    ),
)

TAKEN = Step(
    "taken",
    "a @ W",
    lambda a: a,
    short_of_one("a @ W without the {} entry of a"),
)
"""What each layer multiplies by its weights."""

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


def layers_of(values: Any) -> list[tuple[FloatArray, FloatArray]]:
    """Weights and bias of each layer, from a function's arguments."""
    count = sum(name.startswith("W") for name in values)
    return [(values[f"W{i}"], values[f"b{i}"]) for i in range(1, count + 1)]


def _forward(outcome: Outcome, use: Ways) -> dict[str, Any]:
    values = outcome.probe.arguments
    act, layers = values["act"].item(), layers_of(values)
    a = values["X"]
    for number, (w, b) in enumerate(layers, 1):
        z = use["biases"](use["taken"](a) @ w, a, b, number, len(layers))
        a = use["activation"](z, act) if use["where"](number, len(layers)) else z
    return {"probs": use["softmax"](use["logits"](a, act))}


def deep(layers: int, there: bool) -> bool:
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
        formula("the activation in the first layer only", lambda number, last: deep(last, number == 1)),
        formula(
            "the activation in the layer before the last only", lambda number, last: deep(last, number == last - 1)
        ),
        formula("the activation in every layer but the first", lambda number, last: number > 1),
    ),
)

PERCEPTRON_FORWARD = Recipe((TAKEN, BIASES, ACTIVATION, WHERE, LOGITS, SOFTMAX), _forward)
