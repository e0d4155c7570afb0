"""The backward pass of one hidden ReLU layer, line by line."""

from typing import Any

import numpy as np

from grader.comparison import Outcome
from grader.diagnosis.mismatch import FloatArray, same
from grader.diagnosis.recipe import Recipe, Step, Way, Ways, formula
from grader.diagnosis.recipes.deltas import DIFFERENCE
from grader.diagnosis.recipes.joined import SENT_BACK, UNSTACKED
from grader.diagnosis.recipes.left_out import without
from grader.diagnosis.recipes.scales import AVERAGE, SIGN
from grader.diagnosis.recipes.softmaxes import INSTEAD_OF_SOFTMAX, sigmoid
from grader.diagnosis.recipes.totals import OTHER_SUMS
from reference.softmax import softmax

OUTPUT_MASK = Step(
    "output_mask",
    "no mask at the output",
    lambda d, z_o, p: d,
    (
        Way("OTHER_FORMULA", "a mask 1[z_o > 0] on p - t", lambda d, z_o, p: d * (z_o > 0)),
        Way("OTHER_FORMULA", "clipped entries of p - t", lambda d, z_o, p: np.clip(d, -0.5, 0.5)),
    ),
)

BACK = Step(
    "back",
    "d_o @ w_o.T",
    lambda d, w, dw: d @ w.T,
    (
        Way("UPSTREAM_TIMES_GRADW", "d_o @ dW_o.T", lambda d, w, dw: d @ dw.T),
        Way("OTHER_FORMULA", "d_o @ |w_o|.T", lambda d, w, dw: d @ np.abs(w).T),
        Way("OTHER_FORMULA", "|d_o| @ w_o.T", lambda d, w, dw: np.abs(d) @ w.T),
        Way("OTHER_FORMULA", "the sum of d_o over the classes", lambda d, w, dw: d.sum(1, keepdims=True) + 0 * w[:, 0]),
        Way("OTHER_FORMULA", "sum |d_o|", lambda d, w, dw: np.abs(d).sum(1, keepdims=True) + 0 * w[:, 0]),
        Way("OTHER_FORMULA", "the sum of d_o times that of w_o", lambda d, w, dw: np.outer(d.sum(1), w.sum(1))),
        Way("OTHER_FORMULA", "d_o @ (w_o - dW_o).T", lambda d, w, dw: d @ (w - dw).T),
        formula("d_o @ w_o.T without the last class", lambda d, w, dw: without(d, -1) @ w.T),
        formula("d_o @ w_o.T without class 0", lambda d, w, dw: without(d, 0) @ w.T),
        formula("d_o @ w_o.T, and zeros for the last hidden unit", lambda d, w, dw: without(d @ w.T, -1)),
        formula("d_o @ w_o.T, and zeros for the first hidden unit", lambda d, w, dw: without(d @ w.T, 0)),
        Way("OTHER_FORMULA", "d_o @ w_o reshaped", lambda d, w, dw: d @ w.reshape(w.T.shape)),
        Way("OTHER_FORMULA", "-(d_o @ w_o.T)", lambda d, w, dw: -(d @ w.T)),
        Way("OTHER_FORMULA", "nothing sent back", lambda d, w, dw: 0 * (d @ w.T)),
        Way("OTHER_FORMULA", "ones", lambda d, w, dw: np.ones((len(d), len(w)))),
        Way("OTHER_FORMULA", "d_o @ (w_o ** 2).T", lambda d, w, dw: d @ (w**2).T),
        Way("OTHER_FORMULA", "d_o @ sign(w_o).T", lambda d, w, dw: d @ np.sign(w).T),
        Way("OTHER_FORMULA", "d_o @ w_o.T / H", lambda d, w, dw: d @ w.T / len(w)),
    ),
)


def _derivative(found: str, slope: Any) -> Way:
    """Another derivative of the hidden layer, a function of z_h."""
    return Way("ACT_DERIV_OF_PREACT", found, lambda back, z, a: back * slope(z))


MASK = Step(
    "mask",
    "(z_h > 0)",
    lambda back, z, a: back * (z > 0),
    (
        Way("RELU_MASK_MISSING", "no mask", lambda back, z, a: back),
        Way("RELU_MASK_INVERTED", "(z_h <= 0)", lambda back, z, a: back * (z <= 0)),
        Way("RELU_BACKWARD_USES_OUTPUT", "a_h", lambda back, z, a: back * a),
        Way("OTHER_FORMULA", "a_h alone", lambda back, z, a: a),
        Way("RELU_BACKWARD_USES_OUTPUT", "relu of relu's mask times back", lambda back, z, a: np.maximum(back * a, 0)),
        Way("RELU_BACKWARD_USES_UPSTREAM", "(back > 0)", lambda back, z, a: np.maximum(back, 0)),
        Way("RELU_BACKWARD_USES_UPSTREAM", "(back < 0)", lambda back, z, a: np.minimum(back, 0)),
        Way("OTHER_FORMULA", "relu(back) * (z_h > 0)", lambda back, z, a: np.maximum(back, 0) * (z > 0)),
        Way("OTHER_FORMULA", "the mask alone", lambda back, z, a: 1.0 * (z > 0)),
        Way("OTHER_FORMULA", "(d_h * z_h > 0), which compares the product", lambda back, z, a: 1.0 * (back * z > 0)),
        Way("OTHER_FORMULA", "(d_h * a_h > 0), which compares the product", lambda back, z, a: 1.0 * (back * a > 0)),
        Way("OTHER_FORMULA", "d_h, and 1 where z_h > 0", lambda back, z, a: np.where(z > 0, 1.0, back)),
        Way("OTHER_FORMULA", "the mask of any example for all", lambda back, z, a: back * (z > 0).any(axis=0)),
        Way("OTHER_FORMULA", "the mask of all examples together", lambda back, z, a: back * (z > 0).all(axis=0)),
        formula("d_h of the last hidden unit for all", lambda back, z, a: (back * (z > 0))[:, -1:] + 0 * z),
        formula("d_h of the first hidden unit for all", lambda back, z, a: (back * (z > 0))[:, :1] + 0 * z),
        Way("OTHER_FORMULA", "back + (z_h > 0)", lambda back, z, a: back + (z > 0)),
        Way("OTHER_FORMULA", "the sign of d_h where z_h > 0", lambda back, z, a: np.sign(back) * (z > 0)),
        Way("OTHER_FORMULA", "-(z_h > 0)", lambda back, z, a: -back * (z > 0)),
        _derivative("z_h", lambda z: z),
        _derivative("|z_h|", np.abs),
        _derivative("sign(z_h)", np.sign),
        _derivative("1 - z_h**2", lambda z: 1 - z**2),
        _derivative("1 - a_h**2", lambda z: 1 - np.maximum(z, 0) ** 2),
        _derivative("a_h * (1 - a_h)", lambda z: np.maximum(z, 0) * (1 - np.maximum(z, 0))),
        _derivative("z_h * (1 - z_h)", lambda z: z * (1 - z)),
        _derivative("1 - tanh(z_h)**2", lambda z: 1 - np.tanh(z) ** 2),
        _derivative("sigmoid(z_h) * (1 - sigmoid(z_h))", lambda z: sigmoid(z) * (1 - sigmoid(z))),
        _derivative("sigmoid(z_h)", sigmoid),
        _derivative("1 - a_h", lambda z: 1 - np.maximum(z, 0)),
        _derivative("a_h**2", lambda z: np.maximum(z, 0) ** 2),
        _derivative("(z_h > 1)", lambda z: 1.0 * (z > 1)),
        _derivative("(z_h > -1)", lambda z: 1.0 * (z > -1)),
        _derivative("(z_h > 0.5)", lambda z: 1.0 * (z > 0.5)),
        _derivative("1 + (z_h > 0)", lambda z: 1.0 + (z > 0)),
        *(
            _derivative(f"1 where z_h > 0, else {slope}", lambda z, slope=slope: np.where(z > 0, 1, slope))
            for slope in (0.01, 0.1, 0.2, 0.5, -1.0)
        ),
    ),
)

GATE = Step(
    "gate",
    "(z_h > 0)",
    lambda z, b: z,
    (formula("(x @ w_h > 0), without b_h,", lambda z, b: z - b),),
)
"""What the mask looks at."""

LAYER_INPUT = Step(
    "layer_input",
    "a_h.T @ d_o",
    lambda a, z, d, w: a.T @ d,
    (
        Way("PREACT_USED_AS_ACTIVATION", "z_h.T @ d_o", lambda a, z, d, w: z.T @ d),
        Way("OTHER_FORMULA", "(z_h > 0).T @ d_o", lambda a, z, d, w: 1.0 * (z > 0).T @ d),
        Way("OTHER_FORMULA", "(a_h ** 2).T @ d_o", lambda a, z, d, w: (a**2).T @ d),
        Way("OTHER_FORMULA", "softmax(a_h).T @ d_o", lambda a, z, d, w: softmax(a).T @ d),
        Way("OTHER_FORMULA", "a_h reshaped, not transposed", lambda a, z, d, w: a.reshape(a.T.shape) @ d),
        Way("OTHER_FORMULA", "|z_h|.T @ d_o", lambda a, z, d, w: np.abs(z).T @ d),
        formula("a_h.T @ d_o of the last example alone", lambda a, z, d, w: a[-1:].T @ d[-1:]),
        formula("a_h.T @ d_o of the first example alone", lambda a, z, d, w: a[:1].T @ d[:1]),
        formula("a_h.T @ d_o without the last example", lambda a, z, d, w: a[:-1].T @ d[:-1]),
        formula("a_h.T @ d_o without the first example", lambda a, z, d, w: a[1:].T @ d[1:]),
        formula("a_h.T @ d_o, and zeros for the last hidden unit", lambda a, z, d, w: without(a, -1).T @ d),
        formula("a_h.T @ d_o, and zeros for the first hidden unit", lambda a, z, d, w: without(a, 0).T @ d),
        formula("a_h.T @ d_o, and zeros for the last class", lambda a, z, d, w: a.T @ without(d, -1)),
        formula("a_h.T @ d_o, and zeros for class 0", lambda a, z, d, w: a.T @ without(d, 0)),
        # What is sent back stands where the activations stood: their array was written over.
        formula("d_h.T @ d_o, d_h = (d_o @ w_o.T) * (z_h > 0),", lambda a, z, d, w: (d @ w.T * (z > 0)).T @ d),
        formula("(d_o @ w_o.T).T @ d_o", lambda a, z, d, w: (d @ w.T).T @ d),
        Way("TRANSPOSED", "d_o.T @ a_h", lambda a, z, d, w: d.T @ a),
        Way("OTHER_FORMULA", "zeros", lambda a, z, d, w: 0 * (a.T @ d)),
    ),
)

INPUT = Step(
    "input",
    "x.T @ d_h",
    lambda x, d, w: x.T @ d,
    (
        formula("x.T @ d_h of the last example alone", lambda x, d, w: x[-1:].T @ d[-1:]),
        formula("x.T @ d_h of the first example alone", lambda x, d, w: x[:1].T @ d[:1]),
        formula("x.T @ d_h without the last example", lambda x, d, w: x[:-1].T @ d[:-1]),
        formula("x.T @ d_h without the first example", lambda x, d, w: x[1:].T @ d[1:]),
        formula("x.T @ d_h, and zeros for the last input", lambda x, d, w: without(x, -1).T @ d),
        formula("x.T @ d_h, and zeros for the first input", lambda x, d, w: without(x, 0).T @ d),
        formula("x.T @ d_h, and zeros for the last hidden unit", lambda x, d, w: x.T @ without(d, -1)),
        formula("x.T @ d_h, and zeros for the first hidden unit", lambda x, d, w: x.T @ without(d, 0)),
        Way("TRANSPOSED", "d_h.T @ x", lambda x, d, w: d.T @ x),
        Way("OTHER_FORMULA", "(x.T @ d_h) * w_h", lambda x, d, w: (x.T @ d) * w),
        Way("OTHER_FORMULA", "|x|.T @ d_h", lambda x, d, w: np.abs(x).T @ d),
        Way("OTHER_FORMULA", "relu(x).T @ d_h", lambda x, d, w: np.maximum(x, 0).T @ d),
        Way("OTHER_FORMULA", "x reshaped, not transposed", lambda x, d, w: x.reshape(x.T.shape) @ d),
        Way("OTHER_FORMULA", "zeros", lambda x, d, w: 0 * (x.T @ d)),
        *(
            Way("OTHER_FORMULA", f"x.T @ d_h + {decay} * w_h", lambda x, d, w, decay=decay: x.T @ d + decay * w)
            for decay in (1.0, 0.1, 0.01, 0.001, 1e-4)
        ),
    ),
)


REACHED = Step(
    "reached",
    "a gradient of every layer",
    lambda dW, db: (dW, db),
    (formula("zeros as the gradient of the output layer, weights and bias,", lambda dW, db: (0 * dW, 0 * db)),),
)
"""The output layer's gradient, where one is taken at all."""


def _rows(d: FloatArray) -> FloatArray:
    return np.asarray(d.sum(axis=0, keepdims=True))


def biases_of(layer: str) -> Step:
    """The reduction over the batch in one layer."""
    return Step(
        f"bias_{layer}",
        "sum over axis 0",
        lambda d: d.sum(axis=0, keepdims=True),
        (
            Way("BIAS_NOT_SUMMED", "no sum", lambda d: d),
            Way("BIAS_MEAN", "mean over axis 0", lambda d: d.mean(axis=0, keepdims=True)),
            Way("BIAS_SHAPE", "sum over everything", lambda d: np.asarray(d.sum())),
            Way("BIAS_SHAPE", "the transpose", lambda d: d.sum(axis=0, keepdims=True).T),
            Way("BIAS_WRONG_AXIS", "sum over axis 1", lambda d: d.sum(axis=1, keepdims=True)),
            Way("BIAS_WRONG_AXIS", "sum over axis 1", lambda d: d.sum(axis=1)),
            Way("BIAS_WRONG_AXIS", "sum over axis 1", lambda d: d.sum(axis=1)[np.newaxis]),
            Way("BIAS_NO_GRADIENT", "zeros", lambda d: 0 * d.sum(axis=0, keepdims=True)),
            Way("OTHER_FORMULA", "the largest of each column", lambda d: d.max(axis=0, keepdims=True)),
            Way("OTHER_FORMULA", "the first example's delta", lambda d: d[:1]),
            Way("OTHER_FORMULA", "the last example's delta", lambda d: d[-1:]),
            Way("OTHER_FORMULA", "sum without the last example", lambda d: d[:-1].sum(axis=0, keepdims=True)),
            Way("OTHER_FORMULA", "sum without the first example", lambda d: d[1:].sum(axis=0, keepdims=True)),
            formula("the sum over axis 0, and 0 for the last unit", lambda d: without(_rows(d), -1)),
            formula("the sum over axis 0, and 0 for the first unit", lambda d: without(_rows(d), 0)),
            Way("OTHER_FORMULA", "sum of absolute values", lambda d: np.abs(d).sum(axis=0, keepdims=True)),
            Way("OTHER_FORMULA", "sum of squares", lambda d: (d**2).sum(axis=0, keepdims=True)),
            Way("OTHER_FORMULA", "the product over axis 0", lambda d: d.prod(axis=0, keepdims=True)),
            Way("OTHER_FORMULA", "the sum of all units in each", lambda d: d.sum() + 0 * d[:1]),
        ),
    )


DELTA = {"softmax": softmax, "difference": DIFFERENCE.right, "average": AVERAGE.right}
"""The steps that grad_ce does; what it gives is known where they are right."""


def _mask_of_another(d_h: FloatArray, back: FloatArray, z_h: FloatArray, a_h: FloatArray) -> bool:
    """Whether it is a right mask of what is no ReLU of z_h: where that is above 0, or its sign, looks wrong too."""
    if same(a_h, np.maximum(z_h, 0)):
        return False
    masks = ((a_h > 0).astype(np.float64), np.sign(a_h))
    return any(same(d_h, sign * back * mask) for mask in masks for sign in (1.0, -1.0))


def _cook(outcome: Outcome, use: Ways) -> dict[str, Any]:
    names = ("x", "target", "w_h", "b_h", "w_o", "b_o")
    x, t, w_h, b_h, w_o, b_o = (outcome.probe.arguments[name] for name in names)
    known = outcome.known
    z_h = known.get("z_h", x @ w_h + b_h)
    a_h = known.get("a_h", np.maximum(z_h, 0))
    z_o = known.get("z_o", a_h @ w_o + b_o)
    p = known["p"] if "p" in known and use["softmax"] is softmax else use["softmax"](z_o)
    if "d_logits" in known and all(use[name] is right for name, right in DELTA.items()):
        d_o = known["d_logits"]
    else:
        d_o = use["average"](use["difference"](p, t), len(t), x.shape[1], t.shape[1])
    d_o = use["sign"](use["output_mask"](d_o, z_o, p))
    dW_o = use["layer_input"](a_h, z_h, d_o, w_o)
    back = use["sent_back"](use["back"](d_o, w_o, dW_o), d_o, w_o, b_o)
    d_h = use["mask"](back, use["gate"](z_h, b_h), a_h)
    if use["mask"] is not MASK.right and _mask_of_another(d_h, back, z_h, a_h):
        return {}
    dW_h, db_h = use["unstacked"](use["input"](x, d_h, w_h), use["bias_h"](d_h), 0)
    dW_o, db_o = use["unstacked"](*use["reached"](dW_o, use["bias_o"](d_o)), 0)
    return {"dW_h": dW_h, "db_h": db_h, "dW_o": dW_o, "db_o": db_o}


BACKWARD = Recipe(
    (
        SIGN,
        Step("softmax", "softmax(z_o)", softmax, (*INSTEAD_OF_SOFTMAX, *OTHER_SUMS)),
        DIFFERENCE,
        AVERAGE,
        OUTPUT_MASK,
        BACK,
        SENT_BACK,
        GATE,
        MASK,
        LAYER_INPUT,
        INPUT,
        biases_of("h"),
        biases_of("o"),
        REACHED,
        UNSTACKED,
    ),
    _cook,
)
