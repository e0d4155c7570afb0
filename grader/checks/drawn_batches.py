"""Does a training that draws its batches take every example, each with its own label, and not in their order?

The loop is asked for BATCHES steps of one example each, and how far the parameters move tells how often each was taken.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checks.contract import missing
from grader.checks.example_counts import IN_ORDER, cause
from grader.checks.slopes import stretched
from grader.checks.subject import Finding, Subject, failed
from grader.checks.unanswered import unanswered
from grader.comparison import fitted
from grader.diagnosis.cause import UNKNOWN
from grader.diagnosis.optimizer import flat
from grader.probes import Setting, Sizes, lengths, name_of, set_up
from grader.report import CheckResult, Diagnosis, Evidence, Note, Score, Verdict
from grader.results import FloatArray, Tensors, Unreadable, read
from grader.sandbox import Returned
from reference.spec import BATCHES, Draw, DrawnBatches, Function

KIND = "batches"

SIZES = lengths(N=4, D=7, H=11, C=5, L=11, W=3)

OTHER_ROWS = (5, 7, 8, 9)
"""Examples of further trainings, for one whose counts are those of rows in their order: BATCHES is no multiple of any.

A drawn order has such counts once in 6 with four examples, and with all of these once in 5 million, also where it is
drawn by a generator that is made anew with the same seed each time.
"""

VALIDATION_ROWS = 3
"""Fewer than there are to train on: who draws the rows of the wrong set never comes to the last ones."""

RATE = 1e-5
"""The path bends by about BATCHES * RATE = 0.001, and the gradients halfway allow for that; a step is still a hundred
times what float32 can tell apart."""

Arguments = Mapping[str, NDArray[Any]]


def check(spec: DrawnBatches, subject: Subject) -> Finding:
    """One training, and gradients of its examples: the reference's, or the student's own where they explain nothing."""
    if spec.function not in subject.student.bindings:
        return Finding(failed(KIND, spec, Verdict.MISSING, diagnosis=missing(subject, spec.function)))
    rng = subject.rng(KIND, spec.function)
    finding = _trained(spec, subject, SIZES, rng)
    for rows in OTHER_ROWS:
        diagnosis = finding.result.diagnosis
        if diagnosis is None or diagnosis.code != IN_ORDER:
            return finding
        other = _trained(spec, subject, {**SIZES, "N": rows, "C": rows + 1}, rng)
        if other.result.verdict is Verdict.PASSED:
            return other
    return finding


def _trained(spec: DrawnBatches, subject: Subject, sizes: Sizes, rng: np.random.Generator) -> Finding:
    """What one training shows, on as many examples as `sizes` says and with one class more."""
    function, lines = subject.assignment.function(spec.function), subject.lines(spec.function)
    arguments = _drawn(function, sizes, rng)
    (reply,) = subject.student.call(function.name, [list(arguments.values())])
    if not isinstance(reply, Returned):
        return Finding(unanswered(KIND, spec, subject, reply))
    result = read(function, reply.value)
    if isinstance(result, Unreadable):
        return Finding(failed(KIND, spec, Verdict.WRONG, lines, Diagnosis(result.code, result.evidence)))
    path = _path(function, arguments, result)
    if isinstance(path, Diagnosis):
        return Finding(failed(KIND, spec, Verdict.WRONG, lines, path))
    gradients = _Gradients(subject, subject.assignment.function(spec.gradient), path.halfway)
    labels = arguments[name_of(function, Draw.LABELS)].tolist()
    taken = partial(cause, path.moved, labels, sizes["C"], BATCHES)
    notes: tuple[Note, ...] = ()
    diagnosis = taken(gradients.right)
    if diagnosis is not None and diagnosis.code == UNKNOWN and not subject.trial:
        # A wrong gradient costs its own part: whether the batches are right can be told by it too.
        diagnosis = taken(gradients.own)
        notes = (Note("GRADED_ON_OWN", {"function": function.name, "given": [spec.gradient]}, lines),)
    if diagnosis is not None:
        return Finding(failed(KIND, spec, Verdict.WRONG, lines, diagnosis))
    points = Score(float(spec.points), float(spec.points))
    return Finding(CheckResult(KIND, spec.function, Verdict.PASSED, points, 0.0, None, (), 1, 1, lines), notes)


def _drawn(function: Function, sizes: Sizes, rng: np.random.Generator) -> Arguments:
    """What the training takes: examples of different classes, and fewer to validate on."""
    arguments = dict(set_up(function, Setting("drawn batches", 1.0, sizes), rng).arguments)
    _, _, *validation = [tensor.name for tensor in function.arguments if tensor.axes[:1] == ("N",)]
    rates = [tensor.name for tensor in function.arguments if tensor.draw is Draw.RATE]
    arguments |= {name: arguments[name][:VALIDATION_ROWS] for name in validation}
    return arguments | {name: np.asarray(RATE) for name in rates}


@dataclass(frozen=True, slots=True)
class _Path:
    """moved: how far the parameters went down over the rate, a vector. halfway: arguments with those in the middle."""

    moved: FloatArray
    halfway: Arguments


def _path(function: Function, arguments: Arguments, after: Tensors) -> _Path | Diagnosis:
    """From the first parameters to those returned; or why these cannot be used."""
    parameters = [tensor for tensor in function.arguments if tensor.draw in (Draw.WEIGHTS, Draw.BIAS)]
    moved, halfway = [], {}
    for start, now in zip(parameters, function.results, strict=True):
        before = arguments[start.name]
        array = fitted(after.values[now.name], now, before.shape)
        if array is None:
            shapes: dict[str, Evidence] = {"shape": list(after.values[now.name].shape), "expected": list(before.shape)}
            return Diagnosis("SHAPE", {"tensor": now.name, **shapes})
        moved.append((before - array).ravel() / RATE)
        halfway[start.name] = (before + array) / 2
    if not np.any(np.concatenate(moved)):
        return Diagnosis("PARAMS_NOT_UPDATED", {"lr": RATE})
    return _Path(np.concatenate(moved), {**arguments, **halfway})


@dataclass(frozen=True, slots=True)
class _Gradients:
    """Gradients of single examples with labels of our choice, one a column."""

    subject: Subject
    gradient: Function
    arguments: Arguments

    def right(self, pairs: Sequence[tuple[int, int]]) -> FloatArray | None:
        """By the reference."""
        form, oracle = self.gradient.answer, self.subject.oracle
        return self._columns([oracle.results(self.gradient, form, self._one(*pair)) for pair in pairs])

    def own(self, pairs: Sequence[tuple[int, int]]) -> FloatArray | None:
        """By the student's own function, in another process; None where it gives none."""
        if self.subject.apart is None or self.gradient.name not in self.subject.student.bindings:
            return None
        with self.subject.apart() as student:
            replies = student.call(self.gradient.name, [list(self._one(*pair).values()) for pair in pairs])
        results = [read(self.gradient, reply.value) if isinstance(reply, Returned) else None for reply in replies]
        tensors = [self._whole(result.values) for result in results if isinstance(result, Tensors)]
        return self._columns(tensors) if len(tensors) == len(pairs) else None

    def _whole(self, results: Mapping[str, FloatArray]) -> Mapping[str, FloatArray]:
        """The gradients among the results, as long as the parameters that a step subtracts them from."""
        slopes = {tensor.name: results[tensor.name] for tensor in self.gradient.results if tensor.axes}
        drawn = [tensor.name for tensor in self.gradient.arguments if tensor.draw in (Draw.WEIGHTS, Draw.BIAS)]
        return stretched(slopes, {name: self.arguments[name] for name in drawn})

    def _columns(self, results: Sequence[Mapping[str, FloatArray]]) -> FloatArray | None:
        names = [tensor.name for tensor in self.gradient.results if tensor.axes]
        columns = [flat(values, names) for values in results]
        return np.stack(columns, axis=1) if len({column.shape for column in columns}) == 1 else None

    def _one(self, row: int, label: int) -> Arguments:
        inputs, labels, *_ = self.arguments.values()
        first, second, *others = self.gradient.arguments
        found: dict[str, NDArray[Any]] = {
            first.name: inputs[row : row + 1],
            second.name: np.array([label], labels.dtype),
        }
        for tensor in others:
            found[tensor.name] = np.asarray(0.0) if tensor.draw is Draw.STRENGTH else self.arguments[tensor.name]
        return found
