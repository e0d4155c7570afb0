"""Does a training record one number for each epoch, under every name asked for?"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checks.contract import missing
from grader.checks.subject import Finding, Subject, failed
from grader.checks.trained import arguments, first_parameters
from grader.checks.unanswered import unanswered
from grader.probes import class_numbers
from grader.report import CheckResult, Diagnosis, Evidence, Note, Score, Verdict
from grader.results import describe
from grader.sandbox import Raised, Reply, Returned, Stopped
from grader.sandbox.inside.wire import Value
from grader.standing import Parameters
from reference.data import Dataset
from reference.spec import Action, Function, History

KIND = "history"

SIZES = {"D": 5, "C": 3}
ROWS, VALIDATION_ROWS = 23, 11


def check(spec: History, subject: Subject) -> Finding:
    """One short training on a small set; the first parameters should be as they were, which is only noted."""
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
    reply, is_returned = _history(spec, subject, function, data)
    if not isinstance(reply, Returned):
        return Finding(unanswered(KIND, spec, subject, reply))
    notes = _changed(function, first, reply, lines)
    if is_returned:
        notes += (Note("HISTORY_RETURNED", {"function": function.name, "asked": spec.attributes[0]}, lines),)
    diagnosis = _wrong(spec, reply.value)
    if diagnosis is not None:
        return Finding(failed(KIND, spec, Verdict.WRONG, lines, diagnosis), notes)
    points = Score(float(spec.points), float(spec.points))
    return Finding(CheckResult(KIND, spec.function, Verdict.PASSED, points, 0.0, None, (), 1, 1, lines), notes)


def _history(spec: History, subject: Subject, function: Function, data: Sequence[NDArray[Any]]) -> tuple[Reply, bool]:
    """The dict that the object has under one of the names, or that the training returned, and whether it is that.

    Where there is none, what the object has under a name instead.
    """
    ways = [*(reading(function, attribute) for attribute in spec.attributes), _returning(function)]
    replies: list[Reply] = []
    for way in ways:
        replies += subject.student.call(function.name, [data], more=spec.hyperparameters, echo=True, recipe=way)
        reply = replies[-1]
        if isinstance(reply, Stopped) or (isinstance(reply, Returned) and isinstance(reply.value, dict)):
            return reply, len(replies) == len(ways)
    there = (reply for reply in replies[:-1] if not _lacks_attribute(reply))
    return next(there, replies[len(spec.attributes) - 1]), False


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
        return Diagnosis("KEYS", {"missing": list(lacking), "found": sorted(map(str, value))[:12]})
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
