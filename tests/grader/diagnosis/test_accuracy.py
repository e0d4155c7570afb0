"""A share of right predictions that compares each prediction with every label, whatever the predictions are."""

from dataclasses import replace

import pytest

from grader.grade import grade
from grader.report import Report, Verdict
from reference.catalog import Catalog
from tests.fakes.in_process import InProcessSandbox, upload

FOLDER = Catalog.builtin().get("aarhus-net-classifier")
PARTS = tuple(part for part in FOLDER.assignment.parts if part.name in {"activations", "predict"})
QUICK = replace(FOLDER, assignment=replace(FOLDER.assignment, parts=PARTS))
PREDICTED = 'return np.argmax(a1 @ params["W2"] + params["b2"], axis=1)'
MEAN = "np.mean(self.predict(X, params) == y)"
WHOLE_RELU = ("return np.maximum(x, 0)", "return np.maximum(x, 0).astype(int)")


def _report(*changes: tuple[str, str], seed: str = "public:1") -> Report:
    source = FOLDER.solution
    for old, new in changes:
        assert source.count(old) == 1, old
        source = source.replace(old, new)
    return grade(QUICK, upload(source), InProcessSandbox(), seed)


def _score(report: Report) -> tuple[Verdict, str | None, object]:
    checks = [c for part in report.parts for c in part.checks if c.function == "NetClassifier.score"]
    (found,) = (check for check in checks if check.kind == "forward")
    told = found.diagnosis
    return (found.verdict, told.code, told.evidence.get("asked")) if told else (found.verdict, None, None)


@pytest.mark.parametrize("seed", ["public:1", "public:2", "secret:ab"])
@pytest.mark.parametrize("changes", [(), (WHOLE_RELU,)], ids=["right", "wrong relu"])
def test_a_column_against_a_vector_is_told(changes: tuple[tuple[str, str], ...], seed: str) -> None:
    column = (PREDICTED, f"{PREDICTED}[:, None]")

    assert _score(_report(*changes, column, seed=seed)) == (Verdict.WRONG, "OTHER_FORMULA", "prediction.ravel() == y")


def test_a_column_that_is_counted_rightly_is_right_given_wrong_predictions() -> None:
    column = (PREDICTED, f"{PREDICTED}[:, None]")
    rightly = (MEAN, "np.mean(self.predict(X, params)[:, 0] == y)")

    assert _score(_report(WHOLE_RELU, column, rightly)) == (Verdict.PASSED, None, None)


def test_a_percentage_of_wrong_predictions_is_told() -> None:
    assert _score(_report(WHOLE_RELU, (MEAN, f"100 * {MEAN}")))[1] == "SCORE_PERCENT"
