"""Sentences are about functions of the student's: a check's name of ours is its label, and no subject."""

from dataclasses import replace

import pytest

from grader.grade import grade
from grader.messages import sentence
from grader.report import CheckResult, Verdict
from grader.report_json import from_json, to_json
from reference.catalog import Catalog
from reference.spec import Training
from tests.fakes.in_process import InProcessSandbox, upload

NET, CLASSIFIER, DERIVATIVES = "cs231n-two-layer", "aarhus-net-classifier", "ece544-derivatives"


def _checks(slug: str, *changes: tuple[str, str]) -> list[CheckResult]:
    """All checks but the long trainings, as they are read back from the stored report."""
    whole = Catalog.builtin().get(slug)
    parts = tuple(
        replace(part, checks=checks)
        for part in whole.assignment.parts
        if (checks := tuple(check for check in part.checks if not isinstance(check, Training)))
    )
    source = whole.solution
    for before, after in changes:
        assert before in source
        source = source.replace(before, after)
    folder = replace(whole, assignment=replace(whole.assignment, parts=parts))
    report = from_json(to_json(grade(folder, upload(source), InProcessSandbox(), "public:1")))
    return [check for part in report.parts for check in part.checks]


@pytest.mark.parametrize(
    ("slug", "changes", "function", "begins"),
    [
        (
            NET,
            (("return scores\n", "return 3 * scores\n"),),
            "scores",
            "One constant factor is wrong in TwoLayerNet.loss:",
        ),
        (NET, (("size = min", "assert False\n        size = min"),), "one_step", "TwoLayerNet.train raises"),
        (
            NET,
            (("z1 = X @ W1 + b1\n", "assert False\n"),),
            "one_step",
            "TwoLayerNet.train cannot be judged: TwoLayerNet.loss, which it calls, raises",
        ),
        (
            DERIVATIVES,
            (("def nll_grad(", "def NLL_Grad("), ("def nll(", "def NLL(yhat, y):\n    return None\n\n\ndef unused(")),
            "nll",
            "NLL returns",
        ),
    ],
)
def test_the_students_own_function_is_the_subject(
    slug: str, changes: tuple[tuple[str, str], ...], function: str, begins: str
) -> None:
    wrong = [c for c in _checks(slug, *changes) if c.function == function and c.verdict is not Verdict.PASSED]

    assert wrong
    assert all(sentence(check).startswith(begins) for check in wrong), [sentence(check) for check in wrong]


def test_what_is_called_as_asked_is_called_by_nothing_else() -> None:
    called = {check.function: check.called for check in _checks(NET)}

    assert called["TwoLayerNet.loss"] == ""
    assert called["batches"] == called["loss_history"] == "TwoLayerNet.train"
    assert {check.called for check in _checks("hw2-layers-mlp")} == {""}
