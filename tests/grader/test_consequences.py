"""A symptom of training is traced to the mistake already named; a fault of the loop's own is not."""

from typing import Any

import pytest

from grader.consequences import SYMPTOMS, named_consequences
from grader.report import CheckResult, Diagnosis, PartResult, Score, Verdict
from reference.catalog import AssignmentFolder, Catalog


def _check(kind: str, function: str, code: str | None, verdict: Verdict = Verdict.WRONG) -> CheckResult:
    diagnosis = Diagnosis(code, {"accuracy": 0.5}) if code else None
    return CheckResult(kind, function, verdict if code else Verdict.PASSED, Score(0, 1), 0.0, diagnosis)


def _part(name: str, *checks: CheckResult) -> PartResult:
    return PartResult(name, Score(0, 1), checks)


SIGN = _part("grad_ce", _check("contract", "grad_ce", None), _check("gradient", "grad_ce", "SIGN"))
MASK = _part("backward_prop", _check("gradient", "backward_prop", "RELU_MASK_MISSING"))


@pytest.mark.parametrize("symptom", sorted(SYMPTOMS))
def test_a_symptom_follows_from_the_latest_named_cause(symptom: str, folder: AssignmentFolder) -> None:
    part = _part("training", _check("update_rule", "train", None), _check("training", "train", symptom))
    first, second = named_consequences(part, [SIGN, MASK], folder.assignment).checks

    assert first == part.checks[0]
    assert second.diagnosis == Diagnosis(
        "FOLLOWS_FROM",
        {"accuracy": 0.5, "cause": "backward_prop", "cause_code": "RELU_MASK_MISSING", "symptom": symptom},
    )


def _unchanged(*checks: CheckResult) -> PartResult:
    return _part("training", *checks)


@pytest.mark.parametrize(
    ("part", "earlier"),
    [
        # the loop itself is at fault
        (_unchanged(_check("update_rule", "train", "ASCENT"), _check("training", "train", "DIVERGED")), [SIGN]),
        # nothing wrong before
        (_unchanged(_check("training", "train", "DOES_NOT_LEARN")), []),
        (_unchanged(_check("training", "train", "DOES_NOT_LEARN")), [_part("x", _check("gradient", "f", None))]),
        # only a contract or a stability was broken, or a function raised: no cause of wrong gradients
        (_unchanged(_check("training", "train", "UNKNOWN")), [_part("x", _check("contract", "f", "MUTATES_INPUT"))]),
        (_unchanged(_check("training", "train", "UNKNOWN")), [_part("x", _check("stability", "f", "LOG_ZERO"))]),
        (
            _unchanged(_check("training", "train", "UNKNOWN")),
            [_part("x", _check("gradient", "f", "RAISED", Verdict.RAISED))],
        ),
        # another part than training
        (_part("grad_ce", _check("gradient", "grad_ce", "UNKNOWN")), [MASK]),
    ],
)
def test_everything_else_stays(part: PartResult, earlier: list[Any], folder: AssignmentFolder) -> None:
    assert named_consequences(part, earlier, folder.assignment) == part


def test_a_step_on_copies_of_one_example_is_a_rule_too() -> None:
    assignment = Catalog.builtin().get("cs231n-two-layer").assignment
    wrong = _part("gradients", _check("gradient", "TwoLayerNet.loss", "SIGN"))
    failed = _check("training", "training", "DOES_NOT_LEARN")

    traced = named_consequences(_part("train", _check("forward", "one_step", None), failed), [wrong], assignment)
    own = named_consequences(_part("train", _check("forward", "one_step", "ASCENT"), failed), [wrong], assignment)

    assert traced.checks[1].diagnosis is not None
    assert traced.checks[1].diagnosis.code == "FOLLOWS_FROM"
    assert traced.checks[1].diagnosis.evidence["cause"] == "TwoLayerNet.loss"
    assert own.checks[1] == failed


def test_no_step_goes_by_a_prediction_or_by_a_loss_whose_gradient_is_right() -> None:
    assignment = Catalog.builtin().get("aarhus-net-classifier").assignment
    cost, net = "NetClassifier.cost_grad", "NetClassifier"
    earlier = [
        _part("activations", _check("forward", "softmax", "SOFTMAX_AXIS")),
        _part("cost", _check("forward", cost, "REG_SCALE")),
        _part("gradients", _check("gradient", cost, None)),
        _part(
            "predict", _check("forward", f"{net}.predict", "PREDICT_AXIS"), _check("forward", f"{net}.score", "UNKNOWN")
        ),
    ]
    failed = _check("training", f"{net}.fit", "DIVERGED")

    (traced,) = named_consequences(_part("fit", failed), earlier, assignment).checks

    assert traced.diagnosis is not None
    assert traced.diagnosis.evidence["cause"] == "softmax"
