"""The forward pass of one hidden ReLU layer, line by line."""

import re
from collections.abc import Callable
from typing import Any

import numpy as np

from grader.comparison import Outcome
from grader.diagnosis.recipe import Recipe, Step, Way, Ways, formula
from grader.diagnosis.recipes.left_out import short_of_one, without
from grader.diagnosis.recipes.relu import INSTEAD_OF_RELU
from grader.diagnosis.recipes.softmaxes import INSTEAD_OF_SOFTMAX
from grader.diagnosis.recipes.totals import OTHER_SUMS
from grader.results import Tensors
from reference.softmax import softmax

INPUTS = Step(
    "inputs",
    "x",
    lambda x: x,
    (
        Way("OTHER_FORMULA", "x / 255", lambda x: x / 255),
        Way("OTHER_FORMULA", "x / 16", lambda x: x / 16),
        Way("OTHER_FORMULA", "x / N", lambda x: x / len(x)),
        Way("OTHER_FORMULA", "x - mean of each input", lambda x: x - x.mean(axis=0)),
        Way("OTHER_FORMULA", "x / max |x|", lambda x: x / np.max(np.abs(x))),
        Way("OTHER_FORMULA", "standardised x", lambda x: (x - x.mean(axis=0)) / (x.std(axis=0) + 1e-8)),
        Way("OTHER_FORMULA", "rows of x of length 1", lambda x: x / np.linalg.norm(x, axis=1, keepdims=True)),
        Way("OTHER_FORMULA", "relu(x)", lambda x: np.maximum(x, 0)),
        Way("OTHER_FORMULA", "-x", lambda x: -x),
        # A loop over the inputs that ends one early or begins one late.
        *short_of_one("x without its {} input"),
    ),
)


def biases_in(name: str, where: str) -> Step:
    """A bias added in one line. x: what the line multiplies by its weights."""
    return Step(
        name,
        f"+ {name}",
        lambda z, x, b: z + b,
        (
            Way("BIAS_IGNORED", f"no {name} in {where}", lambda z, x, b: z),
            Way("BIAS_SUBTRACTED", f"- {name}", lambda z, x, b: z - b),
            Way("BIAS_MULTIPLIED", f"* {name}", lambda z, x, b: z * b),
            Way("OTHER_FORMULA", f"+ 2 * {name}", lambda z, x, b: z + 2 * b),
            Way("OTHER_FORMULA", f"+ mean({name})", lambda z, x, b: z + b.mean()),
            Way("OTHER_FORMULA", f"+ sum({name})", lambda z, x, b: z + b.sum()),
            formula(f"+ D * {name}, {name} once for each of the D inputs,", lambda z, x, b: z + x.shape[1] * b),
            formula(f"+ {name} on every weight", lambda z, x, b: z + x.sum(axis=1, keepdims=True) * b),
        ),
    )


def _of_z_h(formula: str) -> str:
    """A formula of x as one of z_h."""
    return re.sub(r"\bx\b", "z_h", formula)


# The codes of relu itself speak of the function relu; here it is the hidden layer that has something else.
ACTIVATION = Step(
    "activation",
    "relu(z_h)",
    lambda z: np.maximum(z, 0),
    tuple(
        Way("ACTIVATION_MISSING" if way.code == "RELU_IDENTITY" else "OTHER_FORMULA", _of_z_h(way.found), way.use)
        for way in INSTEAD_OF_RELU
    ),
)

BIAS_LAST = Step(
    "bias_last",
    "relu(x @ w_h + b_h)",
    lambda a, z, b: a,
    (formula("relu(x @ w_h) + b_h", lambda a, z, b: np.maximum(z - b, 0) + b),),
)

SHORT_OF_A_UNIT = (
    formula("a_h @ w_o without the last hidden unit", lambda a, z, w: without(a, -1) @ w),
    formula("a_h @ w_o without the first hidden unit", lambda a, z, w: without(a, 0) @ w),
)

HIDDEN = Step(
    "hidden",
    "a_h @ w_o",
    lambda a, z, w: a @ w,
    (
        Way("PREACT_USED_AS_ACTIVATION", "z_h @ w_o", lambda a, z, w: z @ w),
        Way("OTHER_FORMULA", "softmax(a_h) @ w_o", lambda a, z, w: softmax(a) @ w),
        Way("OTHER_FORMULA", "-(a_h @ w_o)", lambda a, z, w: -(a @ w)),
        Way("OTHER_FORMULA", "relu(a_h @ w_o)", lambda a, z, w: np.maximum(a @ w, 0)),
        Way("OTHER_FORMULA", "0.5 * a_h @ w_o", lambda a, z, w: 0.5 * a @ w),
        Way("OTHER_FORMULA", "2 * a_h @ w_o", lambda a, z, w: 2 * a @ w),
        *SHORT_OF_A_UNIT,
    ),
)

RETURNED = Step(
    "returned",
    "z_h, a_h, z_o, p",
    lambda z_h, a_h, z_o, p: (z_h, a_h, z_o, p),
    (
        Way("PREACT_USED_AS_ACTIVATION", "z_h in place of a_h", lambda z_h, a_h, z_o, p: (z_h, z_h, z_o, p)),
        Way("RESULT_ORDER", "z_h, a_h, p, z_o", lambda z_h, a_h, z_o, p: (z_h, a_h, p, z_o)),
        Way("OTHER_FORMULA", "a_h in place of z_h", lambda z_h, a_h, z_o, p: (a_h, a_h, z_o, p)),
        Way("OTHER_FORMULA", "a_h, z_h, z_o, p", lambda z_h, a_h, z_o, p: (a_h, z_h, z_o, p)),
        Way("OTHER_FORMULA", "z_o in place of p", lambda z_h, a_h, z_o, p: (z_h, a_h, z_o, z_o)),
        Way("OTHER_FORMULA", "p in place of z_o", lambda z_h, a_h, z_o, p: (z_h, a_h, p, p)),
        Way("OTHER_FORMULA", "relu(z_o) in place of z_o", lambda z_h, a_h, z_o, p: (z_h, a_h, np.maximum(z_o, 0), p)),
        Way("OTHER_FORMULA", "1[z_h > 0] in place of a_h", lambda z_h, a_h, z_o, p: (z_h, 1.0 * (z_h > 0), z_o, p)),
        Way("OTHER_FORMULA", "softmax(z_h) in place of a_h", lambda z_h, a_h, z_o, p: (z_h, softmax(z_h), z_o, p)),
        Way("OTHER_FORMULA", "everything transposed", lambda z_h, a_h, z_o, p: (z_h.T, a_h.T, z_o.T, p.T)),
    ),
)


def _cook(outcome: Outcome, use: Ways) -> dict[str, Any]:
    if outcome.known:
        return _lines(outcome, use)
    x, w_h, b_h, w_o, b_o = (outcome.probe.arguments[name] for name in ("x", "w_h", "b_h", "w_o", "b_o"))
    inputs = use["inputs"](x)
    z_h = use["b_h"](inputs @ w_h, inputs, b_h)
    a_h = use["activation"](z_h)
    z_o = use["b_o"](use["hidden"](a_h, z_h, w_o), a_h, b_o)
    results = use["returned"](z_h, a_h, z_o, use["softmax"](z_o))
    return dict(zip(NAMES, results, strict=True))


def _lines(outcome: Outcome, use: Ways) -> dict[str, Any]:
    """Each line on what the student returned for the line before; a line done right is what is right for it."""
    x, w_h, b_h, w_o, b_o = (outcome.probe.arguments[name] for name in ("x", "w_h", "b_h", "w_o", "b_o"))
    known, right = outcome.known, FORWARD.right
    lines: dict[str, tuple[tuple[str, ...], Callable[[], Any]]] = {
        "z_h": (("inputs", "b_h"), lambda: use["b_h"](use["inputs"](x) @ w_h, use["inputs"](x), b_h)),
        "a_h": (("activation",), lambda: use["activation"](known["z_h"])),
        "z_o": (
            ("hidden", "b_o"),
            lambda: use["b_o"](use["hidden"](known["a_h"], known["z_h"], w_o), known["a_h"], b_o),
        ),
        "p": (("softmax",), lambda: use["softmax"](known["z_o"])),
    }
    values = [
        outcome.right[name] if all(use[step] is right[step] for step in steps) else line()
        for name, (steps, line) in lines.items()
    ]
    by_line = _line_by_line(outcome)
    if use["returned"] is not right["returned"] and by_line:
        return {}  # what is returned in another's place is taken for right there
    if use["activation"] is not right["activation"] and not by_line and outcome.agrees("z_o"):
        values[1] = np.full_like(values[1], np.nan)  # the next line took another a_h: it is only returned
    return dict(zip(NAMES, use["returned"](*values), strict=True))


def _line_by_line(outcome: Outcome) -> bool:
    """Whether each line is judged on what was returned for the line before it."""
    if not isinstance(outcome.yours, Tensors):
        return False
    return np.array_equal(outcome.known["a_h"], outcome.yours.values["a_h"])


NAMES = ("z_h", "a_h", "z_o", "p")

FORWARD = Recipe(
    (
        INPUTS,
        biases_in("b_h", "z_h"),
        ACTIVATION,
        HIDDEN,
        biases_in("b_o", "z_o"),
        Step("softmax", "softmax(z_o)", softmax, (*INSTEAD_OF_SOFTMAX, *OTHER_SUMS)),
        RETURNED,
    ),
    _cook,
)
