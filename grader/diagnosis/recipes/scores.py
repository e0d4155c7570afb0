"""The scores of a network with one hidden ReLU layer, line by line; arguments are X, W1, b1, W2, b2."""

from typing import Any

import numpy as np

from grader.comparison import Outcome
from grader.diagnosis.recipe import Recipe, Step, Ways, formula
from grader.diagnosis.recipes.cost import WORDS
from grader.diagnosis.recipes.forward import ACTIVATION, HIDDEN, INPUTS, biases_in
from grader.diagnosis.recipes.linear import stacked
from grader.diagnosis.recipes.words import in_words

STACK = Step(
    "stack",
    "[x, 1] @ [W; b]",
    lambda x, w, b: x @ w,
    (formula("[1, x] @ [W; b] in both layers, ones before x", lambda x, w, b: stacked(x, w, b) - b),),
)
"""Without b, which is added in its own line."""


def _scores(outcome: Outcome, use: Ways) -> dict[str, Any]:
    values = outcome.probe.arguments
    x, w1, b1, w2, b2 = (np.asarray(values[name], dtype=np.float64) for name in ("X", "W1", "b1", "W2", "b2"))
    inputs = use["inputs"](x)
    z1 = use["b_h"](use["stack"](inputs, w1, b1), inputs, b1)
    a1 = use["activation"](z1)
    z2 = use["hidden"](a1, z1, w2) + (use["stack"](a1, w2, b2) - a1 @ w2)
    return {"scores": use["b_o"](z2, a1, b2)}


SCORES = Recipe(
    (
        *(
            in_words(step, WORDS)
            for step in (INPUTS, biases_in("b_h", "z1"), ACTIVATION, HIDDEN, biases_in("b_o", "z2"))
        ),
        STACK,
    ),
    _scores,
)
