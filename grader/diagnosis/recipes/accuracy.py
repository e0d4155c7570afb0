"""The share of right predictions of a network with one hidden ReLU layer; arguments are X, y, W1, b1, W2, b2."""

import numpy as np

from grader.comparison import Outcome
from grader.diagnosis.mismatch import FloatArray
from grader.diagnosis.recipe import Recipe, Step, Way, Ways, formula


def _one_hot(labels: FloatArray, classes: int) -> FloatArray:
    return np.asarray(labels[:, None] == np.arange(classes))


COMPARED = Step(
    "compared",
    "prediction.ravel() == y",
    lambda prediction, y, classes: prediction == y,
    (
        formula(
            "prediction == y of a column (N, 1) and a vector (N,), which compares every prediction with every label,",
            lambda prediction, y, classes: prediction[:, None] == y,
        ),
        formula(
            "one_hot(prediction) == one_hot(y), whose zeros count too,",
            lambda prediction, y, classes: _one_hot(prediction, classes) == _one_hot(y, classes),
        ),
        formula(
            "one_hot(prediction) == one_hot(y), whose zeros count too, summed over the classes,",
            lambda prediction, y, classes: (_one_hot(prediction, classes) == _one_hot(y, classes)).sum(axis=1),
        ),
    ),
)
SHARE = Step(
    "share",
    "np.mean(prediction == y)",
    np.mean,
    (
        Way("SCORE_COUNTS", "np.sum(prediction == y)", np.sum),
        Way("SCORE_IS_ERROR", "np.mean(prediction != y)", lambda right: 1 - np.mean(right)),
        Way("SCORE_PERCENT", "100 * np.mean(prediction == y)", lambda right: 100 * np.mean(right)),
        formula("the share of right predictions, rounded down to a whole number", lambda r: np.floor(np.mean(r))),
    ),
)


def _accuracy(outcome: Outcome, use: Ways) -> dict[str, FloatArray]:
    values = outcome.probe.arguments
    right = use["compared"](_prediction(outcome), values["y"], values["b2"].size)
    return {"accuracy": use["share"](right)}


def _prediction(outcome: Outcome) -> FloatArray:
    """The classes that are to be counted: the student's own where the score is judged given those."""
    known, values = outcome.known, outcome.probe.arguments
    if "prediction" in known:
        return known["prediction"].ravel()
    if "p" in known:
        return np.asarray(known["p"].argmax(axis=1))
    hidden = np.maximum(values["X"] @ values["W1"] + values["b1"], 0)
    return np.asarray((hidden @ values["W2"] + values["b2"]).argmax(axis=1))


ACCURACY = Recipe((COMPARED, SHARE), _accuracy)
