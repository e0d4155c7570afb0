"""Known wrong formulas of a network with one hidden ReLU layer, forward and backward."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from grader.comparison import Outcome
from grader.diagnosis.mismatch import Candidate, FloatArray
from reference.softmax import softmax


def forward(outcome: Outcome) -> Sequence[Candidate]:
    """What wrong forward passes return for one outcome."""
    x, w_h, w_o, b_o = (outcome.probe.arguments[name] for name in ("x", "w_h", "w_o", "b_o"))
    right = outcome.right

    def rest(code: str, fix: str, z_h: FloatArray, a_h: FloatArray, z_o: FloatArray | None = None) -> Candidate:
        z_o = a_h @ w_o + b_o if z_o is None else z_o
        return Candidate(code, {"z_h": z_h, "a_h": a_h, "z_o": z_o, "p": softmax(z_o)}, fix)

    z_h, a_h = right["z_h"], right["a_h"]
    no_bias = x @ w_h
    return [
        rest("ACTIVATION_MISSING", "relu(z_h)", z_h, z_h),
        rest("PREACT_USED_AS_ACTIVATION", "a_h @ w_o + b_o", z_h, a_h, z_h @ w_o + b_o),
        rest("BIAS_IGNORED", "x @ w_h + b_h", no_bias, np.maximum(no_bias, 0)),
        rest("BIAS_IGNORED", "a_h @ w_o + b_o", z_h, a_h, a_h @ w_o),
        Candidate(
            "RESULT_ORDER",
            {"z_o": right["p"], "p": right["z_o"]},
            "return z_h, a_h, z_o, p",
            {"found": "z_h, a_h, p, z_o", "asked": "z_h, a_h, z_o, p"},
        ),
        Candidate("CE_WITHOUT_SOFTMAX", {"p": right["z_o"]}, "softmax(z_o)"),
    ]


def backward(outcome: Outcome) -> Sequence[Candidate]:
    """What wrong backward passes return for one outcome: mistakes of delta, of a layer, of one tensor."""
    arguments = outcome.probe.arguments
    x, t, w_o = arguments["x"], arguments["target"], arguments["w_o"]
    z = x @ arguments["w_h"] + arguments["b_h"]
    a = np.maximum(z, 0)
    logits = a @ w_o + arguments["b_o"]
    p = softmax(logits)
    rows = len(t)
    delta = (p - t) / rows
    back = delta @ w_o.T
    on = (z > 0).astype(np.float64)
    masked = back * on
    right = outcome.right

    def hidden(code: str, fix: str, delta_h: FloatArray) -> Candidate:
        return Candidate(code, {"dW_h": x.T @ delta_h, "db_h": delta_h.sum(axis=0, keepdims=True)}, fix)

    def whole(code: str, fix: str, delta_o: FloatArray) -> Candidate:
        delta_h = (delta_o @ w_o.T) * on
        output = {"dW_o": a.T @ delta_o, "db_o": delta_o.sum(axis=0, keepdims=True)}
        return Candidate(code, {**hidden(code, fix, delta_h).tensors, **output}, fix)

    mask = "back * (z_h > 0)"
    found = [
        hidden("RELU_MASK_MISSING", mask, back),
        hidden("RELU_MASK_INVERTED", mask, back * (z <= 0)),
        hidden("RELU_BACKWARD_USES_OUTPUT", mask, back * a),
        hidden("RELU_BACKWARD_USES_OUTPUT", mask, on * a),
        hidden("RELU_BACKWARD_USES_UPSTREAM", mask, np.maximum(back, 0)),
        hidden("RELU_BACKWARD_USES_UPSTREAM", mask, np.minimum(back, 0)),
        hidden("ACT_DERIV_OF_PREACT", mask, back * z),
        hidden("ACT_DERIV_OF_PREACT", mask, back * (1 - z**2)),
        hidden("UPSTREAM_TIMES_GRADW", "delta @ w_o.T", (delta @ right["dW_o"].T) * on),
        Candidate("PREACT_USED_AS_ACTIVATION", {"dW_o": z.T @ delta}, "a_h.T @ delta"),
        whole("CE_WITHOUT_SOFTMAX", "softmax(z_o) - target", (logits - t) / rows),
        whole("SOFTMAX_TWICE", "softmax(z_o) - target", (softmax(p) - t) / rows),
        whole("SOFTMAX_DERIVATIVE_TWICE", "p - target", delta * p * (1 - p)),
        whole("SIGN", "p - target", -delta),
        *_biases(delta, masked),
    ]
    return found + _scaled(right, outcome.probe.sizes)


def _biases(delta: FloatArray, masked: FloatArray) -> list[Candidate]:
    """Wrong reductions of the bias gradients, in both layers or in one."""
    layers = {"db_h": masked, "db_o": delta}
    rows = len(delta)
    reductions: tuple[tuple[str, Callable[[FloatArray], FloatArray]], ...] = (
        ("BIAS_NOT_SUMMED", lambda d: d),
        ("BIAS_NOT_SUMMED", lambda d: d * rows),
        ("BIAS_MEAN", lambda d: d.sum(axis=0, keepdims=True) / rows),
        ("BIAS_SHAPE", lambda d: d.sum(axis=0, keepdims=True).T),
        ("BIAS_SHAPE", lambda d: np.asarray(d.sum())),
        ("BIAS_WRONG_AXIS", lambda d: d.sum(axis=1, keepdims=True)),
        ("BIAS_WRONG_AXIS", lambda d: d.sum(axis=1)),
        ("BIAS_WRONG_AXIS", lambda d: d.sum(axis=1)[np.newaxis]),
        ("BIAS_NO_GRADIENT", lambda d: np.zeros_like(d.sum(axis=0, keepdims=True))),
    )
    fix = "np.sum(delta, axis=0, keepdims=True)"
    return [Candidate(code, {name: wrong(d) for name, d in layers.items()}, fix) for code, wrong in reductions]


def _scaled(right: Mapping[str, FloatArray], sizes: Mapping[str, int]) -> list[Candidate]:
    """Every tensor by one wrong factor."""
    n, d, c = sizes["N"], sizes["D"], sizes["C"]
    factors = (
        ("TOTAL_NOT_MEAN", n, "/ N"),
        ("DOUBLE_MEAN", 1 / n, "(p - target) / N, once"),
        ("DIVIDES_BY_INPUTS", n / d, "/ N"),
        ("DIVIDES_BY_NK", 1 / c, "/ N"),
        ("FACTOR_TWO", 2.0, None),
        ("FACTOR_HALF", 0.5, None),
    )
    return [
        Candidate(code, {name: factor * value for name, value in right.items()}, fix) for code, factor, fix in factors
    ]
