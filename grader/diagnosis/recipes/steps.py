"""A softmax loss of logits, and one step of descent by softmax regression or a network without biases, line by line.

Arguments are Z, y of the loss; X, y, theta or W1, W2 of a step. Results of a step are how far each weight moved, over
the rate.
"""

from dataclasses import replace
from typing import Any

import numpy as np

from grader.comparison import Outcome
from grader.diagnosis.mismatch import FloatArray
from grader.diagnosis.recipe import Recipe, Step, Way, Ways
from grader.diagnosis.recipes.backward import BACK, INPUT, LAYER_INPUT, MASK
from grader.diagnosis.recipes.classifier import PRODUCT, TERMS
from grader.diagnosis.recipes.deltas import DIFFERENCE
from grader.diagnosis.recipes.forward import ACTIVATION, HIDDEN, INPUTS
from grader.diagnosis.recipes.scales import AVERAGE, SIGN
from grader.diagnosis.recipes.softmaxes import INSTEAD_OF_SOFTMAX
from grader.diagnosis.recipes.totals import SOFTMAX_WAYS
from grader.diagnosis.recipes.words import in_words
from reference.data import one_hot
from reference.softmax import softmax

WORDS = {
    **{"z_h": "z", "a_h": "a", "d_h": "g1", "d_o": "g2", "w_h": "W1", "w_o": "W2", "dW_o": "dW2"},
    **{"input": "x", "label": "t", "gt": "t", "logit": "Z", "z_o": "logits"},
}
"""What other assignments call the tensors, in the words of this one."""

PROBABILITIES = Step("softmax", "softmax(logits)", softmax, (*INSTEAD_OF_SOFTMAX, *SOFTMAX_WAYS))


TOP = Step(
    "top",
    "Z",
    lambda z: (z, 1.0),
    (
        Way("SOFTMAX_OF_ACTIVATION", "max(Z, 0)", lambda z: (np.maximum(z, 0), z > 0)),
        Way("SOFTMAX_OF_ACTIVATION", "max(Z, 0), and its slope left out", lambda z: (np.maximum(z, 0), 1.0)),
    ),
)
"""What the softmax is taken of, and its slope."""

NOTHING = frozenset({"zeros", "nothing sent back"})
"""Ways in which a weight stays as it is: what is not changed in place stays too, and that is told of it."""


def _moving(step: Step) -> Step:
    said = in_words(step, WORDS)
    return replace(said, wrong=tuple(way for way in said.wrong if way.found not in NOTHING))


def _targets(outcome: Outcome, classes: int) -> FloatArray:
    return one_hot(np.asarray(outcome.probe.arguments["y"], dtype=np.int64), classes)


def _loss(outcome: Outcome, use: Ways) -> dict[str, Any]:
    z = outcome.probe.arguments["Z"]
    t = _targets(outcome, z.shape[1])
    return {"loss": use["sign"](use["average"](-use["log_p"](z, t).sum(), len(z), 0, t.shape[1]))}


LOGITS_LOSS = Recipe((in_words(TERMS, WORDS), AVERAGE, SIGN), _loss)


def _regression(outcome: Outcome, use: Ways) -> dict[str, Any]:
    x, theta = use["inputs"](outcome.probe.arguments["X"]), outcome.probe.arguments["theta"]
    t = _targets(outcome, theta.shape[1])
    delta = use["difference"](use["softmax"](x @ theta), t)
    return {"dtheta": use["average"](use["product"](x, delta), len(x), x.shape[1], t.shape[1])}


REGRESSION_STEP = Recipe((_moving(INPUTS), PROBABILITIES, _moving(DIFFERENCE), _moving(PRODUCT), AVERAGE), _regression)


def _network(outcome: Outcome, use: Ways) -> dict[str, Any]:
    x, w1, w2 = (outcome.probe.arguments[name] for name in ("X", "W1", "W2"))
    x = use["inputs"](x)
    t = _targets(outcome, w2.shape[1])
    z = x @ w1
    a = use["activation"](z)
    logits, slope = use["top"](use["hidden"](a, z, w2))
    delta = use["difference"](use["softmax"](logits), t) * slope
    delta = use["sign"](use["average"](delta, len(x), x.shape[1], t.shape[1]))
    dw2 = use["layer_input"](a, z, delta, w2)
    return {"dW1": use["input"](x, use["mask"](use["back"](delta, w2, dw2), z, a), w1), "dW2": dw2}


NETWORK_STEP = Recipe(
    (
        *(_moving(step) for step in (INPUTS, ACTIVATION, HIDDEN)),
        TOP,
        PROBABILITIES,
        _moving(DIFFERENCE),
        AVERAGE,
        SIGN,
        *(_moving(step) for step in (LAYER_INPUT, BACK, MASK, INPUT)),
    ),
    _network,
)
