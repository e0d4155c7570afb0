"""Does the training loop step as asked? Two consecutive steps of its parameters against v = gamma v + lr gradient.

Trainings of 1, 2 and 3 epochs from one seed give three states in a row; the gradient at the second is the reference's,
or the student's own where theirs differs: a wrong gradient costs its own part, not this one. Where the first
parameters are known, the first two steps are held against the rule as well; a longer training is looked at last.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from grader.checks.calls.contract import missing
from grader.checks.calls.unanswered import unanswered
from grader.checks.steps.batches_made import batches_made
from grader.checks.steps.beside_rule import beside, earlier_kept, never_moved, with_also
from grader.checks.steps.coverage import coverage
from grader.checks.steps.epoch_steps import one_long_step, velocity_within
from grader.checks.steps.first_step import is_first, not_one_step, off_by_one
from grader.checks.steps.later_epochs import later
from grader.checks.steps.loop import Loop, sizes
from grader.checks.steps.observed_steps import SIZES, observed
from grader.checks.steps.second_step import uneven
from grader.checks.steps.slopes import Data, Gradients
from grader.checks.steps.step_diagnosis import step_diagnosis
from grader.checks.steps.steps_made import steps_made
from grader.checks.steps.validation_rows import VALIDATION_ROWS, improving_rows
from grader.checks.steps.wrong_steps import EPOCHS, Way, WrongSteps
from grader.checks.subject import Finding, Subject, failed
from grader.checks.trained import Trained, first_parameters, parameters
from grader.diagnosis.update import Told
from grader.probes import class_numbers
from grader.report import CheckResult, Diagnosis, Evidence, Note, Score, Verdict
from grader.sandbox import Returned
from grader.standing import Parameters
from reference.data import Dataset
from reference.spec import UpdateRule

KIND = "update_rule"

SAME_FIRST_STEP = frozenset({"NO_MOMENTUM", "MOMENTUM_SIGN"})
"""Mistakes that leave the first step what it should be: whether it is one step from the start can be asked as well."""

ZEROS: dict[str, Evidence] = {
    "found": "parameters that are all 0 from the first step on",
    "asked": "one step from the first parameters",
    "wrong": ["parameters"],
}
"""What a velocity does that is the weights' own array, and so does every step that subtracts the weights."""


def check(spec: UpdateRule, subject: Subject) -> Finding:
    """Three short trainings on a small set; of a loop by a float32 gradient that fails, three on another.

    Its steps are off by 1e-7, about what one step may be, and by more where float32 turns a unit on or off; of right
    ones one in a thousand is, so hardly any is twice. What keeps an earlier epoch may be right to do so by a gradient
    that is wrong: on examples that get better by that one it is seen.
    """
    if spec.function not in subject.student.bindings:
        return Finding(failed(KIND, spec, Verdict.MISSING, diagnosis=missing(subject, spec.function)))
    finding, place = _looked_at(spec, subject, subject.rng(KIND))
    if finding.result.verdict is not Verdict.WRONG or subject.trial or place is None:
        return finding
    found = finding.result.diagnosis
    if found is not None and found.code == "LAST_EPOCH_MISSING" and spec.gradient not in subject.proven:
        finding, place = _looked_at(spec, subject, subject.rng(KIND), own=True)
    passed = finding.result.verdict is Verdict.PASSED
    if passed or place is None or not Gradients(spec, subject).is_single(*place):
        return finding
    again, _ = _looked_at(spec, subject, subject.rng(KIND, "again"))
    return again if again.result.verdict is Verdict.PASSED else finding


def _looked_at(
    spec: UpdateRule, subject: Subject, rng: np.random.Generator, *, own: bool = False
) -> tuple[Finding, tuple[Data, Parameters] | None]:
    """What is found of trainings on one set, and where their gradient is, once they are known to have one.

    own: where better epochs are kept, they get better by the student's own gradient.
    """
    function, lines = subject.assignment.function(spec.function), subject.lines(spec.function)
    rows, valid = _drawn(SIZES["N"], rng), _drawn(VALIDATION_ROWS, rng)
    loop = Loop(spec, subject, first_parameters(function, sizes(spec), rng), rows)
    gradients = Gradients(spec, subject)
    given = loop.start
    if given is not None:
        valid = improving_rows(gradients, function, given.parameters, rows, len(EPOCHS), rng, own=own) or valid
    states: list[Trained] = []
    for reply in loop.replies(valid, EPOCHS):
        if not isinstance(reply, Returned):
            return Finding(unanswered(KIND, spec, subject, reply)), None
        state = parameters(function, reply, loop.sizes)
        if isinstance(state, Diagnosis):
            return Finding(failed(KIND, spec, Verdict.WRONG, lines, state)), None
        states.append(state)
    return _followed(loop, gradients, states, valid, rng), (loop.data, states[1].parameters)


def _followed(
    loop: Loop, gradients: Gradients, states: list[Trained], valid: Dataset, rng: np.random.Generator
) -> Finding:
    """What is found of three states in a row, then of the steps before them, and of a longer training."""
    spec, given, lines = loop.spec, loop.start, loop.subject.lines(loop.spec.function)
    finding = _judged(loop, gradients, states, valid)
    if finding.notes and spec.last_epoch:  # on the student's own gradient; else the longer training shows it
        earlier = earlier_kept(loop, gradients, states, rng)
        if earlier is not None:
            return Finding(
                failed(KIND, spec, Verdict.WRONG, lines, step_diagnosis((earlier,), spec, None)), finding.notes
            )
    found = finding.result.diagnosis
    if found is not None and found.code == "UNKNOWN":
        size = spec.mini_batch
        made = batches_made(gradients, size, loop.sizes) if size else steps_made(loop, gradients, valid)
        return Finding(failed(KIND, spec, Verdict.WRONG, lines, made), finding.notes) if made else finding
    begun = _moved_once(loop, valid, states[0]) if found is not None and found.code == "PARAMS_NOT_UPDATED" else None
    if begun is not None and not np.any(loop.flat(states[0])):
        told = step_diagnosis((Told("OTHER_FORMULA", ZEROS),), spec, None)
        return Finding(failed(KIND, spec, Verdict.WRONG, lines, told), finding.notes)
    if begun is not None:
        moved = _judged(loop, gradients, [begun, begun, states[0]], valid)
        if moved.result.verdict is not Verdict.PASSED and not spec.last_epoch:
            return moved  # the best epoch may be kept, and by wrong steps it is the first one
        kept = Told("LAST_EPOCH_MISSING", {"epochs": EPOCHS[-1], "same": EPOCHS[0]})
        still = never_moved(loop, gradients, begun, states[0])
        told = with_also(step_diagnosis((kept,), spec, None), still, spec.function)
        return Finding(failed(KIND, spec, Verdict.WRONG, lines, told), finding.notes)
    if found is not None and found.code == "NO_MOMENTUM" and spec.mini_batch:
        within = velocity_within(gradients, spec.mini_batch, loop.sizes)
        found = replace(found, evidence={**found.evidence, "within": within})
        finding = Finding(replace(finding.result, diagnosis=found), finding.notes)
    alone = found is not None and found.code in SAME_FIRST_STEP and not found.evidence.get("also")
    if finding.result.verdict is not Verdict.PASSED and not alone:
        return beside(finding, loop, gradients, states, valid, rng)
    # No epochs are asked for last, because a right loop may be unprepared for them.
    start = given or loop.after(valid, 0)
    if start is not None:
        off = not_one_step(loop, gradients, start, states[0])
        if not off and found is None:
            off = uneven(loop, gradients, [start, *states[:2]])
    else:  # the second step tells it too: it is the first one if no velocity is in it, where one is asked for
        momentum = float(spec.hyperparameters["gamma"]) != 0
        off = (off_by_one(spec),) if momentum and is_first(loop, gradients, states) else ()
    if not off:
        return _gone_on(_all_seen(finding, gradients), loop, gradients, states, valid)
    if found is None:
        return Finding(failed(KIND, spec, Verdict.WRONG, lines, step_diagnosis(off, spec, None)))
    # Beside another rule only the number of steps can be told: what the first velocity was depends on the rule.
    also = [{**told.evidence, "code": told.code} for told in off if told.code == "EPOCHS_OFF_BY_ONE"]
    both = {**found.evidence, "also": also} if also else found.evidence
    return Finding(replace(finding.result, diagnosis=replace(found, evidence=both)))


def _moved_once(loop: Loop, valid: Dataset, first: Trained) -> Trained | None:
    """The start, where the first epoch moved the parameters: then they are kept, not left alone."""
    start = loop.start or loop.after(valid, 0)
    return start if start is not None and not np.array_equal(loop.flat(start), loop.flat(first)) else None


def _all_seen(finding: Finding, gradients: Gradients) -> Finding:
    """The finding, or what an epoch of mini-batches does otherwise: examples left out, one step for all of them."""
    spec = gradients.spec
    if finding.result.verdict is not Verdict.PASSED or not spec.mini_batch:
        return finding
    wrong = coverage(gradients, spec.mini_batch, sizes(spec), not finding.notes) or one_long_step(
        gradients, spec.mini_batch, sizes(spec)
    )
    if wrong is None:
        return finding
    return Finding(failed(KIND, spec, Verdict.WRONG, gradients.subject.lines(spec.function), wrong), finding.notes)


def _gone_on(finding: Finding, loop: Loop, gradients: Gradients, states: Sequence[Trained], valid: Dataset) -> Finding:
    """The finding, or what a longer training does otherwise than the first epochs."""
    if finding.result.verdict is not Verdict.PASSED:
        return finding
    wrong = later(loop, gradients, states, valid, KIND)
    if wrong is None:
        return finding
    if isinstance(wrong, CheckResult):
        return Finding(wrong, finding.notes)
    diagnosis = wrong if isinstance(wrong, Diagnosis) else step_diagnosis(wrong[:1], loop.spec, wrong[1])
    lines = loop.subject.lines(loop.spec.function)
    return Finding(failed(KIND, loop.spec, Verdict.WRONG, lines, diagnosis), finding.notes)


def _drawn(rows: int, rng: np.random.Generator) -> Dataset:
    inputs = rng.standard_normal((rows, SIZES["D"]))
    return Dataset(inputs, class_numbers(rows, SIZES["C"], rng), SIZES["C"])


def _judged(loop: Loop, gradients: Gradients, states: list[Trained], valid: Dataset) -> Finding:
    """Whether the third step follows the rule, by the reference's gradient or the student's own."""
    spec, function, rows = loop.spec, loop.function, loop.data
    before, point = states[0].parameters, states[1].parameters
    lines, points = loop.subject.lines(spec.function), Score(float(spec.points), float(spec.points))
    passed = CheckResult(KIND, spec.function, Verdict.PASSED, points, probes_passed=1, probes_total=1, lines=lines)
    right: list[Way] = []
    for form in gradients.forms():
        slope = partial(gradients.right, form)
        steps = observed(spec, function, states, slope(rows, point), slope(rows, before))
        if steps.right:
            return Finding(passed)
        right.append(Way(steps, partial(gradients.rights, form)))
    if loop.subject.trial:
        return Finding(failed(KIND, spec, Verdict.WRONG, lines))
    ways = right[:1]
    own, earlier = gradients.owns([(rows, point), (rows, before)])
    if own is not None:
        given = observed(spec, function, states, own, earlier)
        if given.right and np.any(given.moved):  # with a gradient of zero, to stand still proves nothing
            note = Note("GRADED_ON_OWN", {"function": spec.function, "given": [spec.gradient]}, lines)
            return Finding(passed, (note,))
        ways.insert(0, Way(given, gradients.owns))
    wrong = WrongSteps(loop, gradients, states, valid, ways)
    return Finding(failed(KIND, spec, Verdict.WRONG, lines, wrong.diagnosis()))
