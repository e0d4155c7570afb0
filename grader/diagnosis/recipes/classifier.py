"""A softmax classifier: data term and regularisation of its loss, its gradient, its prediction."""

from collections.abc import Callable
from operator import matmul
from typing import Any

import numpy as np

from grader.comparison import Outcome
from grader.diagnosis.mismatch import FloatArray
from grader.diagnosis.recipe import ACCEPTED, ONCE, Recipe, Step, Way, Ways, each_time, formula
from grader.diagnosis.recipes.blocks import differences_in_blocks, terms_in_blocks
from grader.diagnosis.recipes.cross_entropy_layer import LOG_P
from grader.diagnosis.recipes.deltas import DIFFERENCE
from grader.diagnosis.recipes.left_out import short_of_one
from grader.diagnosis.recipes.rescaled_scores import scores_as
from grader.diagnosis.recipes.scales import AVERAGE
from grader.diagnosis.recipes.softmaxes import of_shifted_columns, over_columns, over_whole
from grader.diagnosis.recipes.strength import strength_as
from grader.diagnosis.recipes.totals import SOFTMAX_WAYS
from grader.diagnosis.regularised import half_of
from reference.softmax import log_softmax, softmax

SOFTMAX = Step(
    "softmax",
    "softmax(scores)",
    softmax,
    (
        Way("CE_WITHOUT_SOFTMAX", "scores", lambda z: z),
        Way("SOFTMAX_TWICE", "softmax(softmax(scores))", lambda z: softmax(softmax(z))),
        Way("SOFTMAX_AXIS", "a softmax divided by the sum over axis 0", over_columns),
        Way("SOFTMAX_WHOLE_MATRIX", "a softmax divided by the sum of all", over_whole),
        formula("softmax(scores - max of each column)", of_shifted_columns),
        Way("SOFTMAX_AXIS", "softmax over axis 0", lambda z: softmax(z.T).T),
        Way("SOFTMAX_WHOLE_MATRIX", "softmax of the whole matrix", lambda z: np.exp(z) / np.exp(z).sum()),
        formula("exp(scores)", np.exp),
        formula("exp(scores - max)", lambda z: np.exp(z - z.max(axis=1, keepdims=True))),
        formula("log(softmax(scores))", log_softmax),
        *SOFTMAX_WAYS,
    ),
)


INPUTS = Step(
    "inputs",
    "input @ W",
    lambda x: x,
    short_of_one("input @ W without the {} column of input"),
)


def _log_columns(z: FloatArray) -> FloatArray:
    return np.log(over_columns(z))


TERMS = Step(
    "log_p",
    "label * log(p)",
    LOG_P.right,
    (*LOG_P.wrong, Way("SOFTMAX_AXIS", "label * log(p), p over axis 0", lambda z, t: t * _log_columns(z))),
)


def _instead(found: str, use: Callable[..., Any]) -> Way:
    """A formula of the regularisation, which is only one term of the loss and of its gradient."""
    return formula(f"{found} in the regularisation", use)


PENALTY = Step(
    "penalty",
    "sum(W ** 2)",
    lambda w, n: np.sum(w**2),
    (
        Way("REG_MISSING_IN_LOSS", "0", lambda w, n: 0.0),
        Way("REG_SIGN", "-sum(W ** 2)", lambda w, n: -np.sum(w**2)),
        Way("REG_SCALE", "sum(W ** 2) / N", lambda w, n: np.sum(w**2) / n),
        Way("REG_SCALE", "N * sum(W ** 2)", lambda w, n: n * np.sum(w**2)),
        Way("REG_SCALE", "2 * sum(W ** 2)", lambda w, n: 2 * np.sum(w**2)),
        Way("REG_SCALE", "sum(W ** 2) / 2", lambda w, n: np.sum(w**2) / 2),
        Way("REG_SCALE", "mean(W ** 2)", lambda w, n: np.mean(w**2)),
        Way("REG_SCALE", "sum(mean(W ** 2, axis=0))", lambda w, n: np.sum(np.mean(w**2, axis=0))),
        Way("REG_SCALE", "sum(mean(W ** 2, axis=1))", lambda w, n: np.sum(np.mean(w**2, axis=1))),
        _instead("sum(W)", lambda w, n: np.sum(w)),
        _instead("sum(W) ** 2", lambda w, n: np.sum(w) ** 2),
        _instead("sum(|W|)", lambda w, n: np.sum(np.abs(w))),
        _instead("norm(W)", lambda w, n: np.sqrt(np.sum(w**2))),
        _instead("max(|W|)", lambda w, n: np.max(np.abs(w))),
        _instead("mean(W)", lambda w, n: np.mean(w)),
        _instead("sum(W @ W.T)", lambda w, n: np.sum(w @ w.T)),
        _instead("sum(W.T @ W)", lambda w, n: np.sum(w.T @ w)),
        _instead("the largest singular value ** 2", lambda w, n: np.linalg.norm(w, 2) ** 2),
        _instead("sum(W ** 2) ** 2", lambda w, n: np.sum(w**2) ** 2),
        _instead("sum(W ** 2) without the last row", lambda w, n: np.sum(w[:-1] ** 2)),
        _instead("1", lambda w, n: 1.0),
    ),
)

PENALTY_GRADIENT = Step(
    "penalty_gradient",
    "W",
    lambda w, n: w,
    (
        Way("REG_MISSING_IN_GRAD", "0", lambda w, n: 0 * w),
        Way("REG_SIGN", "-W", lambda w, n: -w),
        Way("REG_SCALE", "W / N", lambda w, n: w / n),
        Way("REG_SCALE", "2 * W", lambda w, n: 2 * w),
        Way("REG_SCALE", "W / 2", lambda w, n: w / 2),
        _instead("1", lambda w, n: 1 + 0 * w),
        _instead("sign(W)", lambda w, n: np.sign(w)),
        _instead("|W|", lambda w, n: np.abs(w)),
        _instead("W ** 2", lambda w, n: w**2),
        _instead("sum(W)", lambda w, n: np.sum(w) + 0 * w),
        _instead("mean(W)", lambda w, n: np.mean(w) + 0 * w),
        Way("REG_SCALE", "N * W", lambda w, n: n * w),
        Way("REG_SCALE", "D * W", lambda w, n: len(w) * w),
        Way("REG_SCALE", "W / D", lambda w, n: w / len(w)),
        Way("REG_SCALE", "W / C", lambda w, n: w / w.shape[1]),
        Way("REG_SCALE", "W / W.size", lambda w, n: w / w.size),
        _instead("W without its last row", lambda w, n: np.where(np.arange(len(w))[:, None] < len(w) - 1, w, 0)),
        _instead("sum(W ** 2)", lambda w, n: np.sum(w**2) + 0 * w),
        _instead("W / norm(W)", lambda w, n: w / np.sqrt(np.sum(w**2))),
    ),
)

CONVENTION = Step(
    "convention",
    "the factor of the regularisation",
    lambda half: half,
    # 1 and 1/2 are both accepted, where loss and gradient agree on one.
    (Way(ACCEPTED, "the other factor", lambda half: 1.5 - half),),
)

PRODUCT = Step(
    "product",
    "input.T @ (p - label)",
    lambda x, d: x.T @ d,
    (
        Way("GRADIENT_STOPS_AT_LOGITS", "p - label", lambda x, d: d),
        Way("GRADIENT_TRANSPOSED", "(p - label).T @ input", lambda x, d: d.T @ x),
        Way("SIGN", "-input.T @ (p - label)", lambda x, d: -x.T @ d),
        formula("|input|.T @ (p - label)", lambda x, d: np.abs(x).T @ d),
        formula("the mean input times the summed p - label", lambda x, d: np.outer(x.mean(axis=0), d.sum(axis=0))),
        formula("the summed input times the summed p - label", lambda x, d: np.outer(x.sum(axis=0), d.sum(axis=0))),
        formula("input reshaped, not transposed", lambda x, d: x.reshape(x.T.shape) @ d),
    ),
)

PREDICTION = Step(
    "prediction",
    "argmax(p, axis=1)",
    lambda p, t: p.argmax(axis=1),
    (
        Way("PREDICT_AXIS", "argmax(p, axis=0)", lambda p, t: p.argmax(axis=0)),
        Way("PREDICT_SMALLEST", "argmin(p, axis=1)", lambda p, t: p.argmin(axis=1)),
        Way("PREDICT_FROM_ONE", "argmax(p, axis=1) + 1", lambda p, t: p.argmax(axis=1) + 1),
        Way("PREDICT_LABEL", "argmax(label, axis=1)", lambda p, t: t.argmax(axis=1)),
        Way("PREDICT_PROBABILITY", "max(p, axis=1)", lambda p, t: p.max(axis=1)),
        Way("PREDICT_SHAPE", "p", lambda p, t: p),
        formula("argmax(p - label, axis=1)", lambda p, t: (p - t).argmax(axis=1)),
        formula("argmax(p * label, axis=1)", lambda p, t: (p * t).argmax(axis=1)),
        formula("argmax(p + label, axis=1)", lambda p, t: (p + t).argmax(axis=1)),
        formula("argmax(|p - label|, axis=1)", lambda p, t: np.abs(p - t).argmax(axis=1)),
        formula("argmax(label - p, axis=1)", lambda p, t: (t - p).argmax(axis=1)),
    ),
)


def _average(name: str) -> Step:
    return Step(name, "/ N", AVERAGE.right, AVERAGE.wrong)


def _half(right: FloatArray, w: FloatArray, x: FloatArray, t: FloatArray, strength: FloatArray) -> float:
    return half_of(right, x.T @ (softmax(x @ w) - t) / len(x), float(strength), w)


def _classify(outcome: Outcome, use: Ways) -> dict[str, Any]:
    once: Callable[..., Any] = use.get(ONCE, each_time)
    w, x, t, lamda = (outcome.probe.arguments[name] for name in ("W", "input", "label", "lamda"))
    half = use["convention"](once(_half, outcome.right["gradient"], w, x, t, lamda))
    z = once(use["scores"], once(matmul, once(use["inputs"], x), w))
    p = once(use["softmax"], z)
    sizes, strength = (len(x), x.shape[1], t.shape[1]), half * use["strength"](float(lamda))
    data = use["loss_average"](-once(use["log_p"], z, t).sum(), *sizes)
    slope = once(use["average"], once(use["product"], x, once(use["difference"], p, t)), *sizes)
    return {
        "loss": data + strength * once(use["penalty"], w, len(x)),
        "gradient": slope + 2 * strength * once(use["penalty_gradient"], w, len(x)),
        "prediction": once(use["prediction"], p, t),
    }


CLASSIFIER = Recipe(
    (
        INPUTS,
        scores_as("scores"),
        SOFTMAX,
        terms_in_blocks(TERMS),
        _average("loss_average"),
        strength_as("lamda"),
        PENALTY,
        CONVENTION,
        differences_in_blocks(DIFFERENCE),
        PRODUCT,
        _average("average"),
        PENALTY_GRADIENT,
        PREDICTION,
    ),
    _classify,
)
