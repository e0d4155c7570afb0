"""Known wrong multi-layer perceptrons with any activation and depth, wrong predictions and confusion matrices.

Arguments are X, T (backward), W1, b1, W2, b2 ... and act; results are probs, or d_W1, d_b1 ....
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from grader.comparison import Outcome
from grader.diagnosis.mismatch import Candidate, FloatArray
from grader.diagnosis.softmax_classifier import predictions
from grader.report import Evidence
from reference.data import one_hot
from reference.layers import ACTIVATIONS
from reference.softmax import softmax

DEEP = 3
"""Layers whose biases are not all named one by one."""

Derivative = Callable[[FloatArray, FloatArray], FloatArray]
DERIVATIVES: Mapping[str, str] = {"relu": "(z > 0)", "sigmoid": "a * (1 - a)", "tanh": "1 - a**2"}
OF_WHAT: Mapping[str, str] = {"relu": "of the input z", "sigmoid": "of the output a", "tanh": "of the output a"}
"""What the formula of an activation's derivative is taken of: a mistake where it is taken of the other one."""


@dataclass(frozen=True, slots=True)
class Run:
    """The right forward pass of one outcome: weights, and each layer's input, pre-activations and activations."""

    act: str
    weights: tuple[FloatArray, ...]
    biases: tuple[FloatArray, ...]
    inputs: tuple[FloatArray, ...]
    z: tuple[FloatArray, ...]

    def back(
        self, delta: FloatArray, derivative: Derivative | None = None, weights: Sequence[FloatArray] = ()
    ) -> dict[str, FloatArray]:
        """All gradients for a derivative by the logits, with another derivative or other weights on the way back."""
        slope = derivative or (lambda z, a: ACTIVATIONS[self.act]().derivative(z))
        through = weights or self.weights
        found: dict[str, FloatArray] = {}
        for layer in range(len(self.weights), 0, -1):
            found[f"d_W{layer}"] = self.inputs[layer - 1].T @ delta
            found[f"d_b{layer}"] = delta.sum(axis=0, keepdims=True)
            if layer > 1:
                delta = (delta @ through[layer - 1].T) * slope(self.z[layer - 2], self.inputs[layer - 1])
        return found


def run_of(values: Mapping[str, FloatArray], between: Callable[[FloatArray], FloatArray] | None = None) -> Run:
    """The forward pass of a function's arguments. between: what stands in the activation's place."""
    act = str(values["act"].item())
    activation = between or ACTIVATIONS[act]().value
    layers = sum(name.startswith("W") for name in values)
    weights, biases = (tuple(values[f"{letter}{i}"] for i in range(1, layers + 1)) for letter in "Wb")
    inputs, z = [values["X"]], []
    for w, b in zip(weights, biases, strict=True):
        z.append(inputs[-1] @ w + b)
        inputs.append(activation(z[-1]))
    return Run(act, weights, biases, tuple(inputs), tuple(z))


def perceptron_forward(outcome: Outcome) -> Sequence[Candidate]:
    """What wrong forward passes return for one outcome."""
    values = outcome.probe.arguments
    logits = run_of(values).z[-1]
    p = softmax(logits)
    no_bias = {name: np.zeros_like(v) if name.startswith("b") else v for name, v in values.items()}
    others = {name: kind().value for name, kind in ACTIVATIONS.items()}
    right = others.pop(str(values["act"].item()))
    formulas: tuple[tuple[str, FloatArray], ...] = (
        ("ACTIVATION_MISSING_PLAIN", softmax(run_of(values, lambda z: z).z[-1])),
        ("CE_WITHOUT_SOFTMAX", logits),
        ("CE_WITHOUT_SOFTMAX", right(logits)),
        ("SOFTMAX_AXIS", softmax(logits.T).T),
        ("SOFTMAX_WHOLE_MATRIX", np.exp(logits) / np.exp(logits).sum()),
        ("SOFTMAX_TWICE", softmax(p)),
        ("SOFTMAX_LOG", np.log(p)),
        ("SOFTMAX_OF_ACTIVATION", softmax(right(logits))),
        ("BIAS_IGNORED", softmax(run_of(no_bias).z[-1])),
        ("TANH_HALF", softmax(run_of(values, lambda z: np.tanh(z / 2)).z[-1])),
        *(("OTHER_ACTIVATION", softmax(run_of(values, value).z[-1])) for value in others.values()),
    )
    return [Candidate(code, {"probs": value}) for code, value in formulas]


def perceptron_prediction(outcome: Outcome) -> Sequence[Candidate]:
    """What wrong predictions are for one outcome; the result is called prediction."""
    values = outcome.probe.arguments
    run = run_of(values)
    rows, classes = run.z[-1].shape
    any_labels = one_hot(np.arange(rows) % classes, classes)  # a network without labels has no mistake with them
    found = [
        c
        for c in predictions("prediction", run.z[-1], any_labels)
        if c.code not in {"PREDICT_LABEL", "PREDICT_CORRECT"}
    ]
    others = [kind().value for name, kind in ACTIVATIONS.items() if name != run.act]
    formulas: tuple[tuple[str, FloatArray], ...] = (
        ("ACTIVATION_MISSING_PLAIN", run_of(values, lambda z: z).z[-1]),
        *(("OTHER_ACTIVATION", run_of(values, value).z[-1]) for value in others),
    )
    asked: dict[str, Evidence] = {"found": "the index of the largest hidden unit", "asked": "that of the largest score"}
    return [
        *found,
        *(Candidate(code, {"prediction": scores.argmax(axis=1) * 1.0}) for code, scores in formulas),
        *(
            Candidate("OTHER_FORMULA", {"prediction": units.argmax(axis=1) * 1.0}, "np.argmax(probs, axis=1)", asked)
            for units in (run.z[-2], run.inputs[-2])
        ),
        *without_biases([(words, run_of(less).z[-1]) for words, less in _lacking_biases(values)]),
    ]


def without_biases(scores: Iterable[tuple[str, FloatArray]]) -> list[Candidate]:
    """Predictions by scores that lack biases, each with the names of those.

    A bias that is the same number in each score leaves the largest where it is as well: only the formula can be told.
    """
    asked = "that of the largest score"
    return [
        Candidate(
            "OTHER_FORMULA",
            {"prediction": values.argmax(axis=1) * 1.0},
            "np.argmax(scores, axis=1)",
            {"found": f"the index of the largest score without {words}", "asked": asked},
        )
        for words, values in scores
    ]


def _lacking_biases(values: Mapping[str, FloatArray]) -> Iterator[tuple[str, Mapping[str, FloatArray]]]:
    """The arguments with zeros for one bias, or for all, and what these are called."""
    names = [name for name in values if name.startswith("b")]
    for lacking in ([names[0]], [names[-1]], names):
        yield (
            " and ".join(lacking) if len(lacking) < DEEP else "any bias",
            {name: np.zeros_like(value) if name in lacking else value for name, value in values.items()},
        )


def perceptron_backward(outcome: Outcome) -> Sequence[Candidate]:
    """What wrong backward passes return for one outcome."""
    values, right = outcome.probe.arguments, outcome.right
    run, t = run_of(values), values["T"]
    rows, classes = t.shape
    logits = run.z[-1]
    p = softmax(logits)
    delta = (p - t) / rows
    slope = f"delta * {DERIVATIVES[run.act]}"
    whole: tuple[tuple[str, FloatArray], ...] = (
        ("TOTAL_NOT_MEAN", p - t),
        ("DOUBLE_MEAN", delta / rows),
        ("DIVIDES_BY_NK", delta / classes),
        ("DIVIDES_BY_INPUTS", (p - t) / values["X"].shape[1]),
        ("SIGN", -delta),
        ("SIGN", t - p),
        ("CE_WITHOUT_SOFTMAX", (logits - t) / rows),
        ("SOFTMAX_TWICE", (softmax(p) - t) / rows),
        ("SOFTMAX_DERIVATIVE_TWICE", delta * p * (1 - p)),
        ("TARGET_IGNORED", p / rows),
    )
    of_kinds: Mapping[str, Derivative] = {
        "relu": lambda z, a: (z > 0).astype(np.float64),
        "tanh": lambda z, a: 1 - a**2,
        "sigmoid": lambda z, a: a * (1 - a),
    }
    derivatives: tuple[tuple[str, Derivative, str], ...] = (
        ("ACT_DERIV_MISSING", lambda z, a: np.ones_like(z), ""),
        ("ACT_DERIV_IS_VALUE" if run.act != "relu" else "RELU_BACKWARD_USES_OUTPUT", lambda z, a: a, ""),
        ("ACT_DERIV_OF_PREACT", lambda z, a: z * (1 - z), "z * (1 - z) of the input z"),
        ("ACT_DERIV_OF_PREACT", lambda z, a: 1 - z**2, "1 - z**2 of the input z"),
        ("ACT_DERIV_OF_PREACT", lambda z, a: z, "the input z"),
        *(("ACT_DERIV_OF_ANOTHER", slope_of, "") for kind, slope_of in of_kinds.items() if kind != run.act),
        ("TANH_HALF", lambda z, a: (1 - a**2) / 2, ""),
        ("RELU_MASK_INVERTED", lambda z, a: (z <= 0).astype(np.float64), ""),
    )
    found = [Candidate(code, run.back(d), "(probs - T) / N") for code, d in whole]
    last = f"d_W{len(run.weights)}"
    output = {last, f"d_b{len(run.weights)}"}
    if run.act != "relu":  # at relu(z) its derivative is what it is at z
        derivatives = (*derivatives, ("ACT_DERIV_OF_PREACT", _at_value(run.act), "the derivative at the output a"))
    asked = f"{DERIVATIVES[run.act]} {OF_WHAT[run.act]}"
    for code, derivative, formula in derivatives:
        about: dict[str, Evidence] = {"found": formula, "asked": asked} if formula else {}
        tensors = run.back(delta, derivative)
        found.append(Candidate(code, {n: v for n, v in tensors.items() if n not in output}, slope, about))
    through = run.back(delta, weights=[right[f"d_W{i + 1}"] for i in range(len(run.weights))])
    found.append(
        Candidate("UPSTREAM_TIMES_GRADW", {n: v for n, v in through.items() if n not in output}, "delta @ W.T")
    )
    found.append(Candidate("PREACT_USED_AS_ACTIVATION", {last: run.z[-2].T @ delta}, "a.T @ delta"))
    return [*found, *_biases(run, right, rows)]


def _at_value(act: str) -> Derivative:
    """The derivative at act(z) instead of at z."""
    kind = ACTIVATIONS[act]()
    return lambda z, a: kind.derivative(kind.value(z))


def _biases(run: Run, right: Mapping[str, FloatArray], rows: int) -> list[Candidate]:
    """Wrong reductions of the bias gradients, in all layers or in one."""
    names = [f"d_b{i + 1}" for i in range(len(run.weights))]
    fix = "np.sum(delta, axis=0, keepdims=True)"
    reductions: tuple[tuple[str, Callable[[FloatArray], FloatArray]], ...] = (
        ("BIAS_MEAN", lambda b: b / rows),
        ("TOTAL_NOT_MEAN", lambda b: b * rows),
        ("BIAS_SHAPE", lambda b: b.T),
        ("BIAS_SHAPE", lambda b: np.asarray(b.sum())),
        ("BIAS_NO_GRADIENT", np.zeros_like),
    )
    return [
        Candidate(code, {name: change(right[name]) for name in layers}, fix)
        for code, change in reductions
        for layers in (names, *([name] for name in names))
    ]


def confusion(outcome: Outcome) -> Sequence[Candidate]:
    """Wrong confusion matrices; the result is called counts."""
    right = outcome.right["counts"]
    totals = right.sum(axis=1, keepdims=True)
    return [
        Candidate("CONFUSION_TRANSPOSED", {"counts": right.T}, "counts[y, yhat] += 1"),
        Candidate("CONFUSION_SHARES", {"counts": right / right.sum()}, "counts"),
        Candidate("CONFUSION_SHARES", {"counts": right / np.maximum(totals, 1)}, "counts"),
        Candidate("CONFUSION_SHARES", {"counts": right / totals}, "counts"),
        Candidate("CONFUSION_NOT_COUNTED", {"counts": np.minimum(right, 1)}, "counts[y, yhat] += 1"),
    ]
