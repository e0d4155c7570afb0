"""Cost and gradients of a network with one hidden ReLU layer and regularised weights, line by line.

Arguments are X, y, W1, b1, W2, b2, reg; results are cost, d_w1, d_b1, d_w2, d_b2.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from operator import matmul
from typing import Any

import numpy as np

from grader.comparison import Outcome
from grader.diagnosis.mismatch import FloatArray
from grader.diagnosis.recipe import ONCE, Recipe, Step, Way, Ways, each_time
from grader.diagnosis.recipes.backward import BACK, GATE, INPUT, LAYER_INPUT, MASK, OUTPUT_MASK, REACHED, biases_of
from grader.diagnosis.recipes.blocks import differences_in_blocks, terms_in_blocks
from grader.diagnosis.recipes.calls import before, calls
from grader.diagnosis.recipes.classifier import CONVENTION, PENALTY, PENALTY_GRADIENT, TERMS
from grader.diagnosis.recipes.deltas import DIFFERENCE
from grader.diagnosis.recipes.forward import ACTIVATION, BIAS_LAST, HIDDEN, INPUTS, SHORT_OF_A_UNIT, biases_in
from grader.diagnosis.recipes.joined import SENT_BACK, UNSTACKED
from grader.diagnosis.recipes.rescaled_scores import scores_as
from grader.diagnosis.recipes.scales import AVERAGE, OF_FIRST_CALL, SIGN
from grader.diagnosis.recipes.smoothing import SMOOTHED
from grader.diagnosis.recipes.softmaxes import INSTEAD_OF_SOFTMAX
from grader.diagnosis.recipes.strength import strength_as
from grader.diagnosis.recipes.totals import OTHER_SUMS, earlier, later
from grader.diagnosis.recipes.words import in_words
from grader.diagnosis.regularised import half_of
from reference.data import one_hot
from reference.softmax import softmax

WORDS = {
    **{"x": "X", "w_h": "W1", "b_h": "b1", "z_h": "z1", "a_h": "a1", "d_h": "delta1"},
    **{"w_o": "W2", "b_o": "b2", "z_o": "z2", "d_o": "delta2", "dW_o": "d_w2"},
}
"""What the network of one assignment calls its tensors, in the words of this one."""


def _in_these_words(step: Step) -> Step:
    return in_words(step, WORDS)


def _average(name: str) -> Step:
    return Step(name, "/ N", AVERAGE.right, (*AVERAGE.wrong, OF_FIRST_CALL))


def _rolled(labels: FloatArray, by: int) -> FloatArray:
    return np.roll(labels, by, axis=1)


LABELS = Step(
    "labels",
    "labels[i, y[i]] = 1",
    lambda t: t,
    (
        Way("OTHER_FORMULA", "labels[i, y[i] - 1] = 1", lambda t: _rolled(t, -1)),
        Way("OTHER_FORMULA", "labels[i, y[i] + 1] = 1", lambda t: _rolled(t, 1)),
        Way("OTHER_FORMULA", "labels[i, y[i] - 1] = 1, and a row of zeros for class 0", earlier),
        Way("OTHER_FORMULA", "labels[i, y[i] + 1] = 1, and a row of zeros for the last class", later),
        Way("OTHER_FORMULA", "labels without the column of class 0", lambda t: t * (np.arange(t.shape[1]) > 0)),
        Way(
            "OTHER_FORMULA",
            "labels without the column of the last class",
            lambda t: t * (np.arange(t.shape[1]) < t.shape[1] - 1),
        ),
        Way("OTHER_FORMULA", "labels[:, y[i]] = 1", lambda t: np.ones_like(t) * t.any(axis=0)),
        Way("OTHER_FORMULA", "labels with the classes in reverse order", lambda t: t[:, ::-1]),
        *(Way("OTHER_FORMULA", words, use) for words, use in SMOOTHED),
    ),
)

# In a cost that lacks one layer's weights, or brackets, the strength goes with one sum only.
SHARED = Step(
    "shared",
    "reg * (sum(W1 ** 2) + sum(W2 ** 2))",
    lambda first, second, strength, b: strength * (first + second),
    (
        Way("OTHER_FORMULA", "reg * sum(W1 ** 2)", lambda first, second, strength, b: strength * first),
        Way("OTHER_FORMULA", "reg * sum(W2 ** 2)", lambda first, second, strength, b: strength * second),
        Way("OTHER_FORMULA", "reg * 2 * sum(W1 ** 2)", lambda first, second, strength, b: 2 * strength * first),
        Way("OTHER_FORMULA", "reg * 2 * sum(W2 ** 2)", lambda first, second, strength, b: 2 * strength * second),
        Way(
            "OTHER_FORMULA",
            "reg * sum(W1 ** 2) + sum(W2 ** 2)",
            lambda first, second, strength, b: strength * first + second,
        ),
        Way("OTHER_FORMULA", "sum(W1 ** 2) + sum(W2 ** 2)", lambda first, second, strength, b: first + second),
        Way("OTHER_FORMULA", "reg alone", lambda first, second, strength, b: strength),
        Way(
            "REG_ON_BIAS",
            "the biases too",
            lambda first, second, strength, b: strength * (first + second + b[0] + b[1]),
        ),
        *(
            Way(
                "OTHER_FORMULA",
                f"reg * (sum(W1 ** 2) + sum(W2 ** 2) + sum(b{layer} ** 2))",
                lambda first, second, strength, b, layer=layer: strength * (first + second + b[layer - 1]),
            )
            for layer in (1, 2)
        ),
    ),
)


KEPT = Step(
    "kept",
    "the data term + the regularisation",
    lambda data, penalty: data + penalty,
    (
        Way("OTHER_FORMULA", "the regularisation alone", lambda data, penalty: penalty),
        Way("OTHER_FORMULA", "the data term * the regularisation", lambda data, penalty: data * penalty),
    ),
)
OVERWRITTEN = Step(
    "overwritten",
    "loss += reg * sum(W2 ** 2)",
    lambda total, second: total,
    (Way("OTHER_FORMULA", "loss = reg * sum(W2 ** 2), which forgets what was there", lambda total, second: second),),
)


def _shrink(layer: int) -> Step:
    """The derivative of one layer's regularisation."""
    wrong = tuple(replace(way, found=way.found.replace("W", f"W{layer}")) for way in PENALTY_GRADIENT.wrong)
    return replace(PENALTY_GRADIENT, name=f"shrink_{layer}", asked=f"W{layer}", wrong=wrong)


TAKEN = dict.fromkeys(("X", "y"), np.asarray)
"""What the call before was given, of more examples."""


def _cook(outcome: Outcome, use: Ways) -> dict[str, Any]:
    found, half = _of_one_call(outcome, use)

    @cache
    def earlier() -> dict[str, Any]:
        if outcome.known:  # those are numbers of this call
            return dict.fromkeys(found, np.nan)
        return _of_one_call(before(outcome, TAKEN), {**use, ONCE: each_time}, half)[0]

    together = {name: use["calls"](value, lambda name=name: earlier()[name]) for name, value in found.items()}
    return {name: _as_asked(value, outcome.right[name]) for name, value in together.items()}


def _of_one_call(outcome: Outcome, use: Ways, half: float | None = None) -> tuple[dict[str, Any], float]:
    """The results, and the share of the regularisation's convention; half: that share, where it is known."""
    once: Callable[..., Any] = use.get(ONCE, each_time)
    values, known = outcome.probe.arguments, outcome.known
    x, w1, b1, w2, b2 = (np.asarray(values[name], dtype=np.float64) for name in ("X", "W1", "b1", "W2", "b2"))
    labels = once(_labels, values["y"], w2.shape[1])
    strength, rows = use["strength"](float(values["reg"])), len(x)
    t = once(use["labels"], labels)
    inputs = once(use["inputs"], x)
    z1 = known.get("z1", once(use["b_h"], once(matmul, inputs, w1), inputs, b1))
    a1 = known.get("a1", once(use["bias_last"], once(use["activation"], z1), z1, b1))
    z2 = known.get("z2", once(use["scores"], once(use["b_o"], once(use["hidden"], a1, z1, w2), a1, b2)))
    p = known["p"] if "p" in known and use["softmax"] is softmax else once(use["softmax"], z2)
    if half is None:
        half = use["convention"](once(_half, outcome.right["d_w2"], a1, p, labels, x, values["reg"], w2))
    sizes = (rows, x.shape[1], t.shape[1])
    data = -np.sum(t * np.log(p)) if "p" in known else -once(use["log_p"], z2, t).sum()
    delta2 = once(use["sign"], once(use["average"], once(use["difference"], p, t), *sizes))
    d_w2 = once(use["layer_input"], a1, z1, once(use["output_mask"], delta2, z2, p), w2)
    back = once(use["sent_back"], once(use["back"], delta2, w2, d_w2), delta2, w2, b2)
    delta1 = once(use["mask"], back, once(use["gate"], z1, b1), a1)
    squares = [once(use["penalty"], w, rows) for w in (w1, w2)]
    on_bias = once(_squares, b1, b2)
    d_w1, d_b1 = use["unstacked"](
        once(use["input"], x, delta1, w1),
        once(use["bias_h"], delta1),
        2 * half * strength * once(use["shrink_1"], w1, rows),
    )
    d_w2, d_b2 = use["unstacked"](
        *use["reached"](d_w2, once(use["bias_o"], delta2)), 2 * half * strength * once(use["shrink_2"], w2, rows)
    )
    found = {
        "cost": use["overwritten"](
            use["kept"](use["loss_average"](data, *sizes), use["shared"](*squares, half * strength, on_bias)),
            half * strength * squares[1],
        ),
        **{"d_w1": d_w1, "d_b1": d_b1, "d_w2": d_w2, "d_b2": d_b2},
    }
    return found, half


def _labels(y: FloatArray, classes: int) -> FloatArray:
    return one_hot(np.asarray(y, dtype=np.int64), classes)


def _half(
    right: FloatArray, a: FloatArray, p: FloatArray, t: FloatArray, x: FloatArray, reg: float, w: FloatArray
) -> float:
    return half_of(right, a.T @ (p - t) / len(x), float(reg), w)


def _squares(*biases: FloatArray) -> list[Any]:
    """Of each layer's bias."""
    return [np.sum(b**2) for b in biases]


def _as_asked(value: Any, right: FloatArray) -> FloatArray:
    """A bias of one row as a vector where that is asked for."""
    array = np.asarray(value, dtype=np.float64)
    return array[0] if array.shape == (1, *right.shape) else array


COST = Recipe(
    (
        LABELS,
        _in_these_words(INPUTS),
        _in_these_words(biases_in("b_h", "z1")),
        _in_these_words(ACTIVATION),
        _in_these_words(BIAS_LAST),
        _in_these_words(replace(HIDDEN, wrong=SHORT_OF_A_UNIT)),
        _in_these_words(biases_in("b_o", "z2")),
        scores_as("z2"),
        Step("softmax", "softmax(z2)", softmax, (*INSTEAD_OF_SOFTMAX, *OTHER_SUMS)),
        terms_in_blocks(TERMS),
        _average("loss_average"),
        strength_as("reg"),
        PENALTY,
        SHARED,
        KEPT,
        OVERWRITTEN,
        CONVENTION,
        SIGN,
        differences_in_blocks(DIFFERENCE),
        _average("average"),
        _in_these_words(OUTPUT_MASK),
        _in_these_words(LAYER_INPUT),
        _in_these_words(BACK),
        _in_these_words(SENT_BACK),
        _in_these_words(GATE),
        _in_these_words(MASK),
        _in_these_words(INPUT),
        biases_of("h"),
        biases_of("o"),
        REACHED,
        UNSTACKED,
        _shrink(1),
        _shrink(2),
        calls(),
    ),
    _cook,
)
