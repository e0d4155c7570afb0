"""Logits of 1000, offset rows and probabilities of zero: which of them fail names the cause."""

from collections.abc import Callable

import pytest

from grader.checks.subject import Finding
from grader.report import Verdict
from grader.sandbox import Stopped

Examine = Callable[..., Finding]
SEEDS = ["public:1", "public:2", "secret:ab"]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("function", "code"),
    [
        ("softmax", ""),
        ("average_ce", ""),
        ("average_ce", "def average_ce(t, p): return -np.sum(t * np.log(p + 1e-12)) / len(t)"),
        ("average_ce", "def average_ce(t, p): return -np.sum(t * np.log(np.maximum(p, 1e-15))) / len(t)"),
        ("average_ce", "def average_ce(t, p): return -np.log(p[t == 1]).mean()"),
    ],
)
def test_stable_code_passes(function: str, code: str, seed: str, examine: Examine) -> None:
    result = examine("stability", function, code, seed=seed).result

    assert result.verdict is Verdict.PASSED
    assert result.points.given == result.points.maximum == 4


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("function", "code", "cause"),
    [
        (
            "softmax",
            "def softmax(z): return np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)",
            "SOFTMAX_UNSTABLE",
        ),
        (
            "softmax",
            "def softmax(z):\n    e = np.exp(z - z.max())\n    return e / e.sum(axis=1, keepdims=True)",
            "GLOBAL_MAX_SHIFT",
        ),
        ("average_ce", "def average_ce(t, p): return -np.sum(t * np.log(p)) / len(t)", "LOG_ZERO"),
    ],
)
def test_a_naive_formula_is_named(function: str, code: str, cause: str, seed: str, examine: Examine) -> None:
    result = examine("stability", function, code, seed=seed).result

    assert result.verdict is Verdict.WRONG
    assert result.points.given == 0
    assert result.diagnosis is not None
    assert result.diagnosis.code == cause
    assert result.diagnosis.evidence["value"] in {"nan", "inf"}
    assert result.diagnosis.counterfactual


def test_finite_wrong_values_get_no_cause_of_overflow(examine: Examine) -> None:
    result = examine("stability", "softmax", "f = softmax\ndef softmax(z): return f(f(z))").result

    assert result.diagnosis is not None
    assert result.diagnosis.code == "SOFTMAX_TWICE"


def test_an_argument_changed_where_it_is_zero_is_seen(examine: Examine) -> None:
    code = """
    def average_ce(t, p):
        p[p == 0] = 1e-15
        return -np.sum(t * np.log(p)) / len(t)
    """
    result = examine("stability", "average_ce", code).result

    assert result.diagnosis is not None
    assert (result.diagnosis.code, result.diagnosis.evidence["argument"]) == ("MUTATES_INPUT", "prediction")
    assert result.points.given == 0


def test_what_is_always_changed_costs_its_own_check_only(examine: Examine) -> None:
    code = "def softmax(z): z -= z.max(axis=1, keepdims=True); e = np.exp(z); return e / e.sum(axis=1, keepdims=True)"

    assert examine("stability", "softmax", code).result.verdict is Verdict.PASSED
    assert examine("contract", "softmax", code).result.verdict is Verdict.WRONG


def test_one_wrong_number_is_not_called_a_constant_factor(examine: Examine) -> None:
    code = "f = average_ce\ndef average_ce(t, p): return f(t, p) * (1.5 if (p == 0).any() else 1)"
    result = examine("stability", "average_ce", code).result

    assert result.verdict is Verdict.WRONG
    assert result.diagnosis is not None
    assert result.diagnosis.code == "UNKNOWN"


def test_a_factor_that_ordinary_probes_show_too_is_named(examine: Examine) -> None:
    result = examine("stability", "average_ce", "f = average_ce\ndef average_ce(t, p): return 1.5 * f(t, p)").result

    assert result.diagnosis is not None
    assert result.diagnosis.code == "FACTOR"
    assert result.probes_total == 1


def test_missing_and_ended_cost_the_points(examine: Examine) -> None:
    missing = examine("stability", "softmax", "def f(x): return x", alone=True).result
    ended = examine("stability", "softmax", softmax=Stopped(Verdict.MEMORY_LIMIT, "too much")).result

    assert (missing.verdict, missing.points.given) == (Verdict.MISSING, 0)
    assert (ended.verdict, ended.points.given) == (Verdict.MEMORY_LIMIT, 0)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("shift", ["990.0", "z.max(axis=0)"])
def test_another_shift_than_the_largest_of_all_is_not_called_that(shift: str, seed: str, examine: Examine) -> None:
    code = f"def softmax(z):\n    e = np.exp(z - {shift})\n    return e / e.sum(axis=1, keepdims=True)"
    result = examine("stability", "softmax", code, seed=seed).result

    assert result.points.given == 0
    assert result.diagnosis is not None
    assert result.diagnosis.code != "GLOBAL_MAX_SHIFT"
