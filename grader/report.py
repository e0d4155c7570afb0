"""What a grading says, as immutable data: verdicts, diagnoses, points. No prose: words are made in messages.py."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from grader.numerics import DERIVATIVE_TOLERANCE

Evidence = str | float | int | bool | None | Sequence["Evidence"] | Mapping[str, "Evidence"]
"""A measured quantity as JSON can carry it; NaN and infinities are written as the strings nan, inf and -inf."""

Counts = tuple[tuple[int, ...], ...]
"""A confusion matrix."""


class Verdict(StrEnum):
    """How a check ended. Every one is the student's; a fault of ours is an exception and never a verdict."""

    PASSED = "passed"
    WRONG = "wrong"
    RAISED = "raised"
    TIME_LIMIT = "time_limit"
    MEMORY_LIMIT = "memory_limit"
    OUTPUT_LIMIT = "output_limit"
    FORBIDDEN = "forbidden"
    CRASHED = "crashed"
    NO_RESULT = "no_result"
    MISSING = "missing"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Score:
    """Points given out of a maximum."""

    given: float
    maximum: float


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The cause of a failed check: a stable code and what was measured.

    counterexample: the smallest case found, to work by hand:
    {"inputs": {name: nested lists}, "yours": nested lists, "right": nested lists}.
    counterfactual: the change with which every number matches, as code; None where none was tried.
    """

    code: str
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    counterexample: Mapping[str, Evidence] = field(default_factory=dict)
    counterfactual: str | None = None


@dataclass(frozen=True, slots=True)
class TensorResult:
    """One result tensor against the reference on one probe.

    largest_error: max|student - reference| / max|reference|, dimensionless; NaN if the student's has NaN.
    error_map: log10 of the relative error of each entry as rows of numbers (1-D tensors are one row), -16 where equal,
    at most 24 x 24 entries; empty when shapes differ.
    """

    name: str
    verdict: Verdict
    shape: tuple[int, ...]
    expected_shape: tuple[int, ...]
    largest_error: float
    tolerance: float
    error_map: tuple[tuple[float, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class DerivativePoint:
    """At an input `x` of an activation the derivative the student used, and the right one; NaN is no finite number."""

    x: float
    yours: float
    right: float

    @property
    def wrong(self) -> bool:
        """Whether it is another number; NaN is."""
        return not abs(self.yours - self.right) <= DERIVATIVE_TOLERANCE


@dataclass(frozen=True, slots=True)
class UsedDerivative:
    """The derivative of an activation that a student's backward used: their gradient over the upstream gradient.

    activation: relu, sigmoid or tanh. tensor: the result it was read from. at: what the inputs of the activation are
    called. points: by x.
    """

    activation: str
    tensor: str
    at: str
    points: tuple[DerivativePoint, ...]

    @property
    def wrong(self) -> tuple[DerivativePoint, ...]:
        """The points that are off the right curve; at least one is."""
        return tuple(point for point in self.points if point.wrong)

    @property
    def left_out(self) -> bool:
        """Whether none was multiplied in: it is one finite number at every input, where the right one is not."""
        if any(math.isnan(point.yours) for point in self.points):
            return False
        yours, right = [point.yours for point in self.points], [point.right for point in self.points]
        return max(yours) - min(yours) <= DERIVATIVE_TOLERANCE < max(right) - min(right)


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One check: its verdict, points, and for a failure why.

    kind: as in grader.checks.CHECKS. seconds: wall time of the check, written in by grader/parts.py.
    probes_passed of probes_total inputs agreed.
    lines: line numbers of the student's file this is about: the function, or the line that raised.
    exception: "ValueError: ..." as the student's interpreter said it, cut and untrusted.
    derivative: of an activation inside a gradient, where it could be measured and is a wrong one.
    called: what the student's file calls what the check calls, where that is not `function`: Net.train for one_step.
    """

    kind: str
    function: str
    verdict: Verdict
    points: Score
    seconds: float = 0.0
    diagnosis: Diagnosis | None = None
    tensors: tuple[TensorResult, ...] = ()
    probes_passed: int = 0
    probes_total: int = 0
    lines: tuple[int, ...] = ()
    exception: str | None = None
    derivative: UsedDerivative | None = None
    called: str = ""

    @property
    def subject(self) -> str:
        """What sentences are about: the student's own name of it, where the file has one."""
        return self.called or self.function


@dataclass(frozen=True, slots=True)
class PartResult:
    """A part's points and its checks."""

    name: str
    points: Score
    checks: tuple[CheckResult, ...]


@dataclass(frozen=True, slots=True)
class EpochPoint:
    """One point of a learning curve. Losses in nats (average cross-entropy, where the assignment names no other),
    accuracies as a fraction of 1; NaN where the validation set was not judged.
    """

    epoch: int
    train_loss: float
    train_accuracy: float
    test_loss: float
    test_accuracy: float
    valid_loss: float = math.nan
    valid_accuracy: float = math.nan


@dataclass(frozen=True, slots=True)
class TrainingResult:
    """One training: the student's curve, the reference's on the same data, and the confusion matrix.

    accuracies: on the test set, of every run in order; the run shown is the one in the middle.
    confusion, train_confusion: counts (C, C), rows the true class, columns predicted, on the test and training set.
    """

    function: str
    dataset: str
    hyperparameters: Mapping[str, float | int]
    threshold: float
    correct_passes: float
    train_accuracy: float
    test_accuracy: float
    seconds: float
    curve: tuple[EpochPoint, ...] = ()
    reference_curve: tuple[EpochPoint, ...] = ()
    confusion: Counts = ()
    train_confusion: Counts = ()
    accuracies: tuple[float, ...] = ()
    valid_accuracy: float = math.nan


@dataclass(frozen=True, slots=True)
class TrainingProgress:
    """Where a training under way stands: `epoch` of `epochs` in the run with this number, on the training set.

    The student's own loop is seen only when it ends; ours, over a student's layers, at the points of its curve.
    """

    function: str
    dataset: str
    run: int
    epoch: int
    epochs: int
    train_accuracy: float


@dataclass(frozen=True, slots=True)
class ExperimentRun:
    """One training of an experiment, the cell at `row` and `column`: measured for the student's report, never graded.

    verdict: PASSED where it ended with usable parameters; otherwise how it ended, and every number is NaN. Losses in
    nats, accuracies as a fraction of 1. seconds_per_step: wall time of the training divided by its steps; the
    reference's training came right before it on the same machine.
    """

    row: str
    column: str
    verdict: Verdict
    steps: int = 0
    train_loss: float = math.nan
    train_accuracy: float = math.nan
    valid_loss: float = math.nan
    valid_accuracy: float = math.nan
    test_loss: float = math.nan
    test_accuracy: float = math.nan
    seconds_per_step: float = math.nan
    reference_seconds_per_step: float = math.nan
    reference_test_accuracy: float = math.nan

    @property
    def ratio(self) -> float:
        """How many times as long as the reference's a step takes; NaN where nothing was measured."""
        reference = self.reference_seconds_per_step
        return self.seconds_per_step / reference if reference > 0 else math.nan


@dataclass(frozen=True, slots=True)
class ExperimentResult:
    """A table of trainings, and curve and confusion matrices of the run with the best validation accuracy.

    name, title, rows: of the assignment's experiment. best: row and column; None where no run ended well.
    train_confusion, test_confusion: counts (C, C), rows the true class, columns predicted.
    """

    name: str
    title: str
    rows: str
    dataset: str
    examples: int
    hyperparameters: Mapping[str, float | int]
    runs: tuple[ExperimentRun, ...]
    best: tuple[str, str] | None = None
    curve: tuple[EpochPoint, ...] = ()
    train_confusion: Counts = ()
    test_confusion: Counts = ()
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Note:
    """Something a student should know that costs nothing, such as skipped statements. `lines`: first and last."""

    code: str
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """One grading of one submission, complete and immutable. `seconds` is wall time; `printed` is untrusted text."""

    assignment: str
    version: str
    score: Score
    parts: tuple[PartResult, ...]
    training: tuple[TrainingResult, ...]
    notes: tuple[Note, ...]
    flags: tuple[Note, ...]
    printed: str
    seed: str
    sandbox: str
    versions: Mapping[str, str]
    seconds: float
    experiments: tuple[ExperimentResult, ...] = ()
