"""Does a training record one number for each epoch, under every name asked for, and the right ones?"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checks.calls.contract import missing
from grader.checks.calls.unanswered import unanswered
from grader.checks.subject import Finding, Subject, failed
from grader.checks.trained import Trained, arguments, first_parameters, parameters
from grader.checks.training.history_values import Trainings
from grader.probes import class_numbers
from grader.report import CheckResult, Diagnosis, Evidence, Note, Score, Verdict
from grader.results import KEY_CHARACTERS, KEYS_TOLD, describe
from grader.sandbox import Raised, Reply, Returned, Stopped
from grader.sandbox.inside.wire import Value
from grader.standing import Parameters
from reference.data import Dataset
from reference.spec import Action, Function, History

KIND = "history"

SIZES = {"D": 5, "C": 3}
ROWS, VALIDATION_ROWS = 23, 11

RATE = 0.3
"""So that the numbers of two epochs differ."""

Way = tuple[Action, ...]


def check(spec: History, subject: Subject) -> Finding:
    """A short training on a small set, and some for its numbers; that first parameters were changed is only noted."""
    if spec.function not in subject.student.bindings:
        return Finding(failed(KIND, spec, Verdict.MISSING, diagnosis=missing(subject, spec.function)))
    function = subject.assignment.function(spec.function)
    rng = subject.rng(KIND)
    train, valid = (
        Dataset(rng.standard_normal((rows, SIZES["D"])), class_numbers(rows, SIZES["C"], rng), SIZES["C"])
        for rows in (ROWS, VALIDATION_ROWS)
    )
    first = first_parameters(function, {**SIZES, "H": spec.hidden}, rng)
    data = arguments(function, train, valid, first)
    lines = subject.lines(spec.function)
    reply, way = _history(spec, subject, function, data)
    if not isinstance(reply, Returned):
        return Finding(unanswered(KIND, spec, subject, reply))
    notes = _changed(function, first, reply, lines)
    if way == _returning(function):
        notes += (Note("HISTORY_RETURNED", {"function": function.name, "asked": spec.attributes[0]}, lines),)
    diagnosis = _wrong(spec, reply.value)
    if diagnosis is not None:
        return Finding(failed(KIND, spec, Verdict.WRONG, lines, diagnosis), notes)
    points = Score(float(spec.points), float(spec.points))
    told = [
        (spec.data_points, _data_changed(function, data, reply)),
        (spec.value_points, _values_wrong(spec, subject, {"train": train, "valid": valid}, first, way)),
    ]
    causes = [(share, cause) for share, cause in told if cause is not None]
    if causes:
        # What is not one number an epoch, in a second training, is no history of it.
        whole = any(cause.code == "HISTORY_LENGTH" for _, cause in causes)
        kept = 0.0 if whole else points.maximum - sum(share for share, _ in causes)
        worst = max(causes, key=lambda cause: cause[0])[1]
        wrong = failed(KIND, spec, Verdict.WRONG, lines, worst)
        return Finding(replace(wrong, points=Score(kept, points.maximum)), notes)
    return Finding(CheckResult(KIND, spec.function, Verdict.PASSED, points, 0.0, None, (), 1, 1, lines), notes)


def _history(spec: History, subject: Subject, function: Function, data: Sequence[NDArray[Any]]) -> tuple[Reply, Way]:
    """The dict that the object has under one of the names, or that the training returned, and the way to it.

    Where there is none, what the object has under a name instead.
    """
    ways = [*(reading(function, attribute) for attribute in spec.attributes), _returning(function)]
    replies: list[Reply] = []
    for way in ways:
        replies += subject.student.call(function.name, [data], more=spec.hyperparameters, echo=True, recipe=way)
        reply = replies[-1]
        if isinstance(reply, Stopped) or (isinstance(reply, Returned) and isinstance(reply.value, dict)):
            return reply, way
    there = (reply for reply in replies[:-1] if not _lacks_attribute(reply))
    return next(there, replies[len(spec.attributes) - 1]), ways[0]


def _values_wrong(
    spec: History, subject: Subject, data: Mapping[str, Dataset], first: Parameters, way: Way
) -> Diagnosis | None:
    """Trainings with one step an epoch, each of an object of its own: the longest, then the shorter ones."""
    if not spec.losses:
        return None
    function = subject.assignment.function(spec.function)
    epochs = int(spec.hyperparameters["epochs"])
    more = {**spec.hyperparameters, "batch_size": ROWS, "lr": RATE, "epochs": epochs}
    rows = arguments(function, data["train"], data["valid"], first)
    (reply,) = subject.student.call(function.name, [rows], more=more, recipe=way)
    if not isinstance(reply, Returned):
        return None  # it did a moment ago
    value = reply.value
    wrong = _wrong(spec, value)
    if wrong is not None:
        return replace(wrong, evidence={**wrong.evidence, "only_in": "a second training"})
    sizes = {**SIZES, "H": spec.hidden}
    states: list[Parameters] = []
    for count in (epochs - 1, epochs):
        (after,) = subject.student.call(function.name, [rows], more={**more, "epochs": count})
        state = parameters(function, after, sizes) if isinstance(after, Returned) else None
        states += [state.parameters] if isinstance(state, Trained) else []
    entries = value if isinstance(value, dict) else {}
    recorded = {key: np.asarray(entries[key], dtype=np.float64) for key in spec.keys}
    return Trainings(spec, subject, data, first, states, more).wrong(recorded)


def _data_changed(function: Function, data: Sequence[NDArray[Any]], reply: Returned) -> Diagnosis | None:
    """The first of the examples and labels that a training changes."""
    tensors = function.arguments[:4]
    for tensor, before, after in zip(tensors, data, reply.arguments, strict=False):
        if not np.array_equal(np.asarray(after), before):
            return Diagnosis("MUTATES_INPUT", {"argument": tensor.name})
    return None


def _lacks_attribute(reply: Reply) -> bool:
    return isinstance(reply, Raised) and reply.type_name == "AttributeError"


def _returning(function: Function) -> tuple[Action, ...]:
    """The function's own way, with what the training returns instead of what is read at its end."""
    *steps, last, _get = function.recipe
    return (*steps, replace(last, result="*"))


def reading(function: Function, attribute: str) -> tuple[Action, ...]:
    """The function's own way, with the history read at its end."""
    *steps, last = function.recipe
    return (*steps, replace(last, target=f"{last.target.partition('.')[0]}.{attribute}"))


def _wrong(spec: History, value: Value) -> Diagnosis | None:
    if not isinstance(value, dict):
        return Diagnosis("RESULT_TYPE", {"tensor": spec.attributes[0], "returned": describe(value)})
    lacking = [key for key in spec.keys if key not in value]
    if lacking:
        return Diagnosis(
            "KEYS", {"missing": list(lacking), "found": sorted(key[:KEY_CHARACTERS] for key in value)[:KEYS_TOLD]}
        )
    epochs = int(spec.hyperparameters["epochs"])
    for key in spec.keys:
        numbers = _numbers(value[key])
        evidence: dict[str, Evidence] = {"tensor": key, "epochs": epochs}
        if numbers is None:
            return Diagnosis("RESULT_TYPE", {**evidence, "returned": describe(value[key])})
        if numbers.shape not in {(epochs,), (epochs, 1)}:
            return Diagnosis("HISTORY_LENGTH", {**evidence, "length": int(numbers.size)})
        if not np.all(np.isfinite(numbers)):
            return Diagnosis("DIVERGED", evidence)
    return None


def _numbers(value: Value) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]] | None:
    try:
        return np.asarray(value, dtype=np.float64)
    except (TypeError, ValueError):  # texts, objects, ragged lists
        return None


def _changed(function: Function, first: Parameters, reply: Returned, lines: tuple[int, ...]) -> tuple[Note, ...]:
    names = [tensor.name for tensor in function.arguments]
    changed: list[Evidence] = [
        name
        for name, after in zip(names, reply.arguments, strict=False)
        if name in first and not np.array_equal(np.asarray(after), np.asarray(first[name]))
    ]
    return (
        (Note("FIRST_PARAMETERS_CHANGED", {"function": function.name, "changed": changed}, lines),) if changed else ()
    )
