"""Does our own loop learn with the student's gradient? Mini-batches with momentum, from weights of ours.

The student's function is called once a step; test inputs and labels never enter the sandbox. The reference descends on
the same batches from the same weights. Inputs get a last column of ones, so that there is a bias.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from grader.checks.calls.contract import missing
from grader.checks.calls.unanswered import unanswered
from grader.checks.subject import Finding, Subject, failed
from grader.checks.training.training import KIND, judged_accuracy
from grader.confusion import confusion
from grader.report import Diagnosis, EpochPoint, TrainingResult, Verdict
from grader.results import FloatArray, Tensors, Unreadable, read
from grader.sandbox import Raised, Returned, Stopped
from reference.data import DRAWN, Dataset, Split
from reference.losses import average_softmax_cross_entropy
from reference.spec import Descent, Function
from reference.training import accuracy

FIRST_WEIGHTS = 0.01
"""Standard deviation of the first weights."""

Gradient = Callable[[tuple[FloatArray, ...]], FloatArray]


@dataclass(frozen=True, slots=True)
class _Lost(Exception):
    """The student's function gave no gradient to go on with."""

    why: Raised | Stopped | Diagnosis


def check(spec: Descent, subject: Subject) -> Finding:
    """One descent with the student's gradient, one with the reference's."""
    if spec.function not in subject.student.bindings:
        return Finding(failed(KIND, spec, Verdict.MISSING, diagnosis=missing(subject, spec.function)))
    function = subject.assignment.function(spec.function)
    split = DRAWN[spec.dataset](subject.rng(KIND, spec.dataset))
    lines, started, seconds = subject.lines(spec.function), subject.clock(), 0.0

    def own(arguments: tuple[FloatArray, ...]) -> FloatArray:
        nonlocal seconds
        if subject.clock() - started > spec.wall_seconds:
            raise _Lost(
                Stopped(Verdict.TIME_LIMIT, f"All steps together took more than {spec.wall_seconds:g} seconds.")
            )
        (reply,) = subject.student.call(function.name, [arguments])
        if not isinstance(reply, Returned):
            raise _Lost(reply)
        seconds += reply.seconds
        return _gradient(function, spec.gradient, reply, arguments[0])

    def right(arguments: tuple[FloatArray, ...]) -> FloatArray:
        form = subject.forms(function)[0]
        return subject.oracle.apply(function, form, arguments)[spec.gradient]

    try:
        curve, weights = descended(spec, function, split, own, subject.rng(KIND, "steps"))
    except _Lost as lost:
        if isinstance(lost.why, Diagnosis):
            return Finding(failed(KIND, spec, Verdict.WRONG, lines, lost.why))
        return Finding(unanswered(KIND, spec, subject, lost.why))
    result = TrainingResult(
        function=spec.function,
        dataset=spec.dataset,
        hyperparameters=spec.hyperparameters,
        threshold=spec.threshold,
        correct_passes=spec.correct_passes,
        train_accuracy=curve[-1].train_accuracy,
        test_accuracy=curve[-1].test_accuracy,
        valid_accuracy=curve[-1].valid_accuracy,
        seconds=seconds,
        curve=curve,
        reference_curve=descended(spec, function, split, right, subject.rng(KIND, "steps"))[0],
        accuracies=(curve[-1].test_accuracy,),
        confusion=confusion(_with_ones(split.test) @ weights, split.test),
        train_confusion=confusion(_with_ones(split.train) @ weights, split.train),
    )
    return Finding(judged_accuracy(spec, subject, result, split.test.classes), training=(result,))


def _gradient(function: Function, name: str, reply: Returned, weights: FloatArray) -> FloatArray:
    """The gradient in a reply. Raises _Lost where it cannot be subtracted from the weights."""
    result = read(function, reply.value)
    if isinstance(result, Unreadable):
        raise _Lost(Diagnosis(result.code, result.evidence))
    if not isinstance(result, Tensors):
        raise TypeError("read() gives Tensors or Unreadable")
    gradient = result.values[name]
    if gradient.shape != weights.shape:
        evidence = {"tensor": name, "shape": list(gradient.shape), "expected": list(weights.shape)}
        raise _Lost(Diagnosis("SHAPE", evidence))
    if not np.all(np.isfinite(gradient)):
        raise _Lost(Diagnosis("DIVERGED", {"tensor": name}))
    return gradient


def descended(
    spec: Descent, function: Function, split: Split, gradient: Gradient, rng: np.random.Generator
) -> tuple[tuple[EpochPoint, ...], FloatArray]:
    """v = momentum v + lr g, W = W - v; a point of the curve after each epoch, and the last weights."""
    hyper = spec.hyperparameters
    inputs, targets = _with_ones(split.train), split.train.targets
    further = tuple(np.asarray(float(hyper[tensor.name])) for tensor in function.arguments[3:])
    weights = FIRST_WEIGHTS * rng.standard_normal((inputs.shape[1], split.train.classes))
    velocity = np.zeros_like(weights)
    curve = []
    for epoch in range(1, int(hyper["epochs"]) + 1):
        for rows in _batches(len(inputs), int(hyper["batch_size"]), rng):
            g = gradient((weights, inputs[rows], targets[rows], *further))
            velocity = hyper["momentum"] * velocity + hyper["lr"] * g
            weights = weights - velocity
        curve.append(_point(epoch, weights, split))
    return tuple(curve), weights


def _batches(count: int, size: int, rng: np.random.Generator) -> Iterator[np.ndarray[tuple[int], np.dtype[np.int64]]]:
    order = rng.permutation(count)
    return (order[start : start + size] for start in range(0, count, size))


def _point(epoch: int, weights: FloatArray, split: Split) -> EpochPoint:
    train, test = (_with_ones(part) @ weights for part in (split.train, split.test))
    valid = _with_ones(split.valid) @ weights
    return EpochPoint(
        epoch=epoch,
        train_loss=average_softmax_cross_entropy(train, split.train.targets),
        train_accuracy=accuracy(train, split.train.labels),
        test_loss=average_softmax_cross_entropy(test, split.test.targets),
        test_accuracy=accuracy(test, split.test.labels),
        valid_loss=average_softmax_cross_entropy(valid, split.valid.targets),
        valid_accuracy=accuracy(valid, split.valid.labels),
    )


def _with_ones(data: Dataset) -> FloatArray:
    return np.hstack([data.inputs, np.ones((len(data.inputs), 1))])
