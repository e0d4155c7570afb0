"""Known wrong costs and gradients of a network with one hidden ReLU layer, a softmax and regularised weights.

Arguments are X, y, W1, b1, W2, b2, reg; results are cost, d_w1, d_b1, d_w2, d_b2.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from grader.comparison import Outcome
from grader.diagnosis.mismatch import Candidate, FloatArray
from grader.diagnosis.perceptron import perceptron_prediction, without_biases
from grader.diagnosis.regularised import Penalty, half_of, penalties, penalty_gradients, sums
from grader.diagnosis.softmax_classifier import in_blocks, loss_terms, predictions
from grader.report import Evidence
from reference.data import one_hot
from reference.softmax import log_softmax, softmax

COST = "-np.mean(np.log(p[np.arange(N), y])) + reg * (np.sum(W1**2) + np.sum(W2**2))"
DELTA = "delta2 = (p - labels) / N"
REG = "+ 2 * reg * W"
MASK = "delta1 = (delta2 @ W2.T) * (z1 > 0)"
BIAS = "np.sum(delta, axis=0, keepdims=True)"

Tensors = Mapping[str, FloatArray]


@dataclass(frozen=True, slots=True)
class Pass:
    """The right forward pass of one outcome and the derivatives of its data term."""

    x: FloatArray
    t: FloatArray
    w2: FloatArray
    z1: FloatArray
    a1: FloatArray
    z2: FloatArray
    p: FloatArray

    @property
    def delta(self) -> FloatArray:
        """The data term's derivative by the scores."""
        return (self.p - self.t) / len(self.t)

    def output(self, delta: FloatArray) -> Tensors:
        """The output layer's gradients for a derivative by the scores."""
        return {"d_w2": self.a1.T @ delta, "d_b2": delta.sum(axis=0, keepdims=True)}

    def hidden(self, delta: FloatArray) -> Tensors:
        """The hidden layer's gradients for a derivative by z1."""
        return {"d_w1": self.x.T @ delta, "d_b1": delta.sum(axis=0, keepdims=True)}

    def whole(self, delta: FloatArray) -> Tensors:
        """All gradients for a derivative by the scores."""
        return {**self.hidden((delta @ self.w2.T) * (self.z1 > 0)), **self.output(delta)}


def cost_gradient(outcome: Outcome) -> Sequence[Candidate]:
    """What wrong costs and gradients are for one outcome."""
    values = outcome.probe.arguments
    strength = float(values["reg"])
    weights = {"d_w1": values["W1"], "d_w2": values["W2"]}
    biases = {"d_b1": values["b1"], "d_b2": values["b2"]}
    run = _pass(values)
    rows = len(run.t)
    right = run.whole(run.delta)
    half = half_of(outcome.right["d_w2"], right["d_w2"], strength, weights["d_w2"])
    squares = sum(float(np.sum(w**2)) for w in weights.values())
    costs = list(penalties(strength, rows, list(weights.values()), half))
    all_squares = np.asarray(squares + sum(np.sum(b**2) for b in biases.values()))
    costs.append(Penalty("REG_ON_BIAS", half * strength * all_squares))
    shrunk = {name: list(penalty_gradients(strength, rows, w, half)) for name, w in weights.items()}
    data = np.asarray(-(run.t * log_softmax(run.z2)).sum() / rows)
    found = sums("cost", (data, np.asarray(half * strength * squares)), loss_terms(run.z2, run.t), costs, COST)

    def regularised(tensors: Tensors, terms: Tensors) -> Tensors:
        return {name: value + terms[name] if name in terms else value for name, value in tensors.items()}

    asked = {name: 2 * half * strength * w for name, w in weights.items()}
    mistakes = mistakes_of(run, outcome.right["d_w2"])
    found += [Candidate(code, regularised(tensors, asked), fix) for code, fix, tensors in mistakes]
    for terms in zip(*shrunk.values(), strict=True):
        other = {name: term.value for name, term in zip(shrunk, terms, strict=True)}
        found.append(Candidate(terms[0].code, {name: right[name] + term for name, term in other.items()}, REG))
        found += [Candidate(c, regularised(tensors, other), fix, terms[0].second) for c, fix, tensors in mistakes]
    on_bias = {name: right[name] + 2 * half * strength * np.atleast_2d(b) for name, b in biases.items()}
    negative = {name: -value for name, value in outcome.right.items() if name != "cost"}
    found += [*_cut(run, half * strength * squares), *_one_penalty(data, half * strength, weights)]
    found += in_blocks("cost", run.z2, run.t, half * strength * squares, COST)
    found += [Candidate("REG_ON_BIAS", on_bias, BIAS), Candidate("SIGN", negative, DELTA), *_biases(run)]
    return [_as_asked(candidate, outcome.right) for candidate in found]


def _cut(run: Pass, penalty: float) -> list[Candidate]:
    """Costs whose probabilities are kept from a bound that is larger than what is accepted inside a logarithm."""
    found = []
    for bound in (0.1, 0.01, 1e-3, 1e-4, 1e-5):
        for most, words in ((1.0, f"p at least {bound}"), (1 - bound, f"p cut to {bound} ... 1 - {bound}")):
            cost = -(run.t * np.log(np.clip(run.p, bound, most))).sum() / len(run.t) + penalty
            about: dict[str, Evidence] = {"found": f"log(p) with {words}", "asked": "log(p)"}
            found.append(Candidate("OTHER_FORMULA", {"cost": np.asarray(cost)}, COST, about))
    return found


def _one_penalty(data: FloatArray, strength: float, weights: Tensors) -> list[Candidate]:
    """Costs in which one layer's sum of squares is another number."""
    squares = {name: float(np.sum(w**2)) for name, w in weights.items()}
    found = []
    for name, w in weights.items():
        called = name.removeprefix("d_").upper()
        others = (
            (f"sum({called} @ {called}.T)", np.sum(w @ w.T)),
            (f"sum({called}.T @ {called})", np.sum(w.T @ w)),
            (f"sum({called}) ** 2", np.sum(w) ** 2),
            (f"sum({called})", np.sum(w)),
            (f"sum(|{called}|)", np.sum(np.abs(w))),
            (f"norm({called})", np.sqrt(squares[name])),
        )
        for words, other in others:
            cost = data + strength * (sum(squares.values()) - squares[name] + float(other))
            about: dict[str, Evidence] = {"found": f"{words} in the regularisation", "asked": f"sum({called} ** 2)"}
            found.append(Candidate("OTHER_FORMULA", {"cost": np.asarray(cost)}, COST, about))
    return found


def _as_asked(candidate: Candidate, right: Tensors) -> Candidate:
    """Biases of one row as a vector where that is asked for."""
    shapes = {name: right[name].shape for name in candidate.tensors}
    tensors = {
        name: value[0] if value.shape == (1, *shapes[name]) else value for name, value in candidate.tensors.items()
    }
    return replace(candidate, tensors=tensors)


def prediction(outcome: Outcome) -> Sequence[Candidate]:
    """What wrong predictions are for one outcome; the result is called prediction."""
    values = outcome.probe.arguments
    if "act" in values:  # not a ReLU's network with one hidden layer, but any
        return perceptron_prediction(outcome)
    z1 = values["X"] @ values["W1"] + values["b1"]
    a1 = np.maximum(z1, 0)
    z2 = a1 @ values["W2"] + values["b2"]
    without = z1 @ values["W2"] + values["b2"]
    labels = one_hot(np.arange(len(z2)) % z2.shape[1], z2.shape[1])
    found = [c for c in predictions("prediction", z2, labels) if c.code not in {"PREDICT_LABEL", "PREDICT_CORRECT"}]
    linear = without.argmax(axis=1).astype(np.float64)
    no_b1 = np.maximum(z1 - values["b1"], 0) @ values["W2"]
    biasless = (("b2", z2 - values["b2"]), ("b1", no_b1 + values["b2"]), ("b1 and b2", no_b1))
    asked: dict[str, Evidence] = {"found": "the index of the largest hidden unit", "asked": "that of the largest score"}
    return [
        *found,
        Candidate("ACTIVATION_MISSING", {"prediction": linear}, "relu(X @ W1 + b1)"),
        *(
            # Before the ReLU and after it the largest is another one only where all units are off.
            Candidate("OTHER_FORMULA", {"prediction": units.argmax(axis=1) * 1.0}, "np.argmax(scores, axis=1)", asked)
            for units in (z1, a1)
        ),
        *without_biases(biasless),
    ]


def scores(outcome: Outcome) -> Sequence[Candidate]:
    """What wrong scores are for one outcome; the result is called scores."""
    values = outcome.probe.arguments
    z1 = values["X"] @ values["W1"] + values["b1"]
    right = outcome.right["scores"]
    formulas = (
        ("ACTIVATION_MISSING", z1 @ values["W2"] + values["b2"], "relu(X @ W1 + b1)"),
        ("BIAS_IGNORED", right - values["b2"], "+ b2"),
        ("BIAS_IGNORED", np.maximum(z1 - values["b1"], 0) @ values["W2"] + values["b2"], "+ b1"),
        ("BIAS_IGNORED", np.maximum(z1 - values["b1"], 0) @ values["W2"], "+ b1, + b2"),
        ("BIAS_SUBTRACTED", right - 2 * values["b2"], "+ b2"),
        ("SIGN", -right, "hidden @ W2 + b2"),
    )
    return [Candidate(code, {"scores": value}, fix) for code, value, fix in formulas]


def _pass(values: Mapping[str, FloatArray]) -> Pass:
    x, w2 = values["X"], values["W2"]
    z1 = x @ values["W1"] + values["b1"]
    a1 = np.maximum(z1, 0)
    z2 = a1 @ w2 + values["b2"]
    labels = np.asarray(values["y"], dtype=np.int64)
    return Pass(x, one_hot(labels, z2.shape[1]), w2, z1, a1, z2, softmax(z2))


def mistakes_of(run: Pass, gradient_w2: FloatArray) -> list[tuple[str, str, Tensors]]:
    """Mistakes of the data term: of delta, of the hidden layer, of one tensor."""
    rows, classes = run.t.shape
    delta, p, t = run.delta, run.p, run.t
    back, on = delta @ run.w2.T, (run.z1 > 0).astype(np.float64)
    return [
        ("TOTAL_NOT_MEAN", DELTA, run.whole(p - t)),
        ("DOUBLE_MEAN", DELTA, run.whole(delta / rows)),
        ("DIVIDES_BY_NK", DELTA, run.whole(delta / classes)),
        ("DIVIDES_BY_INPUTS", DELTA, run.whole((p - t) / run.x.shape[1])),
        ("SIGN", DELTA, run.whole(-delta)),
        ("SIGN", DELTA, run.whole(t - p)),
        ("CE_WITHOUT_SOFTMAX", DELTA, run.whole((run.z2 - t) / rows)),
        ("SOFTMAX_TWICE", DELTA, run.whole((softmax(p) - t) / rows)),
        ("SOFTMAX_AXIS", DELTA, run.whole((softmax(run.z2.T).T - t) / rows)),
        ("SOFTMAX_DERIVATIVE_TWICE", DELTA, run.whole(delta * p * (1 - p))),
        ("TARGET_IGNORED", DELTA, run.whole(p / rows)),
        ("RELU_MASK_MISSING", MASK, run.hidden(back)),
        ("RELU_MASK_INVERTED", MASK, run.hidden(back * (1 - on))),
        ("RELU_BACKWARD_USES_OUTPUT", MASK, run.hidden(back * run.a1)),
        ("RELU_BACKWARD_USES_OUTPUT", MASK, run.hidden(on * run.a1)),
        ("RELU_BACKWARD_USES_UPSTREAM", MASK, run.hidden(np.maximum(back, 0))),
        ("RELU_BACKWARD_USES_UPSTREAM", MASK, run.hidden(np.minimum(back, 0))),
        ("ACT_DERIV_OF_PREACT", MASK, run.hidden(back * run.z1)),
        ("ACT_DERIV_OF_PREACT", MASK, run.hidden(back * (1 - run.z1**2))),
        ("UPSTREAM_TIMES_GRADW", MASK, run.hidden((delta @ gradient_w2.T) * on)),
        ("PREACT_USED_AS_ACTIVATION", "a1.T @ delta2", {"d_w2": run.z1.T @ delta}),
    ]


def _biases(run: Pass) -> list[Candidate]:
    """Wrong reductions of the bias gradients, in both layers or in one."""
    rows = len(run.t)
    layers = {"d_b1": (run.delta @ run.w2.T) * (run.z1 > 0), "d_b2": run.delta}
    reductions: tuple[tuple[str, Callable[[FloatArray], FloatArray]], ...] = (
        ("BIAS_NOT_SUMMED", lambda d: d),
        ("BIAS_NOT_SUMMED", lambda d: d * rows),
        ("BIAS_MEAN", lambda d: d.sum(axis=0, keepdims=True) / rows),
        ("BIAS_SHAPE", lambda d: d.sum(axis=0, keepdims=True).T),
        ("BIAS_SHAPE", lambda d: np.asarray(d.sum())),
        ("BIAS_WRONG_AXIS", lambda d: d.sum(axis=1, keepdims=True)),
        ("BIAS_WRONG_AXIS", lambda d: d.sum(axis=1)),
        ("BIAS_WRONG_AXIS", lambda d: d.sum(axis=1)[np.newaxis]),
        ("BIAS_NO_GRADIENT", lambda d: np.zeros((1, d.shape[1]))),
    )
    return [Candidate(code, {name: wrong(d) for name, d in layers.items()}, BIAS) for code, wrong in reductions]
