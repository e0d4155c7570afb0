"""A formula is found beside a factor where neither has a name of its own."""

import pytest

from grader.grade import grade
from grader.report import Diagnosis
from tests.fakes.in_process import InProcessSandbox, upload
from tests.grader.diagnosis.changed_solution import quick

SLUG = "dlsys-hw0"
LAYER, FACTOR = ("W2 -= lr * (a.T @ delta)", "W2 -= lr * ((a > 0).T @ delta)"), "        delta /= len(x)\n        back"


def _told(*changes: tuple[str, str]) -> Diagnosis:
    source = quick(SLUG).solution
    for old, new in changes:
        assert source.count(old) == 1, old
        source = source.replace(old, new)
    report = grade(quick(SLUG), upload(source), InProcessSandbox(), "public:1")
    checks = [check for part in report.parts for check in part.checks if check.function == "nn_epoch"]
    return next(c.diagnosis for c in checks if c.diagnosis and "dW2" in str(c.diagnosis.evidence.get("wrong")))


@pytest.mark.parametrize(
    ("divisor", "code", "found"),
    [
        ("delta.shape[1]", "OTHER_DIVISOR", "/ C"),
        ("(1 + len(x))", "OTHER_DIVISOR", "/ (N + 1)"),
        ("(len(x) * delta.shape[1])", "DIVIDES_BY_NK", None),
        ("-len(x)", "SIGN", None),
    ],
)
def test_a_formula_beside_a_factor_is_told(divisor: str, code: str, found: str | None) -> None:
    told = _told(LAYER, (FACTOR, FACTOR.replace("len(x)", divisor)))
    also = told.evidence["also"]
    assert isinstance(also, list)
    mistakes = {str(each["code"]): each.get("found") for each in [{**told.evidence, "code": told.code}, *also]}

    assert set(mistakes) == {"OTHER_FORMULA", code}
    assert mistakes["OTHER_FORMULA"] == "(z > 0).T @ g2"
    assert found is None or mistakes[code] == found


def test_a_number_of_its_own_is_no_factor_that_students_write() -> None:
    assert _told(LAYER, (FACTOR, FACTOR.replace("len(x)", "(0.7311 * len(x))"))).code == "UNKNOWN"
