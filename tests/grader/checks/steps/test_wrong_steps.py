"""Of a loop with a wrong gradient: what else it does wrong, told by the steps that the student's own gradient makes."""

from dataclasses import replace

import pytest

from grader.grade import grade
from reference.catalog import Catalog
from reference.spec import Gradient, UpdateRule
from tests.fakes.in_process import InProcessSandbox, upload
from tests.grader.checks.test_net_classifier import KEEPS_BEST

FOLDER = Catalog.builtin().get("aarhus-net-classifier")
PARTS = tuple(
    replace(part, checks=tuple(check for check in part.checks if isinstance(check, Gradient | UpdateRule)))
    for part in FOLDER.assignment.parts
)
QUICK = replace(FOLDER, assignment=replace(FOLDER.assignment, parts=tuple(part for part in PARTS if part.checks)))
SUMMED = ("(p - labels) / len(X)", "p - labels")
BIASES = ("d_b2 = delta2.sum(axis=0, keepdims=True)", "d_b2 = delta2.sum(axis=0, keepdims=True) + 2 * reg * b2")
AVERAGED = ("delta1.sum(axis=0, keepdims=True)", "delta1.sum(axis=0, keepdims=True) / len(X)")

CODES = {SUMMED: "TOTAL_NOT_MEAN", AVERAGED: "BIAS_MEAN", BIASES: "REG_ON_BIAS"}


@pytest.mark.parametrize(
    ("wrong", "change", "told"),
    [
        # with averaged biases a batch's gradient is no sum over examples: it does not tell which took part
        (
            SUMMED,
            ("range(0, len(order), batch_size)", "range(0, len(order) - batch_size + 1, batch_size)"),
            "LAST_BATCH_DROPPED",
        ),
        (SUMMED, ("= order[start : start + batch_size]", "= order[: start + batch_size]"), "BATCHES_OVERLAP"),
        (SUMMED, ("= order[start : start + batch_size]", "= order"), "OTHER_FORMULA"),
        (SUMMED, ("y_train[rows], params, reg)", "y_train[rows], params, 0.0)"), "REG_MISSING_IN_GRAD"),
        (AVERAGED, ("y_train[rows], params, reg)", "y_train[rows], params, 0.0)"), "REG_MISSING_IN_GRAD"),
        (BIASES, ("np.random.permutation(", "np.random.choice(len(X_train), "), "OTHER_DATA"),
        (SUMMED, ("lr=0.1", "lr=0.1"), None),
        (BIASES, ("lr=0.1", "lr=0.1"), None),
        (AVERAGED, ("lr=0.1", "lr=0.1"), None),
    ],
)
def test_a_loop_that_is_wrong_beside_its_gradient_is_named_too(
    wrong: tuple[str, str], change: tuple[str, str], told: str | None
) -> None:
    source = FOLDER.solution
    for before, after in (wrong, change):
        assert before in source
        source = source.replace(before, after)
    report = grade(QUICK, upload(source), InProcessSandbox(), "public:1")
    codes = {c.function: c.diagnosis.code for part in report.parts for c in part.checks if c.diagnosis is not None}

    assert codes.pop("NetClassifier.fit", None) == told
    assert codes == {"NetClassifier.cost_grad": CODES[wrong]}


def test_a_loop_that_keeps_its_best_epoch_is_followed_by_its_own_wrong_gradient() -> None:
    source = FOLDER.solution
    for before, after in (*KEEPS_BEST, ("p = softmax(a1 @ W2 + b2)", "p = softmax(a1 @ W2 + b2) / len(X)")):
        assert before in source
        source = source.replace(before, after)
    report = grade(QUICK, upload(source), InProcessSandbox(), "public:1")
    wrong = {check.function for part in report.parts for check in part.checks if check.diagnosis is not None}

    assert wrong == {"NetClassifier.cost_grad"}


@pytest.mark.parametrize("size", ["(len(X) - 1)", "(len(X) - 31)", "1e-300"])
def test_an_own_gradient_that_is_not_finite_for_some_batch_is_graded(size: str) -> None:
    source = FOLDER.solution
    for before, after in (("(p - labels) / len(X)", f"(p - labels) / {size}"), ("* (z1 > 0)", "* (z1 > -1)")):
        assert before in source
        source = source.replace(before, after)
    report = grade(
        QUICK, upload("import warnings\nwarnings.simplefilter('ignore')\n" + source), InProcessSandbox(), "public:1"
    )
    wrong = {check.function for part in report.parts for check in part.checks if check.diagnosis is not None}

    assert "NetClassifier.cost_grad" in wrong


def test_examples_whose_gradient_is_lost_beside_others_are_not_called_left_out() -> None:
    shifted = "X - X.max(axis=1, keepdims=True)"
    source = FOLDER.solution.replace(
        "e / e.sum(axis=1, keepdims=True)", f"np.exp(X) / np.exp({shifted}).sum(axis=1, keepdims=True)"
    )
    report = grade(QUICK, upload(source), InProcessSandbox(), "public:1")
    codes = {c.function: c.diagnosis.code for part in report.parts for c in part.checks if c.diagnosis is not None}

    assert codes.pop("NetClassifier.fit", None) in {None, "UNKNOWN", "FOLLOWS_FROM"}
