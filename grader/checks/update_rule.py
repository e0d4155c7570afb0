"""Does the training loop step as asked? Two consecutive steps of its parameters against v = gamma v + lr gradient.

Trainings of 1, 2 and 3 epochs from one seed give three states in a row; the gradient at the second is the reference's,
or the student's own where theirs differs: a wrong gradient costs its own part, not this one.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checks.contract import missing
from grader.checks.coverage import coverage
from grader.checks.slopes import Data, Gradients, Slopes
from grader.checks.subject import Finding, Subject, failed
from grader.checks.trained import Trained, arguments, first_parameters, parameters, train
from grader.checks.unanswered import unanswered
from grader.checks.validation import improving
from grader.diagnosis.optimizer import Steps, cause, flat
from grader.diagnosis.update import Told, told
from grader.probes import class_numbers
from grader.report import CheckResult, Diagnosis, Evidence, Note, Score, Verdict
from grader.results import FloatArray
from grader.sandbox import Returned
from grader.standing import Parameters
from reference.data import Dataset
from reference.spec import Function, UpdateRule

KIND = "update_rule"

SIZES = {"N": 149, "D": 7, "C": 10}  # more rows than the mini-batches in use: 32, 64, 100, 128
VALIDATION_ROWS = 11
EPOCHS = (1, 2, 3)

SAME_FIRST_STEP = frozenset({"NO_MOMENTUM", "MOMENTUM_SIGN"})
"""Mistakes that leave the first step what it should be: whether it is one step from the start can be asked as well."""

FIRST_VELOCITY = 2e-5
"""A velocity that starts at 1e-5, as the original handout's did, moves each entry of the first step by no more."""


Slope = Callable[[Data, Parameters], Slopes | None]
"""The gradient of some data at a point; None where the student's own function gives none."""

SlopesAt = Callable[[Sequence[tuple[Data, Parameters]]], Sequence[Slopes | None]]
"""The same at several places."""


def check(spec: UpdateRule, subject: Subject) -> Finding:
    """Three short trainings on a small set."""
    function = subject.assignment.function(spec.function)
    if spec.function not in subject.student.bindings:
        return Finding(failed(KIND, spec, Verdict.MISSING, diagnosis=missing(subject, spec.function)))
    lines = subject.lines(spec.function)
    rng = subject.rng(KIND)
    rows, valid = _drawn(SIZES["N"], rng), _drawn(VALIDATION_ROWS, rng)
    sizes = {**SIZES, "H": int(spec.hyperparameters["hidden"])}
    first = first_parameters(function, sizes, rng)
    gradients = Gradients(spec, subject)
    given = _given_start(function, first)
    if given is not None:
        valid = _improving(gradients, function, given.parameters, rows, rng) or valid
    data = arguments(function, rows, valid, first)
    passed = {name: value for name, value in spec.hyperparameters.items() if name not in spec.unpassed}
    replies = train(subject, spec.function, data, passed, EPOCHS, None)
    states: list[Trained] = []
    for reply in replies:
        if not isinstance(reply, Returned):
            return Finding(unanswered(KIND, spec, subject, reply))
        state = parameters(function, reply, sizes)
        if isinstance(state, Diagnosis):
            return Finding(failed(KIND, spec, Verdict.WRONG, lines, state))
        states.append(state)
    finding = _judged(gradients, function, states, data)
    found = finding.result.diagnosis
    alone = found is not None and found.code in SAME_FIRST_STEP and not found.evidence.get("also")
    if finding.result.verdict is not Verdict.PASSED and not alone:
        return finding
    start = given or _trained_for_nothing(subject, function, data, passed, sizes)
    if start is not None:
        one_step = _first_step(gradients, function, start, states[0], (data[0], data[1]))
    else:  # the second step tells it too: it is the first one if no velocity is in it, where one is asked for
        momentum = float(spec.hyperparameters["gamma"]) != 0
        one_step = not (momentum and _is_first(gradients, function, states, (data[0], data[1])))
    if one_step:
        return _all_seen(finding, gradients, sizes)
    evidence: dict[str, Evidence] = {"lr": float(spec.hyperparameters["lr"])}
    if found is None:
        return Finding(failed(KIND, spec, Verdict.WRONG, lines, Diagnosis("EPOCHS_OFF_BY_ONE", evidence)))
    both = {**found.evidence, "also": [{"code": "EPOCHS_OFF_BY_ONE", **evidence}]}
    return Finding(replace(finding.result, diagnosis=replace(found, evidence=both)))


def _all_seen(finding: Finding, gradients: Gradients, sizes: Mapping[str, int]) -> Finding:
    """The finding, or the examples that an epoch of mini-batches leaves out."""
    spec = gradients.spec
    if finding.result.verdict is not Verdict.PASSED or not spec.mini_batch:
        return finding
    left_out = coverage(gradients, spec.mini_batch, sizes)
    if left_out is None:
        return finding
    return Finding(failed(KIND, spec, Verdict.WRONG, gradients.subject.lines(spec.function), left_out), finding.notes)


def _given_start(function: Function, first: Parameters) -> Trained | None:
    """The first parameters where the function is given them; None where it draws its own."""
    names = [tensor.name for tensor in function.results]
    return Trained({name: first[name] for name in names}, False, 0.0) if set(names) <= set(first) else None


def _trained_for_nothing(
    subject: Subject,
    function: Function,
    data: Sequence[NDArray[Any]],
    passed: Mapping[str, float | int],
    sizes: Mapping[str, int],
) -> Trained | None:
    """What no epochs give. Asked last, because a right loop may be unprepared for it: then there is None."""
    (reply,) = train(subject, function.name, data, passed, (0,), None)
    start = parameters(function, reply, sizes) if isinstance(reply, Returned) else None
    return start if isinstance(start, Trained) else None


def _improving(
    gradients: Gradients, function: Function, start: Parameters, rows: Dataset, rng: np.random.Generator
) -> Dataset | None:
    """A validation set on which every epoch of a right training is the best so far."""
    form = gradients.spec.probabilities
    if form is None:
        return None
    names = [tensor.name for tensor in function.results]
    lr = float(gradients.spec.hyperparameters["lr"])
    states = [start]
    for _ in EPOCHS:
        slopes = gradients.right(gradients.forms()[0], (rows.inputs, rows.labels), states[-1])
        pairs = zip(names, slopes.values(), strict=True)
        states.append({name: states[-1][name] - lr * slope for name, slope in pairs})

    def probabilities(inputs: FloatArray, state: Parameters) -> FloatArray:
        return gradients.subject.oracle.computed(form, ["p"], (inputs, *(state[name] for name in names)))["p"]

    return improving(states, probabilities, (SIZES["D"], SIZES["C"]), rng)


def _drawn(rows: int, rng: np.random.Generator) -> Dataset:
    inputs = rng.standard_normal((rows, SIZES["D"]))
    return Dataset(inputs, class_numbers(rows, SIZES["C"], rng), SIZES["C"])


def _judged(gradients: Gradients, function: Function, states: list[Trained], data: Sequence[NDArray[Any]]) -> Finding:
    spec, subject = gradients.spec, gradients.subject
    lines = subject.lines(spec.function)
    rows: Data = (data[0], data[1])
    before, point = states[0].parameters, states[1].parameters
    ways: list[tuple[Steps, SlopesAt]] = []
    for form in gradients.forms():
        slope = partial(gradients.right, form)
        ways.append(
            (_steps(spec, function, states, slope(rows, point), slope(rows, before)), partial(gradients.rights, form))
        )
    points = Score(float(spec.points), float(spec.points))
    passed = CheckResult(KIND, spec.function, Verdict.PASSED, points, 0.0, probes_passed=1, probes_total=1, lines=lines)
    if any(steps.right for steps, _ in ways):
        return Finding(passed)
    candidates, steps = [ways[0]], ways[0][0]
    own, earlier = gradients.owns([(rows, point), (rows, before)])
    if own is not None:
        given = _steps(spec, function, states, own, earlier)
        if given.right and np.any(given.moved):  # with a gradient of zero, to stand still proves nothing
            note = Note("GRADED_ON_OWN", {"function": spec.function, "given": [spec.gradient]}, lines)
            return Finding(passed, (note,))
        candidates.insert(0, (given, gradients.owns))
    parts = _parts(function, point)
    for candidate, slopes_at in candidates:
        # Other data explain nothing that a wrong rule explains: the student's own is asked of them in another process.
        pairs = {} if cause(candidate) else _other_data(data)
        slopes = zip(pairs, slopes_at([(pair, point) for pair in pairs.values()]) if pairs else (), strict=True)
        other = {words: flat(values, tuple(values)) for words, values in slopes if values is not None}
        found = told(candidate, parts, other)
        if found:
            return Finding(failed(KIND, spec, Verdict.WRONG, lines, _diagnosis(found, spec, candidate)))
    bare = gradients.unregularised
    if bare is not None and _follows(steps, bare.right(bare.forms()[0], rows, point)):
        missing_in = Told("REG_MISSING_IN_GRAD", {"wrong": ["step"], "at": [], **_norms(steps)})
        return Finding(failed(KIND, spec, Verdict.WRONG, lines, _diagnosis((missing_in,), spec, steps)))
    frozen = [name for name in point if all(np.array_equal(point[name], state.parameters[name]) for state in states)]
    if frozen and len(frozen) < len(point):
        evidence: dict[str, Evidence] = {"frozen": list(frozen), "lr": steps.lr}
        return Finding(failed(KIND, spec, Verdict.WRONG, lines, Diagnosis("SOME_PARAMS_NOT_UPDATED", evidence)))
    return Finding(failed(KIND, spec, Verdict.WRONG, lines, _diagnosis((Told("UNKNOWN"),), spec, steps)))


def _parts(function: Function, point: Parameters) -> Mapping[str, slice]:
    """Where each parameter lies in the flat vectors."""
    ends = np.cumsum([point[tensor.name].size for tensor in function.results])
    starts = [0, *ends[:-1]]
    pairs = zip(function.results, starts, ends, strict=True)
    return {tensor.name: slice(int(start), int(end)) for tensor, start, end in pairs}


def _other_data(data: Sequence[NDArray[Any]]) -> Mapping[str, Data]:
    """What a loop may take in place of the whole training set, in words."""
    x, t, xv, tv = data[:4]
    half = len(x) // 2
    return {
        "the validation set": (xv, tv),
        "the first half of the examples": (x[:half], t[:half]),
        "the second half of the examples": (x[half:], t[half:]),
        "all examples but the last": (x[:-1], t[:-1]),
        "all examples but the first": (x[1:], t[1:]),
        "the first example": (x[:1], t[:1]),
        "the last example": (x[-1:], t[-1:]),
        "every other example": (x[::2], t[::2]),
        **{f"the first {size} examples": (x[:size], t[:size]) for size in (10, 16, 20, 32, 50, 64, 100, 128)},
        "training and validation set together": (np.concatenate([x, xv]), np.concatenate([t, tv])),
        "the examples in another order than their targets": (x[::-1], t),
    }


def _first_step(gradients: Gradients, function: Function, start: Trained, first: Trained, rows: Data) -> bool:
    """Whether one epoch is one step of lr gradient away from none, up to a small first velocity."""
    names = [tensor.name for tensor in function.results]
    moved = flat(start.parameters, names) - flat(first.parameters, names)
    # Lazily: the student's own is asked in another process, which a right loop need not have.
    ways: list[Slope] = [*(partial(gradients.right, form) for form in gradients.forms()), gradients.own]
    for way in ways:
        slopes = way(rows, start.parameters)
        if slopes is None:
            continue
        slope = flat(slopes, tuple(slopes))
        if slope.shape == moved.shape and np.all(
            np.abs(moved - float(gradients.spec.hyperparameters["lr"]) * slope) <= FIRST_VELOCITY
        ):
            return True
    return False


def _is_first(gradients: Gradients, function: Function, states: list[Trained], rows: Data) -> bool:
    """Whether what lies between one epoch and two is lr times the gradient alone, as only the first step is."""
    before = states[0].parameters
    slopes = [*(gradients.right(form, rows, before) for form in gradients.forms()), gradients.own(rows, before)]
    pair = [states[0], states[0], states[1]]
    found = [_steps(gradients.spec, function, pair, slope, None) for slope in slopes if slope]
    return any(np.any(steps.moved) and steps.follows(steps.lr * steps.gradient) for steps in found)


def _steps(
    spec: UpdateRule,
    function: Function,
    states: list[Trained],
    gradient: Slopes,
    before: Slopes | None,
) -> Steps:
    names = [tensor.name for tensor in function.results]
    first, second, third = (flat(state.parameters, names) for state in states)
    slope = flat(gradient, tuple(gradient))
    earlier = flat(before, tuple(before)) if before is not None else None
    if slope.shape != second.shape:  # the student's own gradient has another shape: no rule can be followed with it
        slope = np.full_like(second, np.nan)
    return Steps(
        first=first,
        second=second,
        third=third,
        gradient=slope,
        lr=float(spec.hyperparameters["lr"]),
        gamma=float(spec.hyperparameters["gamma"]),
        samples=SIZES["N"],
        single=any(state.single for state in states),
        before=earlier if earlier is not None and earlier.shape == second.shape else None,
    )


def _follows(steps: Steps, slopes: Slopes) -> bool:
    """Whether the step follows the rule with another gradient."""
    return steps.follows(steps.gamma * steps.velocity + steps.lr * flat(slopes, tuple(slopes)))


def _norms(steps: Steps) -> Mapping[str, Evidence]:
    """The lengths of the step and of the right one."""
    right = steps.gamma * steps.velocity + steps.lr * steps.gradient
    return {"yours": float(np.linalg.norm(steps.moved)), "expected_value": float(np.linalg.norm(right))}


def _diagnosis(found: tuple[Told, ...], spec: UpdateRule, steps: Steps) -> Diagnosis:
    step = float(np.linalg.norm(steps.moved))
    right = float(np.linalg.norm(steps.gamma * steps.velocity + steps.lr * steps.gradient))
    measured: dict[str, Evidence] = {
        **{"step": step, "expected_step": right, "lr": steps.lr, "gamma": steps.gamma, "N": steps.samples},
        "subject": spec.function,
    }
    first, *others = found
    evidence = {**measured, **first.evidence}
    if first.code == "UNKNOWN":
        evidence |= {"probes_wrong": 1, "probes": 1}
    if others:
        evidence["also"] = [{**measured, **other.evidence, "code": other.code} for other in others]
    return Diagnosis(first.code, evidence, counterfactual="v = gamma * v + lr * gradient; w = w - v")
