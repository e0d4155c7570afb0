"""The scores of a network with one hidden ReLU layer, line by line; arguments are X, W1, b1, W2, b2."""

from typing import Any

import numpy as np

from grader.comparison import Outcome
from grader.diagnosis.recipe import Recipe, Step, Ways, formula
from grader.diagnosis.recipes.cost import WORDS
from grader.diagnosis.recipes.forward import ACTIVATION, BIAS_LAST, HIDDEN, INPUTS, biases_in
from grader.diagnosis.recipes.linear import stacked
from grader.diagnosis.recipes.softmaxes import by_columns, less_largest, sigmoid, whole
from grader.diagnosis.recipes.words import in_words
from reference.softmax import log_softmax, softmax

STACK = Step(
    "stack",
    "[x, 1] @ [W; b]",
    lambda x, w, b: x @ w,
    (formula("[1, x] @ [W; b] in both layers, ones before x", lambda x, w, b: stacked(x, w, b) - b),),
)
"""Without b, which is added in its own line."""


RESULT = Step(
    "result",
    "scores",
    lambda z: z,
    (
        formula("softmax(scores)", softmax),
        formula("log(softmax(scores))", log_softmax),
        formula("exp(scores)", np.exp),
        formula("exp(scores - the largest of each row)", lambda z: np.exp(less_largest(z))),
        formula("scores - the largest of each row", less_largest),
        formula("scores - the mean of each row", lambda z: z - z.mean(axis=1, keepdims=True)),
        formula("softmax(scores) over axis 0", by_columns),
        formula("softmax(scores) of the whole matrix", whole),
        formula("sigmoid(scores)", sigmoid),
        formula("relu(scores)", lambda z: np.maximum(z, 0)),
        formula("tanh(scores)", np.tanh),
    ),
)
"""What comes back: nothing is asked for after the last layer."""


def _scores(outcome: Outcome, use: Ways) -> dict[str, Any]:
    values = outcome.probe.arguments
    x, w1, b1, w2, b2 = (np.asarray(values[name], dtype=np.float64) for name in ("X", "W1", "b1", "W2", "b2"))
    inputs = use["inputs"](x)
    z1 = use["b_h"](use["stack"](inputs, w1, b1), inputs, b1)
    a1 = use["bias_last"](use["activation"](z1), z1, b1)
    z2 = use["hidden"](a1, z1, w2) + (use["stack"](a1, w2, b2) - a1 @ w2)
    return {"scores": use["result"](use["b_o"](z2, a1, b2))}


SCORES = Recipe(
    (
        *(
            in_words(step, WORDS)
            for step in (INPUTS, biases_in("b_h", "z1"), ACTIVATION, BIAS_LAST, HIDDEN, biases_in("b_o", "z2"))
        ),
        STACK,
        RESULT,
    ),
    _scores,
)
