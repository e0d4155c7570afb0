"""Two mistakes of which one alone is seen without a regularisation, and two of a network's way back, are both told."""

import pytest

from grader.grade import grade
from grader.report import Diagnosis
from tests.fakes.in_process import InProcessSandbox, upload
from tests.grader.diagnosis.changed_solution import quick

CLASSIFIER, PERCEPTRON = "hw2-softmax", "ece544-mlp"
SLOPE = ('"sigmoid": a * (1 - a)', '"sigmoid": 1 / (1 + np.exp(-a)) * (1 - 1 / (1 + np.exp(-a)))')
GRADIENT, LOSS = "input.T @ (p - label) / N + lamda * W", "-np.sum(label * log_p) / N + lamda / 2 * np.sum(W**2)"
NO_LAST_ROW = "np.vstack([W[:-1], 0 * W[-1:]])"


def _told(slug: str, kind: str, function: str, *changes: tuple[str, str]) -> Diagnosis | None:
    source = quick(slug).solution
    for old, new in changes:
        assert source.count(old) == 1, old
        source = source.replace(old, new)
    report = grade(quick(slug), upload(source), InProcessSandbox(), "public:1")
    checks = [check for part in report.parts for check in part.checks]
    return next(c.diagnosis for c in checks if (c.kind, c.function) == (kind, function) and c.diagnosis)


def _all(told: Diagnosis | None) -> dict[str, object]:
    """Code and formula of each mistake that is told."""
    assert told is not None
    also = told.evidence.get("also", [])
    assert isinstance(also, list)
    return {str(each["code"]): each.get("found") for each in [{**told.evidence, "code": told.code}, *also]}


@pytest.mark.parametrize(
    ("kind", "old", "new", "told"),
    [
        (
            *("gradient", GRADIENT, f"input.T @ (label - p) / N + lamda * {NO_LAST_ROW}"),
            {"SIGN": None, "OTHER_FORMULA": "W without its last row in the regularisation"},
        ),
        (
            *("forward", LOSS, "-np.sum(label * log_p) / label.size + lamda / 2 * np.sum(W @ W.T)"),
            {"DIVIDES_BY_NK": None, "OTHER_FORMULA": "sum(W @ W.T) in the regularisation"},
        ),
        (
            *("forward", LOSS, "-np.sum(log_p[:, label.argmax(axis=1)]) / N + lamda / 2 * np.sum(W**2) / N"),
            {"OTHER_FORMULA": "log(p[:, labels]), each label for all", "REG_SCALE": None},
        ),
    ],
)
def test_a_formula_beside_a_mistake_with_a_name_is_told(
    kind: str, old: str, new: str, told: dict[str, str | None]
) -> None:
    found = _all(_told(CLASSIFIER, kind, "softmax_classifier", (old, new)))

    assert set(found) == set(told)
    assert all(found[code] == formula for code, formula in told.items() if formula)


def test_two_formulas_without_a_name_are_not_told() -> None:
    change = (GRADIENT, f"np.abs(input).T @ (p - label) / N + lamda * {NO_LAST_ROW}")
    told = _told(CLASSIFIER, "gradient", "softmax_classifier", change)

    assert told is not None
    assert told.code == "UNKNOWN"


def test_the_derivative_at_the_output_is_told_beside_another_divisor() -> None:
    divided = ("(probs - T) / len(T)", "(probs - T) / T.shape[1]")
    found = _all(_told(PERCEPTRON, "gradient", "backward_sigmoid_2", SLOPE, divided))

    assert set(found) == {"ACT_DERIV_OF_PREACT", "OTHER_DIVISOR"}
    assert found["ACT_DERIV_OF_PREACT"] == "the derivative at the output a"


def test_a_factor_of_the_regularisation_that_is_accepted_is_no_second_mistake() -> None:
    shifted = ("scores - scores.max(axis=1, keepdims=True)", "scores / 2 - scores.max(axis=1, keepdims=True) / 2")
    twice = (("lamda / 2 * np.sum(W**2)", "lamda * np.sum(W**2)"), ("+ lamda * W", "+ 2 * lamda * W"))
    told = _told(CLASSIFIER, "gradient", "softmax_classifier", shifted, *twice)

    assert _all(told) == {"OTHER_FORMULA": "scores / 2"}
