"""A fully connected layer as a class, forward and backward: what it keeps, what it sends back, what the bias gets."""

from typing import Any

import numpy as np

from grader.comparison import Outcome
from grader.diagnosis.mismatch import FloatArray
from grader.diagnosis.recipe import Recipe, Step, Ways, formula
from grader.diagnosis.recipes.left_out import without

EARLIER = np.flip
"""What the call before was given is made of what this one is given (reference.layer_stack)."""

OTHERS = np.fliplr
"""What another object of the class was given is made of what this one is given (reference.layer_stack)."""


def _rows(d: FloatArray) -> FloatArray:
    return np.asarray(d.sum(axis=0, keepdims=True))


OUT = Step(
    "out",
    "X @ W + b",
    lambda x, w, b: x @ w + b,
    (
        formula("X @ W + b with the W and b of the first call", lambda x, w, b: x @ EARLIER(w) + EARLIER(b)),
        formula("X @ W + b with the W of the first call", lambda x, w, b: x @ EARLIER(w) + b),
        formula("X @ W + b with the b of the first call", lambda x, w, b: x @ w + EARLIER(b)),
        formula("X @ W * b", lambda x, w, b: x @ w * b),
        formula("X @ W + b / N", lambda x, w, b: x @ w + b / len(x)),
        formula("X @ W + N * b", lambda x, w, b: x @ w + b * len(x)),
        formula("X @ W + D * b, b once for each of the D inputs,", lambda x, w, b: x @ w + b * x.shape[1]),
        formula("X @ W without the last input", lambda x, w, b: x[:, :-1] @ w[:-1] + b),
        formula("X @ W without the first input", lambda x, w, b: x[:, 1:] @ w[1:] + b),
        formula("X @ W + 2 * b", lambda x, w, b: x @ w + 2 * b),
        formula("X @ W + mean(b)", lambda x, w, b: x @ w + b.mean()),
        formula("X @ W + sum(b)", lambda x, w, b: x @ w + b.sum()),
        formula("relu(X @ W + b)", lambda x, w, b: np.maximum(x @ w + b, 0)),
        formula("X @ W / N + b", lambda x, w, b: x @ w / len(x) + b),
        formula("X @ |W| + b", lambda x, w, b: x @ np.abs(w) + b),
        formula("X @ (W + b)", lambda x, w, b: x @ (w + b)),
        formula("relu(X) @ W + b", lambda x, w, b: np.maximum(x, 0) @ w + b),
        formula("-(X @ W) + b", lambda x, w, b: b - x @ w),
        formula("[X, 1] @ [b; W]", lambda x, w, b: np.hstack([x, np.ones((len(x), 1))]) @ np.vstack([b, w])),
        formula("[1, X] @ [W; b]", lambda x, w, b: np.hstack([np.ones((len(x), 1)), x]) @ np.vstack([w, b])),
    ),
)

KEPT = Step(
    "kept",
    "X.T @ delta",
    lambda x, d, w, b: x.T @ d,
    (
        formula("X.T @ delta with the X of the first call", lambda x, d, w, b: EARLIER(x).T @ d),
        formula("X.T @ delta with the X of another object of the class", lambda x, d, w, b: OTHERS(x).T @ d),
        formula("X.T @ delta with the delta of the first call", lambda x, d, w, b: x.T @ EARLIER(d)),
        formula("the sum over all calls of backward", lambda x, d, w, b: x.T @ d + EARLIER(x).T @ EARLIER(d)),
        formula("grad_W of the first call", lambda x, d, w, b: EARLIER(x).T @ EARLIER(d)),
        formula("relu(X).T @ delta", lambda x, d, w, b: np.maximum(x, 0).T @ d),
        formula("|X|.T @ delta", lambda x, d, w, b: np.abs(x).T @ d),
        formula("(X ** 2).T @ delta", lambda x, d, w, b: (x**2).T @ d),
        formula("X.T @ |delta|", lambda x, d, w, b: x.T @ np.abs(d)),
        formula("X.T @ relu(delta)", lambda x, d, w, b: x.T @ np.maximum(d, 0)),
        formula("X.T @ (delta * (X @ W + b))", lambda x, d, w, b: x.T @ (d * (x @ w + b))),
        formula("X.T @ delta + W", lambda x, d, w, b: x.T @ d + w),
        formula("X.T @ delta * W", lambda x, d, w, b: x.T @ d * w),
        formula("the mean X times the summed delta", lambda x, d, w, b: np.outer(x.mean(axis=0), d.sum(axis=0))),
        formula("X.T @ delta of the last example alone", lambda x, d, w, b: x[-1:].T @ d[-1:]),
        formula("X.T @ delta of the first example alone", lambda x, d, w, b: x[:1].T @ d[:1]),
        formula("X.T @ delta without the last example", lambda x, d, w, b: x[:-1].T @ d[:-1]),
        formula("X.T @ delta without the first example", lambda x, d, w, b: x[1:].T @ d[1:]),
        formula("X.T @ delta, and zeros for the last unit", lambda x, d, w, b: without(x.T @ d, -1)),
        formula("X.T @ delta, and zeros for the first unit", lambda x, d, w, b: without(x.T @ d, 0)),
        formula("X.T @ delta, and zeros for the last input", lambda x, d, w, b: without(x, -1).T @ d),
        formula("X.T @ delta, and zeros for the first input", lambda x, d, w, b: without(x, 0).T @ d),
        formula("X reshaped, not transposed", lambda x, d, w, b: x.reshape(x.T.shape) @ d),
        formula(
            "[X, 1].T @ delta without its first row, which is a weight's,",
            lambda x, d, w, b: np.vstack([x.T @ d, _rows(d)])[1:],
        ),
        formula(
            "[1, X].T @ delta without its last row, which is a weight's,",
            lambda x, d, w, b: np.vstack([_rows(d), x.T @ d])[:-1],
        ),
    ),
)

BACK = Step(
    "back",
    "delta @ W.T",
    lambda d, w, b, dw: d @ w.T,
    (
        formula("-(delta @ W.T)", lambda d, w, b, dw: -(d @ w.T)),
        formula("(delta + b) @ W.T", lambda d, w, b, dw: (d + b) @ w.T),
        formula("(delta * b) @ W.T", lambda d, w, b, dw: (d * b) @ w.T),
        formula("delta @ (W - grad_W).T", lambda d, w, b, dw: d @ (w - dw).T),
        formula("delta @ W.T with the W of the first call", lambda d, w, b, dw: d @ EARLIER(w).T),
        formula("delta @ |W|.T", lambda d, w, b, dw: d @ np.abs(w).T),
        formula("delta @ sign(W).T", lambda d, w, b, dw: d @ np.sign(w).T),
        formula("delta @ (W ** 2).T", lambda d, w, b, dw: d @ (w**2).T),
        formula("|delta| @ W.T", lambda d, w, b, dw: np.abs(d) @ w.T),
        formula("relu(delta) @ W.T", lambda d, w, b, dw: np.maximum(d, 0) @ w.T),
        formula("delta @ W.T / N", lambda d, w, b, dw: d @ w.T / len(d)),
        formula("delta @ W reshaped", lambda d, w, b, dw: d @ w.reshape(w.T.shape)),
        formula("delta @ W.T with the delta of the first call", lambda d, w, b, dw: EARLIER(d) @ w.T),
        formula("delta @ W.T without the last unit of delta", lambda d, w, b, dw: without(d, -1) @ w.T),
        formula("delta @ W.T without the first unit of delta", lambda d, w, b, dw: without(d, 0) @ w.T),
        formula("delta @ W.T, and zeros for the last input", lambda d, w, b, dw: without(d @ w.T, -1)),
        formula("delta @ W.T, and zeros for the first input", lambda d, w, b, dw: without(d @ w.T, 0)),
        formula("the summed delta times W.T", lambda d, w, b, dw: d.sum(axis=0) @ w.T + 0 * (d @ w.T)),
        formula("the mean delta times W.T", lambda d, w, b, dw: d.mean(axis=0) @ w.T + 0 * (d @ w.T)),
        formula(
            "delta @ [W; b].T without its first column, which is an input's,",
            lambda d, w, b, dw: np.hstack([d @ w.T, d @ b.T])[:, 1:],
        ),
        formula(
            "delta @ [b; W].T without its last column, which is an input's,",
            lambda d, w, b, dw: np.hstack([d @ b.T, d @ w.T])[:, :-1],
        ),
    ),
)


BIAS = Step(
    "bias",
    "the sum of delta over axis 0",
    lambda d, b, x: _rows(d),
    (
        formula("-the sum over axis 0", lambda d, b, x: -_rows(d)),
        formula("the sum over all calls of backward", lambda d, b, x: _rows(d) + _rows(EARLIER(d))),
        formula("grad_b of the first call", lambda d, b, x: _rows(EARLIER(d))),
        formula("sum of squares", lambda d, b, x: _rows(d**2)),
        formula("sum of absolute values", lambda d, b, x: _rows(np.abs(d))),
        formula("the product over axis 0", lambda d, b, x: d.prod(axis=0, keepdims=True)),
        formula("the largest of each column", lambda d, b, x: d.max(axis=0, keepdims=True)),
        formula("the median of each column", lambda d, b, x: np.median(d, axis=0, keepdims=True)),
        formula("sum without the last example", lambda d, b, x: _rows(d[:-1])),
        formula("sum without the first example", lambda d, b, x: _rows(d[1:])),
        formula("the sum over axis 0, and 0 for the last unit", lambda d, b, x: without(_rows(d), -1)),
        formula("the sum over axis 0, and 0 for the first unit", lambda d, b, x: without(_rows(d), 0)),
        formula("the sum of all units in each", lambda d, b, x: d.sum() + 0 * d[:1]),
        formula("the running sum over the units", lambda d, b, x: _rows(d).cumsum(axis=1)),
        formula("the sum of delta * b", lambda d, b, x: _rows(d) * b),
        formula("the sum of delta, plus b", lambda d, b, x: _rows(d) + b),
        formula("sum / sqrt(N)", lambda d, b, x: _rows(d) / np.sqrt(len(d))),
        formula("N times the sum", lambda d, b, x: _rows(d) * len(d)),
        formula("the first row of X.T @ delta, which is a weight's,", lambda d, b, x: x[:, :1].T @ d),
        formula("the last row of X.T @ delta, which is a weight's,", lambda d, b, x: x[:, -1:].T @ d),
    ),
)


def _layer(outcome: Outcome, use: Ways) -> dict[str, Any]:
    x, w, b, delta = (outcome.probe.arguments[name] for name in ("X", "W", "b", "delta"))
    grad_w = use["kept"](x, delta, w, b)
    return {
        "out": use["out"](x, w, b),
        "dX": use["back"](delta, w, b, grad_w),
        "grad_W": grad_w,
        "grad_b": use["bias"](delta, b, x),
    }


FULLY_CONNECTED = Recipe((OUT, KEPT, BACK, BIAS), _layer)
