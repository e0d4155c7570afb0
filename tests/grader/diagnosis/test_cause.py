"""Every known wrong formula is named from a student's source, mixtures and strangers are not."""

from collections.abc import Callable

import pytest

from grader.checks.subject import Finding
from grader.report import Verdict
from tests.students.judgement import codes

Examine = Callable[..., Finding]
SEEDS = ["public:1", "public:2", "secret:ab"]

RELU = [
    ("RELU_IDENTITY", "x + 0"),
    ("RELU_INT_TRUNCATION", "np.maximum(x, 0).astype(int)"),
    ("RELU_NEGATIVE_PART", "np.minimum(x, 0)"),
    ("RELU_STEP", "(x > 0) * 1.0"),
    ("RELU_ABSOLUTE", "np.abs(x)"),
    ("RELU_LEAKY", "np.where(x > 0, x, 0.01 * x)"),
    ("FACTOR", "np.maximum(x, 0) * 3"),
    ("TRANSPOSED", "np.maximum(x, 0).T"),
    ("SHAPE", "np.maximum(x, 0)[:, :2]"),
    ("OTHER_FORMULA", "np.tanh(x)"),
    ("UNKNOWN", "np.tanh(x) ** 3"),
    ("UNKNOWN", "np.maximum(x, 0) if len(x) == 1 else np.abs(x) if len(x) == 5 else x + 0"),
]
SOFTMAX = [
    ("SOFTMAX_AXIS", "np.exp(z) / np.exp(z).sum(axis=0)"),
    ("SOFTMAX_WHOLE_MATRIX", "np.exp(z) / np.exp(z).sum()"),
    ("SOFTMAX_NOT_NORMALISED", "np.exp(z)"),
    ("SOFTMAX_NOT_NORMALISED", "np.exp(z - z.max(axis=1, keepdims=True))"),
    ("SOFTMAX_NOT_NORMALISED", "np.exp(z - z.max())"),
    ("SOFTMAX_LOG", "np.log(_softmax(z))"),
    ("SOFTMAX_TWICE", "_softmax(_softmax(z))"),
    ("SOFTMAX_SIGN", "_softmax(-z)"),
    ("SOFTMAX_IS_SIGMOID", "1 / (1 + np.exp(-z))"),
    ("OTHER_FORMULA", "_softmax(z / 2)"),
    ("UNKNOWN", "_softmax(np.sin(z))"),
    ("UNKNOWN", "_softmax(-z) if len(z) == 5 else _softmax(_softmax(z))"),
]
LINEAR = [
    ("BIAS_IGNORED", "x @ w"),
    ("BIAS_SUBTRACTED", "x @ w - b"),
    ("BIAS_MULTIPLIED", "(x @ w) * b"),
    ("OTHER_FORMULA", "x @ w + b.mean()"),
    ("OTHER_FORMULA", "x @ w + b ** 2"),
    ("UNKNOWN", "x @ w + b ** 4"),
    ("UNKNOWN", "x @ w if len(x) == 5 else x @ w - b"),
]
LOSS = [
    ("TOTAL_NOT_MEAN", "-np.sum(t * np.log(p))"),
    ("DIVIDES_BY_NK", "-np.mean(t * np.log(p))"),
    ("DOUBLE_MEAN", "-np.sum(t * np.log(p)) / len(t) ** 2"),
    ("SIGN", "np.sum(t * np.log(p)) / len(t)"),
    ("SIGN", "np.sum(t * np.log(p))"),
    ("LOSS_NOT_REDUCED", "-np.sum(t * np.log(p), axis=1)"),
    ("LOSS_NOT_REDUCED", "-np.sum(t * np.log(p), axis=1, keepdims=True)"),
    ("SOFTMAX_TWICE", "-np.sum(t * np.log(_softmax(p))) / len(t)"),
    ("LOG_BASE", "-np.sum(t * np.log2(p)) / len(t)"),
    ("LOG_BASE", "-np.sum(t * np.log10(p)) / len(t)"),
    ("BINARY_CROSS_ENTROPY", "-np.sum(t * np.log(p) + (1 - t) * np.log(1 - p)) / len(t)"),
    ("LOSS_ON_ARGMAX", "np.mean(t.argmax(1) != p.argmax(1))"),
    ("FACTOR", "-3 * np.sum(t * np.log(p)) / len(t)"),
    ("OTHER_FORMULA", "np.mean((t - p) ** 2)"),
    ("OTHER_DIVISOR", "-np.sum(t * np.log(p)) / max(len(t) - 1, 1)"),
    ("UNKNOWN", "np.mean((t - p) ** 3)"),
]
GRADIENT = [
    ("TOTAL_NOT_MEAN", "p - t"),
    ("SIGN", "(t - p) / n"),
    ("SIGN", "t - p"),
    ("DOUBLE_MEAN", "(p - t) / n ** 2"),
    ("DIVIDES_BY_NK", "(p - t) / t.size"),
    ("MEAN_OVER_BATCH_SHAPE", "(p - t).mean(axis=0, keepdims=True)"),
    ("MEAN_OVER_BATCH_SHAPE", "(p - t).mean(axis=0)"),
    ("SUM_OVER_BATCH_SHAPE", "(p - t).sum(axis=0)"),
    ("MEAN_OVER_CLASSES_SHAPE", "(p - t).mean(axis=1)"),
    ("GRAD_WRT_PROB", "-t / p / n"),
    ("GRAD_WRT_PROB", "-t / p"),
    ("SOFTMAX_TWICE", "(_softmax(p) - t) / n"),
    ("CE_WITHOUT_SOFTMAX", "(z - t) / n"),
    ("SOFTMAX_AXIS", "(np.exp(z) / np.exp(z).sum(axis=0) - t) / n"),
    ("TARGET_IGNORED", "p / n"),
    ("SCALAR_GRADIENT", "np.sum(p - t)"),
    ("SCALAR_GRADIENT", "7.0"),
    ("FACTOR", "(p - t) / n * 5"),
    ("SHAPE", "p[:, :1]"),
    ("UNKNOWN", "(p - t) ** 3"),
    ("UNKNOWN", "p - t if n == 5 else (t - p) / n"),
]
CASES = [
    *(("forward", "relu", "x", *case) for case in RELU),
    *(("forward", "softmax", "z", *case) for case in SOFTMAX),
    *(("forward", "compute_layer", "x, w, b", *case) for case in LINEAR),
    *(("forward", "average_ce", "t, p", *case) for case in LOSS),
    *(("gradient", "grad_ce", "t, z", *case) for case in GRADIENT),
]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("kind", "function", "arguments", "code", "formula"), CASES)
def test_a_formula_is_named(
    kind: str, function: str, arguments: str, code: str, formula: str, seed: str, examine: Examine
) -> None:
    before = "    p, n = _softmax(z), len(z)\n" if function == "grad_ce" else ""
    source = f"_softmax = softmax\ndef {function}({arguments}):\n{before}    return {formula}\n"
    result = examine(kind, function, source, seed=seed).result

    assert result.verdict is Verdict.WRONG
    assert result.points.given == 0
    assert result.diagnosis is not None
    assert result.diagnosis.code == code
    assert {"probes_wrong", "probes", "wrong", "right", "tensor"} <= result.diagnosis.evidence.keys()


FORWARD = {
    "ACTIVATION_MISSING": "z, z, z @ v + c, softmax(z @ v + c)",
    "PREACT_USED_AS_ACTIVATION": "z, a, z @ v + c, softmax(z @ v + c)",
    "BIAS_IGNORED": "z, a, a @ v, softmax(a @ v)",
    "CE_WITHOUT_SOFTMAX": "z, a, a @ v + c, a @ v + c",
    "OTHER_FORMULA": "z, a, a @ v + 2 * c, softmax(a @ v + 2 * c)",
    "UNKNOWN": "z, a, a @ v + c ** 5, softmax(a @ v + c ** 5)",
    "RESULT_COUNT": "z, a",
}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("code", "result"), FORWARD.items())
def test_a_forward_pass_is_named(code: str, result: str, seed: str, examine: Examine) -> None:
    source = f"""
    def forward_prop(x, w, b, v, c):
        z = x @ w + b
        a = np.maximum(z, 0)
        return {result}
    """
    found = examine("forward", "forward_prop", source, seed=seed).result.diagnosis

    assert found is not None
    assert found.code == code


HIDDEN = "back * (z > 0)"
BACKWARD = [
    ("RELU_MASK_MISSING", {"h": "back"}),
    ("RELU_MASK_INVERTED", {"h": "back * (z <= 0)"}),
    ("RELU_BACKWARD_USES_OUTPUT", {"h": "back * a"}),
    ("RELU_BACKWARD_USES_UPSTREAM", {"h": "np.maximum(back, 0)"}),
    ("ACT_DERIV_OF_PREACT", {"h": "back * z"}),
    ("ACT_DERIV_OF_PREACT", {"h": "back * (1 - z ** 2)"}),
    ("UPSTREAM_TIMES_GRADW", {"h": "(d @ (a.T @ d).T) * (z > 0)"}),
    ("PREACT_USED_AS_ACTIVATION", {"dv": "z.T @ d"}),
    ("CE_WITHOUT_SOFTMAX", {"d": "(a @ v + c - t) / n"}),
    ("SOFTMAX_TWICE", {"d": "(softmax(p) - t) / n"}),
    ("SOFTMAX_DERIVATIVE_TWICE", {"d": "(p - t) / n * p * (1 - p)"}),
    ("SIGN", {"d": "(t - p) / n"}),
    ("SIGN", {"d": "t - p"}),
    ("TOTAL_NOT_MEAN", {"d": "p - t"}),
    ("DOUBLE_MEAN", {"d": "(p - t) / n ** 2"}),
    ("DIVIDES_BY_INPUTS", {"d": "(p - t) / x.shape[1]"}),
    ("DIVIDES_BY_NK", {"d": "(p - t) / t.size"}),
    ("BRACKETS_MISSING", {"d": "p - t / n"}),
    ("BRACKETS_MISSING", {"d": "p / n - t"}),
    ("FACTOR_TWO", {"d": "2 * (p - t) / n"}),
    ("FACTOR_HALF", {"d": "(p - t) / n / 2"}),
    ("FACTOR", {"d": "7 * (p - t) / n"}),
    ("BIAS_NOT_SUMMED", {"db": "h", "dc": "d"}),
    ("BIAS_MEAN", {"db": "h.mean(0, keepdims=True)", "dc": "d.mean(0, keepdims=True)"}),
    ("BIAS_MEAN", {"dc": "d.mean(axis=0, keepdims=True)"}),
    ("BIAS_SHAPE", {"db": "h.sum(axis=0)[:, None]"}),
    ("BIAS_SHAPE", {"dc": "d.sum()", "db": "h.sum()"}),
    ("BIAS_WRONG_AXIS", {"db": "h.sum(axis=1)", "dc": "d.sum(axis=1)"}),
    ("BIAS_NO_GRADIENT", {"dc": "0 * c"}),
    ("UNKNOWN", {"h": "np.tanh(back)"}),
    # No formula holds on every probe, but the quotient is decided by z alone wherever it is measured.
    ("ACT_DERIV_OF_PREACT", {"h": "back if n == 5 else back * (z <= 0)"}),
]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("code", "changed"), BACKWARD)
def test_a_backward_pass_is_named(code: str, changed: dict[str, str], seed: str, examine: Examine) -> None:
    d, h = changed.get("d", "(p - t) / n"), changed.get("h", HIDDEN)
    source = f"""
    def backward_prop(x, t, w, b, v, c):
        z, a, _, p = forward_prop(x, w, b, v, c)
        n = len(x)
        d = {d}
        back = d @ v.T
        h = {h}
        db = {changed.get("db", "h.sum(axis=0, keepdims=True)")}
        dc = {changed.get("dc", "d.sum(axis=0, keepdims=True)")}
        return x.T @ h, db, {changed.get("dv", "a.T @ d")}, dc
    """
    result = examine("gradient", "backward_prop", source, seed=seed).result

    assert result.verdict is Verdict.WRONG
    assert result.diagnosis is not None
    assert result.diagnosis.code == code
    assert result.diagnosis.evidence["wrong"]


@pytest.mark.parametrize(
    ("stacked", "cut", "found"),
    [
        ("np.c_[{}, np.ones(n)]", "dw[1:], dw[:1]", "the first row of [dW; db] as db"),
        ("np.c_[np.ones(n), {}]", "dw[:-1], dw[-1:]", "the last row of [db; dW] as db"),
    ],
)
def test_a_bias_that_is_cut_from_the_wrong_end_is_told(stacked: str, cut: str, found: str, examine: Examine) -> None:
    source = f"""
    def backward_prop(x, t, w, b, v, c):
        z, a, _, p = forward_prop(x, w, b, v, c)
        n = len(x)
        d = (p - t) / n
        h = d @ v.T * (z > 0)
        return tuple(g for dw in ({stacked.format("x")}.T @ h, {stacked.format("a")}.T @ d) for g in ({cut}))
    """
    told = examine("gradient", "backward_prop", source).result.diagnosis

    assert told is not None
    assert (told.code, told.evidence["found"]) == ("OTHER_FORMULA", found)


def test_two_mistakes_in_two_tensors_are_both_said(examine: Examine) -> None:
    source = """
    def backward_prop(x, t, w, b, v, c):
        z, a, _, p = forward_prop(x, w, b, v, c)
        d = (p - t) / len(x)
        h = d @ v.T
        return x.T @ h, h.sum(axis=0, keepdims=True), a.T @ d, d.mean(axis=0, keepdims=True)
    """
    found = examine("gradient", "backward_prop", source).result.diagnosis

    assert found is not None
    assert found.code == "RELU_MASK_MISSING"
    assert found.evidence["tensors"] == {
        "dW_h": "RELU_MASK_MISSING",
        "db_h": "RELU_MASK_MISSING",
        "db_o": "BIAS_MEAN",
    }
    assert codes(found) == ("RELU_MASK_MISSING", "BIAS_MEAN")


def test_the_measured_entry_is_the_worst_one(examine: Examine) -> None:
    source = """
    f = compute_layer
    def compute_layer(x, w, b):
        z = f(x, w, b)
        z[0, 2] += 100
        z[1:2, 0] += 50
        return z
    """
    found = examine("forward", "compute_layer", source).result.diagnosis

    assert found is not None
    assert found.code == "BATCH_ORDER"
    evidence = found.evidence
    assert evidence["at"] == [0, 2]
    yours, right = evidence["yours"], evidence["expected_value"]
    assert isinstance(yours, float)
    assert isinstance(right, float)
    assert yours - right == pytest.approx(100)
    assert (evidence["probes_wrong"], evidence["probes"], evidence["N"]) == (4, 4, 5)
