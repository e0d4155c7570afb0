"""Does the student's own training loop learn? Parameters come out, and the reference counts what they get right.

The split is redrawn and pixels and classes are permuted for every grading; test labels never enter the sandbox. The
same training stopped earlier gives the points of the learning curve.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checks.contract import missing
from grader.checks.subject import Finding, Subject, failed
from grader.checks.trained import Parameters, arguments, first_parameters, parameters, train
from grader.checks.unanswered import unanswered
from grader.confusion import confusion
from grader.oracle import given
from grader.report import CheckResult, Diagnosis, EpochPoint, Score, TrainingResult, Verdict
from grader.results import FloatArray
from grader.sandbox import Returned
from reference.data import DRAWN, Dataset, Split
from reference.losses import average_cross_entropy
from reference.spec import Descent, Operation, Training
from reference.training import accuracy

KIND = "training"

CHANCE_FACTOR = 2.0
"""Below this many times the chance level a network has learned next to nothing, and the sentence says so."""


def check(spec: Training, subject: Subject) -> Finding:
    """One full training, judged on the test set; shorter ones from the same seed for the curve."""
    function = subject.assignment.function(spec.function)
    if spec.function not in subject.student.bindings:
        return Finding(failed(KIND, spec, Verdict.MISSING, diagnosis=missing(subject, spec.function)))
    split = DRAWN[spec.dataset](subject.rng(KIND, spec.dataset))
    sizes = {
        "D": split.train.inputs.shape[1],
        "H": spec.hidden or int(spec.hyperparameters.get("hidden", 0)),
        "C": split.train.classes,
    }
    first = first_parameters(function, sizes, subject.rng(KIND, "first"))
    data = arguments(function, split.train, split.valid, first)
    epochs = (int(spec.hyperparameters["epochs"]), *spec.curve_epochs)
    # The reference trains on the other core while the sandbox is busy; its curve depends on the seed alone.
    with ThreadPoolExecutor(1) as pool:
        reference = pool.submit(_reference_curve, spec, subject, split, data, epochs)
        replies = train(subject, spec.function, data, spec.hyperparameters, epochs, spec.wall_seconds)
        reference_curve = reference.result()
    lines = subject.lines(spec.function)
    full = replies[0]
    if not isinstance(full, Returned):
        return Finding(unanswered(KIND, spec, subject, full))
    trained = [parameters(function, reply, sizes) for reply in replies if isinstance(reply, Returned)]
    whole = trained[0]
    if isinstance(whole, Diagnosis):
        return Finding(failed(KIND, spec, Verdict.WRONG, lines, whole))
    points = [
        _point(spec, subject, count, state.parameters, split)
        for count, state in zip(epochs, trained, strict=False)
        if not isinstance(state, Diagnosis)
    ]
    curve = tuple(sorted(points, key=lambda point: point.epoch))
    result = TrainingResult(
        function=spec.function,
        dataset=spec.dataset,
        hyperparameters=spec.hyperparameters,
        threshold=spec.threshold,
        correct_passes=spec.correct_passes,
        train_accuracy=points[0].train_accuracy,
        test_accuracy=points[0].test_accuracy,
        seconds=full.seconds,
        curve=curve,
        reference_curve=reference_curve,
        confusion=confusion(_probabilities(spec, subject, whole.parameters, split.test), split.test),
        train_confusion=confusion(_probabilities(spec, subject, whole.parameters, split.train), split.train),
    )
    return Finding(judged_accuracy(spec, subject, result, split.test.classes), training=(result,))


def judged_accuracy(spec: Training | Descent, subject: Subject, result: TrainingResult, classes: int) -> CheckResult:
    """Whether the test accuracy reaches the threshold; below twice the chance level it has learned next to nothing."""
    lines = subject.lines(spec.function)
    maximum = float(spec.points)
    passed = result.test_accuracy >= spec.threshold
    if passed:
        return CheckResult(KIND, spec.function, Verdict.PASSED, Score(maximum, maximum), 0.0, None, (), 1, 1, lines)
    chance = result.test_accuracy < CHANCE_FACTOR / classes
    diagnosis = Diagnosis(
        "DOES_NOT_LEARN" if chance else "ACCURACY_BELOW_THRESHOLD",
        {
            "accuracy": result.test_accuracy,
            "train_accuracy": result.train_accuracy,
            "threshold": spec.threshold,
            "chance": 1 / classes,
            "reference": result.reference_curve[-1].test_accuracy,
        },
    )
    return CheckResult(KIND, spec.function, Verdict.WRONG, Score(0.0, maximum), 0.0, diagnosis, (), 0, 1, lines)


def _reference_curve(
    spec: Training, subject: Subject, split: Split, data: Sequence[NDArray[Any]], epochs: Sequence[int]
) -> tuple[EpochPoint, ...]:
    """The reference's training on the same split, stopped at the same epochs."""
    answer = subject.oracle.answers[subject.assignment.function(spec.function).answer]
    points = []
    for count in sorted(epochs):
        trained = answer(*map(given, data), **{**spec.hyperparameters, "epochs": count, "seed": 0})
        points.append(_point(spec, subject, count, trained, split))
    return tuple(points)


def _point(spec: Training, subject: Subject, epoch: int, trained: Parameters, split: Split) -> EpochPoint:
    train_p, test_p = (_probabilities(spec, subject, trained, part) for part in (split.train, split.test))
    with np.errstate(divide="ignore"):  # a probability of exactly 0 is an infinite loss, and is shown as one
        losses = [
            float(average_cross_entropy(p, part.targets)) for p, part in ((train_p, split.train), (test_p, split.test))
        ]
    return EpochPoint(
        epoch=epoch,
        train_loss=losses[0],
        train_accuracy=accuracy(train_p, split.train.labels),
        test_loss=losses[1],
        test_accuracy=accuracy(test_p, split.test.labels),
    )


def _probabilities(spec: Training, subject: Subject, trained: Parameters, data: Dataset) -> FloatArray:
    """The reference's forward pass with the student's parameters: probabilities (N, C)."""
    if spec.probabilities is not None:
        names = [tensor.name for tensor in subject.assignment.function(spec.function).results]
        form = spec.probabilities
        return subject.oracle.computed(form, ["p"], (data.inputs, *(trained[name] for name in names)))["p"]
    forward = next(f for f in subject.assignment.functions if f.operation is Operation.NETWORK_FORWARD)
    names = [tensor.name for tensor in forward.arguments]
    values = (data.inputs, *(trained[name] for name in names[1:]))
    return subject.oracle.apply(forward, forward.answer, values)[forward.results[-1].name]
