"""Does the training loop step as asked? Two consecutive steps of its parameters against v = gamma v + lr gradient.

Trainings of 1, 2 and 3 epochs from one seed give three states in a row; the gradient at the second is the reference's,
or the student's own where theirs differs: a wrong gradient costs its own part, not this one.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checks.contract import missing
from grader.checks.subject import Finding, Subject, failed
from grader.checks.trained import Parameters, Trained, arguments, first_parameters, parameters, train
from grader.checks.unanswered import unanswered
from grader.diagnosis.optimizer import Steps, cause, flat
from grader.probes import class_numbers
from grader.report import CheckResult, Diagnosis, Evidence, Note, Score, Verdict
from grader.results import FloatArray, Tensors, read
from grader.sandbox import Returned
from reference.data import Dataset
from reference.spec import Function, UpdateRule

KIND = "update_rule"

SIZES = {"N": 149, "D": 7, "C": 10}  # more rows than the mini-batches in use: 32, 64, 100, 128
VALIDATION_ROWS = 11
EPOCHS = (1, 2, 3)

FIRST_VELOCITY = 2e-5
"""A velocity that starts at 1e-5, as the original handout's did, moves each entry of the first step by no more."""


def check(spec: UpdateRule, subject: Subject) -> Finding:
    """Three short trainings on a small set."""
    function = subject.assignment.function(spec.function)
    if spec.function not in subject.student.bindings:
        return Finding(failed(KIND, spec, Verdict.MISSING, diagnosis=missing(subject, spec.function)))
    lines = subject.lines(spec.function)
    rng = subject.rng(KIND)
    rows, valid = _drawn(SIZES["N"], rng), _drawn(VALIDATION_ROWS, rng)
    sizes = {**SIZES, "H": int(spec.hyperparameters["hidden"])}
    data = arguments(function, rows, valid, first_parameters(function, sizes, rng))
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
    finding = _judged(spec, subject, function, states, data)
    if finding.result.verdict is not Verdict.PASSED:
        return finding
    # Last, because it may raise: a training of no epochs is the one thing a right loop may be unprepared for.
    (reply,) = train(subject, spec.function, data, passed, (0,), None)
    start = parameters(function, reply, sizes) if isinstance(reply, Returned) else None
    if isinstance(start, Trained) and not _first_step(spec, subject, function, start, states[0], data):
        evidence = {"lr": float(spec.hyperparameters["lr"])}
        return Finding(failed(KIND, spec, Verdict.WRONG, lines, Diagnosis("EPOCHS_OFF_BY_ONE", evidence)))
    return finding


def _drawn(rows: int, rng: np.random.Generator) -> Dataset:
    inputs = rng.standard_normal((rows, SIZES["D"]))
    return Dataset(inputs, class_numbers(rows, SIZES["C"], rng), SIZES["C"])


def _judged(
    spec: UpdateRule, subject: Subject, function: Function, states: list[Trained], data: Sequence[NDArray[Any]]
) -> Finding:
    lines = subject.lines(spec.function)
    point = states[1].parameters
    gradient = subject.assignment.function(spec.gradient)
    values = _arguments(spec, gradient, data, point)
    ways = [
        _steps(spec, function, states, _slopes(gradient, subject.oracle.results(gradient, form, values)))
        for form in subject.right_forms(gradient)
    ]
    steps = next((way for way in ways if way.right), ways[0])
    points = Score(float(spec.points), float(spec.points))
    passed = CheckResult(KIND, spec.function, Verdict.PASSED, points, 0.0, probes_passed=1, probes_total=1, lines=lines)
    if steps.right:
        return Finding(passed)
    own = _own_gradient(subject, gradient, values)
    if own is not None:
        given = _steps(spec, function, states, own)
        if given.right and np.any(given.moved):  # with a gradient of zero, to stand still proves nothing
            note = Note("GRADED_ON_OWN", {"function": spec.function, "given": [spec.gradient]}, lines)
            return Finding(passed, (note,))
        code = cause(given)
        if code != "UNKNOWN":
            return Finding(failed(KIND, spec, Verdict.WRONG, lines, _diagnosis(code, spec, given)))
    frozen = [name for name in point if all(np.array_equal(point[name], state.parameters[name]) for state in states)]
    if frozen and len(frozen) < len(point):
        evidence: dict[str, Evidence] = {"frozen": list(frozen), "lr": steps.lr}
        return Finding(failed(KIND, spec, Verdict.WRONG, lines, Diagnosis("SOME_PARAMS_NOT_UPDATED", evidence)))
    return Finding(failed(KIND, spec, Verdict.WRONG, lines, _diagnosis(cause(steps), spec, steps)))


def _first_step(
    spec: UpdateRule,
    subject: Subject,
    function: Function,
    start: Trained,
    first: Trained,
    data: Sequence[NDArray[Any]],
) -> bool:
    """Whether one epoch is one step of lr gradient away from none, up to a small first velocity."""
    gradient = subject.assignment.function(spec.gradient)
    values = _arguments(spec, gradient, data, start.parameters)
    names = [tensor.name for tensor in function.results]
    moved = flat(start.parameters, names) - flat(first.parameters, names)
    rights = (
        _slopes(gradient, subject.oracle.results(gradient, form, values)) for form in subject.right_forms(gradient)
    )
    for slopes in (*rights, _own_gradient(subject, gradient, values)):
        if slopes is None:
            continue
        slope = flat(slopes, tuple(slopes))
        if slope.shape == moved.shape and np.all(
            np.abs(moved - float(spec.hyperparameters["lr"]) * slope) <= FIRST_VELOCITY
        ):
            return True
    return False


def _arguments(
    spec: UpdateRule, gradient: Function, data: Sequence[NDArray[Any]], point: Parameters
) -> Mapping[str, NDArray[Any]]:
    """The arguments of the gradient function: inputs, targets, then parameters and hyperparameters by their names."""
    names = [tensor.name for tensor in gradient.arguments]
    hyper = spec.hyperparameters
    rest = (point[name] if name in point else np.asarray(float(hyper[name])) for name in names[2:])
    return dict(zip(names, (*data[:2], *rest), strict=True))


def _slopes(gradient: Function, results: Mapping[str, FloatArray]) -> Mapping[str, FloatArray]:
    """The gradients among the results; a cost beside them is a number."""
    return {tensor.name: results[tensor.name] for tensor in gradient.results if tensor.axes}


def _own_gradient(
    subject: Subject, gradient: Function, values: Mapping[str, NDArray[Any]]
) -> Mapping[str, FloatArray] | None:
    """The student's own gradient, if it has lost points already; asked where nothing is known of the training."""
    if gradient.name not in subject.student.bindings or gradient.name in subject.proven or subject.apart is None:
        return None
    with subject.apart() as student:
        (reply,) = student.call(gradient.name, [list(values.values())])
    result = read(gradient, reply.value) if isinstance(reply, Returned) else None
    return _slopes(gradient, result.values) if isinstance(result, Tensors) else None


def _steps(spec: UpdateRule, function: Function, states: list[Trained], gradient: Mapping[str, FloatArray]) -> Steps:
    names = [tensor.name for tensor in function.results]
    first, second, third = (flat(state.parameters, names) for state in states)
    slope = flat(gradient, tuple(gradient))
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
    )


def _diagnosis(code: str, spec: UpdateRule, steps: Steps) -> Diagnosis:
    step = float(np.linalg.norm(steps.moved))
    right = float(np.linalg.norm(steps.gamma * steps.velocity + steps.lr * steps.gradient))
    evidence = {"step": step, "expected_step": right, "lr": steps.lr, "gamma": steps.gamma, "N": steps.samples}
    if code == "UNKNOWN":
        evidence |= {"probes_wrong": 1, "probes": 1}
    return Diagnosis(code, evidence, counterfactual="v = gamma * v + lr * gradient; w = w - v")
