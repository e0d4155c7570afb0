"""Known wrong layer classes, forward and backward, and known wrong steps of descent."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from grader.comparison import Outcome
from grader.diagnosis.mismatch import Candidate, FloatArray
from grader.diagnosis.recipes.calls import more_examples
from grader.diagnosis.recipes.fully_connected import EARLIER, OTHERS
from grader.report import Evidence
from grader.results import Tensors
from reference.layers import Sigmoid
from reference.softmax import softmax

EARLIER_TARGETS, OTHERS_TARGETS = np.fliplr, np.flip
"""What the targets of an earlier call, and of another object, are made of those of this one (reference.layer_stack)."""

BIAS = "np.sum(delta, axis=0, keepdims=True)"
ROWS = (("0", slice(1)), ("-1", slice(-1, None)))
"""The one example whose delta is left where a loop assigns instead of adding, or returns at once."""

LAST, SECOND = "new", "second"
"""What the results of an optimizer's layers begin with."""

BATCHES = (10, 20, 32, 64, 100, 128)
"""Batch sizes that are written into code instead of the batch's own."""

UNSET: Mapping[str, Evidence] = {"by": "FCLayer.backward", "unset": "grad_W", "left": "zeros only"}
"""Nothing was put where the gradient belongs, or it went to a local name."""


def _of_first_call(tensors: Mapping[str, FloatArray], right: str, given: str = "what") -> list[Candidate]:
    """What comes out with the numbers that the object was given in its first call. given: which of them, if not all."""
    about = {"found": f"{right} with {given} the first call was given", "asked": "that of this call"}
    return [Candidate("OTHER_FORMULA", {name: value}, right, about) for name, value in tensors.items()]


def _first_given(z: FloatArray, t: FloatArray) -> list[tuple[str, FloatArray, FloatArray]]:
    """Which arguments of a loss are those of the first call, and what they are then; one alone of as many examples."""
    first_z, first_t = EARLIER(z), EARLIER_TARGETS(t)
    more = more_examples(first_z), more_examples(first_t)
    return [("what", *more), ("what", first_z, first_t), ("the logit", first_z, t), ("the gt", z, first_t)]


def _of_other_object(tensors: Mapping[str, FloatArray], right: str) -> list[Candidate]:
    """What comes out with numbers that another object of the class was given after this one's forward."""
    about = {"found": f"{right} with what another object of the class was given", "asked": "that of this object"}
    return [Candidate("OTHER_FORMULA", {name: value}, right, about) for name, value in tensors.items()]


def linear_layer(outcome: Outcome) -> Sequence[Candidate]:
    """Arguments X, W, b, delta; results out, dX, grad_W, grad_b."""
    x, w, b, delta = (outcome.probe.arguments[name] for name in ("X", "W", "b", "delta"))
    right, rows = outcome.right, len(outcome.probe.arguments["X"])
    reductions: tuple[tuple[str, Callable[[FloatArray], FloatArray]], ...] = (
        ("BIAS_NOT_SUMMED", lambda d: d),
        ("BIAS_MEAN", lambda d: d.mean(axis=0, keepdims=True)),
        ("BIAS_SHAPE", lambda d: d.sum(axis=0, keepdims=True).T),
        ("BIAS_SHAPE", lambda d: np.asarray(d.sum())),
        ("BIAS_WRONG_AXIS", lambda d: d.sum(axis=1, keepdims=True)),
        ("BIAS_WRONG_AXIS", lambda d: d.sum(axis=1)),
        ("BIAS_WRONG_AXIS", lambda d: d.sum(axis=1)[np.newaxis]),
        ("BIAS_NO_GRADIENT", lambda d: np.zeros((1, d.shape[1]))),
    )
    gradients = {"grad_W": right["grad_W"], "grad_b": right["grad_b"]}
    back = "delta @ W.T"
    return [
        Candidate("BIAS_IGNORED", {"out": x @ w}, "X @ W + b"),
        Candidate("BIAS_SUBTRACTED", {"out": x @ w - b}, "X @ W + b"),
        Candidate("DIVIDES_IN_LAYER", {name: value / rows for name, value in gradients.items()}, "X.T @ delta"),
        Candidate("SIGN", {name: -value for name, value in gradients.items()}, "X.T @ delta"),
        Candidate("SIGN", {name: -value for name, value in right.items() if name != "out"}, back),
        Candidate("UPSTREAM_IGNORED", {"dX": np.ones_like(delta) @ w.T}, back),
        Candidate("UPSTREAM_IGNORED", {"grad_W": x.T @ np.ones_like(delta)}, "X.T @ delta"),
        Candidate("UPSTREAM_TIMES_GRADW", {"dX": delta @ right["grad_W"].T}, back),
        Candidate("GRADIENT_TRANSPOSED", {"grad_W": right["grad_W"].T}, "X.T @ delta"),
        Candidate("UNFINISHED", {"grad_W": np.zeros_like(w)}, "self.grad_W = X.T @ delta", UNSET),
        *(Candidate(code, {"grad_b": reduce(delta)}, BIAS) for code, reduce in reductions),
        *(
            Candidate("OTHER_FORMULA", {"grad_b": delta[row]}, BIAS, {"found": f"delta[{at}]", "asked": BIAS})
            for at, row in ROWS
        ),
    ]


def relu_layer(outcome: Outcome) -> Sequence[Candidate]:
    """Arguments X, delta; results out, dX."""
    x, delta = outcome.probe.arguments["X"], outcome.probe.arguments["delta"]
    a, on = np.maximum(x, 0), (x > 0).astype(np.float64)
    mask = "delta * (X > 0)"
    back = (
        ("RELU_BACKWARD_USES_OUTPUT", a),
        ("RELU_BACKWARD_USES_OUTPUT", delta * a),
        ("RELU_MASK_MISSING", delta),
        ("RELU_MASK_INVERTED", delta * (1 - on)),
        ("RELU_BACKWARD_USES_UPSTREAM", np.maximum(delta, 0)),
        ("UPSTREAM_IGNORED", on),
        ("SIGN", -delta * on),
    )
    forward = (
        ("RELU_IDENTITY", x),
        ("RELU_ABSOLUTE", np.abs(x)),
        ("RELU_NEGATIVE_PART", np.minimum(x, 0)),
        ("RELU_STEP", on),
        ("RELU_LEAKY", np.where(x > 0, x, 0.01 * x)),
        ("RELU_INT_TRUNCATION", np.trunc(a)),
    )
    found = [Candidate(code, {"dX": value}, mask) for code, value in back]
    found += _of_first_call({"dX": delta * (EARLIER(x) > 0)}, mask)
    found += _of_first_call({"out": np.maximum(EARLIER(x), 0)}, "np.maximum(X, 0)")
    found += _of_other_object({"dX": delta * (OTHERS(x) > 0)}, mask)
    return found + [Candidate(code, {"out": value}, "np.maximum(X, 0)") for code, value in forward]


def sigmoid_layer(outcome: Outcome) -> Sequence[Candidate]:
    """Arguments X, delta; results out, dX."""
    x, delta = outcome.probe.arguments["X"], outcome.probe.arguments["delta"]
    z = Sigmoid().value(x)
    again = Sigmoid().value(z)
    slope = "delta * z * (1 - z)"
    asked = "z * (1 - z) of its output z"
    at_input: dict[str, Evidence] = {"found": "X * (1 - X) of the layer's input X", "asked": asked}
    at_output: dict[str, Evidence] = {"found": "the sigmoid's derivative at the layer's output z", "asked": asked}
    back = (
        ("ACT_DERIV_MISSING", delta),
        ("ACT_DERIV_IS_VALUE", delta * z),
        ("ACT_DERIV_IS_VALUE", delta * (1 - z)),
        ("ACT_DERIV_OF_TANH", delta * (1 - z**2)),
        ("UPSTREAM_IGNORED", z * (1 - z)),
        ("SIGN", -delta * z * (1 - z)),
    )
    forward = (("SIGMOID_SIGN", 1 - z), ("SIGMOID_IS_TANH", np.tanh(x)))
    found = [
        Candidate("ACT_DERIV_OF_PREACT", {"dX": delta * x * (1 - x)}, slope, at_input),
        Candidate("ACT_DERIV_OF_PREACT", {"dX": delta * again * (1 - again)}, slope, at_output),
        *(Candidate(code, {"dX": value}, slope) for code, value in back),
    ]
    first = Sigmoid().value(EARLIER(x))
    found += _of_first_call({"dX": delta * first * (1 - first)}, slope)
    found += _of_first_call({"out": first}, "1 / (1 + np.exp(-X))")
    other = Sigmoid().value(OTHERS(x))
    found += _of_other_object({"dX": delta * other * (1 - other)}, slope)
    return found + [Candidate(code, {"out": value}, "1 / (1 + np.exp(-X))") for code, value in forward]


def euclidean_loss(outcome: Outcome) -> Sequence[Candidate]:
    """Arguments logit, gt; results loss, delta."""
    z, t = outcome.probe.arguments["logit"], outcome.probe.arguments["gt"]
    rows, classes = t.shape
    squares = float(np.sum((z - t) ** 2))
    labels = float(np.sum((z.argmax(axis=1) - t.argmax(axis=1)) ** 2))
    wrong = float(np.mean(z.argmax(axis=1) != t.argmax(axis=1)))
    losses = (
        ("TOTAL_NOT_MEAN", squares / 2),
        ("FACTOR_TWO", squares / rows),
        ("DIVIDES_BY_NK", squares / (2 * rows * classes)),
        ("DIVIDES_BY_NK", squares / (rows * classes)),
        ("LOSS_ON_ARGMAX", labels / (2 * rows)),
        ("LOSS_ON_ARGMAX", labels / rows),
        ("LOSS_ON_ARGMAX", wrong),
        ("ROOT_OF_SQUARES", np.sqrt(squares)),
        ("ROOT_OF_SQUARES", np.sqrt(squares) / rows),
        ("SIGN", -squares / (2 * rows)),
        *(("HARDCODED_BATCH", squares / (2 * batch)) for batch in BATCHES),
        *(("HARDCODED_BATCH", squares / (2 * batch * classes)) for batch in BATCHES),
    )
    found = [Candidate(code, {"loss": np.asarray(v)}, "np.sum((logit - gt)**2) / (2 * N)") for code, v in losses]
    gradients = [*_deltas(z - t), ("FACTOR_TWO", 2 * (z - t) / rows), ("SOFTMAX_INSIDE", (softmax(z) - t) / rows)]
    for given, kept, target in _first_given(z, t):
        found += _of_first_call({"delta": (kept - target) / len(kept)}, "(logit - gt) / N", given)
    found += _of_other_object({"delta": (OTHERS(z) - OTHERS_TARGETS(t)) / rows}, "(logit - gt) / N")
    return found + [Candidate(code, {"delta": value}, "(logit - gt) / N") for code, value in gradients]


def cross_entropy_loss(outcome: Outcome) -> Sequence[Candidate]:
    """Arguments logit, gt; results loss, delta."""
    z, t = outcome.probe.arguments["logit"], outcome.probe.arguments["gt"]
    rows, classes = t.shape
    p = softmax(z)
    each = -(t * np.log(p)).sum(axis=1)
    total = float(each.sum())
    twice = -(t * np.log(softmax(p))).sum() / rows
    losses = (
        ("TOTAL_NOT_MEAN", total),
        ("DIVIDES_BY_NK", total / (rows * classes)),
        ("DOUBLE_MEAN", total / rows**2),
        ("SIGN", -total / rows),
        ("SOFTMAX_TWICE", twice),
        ("LOG_BASE", total / rows / np.log(2)),
        ("LOG_BASE", total / rows / np.log(10)),
        ("BINARY_CROSS_ENTROPY", (total - ((1 - t) * np.log(1 - p)).sum()) / rows),
        ("LOSS_ON_ARGMAX", float(np.mean(z.argmax(axis=1) != t.argmax(axis=1)))),
        *(("HARDCODED_BATCH", total / batch) for batch in BATCHES),
        *(("HARDCODED_BATCH", total / (batch * classes)) for batch in BATCHES),
    )
    fix = "(softmax(logit) - gt) / N"
    found = [Candidate(code, {"loss": np.asarray(v)}, "-np.sum(gt * np.log(p)) / N") for code, v in losses]
    gradients = [
        *_deltas(p - t),
        ("CE_WITHOUT_SOFTMAX", (z - t) / rows),
        ("CE_WITHOUT_SOFTMAX", z - t),
        ("SOFTMAX_TWICE", (softmax(p) - t) / rows),
        ("SOFTMAX_AXIS", (softmax(z.T).T - t) / rows),
        ("GRAD_WRT_PROB", -t / p / rows),
        ("GRAD_WRT_PROB", -t / p),
        ("SOFTMAX_DERIVATIVE_TWICE", (p - t) * p * (1 - p) / rows),
        ("TARGET_IGNORED", p / rows),
    ]
    for given, kept, target in _first_given(p, t):
        found += _of_first_call({"delta": (kept - target) / len(kept)}, fix, given)
    for kept, target in ((OTHERS(p), OTHERS_TARGETS(t)), (OTHERS(p), t), (p, OTHERS_TARGETS(t))):
        found += _of_other_object({"delta": (kept - target) / rows}, fix)
    return found + [Candidate(code, {"delta": value}, fix) for code, value in gradients]


def descent_step(outcome: Outcome) -> Sequence[Candidate]:
    """Arguments W, b, grad_W, grad_b, learningRate, weightDecay; results W and b of the last layer (new), of the one
    before it (second) and of the first, which is not trainable."""
    last, second = _steps(outcome, LAST), _steps(outcome, SECOND)
    found = [*map(_together, last, second), *last, *second]
    steps = [outcome.right, *([outcome.yours.values] if isinstance(outcome.yours, Tensors) else [])]
    about = {"found": "the step of a trainable layer", "asked": "no change of a layer that is not trainable"}
    for step in steps:
        for names in (("W", "b"), ("W",), ("b",)):
            as_trained = {f"untrained_{name}": step[f"{LAST}_{name}"] for name in names}
            found.append(Candidate("OTHER_FORMULA", as_trained, "if layer.trainable:", about))
    return found


def _together(last: Candidate, second: Candidate) -> Candidate:
    """The same mistake in both layers that are stepped."""
    tensors = {**last.tensors, **second.tensors}
    about = {
        key: list(tensors) if key == "frozen" else value for key, value in last.about.items() if key != "last_layer"
    }
    return replace(last, tensors=tensors, about=about)


def _steps(outcome: Outcome, layer: str) -> list[Candidate]:
    """Known wrong steps of one layer of several with the same numbers."""
    values = outcome.probe.arguments
    w, b, g_w, g_b = (values[name] for name in ("W", "b", "grad_W", "grad_b"))
    lr, decay = float(values["learningRate"]), float(values["weightDecay"])
    fix = "W - learningRate * (grad_W + weightDecay * W)"
    new_w, new_b = f"{layer}_W", f"{layer}_b"
    # Where the last alone stays, the loop ended before it; where another alone does, the last is stepped.
    frozen = "PARAMS_NOT_UPDATED" if layer == LAST else "SOME_PARAMS_NOT_UPDATED"
    about: dict[str, Evidence] = {"last_layer": True} if layer == LAST else {"frozen": [new_w, new_b]}
    return [
        Candidate("ASCENT", {new_w: w + lr * (g_w + decay * w), new_b: b + lr * g_b}, fix),
        Candidate("ASCENT", {new_w: w + lr * g_w - lr * decay * w, new_b: b + lr * g_b}, fix),
        Candidate("DECAY_MISSING", {new_w: w - lr * g_w}, fix),
        Candidate("DECAY_SIGN", {new_w: w - lr * (g_w - decay * w)}, fix),
        Candidate("DECAY_SCALE", {new_w: w - lr * g_w - decay * w}, fix),
        Candidate("DECAY_SCALE", {new_w: w - lr * (g_w + 2 * decay * w)}, fix),
        Candidate("DECAY_SCALE", {new_w: w - lr * (g_w + decay / 2 * w)}, fix),
        Candidate(frozen, {new_w: w, new_b: b}, fix, {"lr": lr, **about}),
        *(
            Candidate(
                "SOME_PARAMS_NOT_UPDATED", {f"{layer}_{name}": value}, fix, {"lr": lr, "frozen": [f"{layer}_{name}"]}
            )
            for name, value in (("W", w), ("b", b))
        ),
        Candidate("RATE_MISSING", {new_w: w - (g_w + decay * w), new_b: b - g_b}, fix),
        Candidate("STEP_NOT_WEIGHT", {new_w: -lr * (g_w + decay * w), new_b: -lr * g_b}, fix),
    ]


def _deltas(difference: FloatArray) -> list[tuple[str, FloatArray]]:
    """Wrong scales and shapes of the derivative of a mean, whose right one is difference / N."""
    rows, classes = difference.shape
    return [
        ("TOTAL_NOT_MEAN", difference),
        ("DOUBLE_MEAN", difference / rows**2),
        ("DIVIDES_BY_NK", difference / (rows * classes)),
        ("SIGN", -difference / rows),
        ("SIGN", -difference),
        ("MEAN_OVER_BATCH_SHAPE", difference.mean(axis=0, keepdims=True)),
        ("MEAN_OVER_BATCH_SHAPE", difference.mean(axis=0)),
        ("SCALAR_GRADIENT", np.asarray(difference.sum() / rows)),
        *(("HARDCODED_BATCH", difference / batch) for batch in BATCHES),
        *(("HARDCODED_BATCH", difference / (batch * classes)) for batch in BATCHES),
    ]
