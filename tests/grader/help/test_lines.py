"""The wrong line of a page, put into right code, gets the diagnosis of that page, and the right line passes.

Pages whose mistake is no single line of a graded function (a time limit, a file that does not load) are not tried.
"""

from collections.abc import Callable, Mapping

import pytest

from grader.checks.subject import Finding
from grader.help.page import HelpPage
from grader.help.shelf import pages
from grader.report import Verdict

Examine = Callable[..., Finding]
Place = tuple[str, str, str]
"""The kind of check, the function, and its body with {line} where a page's line goes."""

RELU = "def relu(x):\n    {line}\n    return a\n"
SOFTMAX = """
_right = softmax
def softmax(z):
    softmax, e = _right, np.exp(z)
    p = None
    {line}
    return e / e.sum(axis=1, keepdims=True) if p is None else p
"""
LAYER = "def compute_layer(x, w_h, b_h):\n    {line}\n    return z\n"
LOSS = "def average_ce(t, p):\n    N, prediction = len(t), p\n    {line}\n    return loss\n"
GRADIENT = "def grad_ce(t, z):\n    N, p = len(t), softmax(z)\n    {line}\n    return d_o\n"
FORWARD = """
def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = x @ w_h + b_h
    a_h = relu(z_h)
    if "{name}" == "a_h":
        {line}
    z_o = a_h @ w_o + b_o
    p = softmax(z_o)
    returned = (z_h, a_h, z_o, p)
    if "{name}" == "returned":
        {line}
    return returned
"""
BACKWARD = """
def backward_prop(x, t, w_h, b_h, w_o, b_o):
    N, z_h = len(t), x @ w_h + b_h
    a_h = relu(z_h)
    p = softmax(a_h @ w_o + b_o)
    d_o = (p - t) / N
    if "{name}" == "d_o":
        {line}
    dW_o = a_h.T @ d_o
    if "{name}" == "dW_o":
        {line}
    db = np.sum(d_o, axis=0, keepdims=True)
    if "{name}" == "db":
        {line}
    d_h = (d_o @ w_o.T) * (z_h > 0)
    if "{name}" == "d_h":
        {line}
    dW_h = x.T @ d_h
    if "{name}" == "dW_h":
        {line}
    return dW_h, np.sum(d_h, axis=0, keepdims=True), dW_o, db
"""
TRAIN = """
def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng, names = np.random.default_rng(seed), ("w_h", "b_h", "w_o", "b_o")
    shapes = ((x.shape[1], hidden), (1, hidden), (hidden, t.shape[1]), (1, t.shape[1]))
    weights = [0.1 * rng.standard_normal(shape) for shape in shapes]
    steps = [np.zeros(shape) for shape in shapes]
    for _ in range(epochs):
        gradients = backward_prop(x, t, *weights)
        for index, (w, v, g) in enumerate(zip(weights, steps, gradients)):
            before = w
            {line}
            if "{name}" == "v":
                w = w - v
            weights[index], steps[index] = w, before - w
    return dict(zip(names, weights))
"""

FAMILIES: Mapping[str, Place] = {
    "activation": ("forward", "relu", RELU),
    "softmax": ("forward", "softmax", SOFTMAX),
    "linear": ("forward", "compute_layer", LAYER),
    "loss": ("forward", "average_ce", LOSS),
    "logits": ("gradient", "grad_ce", GRADIENT),
    "backward": ("gradient", "backward_prop", BACKWARD),
}
IN_BACKWARD: Place = ("gradient", "backward_prop", BACKWARD)
IN_GRADIENT: Place = ("gradient", "grad_ce", GRADIENT)
IN_LOSS: Place = ("forward", "average_ce", LOSS)
IN_TRAINING: Place = ("update_rule", "train", TRAIN)
PLACES: Mapping[str, Place] = {
    "UNFINISHED": ("contract", "relu", "{line}\n"),
    "RAISED": IN_BACKWARD,
    "ARITY": ("contract", "compute_layer", "{line}\n"),
    "RESULT_ORDER": ("forward", "forward_prop", FORWARD),
    "SHAPE": IN_BACKWARD,
    "NOT_DETERMINISTIC": ("contract", "compute_layer", LAYER),
    "MUTATES_INPUT": ("contract", "relu", RELU),
    "UNKNOWN": IN_GRADIENT,
    "SIGN": IN_GRADIENT,
    "TOTAL_NOT_MEAN": IN_LOSS,
    "DOUBLE_MEAN": IN_LOSS,
    "DIVIDES_BY_NK": IN_LOSS,
    "DIVIDES_BY_INPUTS": IN_BACKWARD,
    "FACTOR": IN_GRADIENT,
    "FACTOR_TWO": IN_BACKWARD,
    "FACTOR_HALF": IN_BACKWARD,
    "OTHER_DIVISOR": IN_LOSS,
    "OTHER_FORMULA": IN_GRADIENT,
    "TRANSPOSED": IN_BACKWARD,
    "SOFTMAX_UNSTABLE": ("stability", "softmax", SOFTMAX),
    "GLOBAL_MAX_SHIFT": ("stability", "softmax", SOFTMAX),
    "LOG_ZERO": ("stability", "average_ce", LOSS),
    "ACTIVATION_MISSING": ("forward", "forward_prop", FORWARD),
    **dict.fromkeys(
        "PARAMS_NOT_UPDATED NO_MOMENTUM ASCENT MOMENTUM_USES_WEIGHT MOMENTUM_DAMPED MOMENTUM_SIGN NESTEROV"
        " GRADIENT_NOT_USED RATE_IGNORED RATE_SQUARED GAMMA_ON_GRADIENT WEIGHT_DECAY STEP_FACTORS".split(),
        IN_TRAINING,
    ),
}
"""Where a page's lines are tried, if not where its family's are."""

NO_MOMENTUM_ASKED = {"PARAMS_NOT_UPDATED"}
"""Its right line is the rule without momentum, which is another mistake here."""

OTHER_ASSIGNMENTS = frozenset(
    "ACTIVATION_MISSING_PLAIN ACT_DERIV_IS_VALUE ACT_DERIV_MISSING ACT_DERIV_OF_ANOTHER ACT_DERIV_OF_TANH"
    " FOLLOWS_FROM_FORWARD GRADIENT_TRANSPOSED OTHER_ACTIVATION ROOT_OF_SQUARES SIGMOID_IS_TANH SIGMOID_SIGN"
    " SOFTMAX_INSIDE SOFTMAX_OF_ACTIVATION TANH_HALF UPSTREAM_IGNORED".split()
)
"""Codes that the assignment of these places cannot get."""

TRIED = {
    code: PLACES.get(code) or FAMILIES[page.family]
    for code, page in pages().items()
    if code in PLACES or (page.family in FAMILIES and code not in OTHER_ASSIGNMENTS)
}


def _source(place: Place, line: str) -> str:
    name = line.split(" = ")[0]
    return place[2].replace("{line}", line).replace("{name}", name)


@pytest.mark.parametrize("code", sorted(TRIED))
def test_the_wrong_line_gets_the_page_s_diagnosis(code: str, examine: Examine) -> None:
    page: HelpPage = pages()[code]
    kind, function, _ = place = TRIED[code]
    result = examine(kind, function, _source(place, page.wrong)).result

    assert result.verdict is not Verdict.PASSED
    assert result.diagnosis is not None
    assert result.diagnosis.code == code


@pytest.mark.parametrize("code", sorted(set(TRIED) - NO_MOMENTUM_ASKED))
def test_the_right_line_passes(code: str, examine: Examine) -> None:
    kind, function, _ = place = TRIED[code]
    result = examine(kind, function, _source(place, pages()[code].right)).result

    assert result.verdict is Verdict.PASSED, result.diagnosis
