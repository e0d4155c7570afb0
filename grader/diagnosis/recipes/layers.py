"""Layer classes forward and backward, and two losses with their derivatives."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from grader.comparison import Outcome
from grader.diagnosis.mismatch import FloatArray
from grader.diagnosis.recipe import Recipe, Step, Way, Ways, formula
from grader.diagnosis.recipes.calls import before, calls
from grader.diagnosis.recipes.curves import CLIPPED_SIGMOIDS
from grader.diagnosis.recipes.fully_connected import EARLIER
from grader.diagnosis.recipes.scales import OF_FIRST_CALL, SIGN
from grader.diagnosis.recipes.smoothing import SMOOTHED
from grader.diagnosis.recipes.softmaxes import sigmoid
from reference.softmax import softmax

SLOPE = Step(
    "slope",
    "delta * z * (1 - z)",
    lambda d, z, x: d * z * (1 - z),
    (
        Way("ACT_DERIV_OF_PREACT", "delta * X * (1 - X)", lambda d, z, x: d * x * (1 - x)),
        Way("ACT_DERIV_OF_TANH", "delta * (1 - z ** 2)", lambda d, z, x: d * (1 - z**2)),
        Way("ACT_DERIV_MISSING", "delta", lambda d, z, x: d),
        Way("UPSTREAM_IGNORED", "z * (1 - z)", lambda d, z, x: z * (1 - z)),
        formula("delta * z * (1 + z)", lambda d, z, x: d * z * (1 + z)),
        formula("delta * z - z", lambda d, z, x: d * z - z),
        formula("z - delta * z", lambda d, z, x: z - d * z),
        formula("delta * (1 - z) - z", lambda d, z, x: d * (1 - z) - z),
        formula("0", lambda d, z, x: 0 * d),
        formula("sigmoid(delta) * (1 - sigmoid(delta))", lambda d, z, x: sigmoid(d) * (1 - sigmoid(d))),
        formula("delta * z ** 2", lambda d, z, x: d * z**2),
        formula("delta * z * (z - 1)", lambda d, z, x: d * z * (z - 1)),
        formula("delta * z ** 2 * (1 - z)", lambda d, z, x: d * z**2 * (1 - z)),
        formula("delta * z * (1 - z) ** 2", lambda d, z, x: d * z * (1 - z) ** 2),
        formula("delta + z * (1 - z)", lambda d, z, x: d + z * (1 - z)),
        formula("delta * z + (1 - z)", lambda d, z, x: d * z + 1 - z),
        formula("delta * (1 - delta)", lambda d, z, x: d * (1 - d)),
        formula("delta * z * (1 - X)", lambda d, z, x: d * z * (1 - x)),
        formula("delta * X * (1 - z)", lambda d, z, x: d * x * (1 - z)),
        formula("delta * X * z * (1 - z)", lambda d, z, x: d * x * z * (1 - z)),
        formula("delta * (X > 0)", lambda d, z, x: d * (x > 0)),
        formula("delta * (z > 0.5)", lambda d, z, x: d * (z > 0.5)),
        formula("delta / (z * (1 - z))", lambda d, z, x: d / (z * (1 - z))),
        formula("delta * exp(-X) / (1 + exp(-X))", lambda d, z, x: d * (1 - z)),
    ),
)


def _sigmoid(outcome: Outcome, use: Ways) -> dict[str, Any]:
    x, delta = outcome.probe.arguments["X"], outcome.probe.arguments["delta"]
    out = use["out"](x)
    return {"out": out, "dX": use["sign"](use["slope"](delta, out, x))}


SIGMOID_OUT = Step(
    "out",
    "1 / (1 + exp(-X))",
    sigmoid,
    (
        Way("SIGMOID_SIGN", "1 / (1 + exp(X))", lambda x: sigmoid(-x)),
        Way("SIGMOID_IS_TANH", "tanh(X)", np.tanh),
        formula("1 / (1 - exp(-X))", lambda x: 1 / (1 - np.exp(-x))),
        formula("exp(X)", np.exp),
        formula("exp(-X) / (1 - exp(-X))", lambda x: np.exp(-x) / (1 - np.exp(-x))),
        formula("sigmoid(2 * X)", lambda x: sigmoid(2 * x)),
        formula("sigmoid(X / 2)", lambda x: sigmoid(x / 2)),
        formula("sigmoid(|X|)", lambda x: sigmoid(np.abs(x))),
        formula("sigmoid(relu(X))", lambda x: sigmoid(np.maximum(x, 0))),
        *(formula(words, use) for words, use in CLIPPED_SIGMOIDS),
    ),
)

SIGMOID_LAYER = Recipe((SIGMOID_OUT, SLOPE, SIGN), _sigmoid)

DIVISORS = (
    Way("TOTAL_NOT_MEAN", "no division", lambda v, n, c: v),
    Way("DOUBLE_MEAN", "/ N ** 2", lambda v, n, c: v / n**2),
    Way("DIVIDES_BY_NK", "/ (N * C)", lambda v, n, c: v / (n * c)),
    Way("OTHER_DIVISOR", "/ C", lambda v, n, c: v / c),
    Way("OTHER_DIVISOR", "* N", lambda v, n, c: v * n),
    Way("OTHER_DIVISOR", "/ sqrt(N)", lambda v, n, c: v / np.sqrt(n)),
    Way("OTHER_DIVISOR", "/ (N - 1)", lambda v, n, c: v / (n - 1) if n > 1 else np.inf * v),
    Way("OTHER_DIVISOR", "/ (N + 1)", lambda v, n, c: v / (n + 1)),
    *(
        Way("HARDCODED_BATCH", f"/ {size}", lambda v, n, c, size=size: v / size)
        for size in (10, 20, 32, 50, 64, 100, 128, 256)
    ),
    OF_FIRST_CALL,
)


def average(name: str) -> Step:
    """The average over the batch."""
    return Step(name, "/ N", lambda v, n, c: v / n, DIVISORS)


FACTORS = (
    Way("FACTOR_TWO", "a factor of 2", lambda v: 2 * v),
    Way("FACTOR_HALF", "a factor of 1/2", lambda v: v / 2),
)


def _mean_norm(difference: FloatArray) -> float:
    return float(np.mean(np.linalg.norm(difference, axis=1)))


SQUARES = Step(
    "squares",
    "(logit - gt) ** 2",
    lambda z, t: (z - t) ** 2,
    (
        Way("ROOT_OF_SQUARES", "the norm of each row", lambda z, t: np.sqrt(((z - t) ** 2).sum(axis=1))),
        formula("(the sum of |logit - gt| of each row) ** 2", lambda z, t: np.abs(z - t).sum(axis=1) ** 2),
        formula("(the mean norm of the rows) ** 2", lambda z, t: _mean_norm(z - t) ** 2 + 0 * z[:, 0]),
        formula("|logit - gt|", lambda z, t: np.abs(z - t)),
        formula("logit - gt", lambda z, t: z - t),
        formula("(logit - gt) ** 3", lambda z, t: (z - t) ** 3),
        formula("(logit - gt) ** 4", lambda z, t: (z - t) ** 4),
        formula("logit ** 2 - gt ** 2", lambda z, t: z**2 - t**2),
        formula("(logit + gt) ** 2", lambda z, t: (z + t) ** 2),
        formula("logit ** 2", lambda z, t: z**2),
        formula("(softmax(logit) - gt) ** 2", lambda z, t: (softmax(z) - t) ** 2),
        formula("(sigmoid(logit) - gt) ** 2", lambda z, t: (sigmoid(z) - t) ** 2),
        formula("(logit - gt) ** 2 at the labels", lambda z, t: t * (z - t) ** 2),
    ),
)


def differences(p: str) -> tuple[Way, ...]:
    """Wrong differences of what is called `p` and gt."""
    return (
        Way("TARGET_IGNORED", p, lambda p, z, t: p),
        formula(f"({p} - gt) ** 2", lambda p, z, t: (p - t) ** 2),
        formula(f"|{p} - gt|", lambda p, z, t: np.abs(p - t)),
        formula(f"{p} + gt", lambda p, z, t: p + t),
        formula(f"-({p} + gt)", lambda p, z, t: -(p + t)),
        *(formula(f"{p} - gt, gt {words},", lambda p, z, t, use=use: p - use(t)) for words, use in SMOOTHED),
        formula("the sign of the difference", lambda p, z, t: np.sign(p - t)),
        formula(f"({p} - gt) * logit", lambda p, z, t: (p - t) * z),
        formula(f"({p} - gt) at the labels only", lambda p, z, t: (p - t) * t),
        formula(f"{p} - 1", lambda p, z, t: p - 1),
        formula(f"{p}, and -1 at the labels", lambda p, z, t: np.where(t > 0, -1.0, p)),
        formula(f"{p}, and -{p} at the labels", lambda p, z, t: np.where(t > 0, -p, p)),
        formula(f"{p} - 1 at the other classes", lambda p, z, t: p - (1 - t)),
        formula(f"round({p}) - gt", lambda p, z, t: np.round(p) - t),
        formula(f"{p} - the predicted class", lambda p, z, t: p - np.eye(z.shape[1])[z.argmax(axis=1)]),
        # The division by N comes after: it must be all that gt is divided by.
        Way("BRACKETS_MISSING", f"{p} - gt / N", lambda p, z, t: len(t) * p - t),
        Way("BRACKETS_MISSING", f"{p} / N - gt", lambda p, z, t: p - len(t) * t),
        formula("-gt", lambda p, z, t: -t),
        formula(f"({p} - gt) * {p}", lambda p, z, t: (p - t) * p),
        Way("SOFTMAX_DERIVATIVE_TWICE", f"({p} - gt) * {p} * (1 - {p})", lambda p, z, t: (p - t) * p * (1 - p)),
    )


TURNED: Mapping[str, Callable[[FloatArray], FloatArray]] = {"logit": EARLIER, "gt": np.fliplr}
"""What the call before was given (reference.layer_stack)."""


def all_calls(outcome: Outcome, use: Ways, loss: Callable[[Outcome, Ways], Any]) -> Any:
    """A loss, or what several calls of a layer make of it."""
    return use["calls"](loss(outcome, use), lambda: loss(before(outcome, TURNED), use))


def _half_squares(outcome: Outcome, use: Ways) -> Any:
    z, t = outcome.probe.arguments["logit"], outcome.probe.arguments["gt"]
    return use["sign"](use["factor"](use["average"](use["squares"](z, t).sum() / 2, *t.shape)))


def _euclidean(outcome: Outcome, use: Ways) -> dict[str, Any]:
    z, t = outcome.probe.arguments["logit"], outcome.probe.arguments["gt"]
    delta = use["back_average"](use["difference"](z, z, t), *t.shape)
    return {"loss": all_calls(outcome, use, _half_squares), "delta": use["back_factor"](use["back_sign"](delta))}


BACK_SIGN = Step("back_sign", "+", SIGN.right, SIGN.wrong)

EUCLIDEAN_LOSS = Recipe(
    (
        SQUARES,
        average("average"),
        Step("factor", "1/2", lambda v: v, FACTORS),
        SIGN,
        Step("difference", "logit - gt", lambda p, z, t: p - t, differences("logit")),
        average("back_average"),
        Step("back_factor", "1", lambda v: v, FACTORS),
        BACK_SIGN,
        calls("forward"),
    ),
    _euclidean,
)
