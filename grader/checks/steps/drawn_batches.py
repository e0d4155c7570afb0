"""Does a training that draws its batches take every example, each with its own label, and not in their order?

The loop is asked for BATCHES steps of one example each, and how far the parameters move tells how often each was taken;
then for one step on a batch of several (whole_batch.py).
"""

from functools import partial

import numpy as np

from grader import numerics
from grader.checks.calls.contract import missing
from grader.checks.calls.unanswered import unanswered
from grader.checks.steps.drawn_steps import ExampleGradients, drawn, path
from grader.checks.steps.example_counts import IN_ORDER, cause
from grader.checks.steps.whole_batch import otherwise_filled
from grader.checks.subject import Finding, Subject, failed
from grader.diagnosis.cause import UNKNOWN
from grader.probes import Sizes, lengths, name_of
from grader.report import CheckResult, Diagnosis, Evidence, Note, Score, Verdict
from grader.results import FloatArray, Unreadable, read
from grader.sandbox import Returned
from reference.spec import BATCHES, Draw, DrawnBatches

KIND = "batches"

SIZES = lengths(N=4, D=7, H=11, C=5, L=11, W=3)

OTHER_ROWS = (5, 7, 8, 9)
"""Examples of further trainings, for one whose counts are those of rows in their order: BATCHES is no multiple of any.

A drawn order has such counts once in 6 with four examples, and with all of these once in 5 million, also where it is
drawn by a generator that is made anew with the same seed each time.
"""

UNBENT = 1e-6
"""How near to a straight line a path is along one gradient: its end keeps eight decimals of the steps to it."""

ALWAYS_THE_FIRST: dict[str, Evidence] = {
    "found": "the gradient of the first batch and of the first weights in every step",
    "asked": "the gradient of the step's own batch and weights",
    "wrong": ["parameters"],
}

TRIALS = 3
"""A unit that turns on or off on the way bends the path, of a right loop once in 130 times: so many must fail."""


def check(spec: DrawnBatches, subject: Subject) -> Finding:
    """One training, and gradients of its examples: the reference's, or the student's own where they explain nothing."""
    if spec.function not in subject.student.bindings:
        return Finding(failed(KIND, spec, Verdict.MISSING, diagnosis=missing(subject, spec.function)))
    rng, lines = subject.rng(KIND, spec.function), subject.lines(spec.function)
    for _ in range(TRIALS):
        finding = _one_at_a_time(spec, subject, rng)
        if finding.result.verdict is not Verdict.WRONG or subject.trial:
            break
    if finding.result.verdict is not Verdict.PASSED:
        return finding
    wrong, on_own = otherwise_filled(spec, subject, rng)
    notes = finding.notes or (_on_own(spec, lines) if on_own and wrong is None else ())
    result = finding.result if wrong is None else failed(KIND, spec, Verdict.WRONG, lines, wrong)
    return Finding(result, notes)


def _on_own(spec: DrawnBatches, lines: tuple[int, ...]) -> tuple[Note, ...]:
    return (Note("GRADED_ON_OWN", {"function": spec.function, "given": [spec.gradient]}, lines),)


def _never_anew(moved: FloatArray, first: ExampleGradients, labels: list[int]) -> Diagnosis | None:
    """Whether every step is the first one again: then nothing is known of which examples are drawn.

    Steps on one example, each by a gradient of its own, bend the path by a thousandth.
    """
    for pair in enumerate(labels):
        slope = first.right([pair])
        if slope is not None and numerics.agrees(numerics.largest_error(moved, BATCHES * slope[:, 0]), UNBENT):
            return Diagnosis("OTHER_FORMULA", ALWAYS_THE_FIRST)
    return None


def _one_at_a_time(spec: DrawnBatches, subject: Subject, rng: np.random.Generator) -> Finding:
    """What batches of one example show; of rows in their order, what all of several trainings show."""
    finding = _trained(spec, subject, SIZES, rng)
    for rows in OTHER_ROWS:
        diagnosis = finding.result.diagnosis
        if diagnosis is None or diagnosis.code != IN_ORDER:
            break
        other = _trained(spec, subject, {**SIZES, "N": rows, "C": rows + 1}, rng)
        if other.result.verdict is Verdict.PASSED:
            return other
    return finding


def _trained(spec: DrawnBatches, subject: Subject, sizes: Sizes, rng: np.random.Generator) -> Finding:
    """What one training shows, on as many examples as `sizes` says and with one class more."""
    function, lines = subject.assignment.function(spec.function), subject.lines(spec.function)
    arguments = drawn(function, sizes, rng)
    (reply,) = subject.student.call(function.name, [list(arguments.values())])
    if not isinstance(reply, Returned):
        return Finding(unanswered(KIND, spec, subject, reply))
    result = read(function, reply.value)
    if isinstance(result, Unreadable):
        return Finding(failed(KIND, spec, Verdict.WRONG, lines, Diagnosis(result.code, result.evidence)))
    went = path(function, arguments, result)
    if isinstance(went, Diagnosis):
        return Finding(failed(KIND, spec, Verdict.WRONG, lines, went))
    gradients = ExampleGradients(subject, subject.assignment.function(spec.gradient), went.halfway)
    labels = arguments[name_of(function, Draw.LABELS)].tolist()
    taken = partial(cause, went.moved, labels, sizes["C"], BATCHES)
    notes: tuple[Note, ...] = ()
    diagnosis = taken(gradients.right)
    if diagnosis is not None and diagnosis.code in (UNKNOWN, "LABELS_OF_OTHERS") and not subject.trial:
        # A wrong gradient costs its own part: whether the batches are right can be told by it too. One that takes
        # another class for the label looks like labels of others by the right one.
        own = taken(gradients.own)
        if own is None or own.code not in (UNKNOWN, diagnosis.code):
            diagnosis, notes = own, _on_own(spec, lines)
    if diagnosis is not None and diagnosis.code == "ROWS_NEVER_DRAWN":
        first = ExampleGradients(subject, subject.assignment.function(spec.gradient), arguments)
        diagnosis = _never_anew(went.moved, first, labels) or diagnosis
    if diagnosis is not None:
        return Finding(failed(KIND, spec, Verdict.WRONG, lines, diagnosis))
    points = Score(float(spec.points), float(spec.points))
    return Finding(CheckResult(KIND, spec.function, Verdict.PASSED, points, 0.0, None, (), 1, 1, lines), notes)
