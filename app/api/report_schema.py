"""The Report as the API's description tells it. What is sent is the report as stored; keys are only ever added."""

from typing import Any, Literal

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from app.api.schemas import Schema, ScoreOut
from grader.report import Verdict

Number = float | Literal["nan", "inf", "-inf"]
"""JSON has no word for these three."""


REPORT_EXAMPLE: JsonDict = {
    "assignment": "ece421-numpy-nn",
    "version": "sha256:0a1b",
    "score": {"given": 8.0, "maximum": 26.0},
    "parts": [
        {
            "name": "grad_ce",
            "points": {"given": 0.0, "maximum": 18.0},
            "checks": [
                {
                    "kind": "gradient",
                    "function": "grad_ce",
                    "verdict": "wrong",
                    "sentence": "grad_ce gives the mean over the batch, of shape (1, 3), where (5, 3) is asked.",
                    "points": {"given": 0.0, "maximum": 18.0},
                    "seconds": 0.0012,
                    "diagnosis": None,
                    "tensors": [],
                    "probes_passed": 0,
                    "probes_total": 7,
                    "lines": [12],
                    "exception": None,
                    "derivative": None,
                    "called": "",
                }
            ],
        }
    ],
    "training": [],
    "experiments": [],
    "notes": [],
    "flags": [],
    "printed": "",
    "seed": "public:1",
    "sandbox": "full",
    "versions": {"chainrule": "0.1.0", "numpy": "2.4.6"},
    "seconds": 0.041,
}


class DiagnosisOut(Schema):
    """The cause of a failed check. `help`: path of the page on the code; null in reports of older versions."""

    code: str
    sentence: str
    help: str | None = Field(default=None, examples=["/help/TOTAL_NOT_MEAN"])
    evidence: dict[str, Any]
    counterexample: dict[str, Any]
    counterfactual: str | None


class TensorOut(Schema):
    """A result against the reference. `error_map`: log10 of the relative error, entry by entry."""

    name: str
    verdict: Verdict
    shape: list[int]
    expected_shape: list[int]
    largest_error: Number
    tolerance: float
    error_map: list[list[float]]


class DerivativePointOut(Schema):
    """At an input `x` of an activation: the derivative the student used and the right one."""

    x: Number
    yours: Number
    right: Number


class UsedDerivativeOut(Schema):
    """The derivative of an activation that a backward used: `tensor` over the upstream gradient, at inputs `at`."""

    activation: str
    sentence: str
    tensor: str
    at: str
    points: list[DerivativePointOut]


class CheckOut(Schema):
    """One check. `lines`: of the student's file; `exception`: as Python said it, untrusted.

    `derivative`: null unless that of an activation was measured and is wrong; missing in reports of older versions.
    `called`: the student's name of what is called, where that is not `function`; empty otherwise, as in older reports.
    """

    kind: str
    function: str
    verdict: Verdict
    sentence: str
    points: ScoreOut
    seconds: float
    diagnosis: DiagnosisOut | None
    tensors: list[TensorOut]
    probes_passed: int
    probes_total: int
    lines: list[int]
    exception: str | None
    derivative: UsedDerivativeOut | None = None
    called: str = ""


class PartOut(Schema):
    """A part and its checks."""

    name: str
    points: ScoreOut
    checks: list[CheckOut]


class EpochPointOut(Schema):
    """A point of a learning curve: losses in nats, accuracies as a fraction of 1."""

    epoch: int
    train_loss: Number
    train_accuracy: Number
    test_loss: Number
    test_accuracy: Number
    valid_loss: Number = "nan"
    valid_accuracy: Number = "nan"


class TrainingOut(Schema):
    """A training of the student's and the reference's on the same split.

    `confusion` is of the test set, `train_confusion` of the training set; rows true, columns predicted.
    `accuracies`: on the test set, of every run; the one in the middle is shown.
    """

    function: str
    dataset: str
    hyperparameters: dict[str, int | float]
    threshold: float
    correct_passes: float
    train_accuracy: Number
    test_accuracy: Number
    seconds: Number
    curve: list[EpochPointOut]
    reference_curve: list[EpochPointOut]
    confusion: list[list[int]]
    train_confusion: list[list[int]] = Field(default_factory=list)
    accuracies: list[Number] = Field(default_factory=list)
    valid_accuracy: Number = "nan"


class ExperimentRunOut(Schema):
    """One training for the student's report, for no points. Numbers are "nan" where the verdict is not passed.

    `seconds_per_step` is the wall time of the training by its steps; the reference's training came right before.
    """

    row: str
    column: str
    verdict: Verdict
    steps: int
    train_loss: Number
    train_accuracy: Number
    valid_loss: Number
    valid_accuracy: Number
    test_loss: Number
    test_accuracy: Number
    seconds_per_step: Number
    reference_seconds_per_step: Number
    reference_test_accuracy: Number


class ExperimentOut(Schema):
    """Trainings side by side; `best` names row and column of the one with the best validation accuracy.

    Curve and confusion matrices (rows true, columns predicted) are of the best one.
    """

    name: str
    title: str
    rows: str
    dataset: str
    examples: int
    hyperparameters: dict[str, int | float]
    runs: list[ExperimentRunOut]
    best: list[str] | None
    curve: list[EpochPointOut]
    train_confusion: list[list[int]]
    test_confusion: list[list[int]]
    seconds: float


class NoteOut(Schema):
    """Something worth knowing that costs nothing; a flag is one for staff."""

    code: str
    sentence: str
    evidence: dict[str, Any]
    lines: list[int]


class ReportOut(Schema):
    """One grading of one submission. `printed` is what the code printed: untrusted text."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [REPORT_EXAMPLE]})

    assignment: str
    version: str
    score: ScoreOut
    parts: list[PartOut]
    training: list[TrainingOut]
    experiments: list[ExperimentOut] = Field(default_factory=list)
    notes: list[NoteOut]
    flags: list[NoteOut]
    printed: str
    seed: str
    sandbox: str
    versions: dict[str, str]
    seconds: float
