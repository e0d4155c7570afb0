"""The loss layer of softmax and cross-entropy with its derivative, from logits `logit` and targets `gt`."""

from typing import Any

import numpy as np

from grader.comparison import Outcome
from grader.diagnosis.mismatch import FloatArray
from grader.diagnosis.recipe import Recipe, Step, Way, Ways, formula
from grader.diagnosis.recipes.calls import calls
from grader.diagnosis.recipes.deltas import JACOBIANS_OF_LAYER
from grader.diagnosis.recipes.layers import BACK_SIGN, FACTORS, all_calls, average, differences
from grader.diagnosis.recipes.rescaled_scores import scores_as
from grader.diagnosis.recipes.scales import SIGN
from grader.diagnosis.recipes.softmaxes import of_shifted_columns, over_columns, over_whole, sigmoid
from grader.diagnosis.recipes.totals import LOG_P_WAYS, REDUCED_WAYS, SOFTMAX_WAYS
from reference.softmax import log_softmax, softmax


def _top(z: FloatArray) -> FloatArray:
    """Each row's largest logit."""
    return np.asarray(z.max(axis=1, keepdims=True))


def _log_of_total(z: FloatArray, t: FloatArray) -> FloatArray:
    """The logarithm of all labels' probabilities together, once; the division by N comes after."""
    return np.asarray(len(t) * np.log(np.sum(t * softmax(z))))


LOG_P = Step(
    "log_p",
    "gt * log(p)",
    lambda z, t: t * log_softmax(z),
    (
        Way("LOG_MISSING", "gt * p", lambda z, t: t * softmax(z)),
        Way("CE_WITHOUT_SOFTMAX", "gt * logit", lambda z, t: t * z),
        Way("CE_WITHOUT_SOFTMAX", "gt * log(logit)", lambda z, t: np.where(t > 0, np.log(z), 0)),
        Way("LOG_BASE", "gt * log2(p)", lambda z, t: t * log_softmax(z) / np.log(2)),
        Way("LOG_BASE", "gt * log10(p)", lambda z, t: t * log_softmax(z) / np.log(10)),
        Way("SOFTMAX_TWICE", "gt * log(softmax(p))", lambda z, t: t * log_softmax(softmax(z))),
        Way("SOFTMAX_AXIS", "gt * log(softmax over axis 0)", lambda z, t: t * log_softmax(z.T).T),
        Way(
            "SOFTMAX_AXIS", "log(exp(z - max of each row) / sum over axis 0)", lambda z, t: t * np.log(over_columns(z))
        ),
        formula("log(p[:, labels]), each label for all", lambda z, t: t.sum(axis=0) * log_softmax(z)),
        formula("log(p[:, labels]), averaged over both", lambda z, t: t.mean(axis=0) * log_softmax(z)),
        formula("gt * log(p), gt of the class before", lambda z, t: np.roll(t, -1, axis=1) * log_softmax(z)),
        formula("gt * log(p), gt of the class after", lambda z, t: np.roll(t, 1, axis=1) * log_softmax(z)),
        formula("gt * (logit - max(logit))", lambda z, t: t * (z - z.max(axis=1, keepdims=True))),
        formula("log(p) of every class", lambda z, t: log_softmax(z)),
        formula("p * log(p)", lambda z, t: softmax(z) * log_softmax(z)),
        formula("p * log(gt)", lambda z, t: softmax(z) * np.log(t + 1e-12)),
        formula("gt * log(1 + p)", lambda z, t: t * np.log1p(softmax(z))),
        formula("gt * log(1 - p)", lambda z, t: t * np.log(1 - softmax(z))),
        formula("(1 - gt) * log(1 - p)", lambda z, t: (1 - t) * np.log(1 - softmax(z))),
        formula("the log of the whole matrix's softmax", lambda z, t: t * (z - np.log(np.exp(z).sum()))),
        Way(
            "SOFTMAX_WHOLE_MATRIX", "log(exp(z - max of each row) / sum of all)", lambda z, t: t * np.log(over_whole(z))
        ),
        formula("log(softmax(z - max of each column))", lambda z, t: t * np.log(of_shifted_columns(z))),
        formula("gt * log(p) of the largest p", lambda z, t: np.eye(z.shape[1])[z.argmax(axis=1)] * log_softmax(z)),
        formula("z - log(sum(exp(z - max(z)))), max(z) not added back", lambda z, t: t * (log_softmax(z) + _top(z))),
        formula("z - max(z) - log(sum(exp(z))), max(z) twice", lambda z, t: t * (log_softmax(z) - _top(z))),
        formula("z - (log(sum(exp(z - max(z)))) - max(z))", lambda z, t: t * (log_softmax(z) + 2 * _top(z))),
        *LOG_P_WAYS,
        *REDUCED_WAYS,
        formula("one log of the sum of gt * p over the whole batch", _log_of_total),
        *(
            formula(f"log(gt * p + {eps}) of every class", lambda z, t, eps=eps: np.log(t * softmax(z) + eps))
            for eps in (1e-7, 1e-8, 1e-9, 1e-10, 1e-11, 1e-12, 1e-15)
        ),
        *(
            formula(f"gt * log(p + {eps})", lambda z, t, eps=eps: t * np.log(softmax(z) + eps))
            for eps in (1.0, 0.1, 0.01, 1e-3, 1e-4, 1e-5)
        ),
    ),
)

P = Step(
    "p",
    "softmax(logit)",
    softmax,
    (
        Way("CE_WITHOUT_SOFTMAX", "logit", lambda z: z),
        Way("SOFTMAX_TWICE", "softmax(softmax(logit))", lambda z: softmax(softmax(z))),
        Way("SOFTMAX_AXIS", "softmax over axis 0", lambda z: softmax(z.T).T),
        Way("SOFTMAX_AXIS", "exp(z - max of each row) / sum over axis 0", over_columns),
        Way("SOFTMAX_WHOLE_MATRIX", "softmax of the whole matrix", lambda z: np.exp(z) / np.exp(z).sum()),
        *SOFTMAX_WAYS,
        formula("log(softmax(logit))", log_softmax),
        formula("sigmoid(logit)", sigmoid),
        formula("exp(logit)", np.exp),
        formula("exp(logit - max(logit))", lambda z: np.exp(z - z.max(axis=1, keepdims=True))),
        formula("the one-hot row of the largest logit", lambda z: np.eye(z.shape[1])[z.argmax(axis=1)]),
    ),
)


def _logs(outcome: Outcome, use: Ways) -> Any:
    z, t = use["scores"](outcome.probe.arguments["logit"]), outcome.probe.arguments["gt"]
    return use["sign"](use["factor"](use["average"](-use["log_p"](z, t).sum(), *t.shape)))


def _cross_entropy(outcome: Outcome, use: Ways) -> dict[str, Any]:
    z, t = use["scores"](outcome.probe.arguments["logit"]), outcome.probe.arguments["gt"]
    delta = use["back_average"](use["difference"](use["p"](z), z, t), *t.shape)
    return {"loss": all_calls(outcome, use, _logs), "delta": use["back_factor"](use["back_sign"](delta))}


CROSS_ENTROPY_LOSS = Recipe(
    (
        scores_as("logit"),
        LOG_P,
        average("average"),
        Step("factor", "1", lambda v: v, FACTORS),
        SIGN,
        P,
        Step("difference", "p - gt", lambda p, z, t: p - t, (*differences("p"), *JACOBIANS_OF_LAYER)),
        average("back_average"),
        Step("back_factor", "1", lambda v: v, FACTORS),
        BACK_SIGN,
        calls("forward"),
    ),
    _cross_entropy,
)
