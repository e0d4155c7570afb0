"""What forward, stability and gradient share: call on probes, compare, accept what is right given earlier mistakes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from grader import numerics
from grader.checks.batch import examples_mixed
from grader.checks.calls.contract import missing
from grader.checks.calls.raised_after import raised_after
from grader.checks.calls.unanswered import unanswered
from grader.checks.calls.unread import unread
from grader.checks.steps.own_steps import follows_from_step
from grader.checks.steps.step_rates import rates_of_steps
from grader.checks.subject import Finding, Subject, failed
from grader.checks.values.altered_argument import altered_argument
from grader.checks.values.beside_raise import beside_raise
from grader.checks.values.class_count import exchanged_classes
from grader.checks.values.counterexample import smallest_case
from grader.checks.values.given import excused, graded_on_own
from grader.checks.values.own_lines import on_own
from grader.checks.values.precision import precision_flags, precision_notes
from grader.checks.values.spoilt_mask import spoilt_mask
from grader.checks.values.strength_ignored import strength_ignored
from grader.comparison import Comparison, Outcome, compare
from grader.diagnosis.cause import UNKNOWN, clearest, diagnose, measured
from grader.diagnosis.mismatch import Mismatch
from grader.probes import Probe
from grader.report import CheckResult, Diagnosis, Evidence, Note, Score, TensorResult, Verdict
from grader.results import Tensors
from grader.sandbox import Reply, Returned, Stopped
from reference.spec import Cases, Forward, Function, Given, Gradient, Property, Stability

ValueCheck = Forward | Stability | Cases | Property | Gradient


def absent(kind: str, spec: ValueCheck, subject: Subject) -> Finding:
    """The finding for a function that is not in the file."""
    return Finding(failed(kind, spec, Verdict.MISSING, diagnosis=missing(subject, spec.function)))


def asked(subject: Subject, function: Function, probes: Sequence[Probe]) -> list[Reply]:
    """The student's replies to the probes, all sent in one message."""
    return subject.student.call(function.name, [list(probe.arguments.values()) for probe in probes])


def compared(
    subject: Subject,
    function: Function,
    probes: Sequence[Probe],
    replies: Sequence[Reply],
    given: Sequence[Given] = (),
    only: tuple[str, ...] = (),
) -> tuple[Comparison, tuple[Note, ...]]:
    """The comparison that counts, and a note where it is the one given the student's own earlier functions.

    only: names of the tensors that count; which right form the student follows is seen on all.
    """
    comparison = _chosen(subject, function, probes, replies).of(only)
    if comparison.passed:
        return comparison, _another_way(subject, comparison)
    if not given or subject.trial:  # what is right given something wrong earns no trial
        return comparison, ()
    elsewhere = excused(subject, function, probes, replies, given)
    if any(elsewhere):
        # What raised is another function with a part of its own; this one is judged where that one answers.
        kept = [index for index, other in enumerate(elsewhere) if not other]
        probes, replies = [probes[index] for index in kept], [replies[index] for index in kept]
        comparison = compare(function, subject.forms(function), subject.oracle, probes, replies).of(only)
        if comparison.passed:
            return comparison, (_on_own(subject, comparison, sorted({name for name in elsewhere if name})),)
    own = graded_on_own(subject, function, probes, replies, given, comparison)
    if own is None:
        return comparison, ()
    return own[0], (_on_own(subject, *own),)


def _chosen(subject: Subject, function: Function, probes: Sequence[Probe], replies: Sequence[Reply]) -> Comparison:
    """The comparison with the form that the student follows; one that needs another function to be right comes last."""
    needed = {variant.form: variant.when for variant in function.variants if variant.when}
    free = tuple(form for form in subject.forms(function) if form not in needed)
    comparison = compare(function, free, subject.oracle, probes, replies)
    if comparison.passed or not needed or not any(isinstance(reply, Returned) for reply in replies):
        return comparison
    right = {name for name in set(needed.values()) if _gradients_right(subject, name)}
    forms = (*free, *(form for form, name in needed.items() if name in right))
    return compare(function, forms, subject.oracle, probes, replies)


def is_right(subject: Subject, name: str) -> bool:
    """Whether a function agrees with the reference on every probe."""
    found = _against_reference(subject, name)
    return found is not None and found.passed


def _gradients_right(subject: Subject, name: str) -> bool:
    """Whether its arrays do: where a chain divides is seen in its gradients, and a wrong loss divides nothing."""
    found = _against_reference(subject, name)
    return found is not None and found.of(tuple(t.name for t in found.function.results if t.axes)).passed


def _against_reference(subject: Subject, name: str) -> Comparison | None:
    if name not in subject.student.bindings:
        return None
    function = subject.assignment.function(name)
    probes = subject.probes(function, subject.rng("right", name))
    return compare(function, subject.forms(function), subject.oracle, probes, asked(subject, function, probes))


def _another_way(subject: Subject, comparison: Comparison) -> tuple[Note, ...]:
    """A note where what agrees is a variant that the assignment accepts."""
    function = comparison.function
    notes = [variant.note for variant in function.variants if variant.note and variant.form == comparison.form]
    return tuple(Note(note, {"function": function.name}, subject.lines(function.name)) for note in notes)


def _on_own(subject: Subject, comparison: Comparison, given: list[str]) -> Note:
    """The note, with the names of what counts where something else in the result is wrong."""
    name = comparison.function.name
    about: dict[str, Evidence] = {"function": name, "given": given}
    if comparison.agreement < len(comparison.function.results):
        about["only_in"] = list(comparison.tensors)
    return Note("GRADED_ON_OWN", about, subject.lines(name))


def judged(
    kind: str,
    spec: ValueCheck,
    subject: Subject,
    comparison: Comparison,
    tensor_points: Mapping[str, float],
    notes: tuple[Note, ...] = (),
    diagnosis: Diagnosis | None = None,
) -> Finding:
    """Points for every tensor that agrees, the diagnosis for those that do not, and a flag for low precision.

    tensor_points: points of each result; an empty mapping gives all or nothing.
    """
    lines = subject.lines(spec.function)
    maximum = float(spec.points)
    stopped = [o.reply for o in comparison.outcomes if isinstance(o.reply, Stopped)]
    raised = [o.reply for o in comparison.outcomes if not isinstance(o.reply, Returned)]
    passed = sum(outcome.passed for outcome in comparison.outcomes)
    total = len(comparison.outcomes)
    tensors = tuple(_tensor(comparison, name) for name in comparison.tensors)
    if comparison.passed:
        full = Score(maximum, maximum)
        result = CheckResult(kind, spec.function, Verdict.PASSED, full, 0.0, None, tensors, passed, total, lines)
        return Finding(
            result, (*notes, *precision_notes(comparison, spec, lines)), precision_flags(comparison, spec, lines)
        )
    given = sum(points for name, points in tensor_points.items() if comparison.agrees(name))
    score = Score(float(given), maximum)
    if not subject.explains:
        wrong = CheckResult(kind, spec.function, Verdict.WRONG, score, 0.0, None, tensors, passed, total, lines)
        return Finding(wrong, notes)
    diagnosis = diagnosis or unread(subject, comparison.function, comparison.only)
    # Points come from the comparison that counts; of what is wrong every way, the student is told what is clearest.
    given_ways: Sequence[Given] = getattr(spec, "given", ())
    others = on_own(subject, comparison, given_ways) if diagnosis is None else ()
    cause = diagnosis or _negated(subject, comparison) or diagnose(Mismatch(clearest(comparison, others)))
    if cause.code == "HARDCODED_CLASSES" and not _decided_by_classes(spec, subject, comparison):
        cause = diagnose(Mismatch(clearest(comparison, others)), by_classes=False)
    if raised and (stopped or cause.code != "HARDCODED_CLASSES"):
        result = unanswered(kind, spec, subject, (stopped or raised)[0])
        probes, replies = zip(*((o.probe, o.reply) for o in comparison.outcomes), strict=True)
        told = raised_after(subject, comparison.function, probes, replies, result)
        return Finding(beside_raise(subject, spec, comparison, told), notes)
    cause = spoilt_mask(subject, comparison, given_ways, cause)
    cause = strength_ignored(subject, comparison, follows_from_step(subject, comparison, cause))
    cause = rates_of_steps(subject, comparison, cause)
    if isinstance(spec, Forward | Gradient):  # of special inputs there are too few to tell a formula by
        cause = altered_argument(subject, comparison, cause)
    if cause.code == UNKNOWN:
        cause = examples_mixed(subject, comparison.function, comparison.only, cause)
    if diagnosis is None:
        kinks = spec.kinks if isinstance(spec, Gradient) else None
        case = smallest_case(subject, comparison, Mismatch(comparison).wrong, kinks)
        cause = replace(cause, counterexample=case)
    result = CheckResult(kind, spec.function, Verdict.WRONG, score, 0.0, cause, tensors, passed, total, lines)
    return Finding(result, notes)


def _decided_by_classes(spec: ValueCheck, subject: Subject, comparison: Comparison) -> bool:
    """Whether a result is right with all classes at other sizes too, and wrong with fewer at those sizes."""
    function, given = comparison.function, getattr(spec, "given", ())
    probes = exchanged_classes(subject, function)
    replies = asked(subject, function, probes)
    again, _ = compared(subject, function, probes, replies, given, comparison.only)
    return [outcome.passed for outcome in again.outcomes] == [False, True]


def _negated(subject: Subject, comparison: Comparison) -> Diagnosis | None:
    """The wrong sign of one of several forms that are right; of a single form the diagnosis sees it itself."""
    function, outcomes = comparison.function, comparison.outcomes
    forms = subject.student.bindings[function.name].forms
    for form in forms if len(forms) > 1 else ():
        probes, replies = [o.probe for o in outcomes], [o.reply for o in outcomes]
        other = compare(function, (form,), subject.oracle, probes, replies).of(comparison.only)
        if all(_is_minus(outcome) for outcome in other.outcomes):
            return Diagnosis("SIGN", measured(Mismatch(other)))
    return None


def _is_minus(outcome: Outcome) -> bool:
    """Whether every tensor that counts is the right one with the other sign."""
    yours = outcome.yours
    return isinstance(yours, Tensors) and all(
        yours.values[name].shape == outcome.right[name].shape
        and numerics.agrees(numerics.largest_error(-yours.values[name], outcome.right[name]), outcome.tolerances[name])
        for name in outcome.counting
    )


def _tensor(comparison: Comparison, name: str) -> TensorResult:
    """One tensor on the first probe where it is wrong, or on the first of all."""
    outcome = next((o for o in comparison.outcomes if not o.agrees(name)), comparison.outcomes[0])
    right = outcome.right[name]
    verdict = Verdict.PASSED if comparison.agrees(name) else Verdict.WRONG
    if not isinstance(outcome.yours, Tensors):
        return TensorResult(name, Verdict.NO_RESULT, (), right.shape, float("nan"), numerics.FLOAT64_TOLERANCE)
    yours = outcome.yours.values[name]
    picture = numerics.error_map(yours, right) if verdict is Verdict.WRONG else ()
    error = outcome.errors[name]
    tolerance = numerics.FLOAT64_TOLERANCE if error <= numerics.FLOAT64_TOLERANCE else outcome.tolerances[name]
    return TensorResult(name, verdict, yours.shape, right.shape, error, tolerance, picture)
