"""A symptom of training is traced to the mistake already named; a fault of the loop's own is not."""

from dataclasses import replace
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
        {
            **{"accuracy": 0.5, "cause": "backward_prop", "cause_code": "RELU_MASK_MISSING", "symptom": symptom},
            "steps_right": True,
        },
    )


def _unchanged(*checks: CheckResult) -> PartResult:
    return _part("training", *checks)


@pytest.mark.parametrize(
    ("part", "earlier"),
    [
        # another outcome each time says nothing of the steps
        (_unchanged(_check("update_rule", "train", "NOT_DETERMINISTIC"), _check("training", "train", "DIVERGED")), []),
        # the loss is wrong, and nothing that training goes by
        (_unchanged(_check("training", "train", "DIVERGED")), [_part("x", _check("forward", "average_ce", "SIGN"))]),
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


def _traced(slug: str, part: PartResult, *earlier: CheckResult) -> list[tuple[str, Any]]:
    """Code and cause of each check of a part, after these checks."""
    assignment = Catalog.builtin().get(slug).assignment
    checks = named_consequences(part, [_part("earlier", *earlier)], assignment).checks
    found = [check.diagnosis or Diagnosis("PASSED") for check in checks]
    return [(diagnosis.code, diagnosis.evidence.get("cause")) for diagnosis in found]


def test_a_step_on_copies_of_one_example_is_a_rule_too() -> None:
    wrong = _check("gradient", "TwoLayerNet.loss", "SIGN")
    failed = _check("training", "training", "DOES_NOT_LEARN")

    (_, traced) = _traced("cs231n-two-layer", _part("train", _check("forward", "one_step", None), failed), wrong)
    (_, own) = _traced("cs231n-two-layer", _part("train", _check("forward", "one_step", "ASCENT"), failed))
    (_, both) = _traced("cs231n-two-layer", _part("train", _check("forward", "one_step", "ASCENT"), failed), wrong)

    assert traced == ("FOLLOWS_FROM", "TwoLayerNet.loss")
    assert own == ("FOLLOWS_FROM_STEP", "ASCENT in one_step")
    assert both == ("FOLLOWS_FROM_STEP", ["ASCENT in one_step", "SIGN in TwoLayerNet.loss"])


def test_batches_that_cannot_be_counted_follow_from_steps_that_do_not_add_up() -> None:
    steps = _check("forward", "two_steps", "OTHER_FORMULA")
    single = replace(_check("batches", "batches", None), verdict=Verdict.WRONG)
    single = replace(single, diagnosis=Diagnosis("OTHER_FORMULA", {"found": "a single step", "steps": 1}))
    unseen = _check("batches", "batches", "ROWS_NEVER_DRAWN")

    for batches in (single, _check("batches", "batches", "UNKNOWN")):
        (_, traced) = _traced("cs231n-two-layer", _part("train", steps, batches))
        assert traced == ("FOLLOWS_FROM_STEP", "OTHER_FORMULA in two_steps")
    assert _traced("cs231n-two-layer", _part("train", steps, unseen))[1] == ("ROWS_NEVER_DRAWN", None)
    assert _traced("cs231n-two-layer", _part("train", single)) == [("OTHER_FORMULA", None)]


def test_a_training_is_traced_to_what_its_own_activation_is_built_on() -> None:
    forward = _check("forward", "forward_tanh_1", "TANH_HALF")
    others = [
        _check("forward", "forward_relu_1", "OTHER_ACTIVATION"),
        _check("gradient", "backward_relu_1", "RELU_MASK_MISSING"),
        _check("gradient", "backward_tanh_2", "ACT_DERIV_OF_ANOTHER"),
    ]
    backward = _check("gradient", "backward_tanh_1", "FOLLOWS_FROM_FORWARD")
    part = _part("training", _check("training", "train_tanh", "DIVERGED"))

    assert _traced("ece544-mlp", part, forward, *others, backward) == [("FOLLOWS_FROM", "forward_tanh_1")]
    assert _traced("ece544-mlp", part, *others) == [("DIVERGED", None)]


def test_what_no_gradient_is_made_of_is_no_cause() -> None:
    part = _part("fit", _check("training", "NetClassifier.fit", "DIVERGED"))
    score = _check("forward", "NetClassifier.score", "SCORE_PERCENT")
    softmax = _check("forward", "softmax", "SOFTMAX_AXIS")

    assert _traced("aarhus-net-classifier", part, score) == [("DIVERGED", None)]
    assert _traced("aarhus-net-classifier", part, softmax, score) == [("FOLLOWS_FROM", "softmax")]


def test_steps_by_a_wrong_gradient_of_which_nothing_is_known_follow_from_it() -> None:
    steps = _part("fit", _check("update_rule", "NetClassifier.fit", "UNKNOWN"))
    frozen = _part("fit", _check("update_rule", "NetClassifier.fit", "SOME_PARAMS_NOT_UPDATED"))
    sign = _check("gradient", "NetClassifier.cost_grad", "SIGN")
    shape = replace(sign, diagnosis=Diagnosis("BIAS_SHAPE", {"shape": []}))
    follows = [("FOLLOWS_FROM", "NetClassifier.cost_grad")]

    assert _traced("aarhus-net-classifier", steps) == [("UNKNOWN", None)]
    assert _traced("aarhus-net-classifier", steps, sign) == follows
    assert _traced("aarhus-net-classifier", frozen, sign) == [("SOME_PARAMS_NOT_UPDATED", None)]
    assert _traced("aarhus-net-classifier", frozen, shape) == follows


@pytest.mark.parametrize(
    ("frozen", "gradient", "code"),
    [
        (["b2"], "OTHER_FORMULA", "FOLLOWS_FROM"),
        (["b1", "b2"], "OTHER_FORMULA", "FOLLOWS_FROM"),
        (["W1", "b2"], "OTHER_FORMULA", "SOME_PARAMS_NOT_UPDATED"),
        (["b1", "b2"], "REG_ON_BIAS", "SOME_PARAMS_NOT_UPDATED"),
    ],
)
def test_a_parameter_that_stays_follows_from_its_own_wrong_gradient(
    frozen: list[str], gradient: str, code: str
) -> None:
    """A gradient that is wrong may be 0; one that is right, or a multiple of it, has to be stepped by."""
    (check,) = _part("gradients", _check("gradient", "NetClassifier.cost_grad", gradient)).checks
    wrong = replace(check, diagnosis=Diagnosis(gradient, {"wrong": ["d_b1", "d_b2"]}))
    (step,) = _part("fit", _check("update_rule", "NetClassifier.fit", "SOME_PARAMS_NOT_UPDATED")).checks
    still = replace(step, diagnosis=Diagnosis("SOME_PARAMS_NOT_UPDATED", {"frozen": list(frozen)}))
    ((told, _),) = _traced("aarhus-net-classifier", _part("fit", still), wrong)

    assert told == code


def test_epochs_of_wrong_steps_are_traced_to_these() -> None:
    part = _part("training", _check("training", "nn_epochs", "DOES_NOT_LEARN"))
    batches = _check("forward", "nn_batches", "OTHER_DIVISOR")
    regression = _check("forward", "softmax_regression_epoch", "SIGN")

    assert _traced("dlsys-hw0", part, regression) == [("DOES_NOT_LEARN", None)]
    assert _traced("dlsys-hw0", part, batches) == [("FOLLOWS_FROM_STEP", "OTHER_DIVISOR in nn_batches")]
    unknown = _check("forward", "nn_epoch", "UNKNOWN")
    assert _traced("dlsys-hw0", part, unknown) == [("FOLLOWS_FROM_STEP", "nn_epoch")]


LINEAR = _check("gradient", "FCLayer", "UNKNOWN")
RELU = _check("gradient", "ReLULayer", "RELU_MASK_MISSING")
LOSS = _check("forward", "SoftmaxCrossEntropyLossLayer", "FACTOR_TWO")


def test_a_network_is_traced_to_all_layers_it_is_made_of_that_are_wrong() -> None:
    for symptom, code in [("DOES_NOT_LEARN", "FOLLOWS_FROM_LAYER"), ("DIVERGED", "FOLLOWS_FROM")]:
        part = _part("experiments", _check("training", "cross_entropy_relu", symptom))

        assert _traced("hw2-layers-mlp", part, LOSS, RELU, LINEAR) == [(code, ["FCLayer", "ReLULayer"])]
        assert _traced("hw2-layers-mlp", part, LOSS, RELU) == [(code, "ReLULayer")]
        assert _traced("hw2-layers-mlp", part, LOSS) == [(symptom, None)]


@pytest.mark.parametrize("code", ["RAISED", "RAISED_IN"])
def test_a_raise_in_a_network_is_traced_to_the_layer_that_gives_nothing_to_go_on_with(code: str) -> None:
    raised = replace(
        _check("training", "euclidean_relu", code, Verdict.RAISED),
        diagnosis=Diagnosis(code, {"other": "FCLayer", "line": 26}),
    )
    part, empty = _part("experiments", raised), _check("gradient", "ReLULayer", "UNFINISHED")
    itself = _check("gradient", "FCLayer", "RAISED", Verdict.RAISED)

    assert _traced("hw2-layers-mlp", part, LINEAR, empty) == [("FOLLOWS_FROM", "ReLULayer")]
    assert _traced("hw2-layers-mlp", part, LINEAR, RELU) == [(code, None)]
    assert _traced("hw2-layers-mlp", part, itself, empty) == [(code, None)]


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
