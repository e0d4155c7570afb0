"""The gradient of the average cross-entropy by the logits: softmax, difference, division by N."""

from dataclasses import replace
from typing import Any

import numpy as np

from grader.comparison import Outcome
from grader.diagnosis.recipe import Recipe, Step, Way, Ways
from grader.diagnosis.recipes.deltas import DIFFERENCE
from grader.diagnosis.recipes.scales import AVERAGE, PRECISION, ROWS, SIGN
from grader.diagnosis.recipes.softmaxes import INSTEAD_OF_SOFTMAX
from grader.diagnosis.recipes.totals import OTHER_SUMS, SMOOTHED_DIFFERENCES
from reference.softmax import softmax

ROWS_OR_NUMBER = Step(
    ROWS.name,
    ROWS.asked,
    ROWS.right,
    (
        *ROWS.wrong,
        Way("SCALAR_GRADIENT", "the sum", lambda v: np.asarray(v.sum())),
        Way("SCALAR_GRADIENT", "the mean", lambda v: np.asarray(v.mean())),
    ),
)


ARGUMENTS = Step(
    "arguments",
    "target, logits",
    lambda t, z: (t, z),
    (Way("ARGUMENTS_SWAPPED", "logits, target", lambda t, z: (z, t)),),
)


# One term alone divided is said as such, by the family of this operation; how much labels are smoothed is read from
# the numbers.
OTHERWISE_TOLD = frozenset({"N * p - t", "p - N * t"})
DIFFERENCES = replace(
    DIFFERENCE,
    wrong=tuple(way for way in DIFFERENCE.wrong if way.found not in OTHERWISE_TOLD and way not in SMOOTHED_DIFFERENCES),
)


def _cook(outcome: Outcome, use: Ways) -> dict[str, Any]:
    t, z = outcome.probe.arguments["target"], outcome.probe.arguments["logits"]
    if use["arguments"] is not ARGUMENTS.right:
        t, z = use["arguments"](t, z)
        return {"d_logits": (softmax(z) - t) / len(t)}
    own = outcome.known.get("p") if use["softmax"] is softmax else None
    p = use["softmax"](z) if own is None else own
    delta = use["sign"](use["average"](use["difference"](p, t), len(t), 0, t.shape[1]))
    return {"d_logits": use["precision"](use["rows"](delta))}


GRADIENT = Recipe(
    (
        ARGUMENTS,
        SIGN,
        Step("softmax", "softmax(logits)", softmax, (*INSTEAD_OF_SOFTMAX, *OTHER_SUMS)),
        DIFFERENCES,
        AVERAGE,
        ROWS_OR_NUMBER,
        PRECISION,
    ),
    _cook,
)
