"""Values are right on every probe or cost the points; what is right in another way is accepted."""

from collections.abc import Callable

import pytest

from grader.checks.subject import Finding
from grader.report import Verdict
from grader.sandbox import Stopped

Examine = Callable[..., Finding]

SOFTMAX_BY_LOOPS = """
def softmax(z):
    rows = []
    for row in z:
        e = [np.exp(v - max(row)) for v in row]
        rows.append([v / sum(e) for v in e])
    return rows
"""


@pytest.mark.parametrize("seed", ["public:1", "public:2", "secret:ab"])
@pytest.mark.parametrize(
    ("function", "code"),
    [
        ("relu", ""),
        ("relu", "def relu(x): return x * (x > 0)"),
        ("relu", "def relu(x): return (np.abs(x) + x) / 2"),
        ("relu", "def relu(x): return np.where(x >= 0, x, 0)"),
        ("softmax", SOFTMAX_BY_LOOPS),
        ("softmax", "def softmax(z): return np.exp(z - np.log(np.exp(z).sum(axis=1, keepdims=True)))"),
        ("compute_layer", "def compute_layer(x, w, b): return np.add((w.T @ x.T).T, b)"),
        ("compute_layer", "def compute_layer(x, w, b): return np.einsum('nd,dh->nh', x, w) + b.ravel()"),
        ("average_ce", "def average_ce(t, p): return -np.mean(np.sum(t * np.log(p + 1e-15), axis=1))"),
        ("average_ce", "def average_ce(t, p): return -np.sum(t * np.log(np.clip(p, 1e-8, 1))) / t.shape[0]"),
        ("average_ce", "def average_ce(t, p): return -np.log(p[np.arange(len(t)), t.argmax(1)]).mean()"),
        ("forward_prop", ""),
    ],
)
def test_other_right_code_passes(function: str, code: str, seed: str, examine: Examine) -> None:
    finding = examine("forward", function, code, seed=seed)

    assert finding.result.verdict is Verdict.PASSED
    assert finding.result.points.given == finding.result.points.maximum
    assert (finding.result.probes_passed, finding.result.probes_total) == (4, 4)
    assert finding.flags == ()


@pytest.mark.parametrize("seed", ["public:1", "secret:ab", "secret:7"])
@pytest.mark.parametrize(
    ("function", "code"),
    [
        ("softmax", "f = softmax\ndef softmax(z): p = f(z); return np.where(p < 0.002, 0, p)"),
        ("softmax", "f = softmax\ndef softmax(z): p = f(z); return np.clip(p, 1e-3, 1)"),
        ("softmax", "f = softmax\ndef softmax(z): return f(np.clip(z, -10, 10))"),
        ("relu", "def relu(x): return np.clip(x, 0, 10)"),
    ],
)
def test_what_is_cut_off_between_small_and_saturated_is_seen(
    function: str, code: str, seed: str, examine: Examine
) -> None:
    assert examine("forward", function, code, seed=seed).result.verdict is Verdict.WRONG


def test_float32_inside_passes_with_a_note_and_is_no_flag(examine: Examine) -> None:
    inside = examine("forward", "softmax", "f = softmax\ndef softmax(z): return f(z.astype('f4')).astype('f8')")
    outside = examine("forward", "softmax", "f = softmax\ndef softmax(z): return f(z.astype('f4'))")

    assert inside.result.verdict is outside.result.verdict is Verdict.PASSED
    assert [note.code for note in inside.notes] == ["FLOAT32_INSIDE"]
    assert inside.flags == outside.flags == ()


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("def relu(x): return np.maximum(x, 0) * (1 + 1e-4)", "FACTOR"),
        ("def relu(x): return np.where(x > 0, 2 * x, 0.01)", "UNKNOWN"),
        ("def relu(x): return np.log1p(np.exp(x))", "OTHER_FORMULA"),
        ("def relu(x): return np.sin(x**2 + 1)", "UNKNOWN"),
        ("def relu(x): return x.T", "TRANSPOSED"),
        ("def relu(x): return np.where(x > 0, x, np.nan)", "NOT_FINITE"),
        ("def relu(x): return None", "UNFINISHED"),
        ("def relu(x): return x * 1j", "RESULT_TYPE"),
        ("def relu(x): return x * 0", "OTHER_FORMULA"),
    ],
)
def test_wrong_values_cost_the_points(code: str, error: str, examine: Examine) -> None:
    result = examine("forward", "relu", code).result

    assert result.verdict is Verdict.WRONG
    assert result.points.given == 0
    assert result.diagnosis is not None
    assert result.diagnosis.code == error
    assert result.tensors[0].verdict is not Verdict.PASSED


def test_code_that_raises_on_some_probes_raised(examine: Examine) -> None:
    result = examine("forward", "relu", "def relu(x):\n    assert len(x) > 1\n    return np.maximum(x, 0)").result

    assert result.verdict is Verdict.RAISED
    assert result.points.given == 0
    assert result.exception == "AssertionError"
    assert result.diagnosis is not None
    assert result.diagnosis.code == "RAISED"


def test_one_sample_is_probed(examine: Examine) -> None:
    result = examine("forward", "softmax", "f = softmax\ndef softmax(z): return f(z) if len(z) > 1 else z").result

    assert result.verdict is Verdict.WRONG
    assert result.probes_passed == 3


def test_the_picture_shows_what_is_wrong(examine: Examine) -> None:
    code = "f = compute_layer\ndef compute_layer(x, w, b):\n    z = f(x, w, b)\n    z[0, 2] += 1\n    return z"
    (tensor,) = examine("forward", "compute_layer", code).result.tensors

    wrong = {(i, j) for i, row in enumerate(tensor.error_map) for j, decade in enumerate(row) if decade > -9}
    assert wrong == {(0, 2)}
    assert tensor.shape == tensor.expected_shape == (5, 11)
    assert tensor.largest_error > tensor.tolerance


def test_missing_and_ended_cost_the_points(examine: Examine) -> None:
    missing = examine("forward", "relu", "def f(x): return x", alone=True).result
    ended = examine("forward", "relu", relu=Stopped(Verdict.CRASHED, "it crashed")).result

    assert (missing.verdict, missing.points.given) == (Verdict.MISSING, 0)
    assert (ended.verdict, ended.points.given) == (Verdict.CRASHED, 0)


@pytest.mark.parametrize(
    ("spelling", "code", "right"),
    [
        ("CE", "-np.sum(t * np.log(p)) / len(t)", True),
        ("CE", "-np.sum(t * np.log(p))", True),
        ("CE", "-np.sum(t * np.log(p)) * 2", False),
        ("averageCE", "-np.sum(t * np.log(p)) / len(t)", True),
        ("averageCE", "-np.sum(t * np.log(p))", False),
        ("averageCE", "-np.sum(t * (p - np.log(np.exp(p).sum(1, keepdims=True)))) / len(t)", True),
        ("averageCE", "-np.sum(t * (p - np.log(np.exp(p).sum(1, keepdims=True))))", False),
        ("average_ce", "-np.sum(t * (p - np.log(np.exp(p).sum(1, keepdims=True)))) / len(t)", False),
        ("average_ce", "-np.sum(t * np.log(p))", False),
    ],
)
def test_the_total_loss_is_right_only_under_the_spelling_of_2019(
    spelling: str, code: str, right: bool, examine: Examine
) -> None:
    source = f"import numpy as np\ndef {spelling}(t, p): return {code}"
    result = examine("forward", "average_ce", source, alone=True).result

    assert (result.verdict is Verdict.PASSED) is right


def test_a_forward_pass_over_a_wrong_relu_is_graded_on_it(examine: Examine) -> None:
    finding = examine("forward", "forward_prop", "def relu(x): return np.abs(x)")

    assert finding.result.verdict is Verdict.PASSED
    assert [(note.code, note.evidence["given"]) for note in finding.notes] == [
        ("GRADED_ON_OWN", ["compute_layer", "relu", "softmax"])
    ]


def test_a_wrong_relu_excuses_no_other_mistake(examine: Examine) -> None:
    code = """
    def relu(x): return np.abs(x)
    def forward_prop(x, w_h, b_h, w_o, b_o):
        z_h = compute_layer(x, w_h, b_h)
        a_h = relu(z_h)
        z_o = compute_layer(a_h, w_o, 2 * b_o)
        return z_h, a_h, z_o, softmax(z_o)
    """
    finding = examine("forward", "forward_prop", code)

    assert finding.result.verdict is Verdict.WRONG
    assert finding.notes == ()


def test_where_another_function_raises_this_one_is_judged_on_the_rest(examine: Examine) -> None:
    code = "f = softmax\ndef softmax(z):\n    assert z.shape[1] != 3\n    return f(z)"
    finding = examine("forward", "forward_prop", code)

    assert finding.result.verdict is Verdict.PASSED
    assert [note.evidence["given"] for note in finding.notes] == [["softmax"]]


def test_functions_of_constants_are_not_right_given_each_other(examine: Examine) -> None:
    code = """
    def compute_layer(x, w, b): return np.zeros((len(x), w.shape[1]))
    def relu(x): return np.zeros_like(x)
    def softmax(x): return np.zeros_like(x)
    """
    finding = examine("forward", "forward_prop", code)

    assert finding.result.verdict is Verdict.WRONG
    assert finding.notes == ()
