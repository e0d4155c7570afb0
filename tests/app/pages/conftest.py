"""Sample reports by hand: every verdict, every picture, hostile text in every field a student controls."""

import math
from collections.abc import Callable
from dataclasses import replace

import pytest

from grader.report import (
    CheckResult,
    DerivativePoint,
    Diagnosis,
    EpochPoint,
    Evidence,
    ExperimentResult,
    ExperimentRun,
    Note,
    PartResult,
    Report,
    Score,
    TensorResult,
    TrainingResult,
    UsedDerivative,
    Verdict,
)

HOSTILE = "<script>alert('x')</script>&\"\x1b[31m\u202e"
SOURCE = '''"""My network."""
import numpy as np


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def grad_ce(target, logits):
    p = softmax(logits)  # <b>rows</b>
    return (p - target).mean(axis=0, keepdims=True)


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = (p - target) / len(x)
    back = d_o @ w_o.T
    return x.T @ back, (back * (z_h > 0)).sum(0, keepdims=True), a_h.T @ d_o, d_o.sum(0, keepdims=True)
'''


def passed(kind: str, function: str, points: float, tensor: str = "a") -> CheckResult:
    """A check with full points."""
    result = TensorResult(tensor, Verdict.PASSED, (5, 3), (5, 3), 2.2e-16, 1e-9)
    return CheckResult(kind, function, Verdict.PASSED, Score(points, points), 0.001, None, (result,), 7, 7, (5, 7))


def failed(verdict: Verdict, function: str = "softmax", exception: str | None = None) -> CheckResult:
    """A check that failed; the diagnosis repeats the verdict, as the grader's does where there is no more to say."""
    evidence: dict[str, Evidence] = {
        "name": function,
        "nearest": "softmx",
        "exception": "ValueError",
        "line": 6,
        "message": exception or "bad",
        "detail": "it used too much.",
    }
    diagnosis = Diagnosis(verdict.value.upper(), evidence)
    return CheckResult("forward", function, verdict, Score(0, 6), 0.2, diagnosis, exception=exception, lines=(6,))


def wrong_map(rows: int = 7, columns: int = 11) -> TensorResult:
    """dW_h with columns 4, 6 and 8 right, like a missing mask."""
    entries = tuple(
        tuple(-16.0 if c in (4, 6, 8) else math.sin(3 * r + 5 * c) - 0.3 for c in range(columns)) for r in range(rows)
    )
    return TensorResult("dW_h", Verdict.WRONG, (rows, columns), (rows, columns), 5.0, 1e-9, entries)


def mean_over_batch() -> PartResult:
    """grad_ce wrong in contract and gradient for one reason."""
    diagnosis = Diagnosis(
        "MEAN_OVER_BATCH_SHAPE",
        {"shape": [1, 3], "expected": [5, 3]},
        {
            "inputs": {"target": [[1, 0], [0, 1]], "logits": [[0, 0], [0, 0]]},
            "tensor": "d_logits",
            "yours": [[0, 0]],
            "right": [[-0.25, 0.25], [0.25, -0.25]],
        },
        "(p - target) / len(target)",
    )
    shape = TensorResult("d_logits", Verdict.WRONG, (1, 3), (5, 3), math.nan, 1e-9)
    contract = CheckResult(
        "contract", "grad_ce", Verdict.WRONG, Score(0, 2), 0.001, diagnosis, (shape,), 0, 1, (10, 12)
    )
    return PartResult(
        "grad_ce", Score(0, 18), (contract, replace(contract, kind="gradient", points=Score(0, 16), probes_total=7))
    )


def mask_unused(points: int = 24) -> UsedDerivative:
    """A derivative that is 1 at all inputs of a ReLU, half of them negative."""
    inputs = [-2.4 + 4.8 * number / (points - 1) for number in range(points)]
    return UsedDerivative("relu", "dW_h", "z_h", tuple(DerivativePoint(x, 1.0, float(x > 0)) for x in inputs))


def mask_missing() -> PartResult:
    """backward_prop with one wrong tensor of four."""
    right = tuple(
        TensorResult(name, Verdict.PASSED, shape, shape, 4.4e-16, 1e-9)
        for name, shape in (("db_h", (1, 11)), ("dW_o", (11, 3)), ("db_o", (1, 3)))
    )
    gradient = CheckResult(
        "gradient",
        "backward_prop",
        Verdict.WRONG,
        Score(12, 20),
        0.004,
        Diagnosis("RELU_MASK_MISSING", {"wrong": "dW_h"}, {}, "x.T @ (back * (z_h > 0))"),
        (wrong_map(), *right),
        2,
        7,
        (19,),
        derivative=mask_unused(),
    )
    checks = (passed("contract", "backward_prop", 2), passed("forward", "forward_prop", 3), gradient)
    return PartResult("backward_prop", Score(17, 25), checks)


def training_result(test_accuracy: float = 0.96, diverges: bool = False) -> TrainingResult:
    """A run over ten classes; a diverging one has NaN losses from epoch 50."""
    curve, reference = [], []
    for epoch in (0, 1, 5, 15, 50, 100, 200):
        loss, accuracy = 0.12 + 2.2 * math.exp(-epoch / 8), 0.09 + 0.87 * (1 - math.exp(-epoch / 6))
        lost = diverges and epoch >= 50
        curve.append(EpochPoint(epoch, math.nan if lost else loss, accuracy, math.nan if lost else loss, accuracy))
        reference.append(EpochPoint(epoch, loss * 0.9, accuracy, loss * 0.95, min(accuracy + 0.012, 1)))
    confusion = tuple(tuple(28 if r == c else int((r * 7 + c * 3) % 29 == 5) for c in range(10)) for r in range(10))
    return TrainingResult(
        "train",
        "digits",
        {"hidden": 64, "lr": 0.1, "gamma": 0.9, "epochs": 200},
        0.92,
        0.999,
        0.995,
        test_accuracy,
        0.31,
        tuple(curve),
        tuple(reference),
        confusion,
        confusion,
    )


def experiment_result() -> ExperimentResult:
    """Two widths by two activations, one of which took too long."""
    runs = tuple(
        ExperimentRun(row, column, Verdict.PASSED, 1140, 0.1, 0.99, 0.2, 0.98, 0.2, 0.975, 7e-5, 5e-5, 0.98)
        if (row, column) != ("20", "Tanh")
        else ExperimentRun(row, column, Verdict.TIME_LIMIT)
        for row in ("10", "20")
        for column in ("ReLU", "Tanh")
    )
    training = training_result()
    return ExperimentResult(
        "hidden-units",
        "Activations and hidden units",
        "hidden units",
        "digits",
        1197,
        {"lr": 0.1, "epochs": 30},
        runs,
        ("10", "ReLU"),
        training.curve,
        training.confusion,
        training.confusion,
        3.2,
    )


def sample_report() -> Report:
    """Two findings, a training that passes, notes and prints."""
    parts = (
        PartResult("relu", Score(8, 8), (passed("contract", "relu", 2), passed("forward", "relu", 6))),
        PartResult("softmax", Score(12, 12), (passed("forward", "softmax", 8), passed("stability", "softmax", 4))),
        PartResult("compute_layer", Score(8, 8), (passed("forward", "compute_layer", 8),)),
        PartResult("average_ce", Score(14, 14), (passed("forward", "average_ce", 14),)),
        mean_over_batch(),
        mask_missing(),
        PartResult("training", Score(15, 15), (passed("update_rule", "train", 6), passed("training", "train", 9))),
    )
    return Report(
        assignment="ece421-numpy-nn",
        version="sha256:9f2c41d07be2b86a5fd0b1c1",
        score=Score(74, 100),
        parts=parts,
        training=(training_result(),),
        notes=(Note("SKIPPED_AT_LOAD", {"what": "a training loop, two plots."}, (88, 131)),),
        flags=(),
        printed="epoch 0\nepoch 1\n",
        seed="secret:5be1",
        sandbox="container",
        versions={"chainrule": "0.1.0", "numpy": "2.4.6"},
        seconds=0.041,
        experiments=(experiment_result(),),
    )


def verdicts_report() -> Report:
    """One part for every verdict, none of them diagnosed."""
    parts = tuple(
        PartResult(verdict.value, Score(6 if verdict is Verdict.PASSED else 0, 6), (replace(check, verdict=verdict),))
        for verdict in Verdict
        for check in [passed("forward", "softmax", 6) if verdict is Verdict.PASSED else failed(verdict)]
    )
    return replace(sample_report(), parts=parts, training=(), notes=(), printed="", score=Score(6, 6 * len(parts)))


def hostile_report() -> Report:
    """Markup and control characters wherever a student's text reaches the report."""
    used = UsedDerivative(
        HOSTILE, HOSTILE, HOSTILE, (DerivativePoint(1.0, math.nan, 1.0), DerivativePoint(2.0, 9.0, 1.0))
    )
    check = replace(failed(Verdict.RAISED, exception=f"ValueError: {HOSTILE}"), derivative=used)
    part = PartResult("softmax", Score(0, 12), (check,))
    return replace(sample_report(), parts=(part,), printed=HOSTILE * 3, score=Score(0, 12), training=())


def diverging_report() -> Report:
    """A training run whose loss is no number after some epochs."""
    return replace(sample_report(), training=(training_result(test_accuracy=math.nan, diverges=True),))


REPORTS: dict[str, Callable[[], Report]] = {
    "sample": sample_report,
    "verdicts": verdicts_report,
    "hostile": hostile_report,
    "diverging": diverging_report,
}


@pytest.fixture
def reports() -> dict[str, Report]:
    """Every sample report by name."""
    return {name: make() for name, make in REPORTS.items()}


@pytest.fixture(params=sorted(REPORTS))
def any_report(request: pytest.FixtureRequest) -> Report:
    """Each sample report in turn."""
    return REPORTS[request.param]()


@pytest.fixture
def hostile_text() -> str:
    """Markup, a quote, an escape sequence and a direction override."""
    return HOSTILE


@pytest.fixture
def source() -> str:
    """The student's file the sample reports are about."""
    return SOURCE


@pytest.fixture
def error_map_tensor() -> Callable[[int, int], TensorResult]:
    """Makes a wrong tensor with an error map of the given size."""
    return wrong_map


@pytest.fixture
def used_derivative() -> UsedDerivative:
    """A derivative of a ReLU without its mask."""
    return mask_unused()


@pytest.fixture
def training() -> Callable[..., TrainingResult]:
    """Makes a training result."""
    return training_result
