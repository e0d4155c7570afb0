"""The softmax classifier: each result has points of its own, both conventions of the regularisation are right."""

from collections.abc import Callable
from dataclasses import astuple, replace

import pytest

from grader.diagnosis.regularised import UNSQUARED
from grader.grade import grade
from grader.report import Report, Verdict
from reference.catalog import Catalog
from reference.spec import Assignment, Descent
from tests.fakes.in_process import InProcessSandbox, upload

FOLDER = Catalog.builtin().get("hw2-softmax")
Changed = Callable[..., str]


def _without_descent() -> Assignment:
    parts = [
        replace(p, checks=tuple(c for c in p.checks if not isinstance(c, Descent))) for p in FOLDER.assignment.parts
    ]
    return replace(FOLDER.assignment, parts=tuple(part for part in parts if part.checks))


QUICK = replace(FOLDER, assignment=_without_descent())


def _code(
    softmax: str = "e / e.sum(axis=1, keepdims=True)",
    log: str = "np.log(p)",
    penalty: str = "lamda / 2 * np.sum(W**2)",
    loss: str = "-np.sum(label * {log}) / N + {penalty}",
    gradient: str = "input.T @ (p - label) / N + lamda * W",
    prediction: str = "p.argmax(axis=1)",
) -> str:
    return (
        "import numpy as np\ndef softmax_classifier(W, input, label, lamda):\n    N = len(input)\n    s = input @ W\n"
        f"    e = np.exp(s - s.max(axis=1, keepdims=True))\n    p = {softmax}\n"
        f"    return {loss.format(log=log, penalty=penalty)}, {gradient}, {prediction}\n"
    )


def _report(code: str, seed: str = "public:1") -> Report:
    return grade(QUICK, upload(code), InProcessSandbox(), seed)


def _lost(report: Report) -> dict[str, set[str]]:
    failed = {p.name: {c.diagnosis.code for c in p.checks if c.diagnosis} for p in report.parts}
    return {name: codes for name, codes in failed.items() if codes}


@pytest.mark.parametrize("seed", ["public:1", "public:2", "secret:ab"])
@pytest.mark.parametrize(
    ("code", "notes"),
    [
        (_code(), set()),
        (_code(penalty="0.5 * lamda * (W * W).sum()", log="np.log(p + 1e-11)"), set()),
        (_code(log="np.log(np.maximum(p, 1e-6))"), set()),
        (_code(log="np.log(p + 1e-6)"), set()),
        (_code(prediction="p.argmax(axis=1)[:, None]"), {"HARMLESS_SHAPE"}),
        (_code(prediction="p.argmax(axis=1).tolist()"), {"LIST_RESULT"}),
        (_code(penalty="lamda * np.sum(W**2)", gradient="input.T @ (p - label) / N + 2 * lamda * W"), {"REG_SCALE"}),
        (
            _code(
                penalty="lamda * np.sum(W**2)",
                log="np.log(p + 1e-6)",
                gradient="input.T @ (p - label) / N + 2 * lamda * W",
            ),
            {"REG_SCALE"},
        ),
    ],
)
def test_right_code_keeps_every_point(code: str, notes: set[str], seed: str) -> None:
    report = _report(code, seed)

    assert _lost(report) == {}
    assert report.score.given == report.score.maximum == 90
    assert {note.code for note in report.notes} == notes


@pytest.mark.parametrize("seed", ["public:1", "secret:ab"])
@pytest.mark.parametrize(
    ("code", "lost", "points"),
    [
        # one convention in the loss, the other in the gradient: the asked one is taken where neither agrees in more
        (_code(penalty="lamda * np.sum(W**2)"), {"loss": {"REG_SCALE"}}, 64),
        (_code(gradient="input.T @ (p - label) / N + 2 * lamda * W"), {"gradient": {"REG_SCALE"}}, 50),
        # added once for each example
        (_code(penalty="N * lamda / 2 * np.sum(W**2)"), {"loss": {"REG_SCALE"}}, 64),
        (_code(gradient="input.T @ (p - label) / N + N * lamda * W"), {"gradient": {"REG_SCALE"}}, 50),
        # only one of two terms is divided
        (_code(gradient="input.T @ (p - label / N) + lamda * W"), {"gradient": {"BRACKETS_MISSING"}}, 50),
        (_code(gradient="input.T @ (p / N - label) + lamda * W"), {"gradient": {"BRACKETS_MISSING"}}, 50),
        # two mistakes in one result: the first is named, the second said besides
        (_code(gradient="input.T @ (p - label)"), {"gradient": {"TOTAL_NOT_MEAN"}}, 50),
        (_code(gradient="input.T @ (label - p) / N + lamda / 2 * W"), {"gradient": {"SIGN"}}, 50),
        # a derivative of one's own loss keeps half
        (
            _code(loss="-np.sum(label * {log}) + {penalty}", gradient="input.T @ (p - label) + lamda * W"),
            {"loss": {"TOTAL_NOT_MEAN"}, "gradient": {"TOTAL_NOT_MEAN"}},
            44,
        ),
        (
            _code(penalty="0", gradient="input.T @ (p - label) / N"),
            {"loss": {"REG_MISSING_IN_LOSS"}, "gradient": {"REG_MISSING_IN_GRAD"}},
            44,
        ),
        (_code(prediction="p"), {"loss": {"PREDICT_SHAPE"}, "prediction": {"PREDICT_SHAPE"}}, 76),
        (_code(loss="np.float64(1.0)"), {"loss": {"UNKNOWN"}, "stability": {"CONSTANT_RESULT"}}, 54),
    ],
)
def test_each_result_has_points_of_its_own(code: str, lost: dict[str, set[str]], points: float, seed: str) -> None:
    report = _report(code, seed)

    assert _lost(report) == lost
    assert report.score.given == points


@pytest.mark.parametrize("seed", ["public:1", "secret:ab"])
@pytest.mark.parametrize(
    ("loss", "gradient", "kept"),
    [
        ("np.sum((s - label)**2) / 2", "input.T @ (s - label)", 20),
        ("-np.sum(label * s)", "-input.T @ label", 20),
        ("-np.sum(label * p) / N", "input.T @ (p * (np.sum(label * p, axis=1, keepdims=True) - label)) / N", 20),
        # made of the weights alone, with data added or multiplied, or of everything but the labels
        ("np.sum(W**2) / 2", "W", 0),
        ("np.sum(W**2) / 2 + input.mean() + label[0, 0] + label[-1] @ np.arange(W.shape[1])", "W", 0),
        ("np.sum(W**2) / 2 * np.exp(np.mean(input * input[0, 0]))", "W * np.exp(np.mean(input * input[0, 0]))", 0),
        ("np.sum(s**2) / 2", "input.T @ s", 0),
    ],
)
def test_a_derivative_of_a_loss_of_another_kind_keeps_half_where_both_depend_on_the_data(
    loss: str, gradient: str, kept: float, seed: str
) -> None:
    report = _report(_code(loss=loss, gradient=gradient), seed)
    points = {part.name: part.checks[0].points.given for part in report.parts}

    assert points["gradient"] == kept
    assert kept or points["stability"] == 0


@pytest.mark.parametrize(
    "total",
    ["np.log2(np.exp(s).sum(axis=1))", "np.log10(np.exp(s).sum(axis=1))", "np.logaddexp2.reduce(s, axis=1)"],
)
def test_a_logarithm_of_another_base_is_told_of_scores_that_are_not_shifted(total: str) -> None:
    logs = f"(s - {total}[:, None])"
    lost = _lost(_report(_code(softmax=f"np.exp{logs}", log=logs)))

    assert (lost["loss"], lost["gradient"]) == ({"LOG_BASE"}, {"LOG_BASE"})


@pytest.mark.parametrize(
    ("code", "besides"),
    [
        (_code(gradient="input.T @ (p - label)"), "the regularisation is missing"),
        # a norm, or absolute values: the factor of the squares is another on each probe
        (_code(loss="-np.mean(label * {log}) + {penalty}", penalty="lamda / 2 * np.sqrt(np.sum(W**2))"), UNSQUARED),
        (_code(loss="-np.mean(label * {log}) + {penalty}", penalty="lamda / 2 * np.sum(np.abs(W))"), UNSQUARED),
    ],
)
def test_a_second_mistake_is_said_besides_the_first(code: str, besides: str) -> None:
    found = [c.diagnosis for p in _report(code).parts for c in p.checks if c.diagnosis]

    assert found[0].evidence["besides"] == besides


@pytest.mark.parametrize(
    ("softmax", "code"), [("np.exp(s) / np.exp(s).sum(axis=1, keepdims=True)", "SOFTMAX_UNSTABLE")]
)
def test_overflow_is_named(softmax: str, code: str) -> None:
    assert _lost(_report(_code(softmax=softmax))) == {"stability": {code}}


def _trained(code: str) -> tuple[Report, Verdict]:
    parts = tuple(part for part in FOLDER.assignment.parts if part.name in {"gradient", "training"})
    folder = replace(FOLDER, assignment=replace(FOLDER.assignment, parts=parts))
    report = grade(folder, upload(code), InProcessSandbox(), "public:1")
    return report, report.parts[-1].checks[0].verdict


def test_our_loop_learns_with_the_right_gradient_as_the_reference_does() -> None:
    report, verdict = _trained(_code())
    (result,) = report.training

    assert verdict is Verdict.PASSED
    for yours, right in zip(result.curve, result.reference_curve, strict=True):
        assert astuple(yours) == pytest.approx(astuple(right))
    assert [point.epoch for point in result.curve] == list(range(1, 31))
    assert sum(map(sum, result.confusion)) == 400


@pytest.mark.parametrize(
    ("gradient", "verdict", "code"),
    [
        ("input.T @ (label - p) / N", Verdict.WRONG, "FOLLOWS_FROM_GRADIENT"),
        ("np.zeros_like(W)", Verdict.WRONG, "FOLLOWS_FROM_GRADIENT"),
        ("(input.T @ (p - label)).T", Verdict.WRONG, "FOLLOWS_FROM_GRADIENT"),
        ("input.T @ (p - label) * np.nan", Verdict.WRONG, "FOLLOWS_FROM_GRADIENT"),
        ("1 / 0", Verdict.RAISED, "RAISED"),
        ("None", Verdict.WRONG, "UNFINISHED"),
    ],
)
def test_a_gradient_that_is_wrong_does_not_train(gradient: str, verdict: Verdict, code: str) -> None:
    report, found = _trained(_code(gradient=gradient))
    diagnosis = report.parts[-1].checks[0].diagnosis

    assert found is verdict
    assert diagnosis is not None
    assert diagnosis.code == code


def test_weights_multiplied_in_place_by_the_regularisation_are_changed() -> None:
    code = _code(gradient="input.T @ (p - label) / N + np.multiply(W, lamda, out=W)")

    assert _lost(_report(code)) == {"loss": {"MUTATES_INPUT"}}
