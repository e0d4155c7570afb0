"""Does the training loop step as asked? Two consecutive steps of its parameters against v = gamma v + lr gradient.

Trainings of 1, 2 and 3 epochs from one seed give three states in a row; the gradient at the second is the reference's,
or the student's own where theirs differs: a wrong gradient costs its own part, not this one.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

import numpy as np

from grader import numerics
from grader.checks.contract import missing
from grader.checks.subject import Finding, Subject, failed
from grader.checks.trained import Parameters, Trained, parameters, train
from grader.checks.unanswered import unanswered
from grader.diagnosis.optimizer import Steps, flat
from grader.diagnosis.update import Told, told
from grader.probes import one_hot
from grader.report import CheckResult, Diagnosis, Evidence, Note, Score, Verdict
from grader.results import FloatArray, Tensors, read
from grader.sandbox import Returned
from reference.spec import Function, UpdateRule

KIND = "update_rule"

SIZES = {"N": 149, "D": 7, "C": 10}  # more rows than the mini-batches in use: 32, 64, 100, 128
VALIDATION_ROWS = 11
EPOCHS = (1, 2, 3)

SAME_FIRST_STEP = frozenset({"NO_MOMENTUM", "MOMENTUM_SIGN"})
"""Mistakes that leave the first step what it should be: whether it is one step from the start can be asked as well."""

FIRST_VELOCITY = 2e-5
"""A velocity that starts at 1e-5, as the original handout's did, moves each entry of the first step by no more."""


Slope = Callable[[FloatArray, FloatArray, Parameters], Mapping[str, FloatArray] | None]
"""The gradient of some data at a point; None where the student's own function gives none."""


def check(spec: UpdateRule, subject: Subject) -> Finding:
    """Three short trainings on a small set."""
    function = subject.assignment.function(spec.function)
    if spec.function not in subject.student.bindings:
        return Finding(failed(KIND, spec, Verdict.MISSING, diagnosis=missing(subject, spec.function)))
    lines = subject.lines(spec.function)
    rng = subject.rng(KIND)
    x, t = rng.standard_normal((SIZES["N"], SIZES["D"])), one_hot((SIZES["N"], SIZES["C"]), rng)
    xv, tv = rng.standard_normal((VALIDATION_ROWS, SIZES["D"])), one_hot((VALIDATION_ROWS, SIZES["C"]), rng)
    replies = train(subject, spec.function, (x, t, xv, tv), spec.hyperparameters, EPOCHS, None)
    sizes = {**SIZES, "H": int(spec.hyperparameters["hidden"])}
    states: list[Trained] = []
    for reply in replies:
        if not isinstance(reply, Returned):
            return Finding(unanswered(KIND, spec, subject, reply))
        state = parameters(function, reply, sizes)
        if isinstance(state, Diagnosis):
            return Finding(failed(KIND, spec, Verdict.WRONG, lines, state))
        states.append(state)
    finding = _judged(spec, subject, function, states, (x, t, xv, tv))
    found = finding.result.diagnosis
    alone = found is not None and found.code in SAME_FIRST_STEP and not found.evidence.get("also")
    if finding.result.verdict is not Verdict.PASSED and not alone:
        return finding
    # Last, because it may raise: a training of no epochs is the one thing a right loop may be unprepared for.
    (reply,) = train(subject, spec.function, (x, t, xv, tv), spec.hyperparameters, (0,), None)
    start = parameters(function, reply, sizes) if isinstance(reply, Returned) else None
    if isinstance(start, Trained):
        one_step = _first_step(spec, subject, function, start, states[0], (x, t))
    else:  # the second step tells it too: it is the first one if no velocity is in it
        one_step = not _is_first(spec, subject, function, states, (x, t))
    if one_step:
        return finding
    evidence: dict[str, Evidence] = {"lr": float(spec.hyperparameters["lr"])}
    if found is None:
        return Finding(failed(KIND, spec, Verdict.WRONG, lines, Diagnosis("EPOCHS_OFF_BY_ONE", evidence)))
    both = {**found.evidence, "also": [{"code": "EPOCHS_OFF_BY_ONE", **evidence}]}
    return Finding(replace(finding.result, diagnosis=replace(found, evidence=both)))


def _judged(
    spec: UpdateRule, subject: Subject, function: Function, states: list[Trained], data: tuple[FloatArray, ...]
) -> Finding:
    lines = subject.lines(spec.function)
    x, t = data[:2]
    before, point = states[0].parameters, states[1].parameters
    gradient = subject.assignment.function(spec.gradient)
    arguments = _arguments(gradient, x, t, point)

    def right(x: FloatArray, t: FloatArray, point: Parameters) -> Mapping[str, FloatArray]:
        return subject.oracle.results(gradient, gradient.name, _arguments(gradient, x, t, point))

    steps = _steps(spec, function, states, right(x, t, point), right(x, t, before))
    points = Score(float(spec.points), float(spec.points))
    passed = CheckResult(KIND, spec.function, Verdict.PASSED, points, 0.0, probes_passed=1, probes_total=1, lines=lines)
    if steps.right:
        return Finding(passed)
    candidates: list[tuple[Steps, Slope]] = [(steps, right)]
    own = _own_gradient(subject, gradient, arguments)
    if own is not None:
        earlier = _own_gradient(subject, gradient, _arguments(gradient, x, t, before))
        given = _steps(spec, function, states, own, earlier)
        if given.right and np.any(given.moved):  # with a gradient of zero, to stand still proves nothing
            note = Note("GRADED_ON_OWN", {"function": spec.function, "given": [spec.gradient]}, lines)
            return Finding(passed, (note,))
        candidates.insert(0, (given, partial(_own_at, subject, gradient)))
    parts = _parts(function, point)
    for candidate, slope in candidates:
        slopes = {words: slope(*pair, point) for words, pair in _other_data(data).items()}
        other = {words: flat(values, tuple(values)) for words, values in slopes.items() if values is not None}
        found = told(candidate, parts, other)
        if found:
            return Finding(failed(KIND, spec, Verdict.WRONG, lines, _diagnosis(found, spec, candidate)))
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


def _other_data(data: tuple[FloatArray, ...]) -> Mapping[str, tuple[FloatArray, FloatArray]]:
    """What a loop may take in place of the whole training set, in words."""
    x, t, xv, tv = data
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


def _first_step(
    spec: UpdateRule,
    subject: Subject,
    function: Function,
    start: Trained,
    first: Trained,
    data: tuple[FloatArray, FloatArray],
) -> bool:
    """Whether one epoch is one step of lr gradient away from none, up to a small first velocity."""
    gradient = subject.assignment.function(spec.gradient)
    arguments = _arguments(gradient, *data, start.parameters)
    names = [tensor.name for tensor in function.results]
    moved = flat(start.parameters, names) - flat(first.parameters, names)
    ways: tuple[Callable[[], Mapping[str, FloatArray] | None], ...] = (
        lambda: subject.oracle.results(gradient, gradient.name, arguments),
        lambda: _own_gradient(subject, gradient, arguments),  # another process, which a right loop need not have
    )
    for way in ways:
        slopes = way()
        if slopes is None:
            continue
        slope = flat(slopes, tuple(slopes))
        if slope.shape == moved.shape and np.all(
            np.abs(moved - float(spec.hyperparameters["lr"]) * slope) <= FIRST_VELOCITY
        ):
            return True
    return False


def _is_first(
    spec: UpdateRule,
    subject: Subject,
    function: Function,
    states: list[Trained],
    data: tuple[FloatArray, FloatArray],
) -> bool:
    """Whether what lies between one epoch and two is lr times the gradient alone, as only the first step is."""
    gradient = subject.assignment.function(spec.gradient)
    before = _arguments(gradient, *data, states[0].parameters)
    slopes = (subject.oracle.results(gradient, gradient.name, before), _own_gradient(subject, gradient, before))
    found = [_steps(spec, function, [states[0], states[0], states[1]], slope, None) for slope in slopes if slope]
    return any(np.any(steps.moved) and steps.follows(steps.lr * steps.gradient) for steps in found)


def _arguments(gradient: Function, x: FloatArray, t: FloatArray, point: Parameters) -> Mapping[str, FloatArray]:
    """The arguments of the gradient function: inputs, targets, then the parameters by their names."""
    names = [tensor.name for tensor in gradient.arguments]
    return dict(zip(names, (x, t, *(point[name] for name in names[2:])), strict=True))


def _own_gradient(
    subject: Subject, gradient: Function, arguments: Mapping[str, FloatArray]
) -> Mapping[str, FloatArray] | None:
    """The student's own gradient, asked where nothing is known of the training.

    One that has lost no points is right, perhaps to float32 only: it counts where it agrees with the reference.
    """
    if gradient.name not in subject.student.bindings or subject.apart is None:
        return None
    with subject.apart() as student:
        (reply,) = student.call(gradient.name, [list(arguments.values())])
    result = read(gradient, reply.value) if isinstance(reply, Returned) else None
    if not isinstance(result, Tensors):
        return None
    if gradient.name in subject.proven and not _agrees(
        result.values, subject.oracle.results(gradient, gradient.name, arguments)
    ):
        return None
    return result.values


def _agrees(own: Mapping[str, FloatArray], right: Mapping[str, FloatArray]) -> bool:
    """Whether every tensor is the reference's to float32 tolerance; a bias may lack its axis of length one."""
    return all(
        own[name].size == array.size
        and numerics.agrees(numerics.largest_error(own[name].reshape(array.shape), array), numerics.FLOAT32_TOLERANCE)
        for name, array in right.items()
    )


def _own_at(
    subject: Subject, gradient: Function, x: FloatArray, t: FloatArray, point: Parameters
) -> Mapping[str, FloatArray] | None:
    return _own_gradient(subject, gradient, _arguments(gradient, x, t, point))


def _steps(
    spec: UpdateRule,
    function: Function,
    states: list[Trained],
    gradient: Mapping[str, FloatArray],
    before: Mapping[str, FloatArray] | None,
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
