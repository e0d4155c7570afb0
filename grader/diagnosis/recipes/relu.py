"""ReLU and what is written in its place."""

import numpy as np

from grader.comparison import Outcome
from grader.diagnosis.mismatch import FloatArray
from grader.diagnosis.recipe import Recipe, Step, Way, Ways
from grader.diagnosis.recipes.curves import CURVES
from grader.diagnosis.recipes.scales import PRECISION, SIGN
from grader.diagnosis.recipes.softmaxes import sigmoid

SLOPES = (0.001, 0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.3, 0.5)

INSTEAD_OF_RELU: tuple[Way, ...] = (
    Way("RELU_IDENTITY", "x", lambda x: x),
    Way("RELU_INT_TRUNCATION", "int(max(x, 0))", lambda x: np.trunc(np.maximum(x, 0))),
    Way("RELU_NEGATIVE_PART", "min(x, 0)", lambda x: np.minimum(x, 0)),
    Way("RELU_STEP", "1[x > 0]", lambda x: (x > 0).astype(np.float64)),
    Way("RELU_ABSOLUTE", "|x|", np.abs),
    *(
        Way("RELU_LEAKY", f"max(x, {slope} x)", lambda x, slope=slope: np.where(x > 0, x, slope * x))
        for slope in SLOPES
    ),
    Way("OTHER_FORMULA", "tanh(x)", np.tanh),
    Way("OTHER_FORMULA", "max(tanh(x), 0)", lambda x: np.maximum(np.tanh(x), 0)),
    Way("OTHER_FORMULA", "sigmoid(x)", sigmoid),
    Way("OTHER_FORMULA", "log(1 + exp(x))", lambda x: np.logaddexp(0, x)),
    Way("OTHER_FORMULA", "exp(x) - 1 where x < 0", lambda x: np.where(x > 0, x, np.expm1(np.minimum(x, 0)))),
    Way("OTHER_FORMULA", "exp(x)", np.exp),
    Way("OTHER_FORMULA", "x where x > 1, else 0", lambda x: np.where(x > 1, x, 0)),
    Way("OTHER_FORMULA", "max(x, 1)", lambda x: np.maximum(x, 1)),
    Way("OTHER_FORMULA", "max(x, 0.01)", lambda x: np.maximum(x, 0.01)),
    Way("OTHER_FORMULA", "min(max(x, 0), 1)", lambda x: np.clip(x, 0, 1)),
    Way("OTHER_FORMULA", "min(max(x, 0), 6)", lambda x: np.clip(x, 0, 6)),
    Way("OTHER_FORMULA", "max(x, mean of x)", lambda x: np.maximum(x, x.mean())),
    Way("OTHER_FORMULA", "x * sigmoid(x)", lambda x: x * sigmoid(x)),
    Way("OTHER_FORMULA", "max(x, 0) ** 2", lambda x: np.maximum(x, 0) ** 2),
    Way("OTHER_FORMULA", "x ** 2", np.square),
    Way("OTHER_FORMULA", "1[x < 0]", lambda x: (x < 0).astype(np.float64)),
    Way("OTHER_FORMULA", "sign(x)", np.sign),
    Way("OTHER_FORMULA", "max(-x, 0)", lambda x: np.maximum(-x, 0)),
    *(
        Way("OTHER_FORMULA", found.replace("z", "x"), curve)
        for found, curve in CURVES
        if found not in {"z ** 2", "sign(z)", "min(max(z, 0), 1)", "z * sigmoid(z)", "log(1 + exp(z))"}
    ),
    Way("OTHER_FORMULA", "zeros", np.zeros_like),
    Way("OTHER_FORMULA", "ones", np.ones_like),
    Way("OTHER_FORMULA", "the largest entry of x, a single number", lambda x: np.asarray(np.max(x))),
    Way("OTHER_FORMULA", "the largest entry of each row", lambda x: np.maximum(x.max(axis=1), 0)),
    Way("OTHER_FORMULA", "the entries above 0 alone", lambda x: x[x > 0]),
    *(
        Way("OTHER_FORMULA", f"x where {which} entry of its row is above 0", lambda x, at=at: np.where(at(x) > 0, x, 0))
        for which, at in (
            ("the first", lambda x: x[:, :1]),
            ("the last", lambda x: x[:, -1:]),
            ("any", lambda x: x.max(axis=1, keepdims=True)),
            ("every", lambda x: x.min(axis=1, keepdims=True)),
        )
    ),
    Way("OTHER_FORMULA", "x where its row adds up to more than 0", lambda x: np.where(x.sum(1)[:, None] > 0, x, 0)),
    Way("OTHER_FORMULA", "the first row alone", lambda x: np.maximum(x[0], 0)),
    Way("OTHER_FORMULA", "the first row alone", lambda x: np.maximum(x[:1], 0)),
)
"""What stands where max(x, 0) belongs."""

SHIFTS = tuple(
    Way("OTHER_FORMULA", f"{constant:+g} added", lambda v, constant=constant: v + constant)
    for constant in (1.0, -1.0, 0.5, -0.5, 2.0, 0.1, 0.01)
)

FACTORS = (
    Way("FACTOR_TWO", "2 * max(x, 0)", lambda v: 2 * v),
    Way("FACTOR_HALF", "max(x, 0) / 2", lambda v: v / 2),
)


def _cook(outcome: Outcome, use: Ways) -> dict[str, FloatArray]:
    x = outcome.probe.arguments["x"]
    values = use["activation"](x)
    for name in ("sign", "factor", "shift", "shape", "precision"):
        values = use[name](values)
    return {"a": values}


RELU = Recipe(
    (
        Step(
            "shape",
            "the shape of x",
            lambda v: v,
            (
                Way("TRANSPOSED", "the transpose", lambda v: v.T),
                Way("OTHER_FORMULA", "the flat array", lambda v: v.ravel()),
                Way("OTHER_FORMULA", "the sum of all entries", lambda v: np.asarray(v.sum())),
                Way("OTHER_FORMULA", "the sum of each row", lambda v: v.sum(axis=1)),
            ),
        ),
        Step("activation", "max(x, 0)", lambda x: np.maximum(x, 0), INSTEAD_OF_RELU),
        SIGN,
        Step("factor", "max(x, 0)", lambda v: v, FACTORS),
        Step("shift", "nothing added", lambda v: v, SHIFTS),
        PRECISION,
    ),
    _cook,
)
