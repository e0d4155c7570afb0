"""Trainings side by side for the student's own report: what they reach and how long a step takes. Never graded.

Every run has a process of its own and the reference's training right before it. The parameters that come out are
judged here, by the reference network; validation labels go in, as in any training, and test labels never do.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checks.steps.training_set import named
from grader.checks.trained import Trained, arguments, first_parameters, parameters
from grader.confusion import confusion
from grader.oracle import Oracle, given
from grader.report import EpochPoint, ExperimentResult, ExperimentRun, Verdict
from grader.results import FloatArray
from grader.sandbox import Raised, Reply, Returned, Stopped
from grader.seeds import generator
from grader.standing import Parameters
from grader.student import Student
from reference.data import Dataset, Split
from reference.losses import average_cross_entropy
from reference.sources import Source
from reference.spec import Assignment, Draw, Experiment, Function, Run
from reference.training import accuracy

RUN_SECONDS = 10.0
"""For one training. The reference's takes a tenth of a second on the digits."""

OWN_FACTOR = 30.0
"""Somebody's own files may hold that many times the pixels of the digits: their runs may take so much longer."""


@dataclass(frozen=True, slots=True)
class Bench:
    """What an experiment is run with.

    apart: opens a process that may take so many seconds in all. usable: functions whose graded training gave
    parameters; the others are not run again. told: of each run as it ends.
    """

    assignment: Assignment
    oracle: Oracle
    seed: str
    clock: Callable[[], float]
    apart: Callable[[float], AbstractContextManager[Student]]
    usable: frozenset[str]
    told: Callable[[ExperimentRun], None]


@dataclass(frozen=True, slots=True)
class _Done:
    """A run that gave parameters."""

    run: Run
    measured: ExperimentRun
    trained: Trained


def measured(spec: Experiment, source: Source, bench: Bench) -> ExperimentResult:
    """The whole table of one experiment on one source of examples."""
    started = bench.clock()
    split = source.split(generator(bench.seed, "experiment", spec.name, source.name))
    factor = OWN_FACTOR if source.own else 1.0
    most = spec.wall_seconds * factor
    runs: list[ExperimentRun] = []
    best: _Done | None = None
    hung = False
    for run in spec.runs:
        left = most - (bench.clock() - started)
        skipped = ExperimentRun(run.row, run.column, Verdict.SKIPPED)
        if hung or left <= 0 or run.function not in bench.usable:
            found: ExperimentRun | _Done = skipped
        else:
            found = _one(spec, run, split, bench, min(left, RUN_SECONDS * factor))
        shown = found.measured if isinstance(found, _Done) else found
        runs.append(shown)
        bench.told(shown)
        hung = hung or shown.verdict is Verdict.TIME_LIMIT
        if isinstance(found, _Done) and (best is None or shown.valid_accuracy > best.measured.valid_accuracy):
            best = found
    result = ExperimentResult(
        name=spec.name,
        title=spec.title,
        rows=spec.rows,
        dataset=source.name,
        examples=len(split.train.labels),
        hyperparameters=spec.hyperparameters,
        runs=tuple(runs),
    )
    if best is not None:
        left = most - (bench.clock() - started)
        result = replace(
            result,
            best=(best.run.row, best.run.column),
            curve=_curve(spec, best, split, bench, min(left, RUN_SECONDS * factor)),
            train_confusion=confusion(
                _probabilities(bench, best.run, best.trained.parameters, split.train), split.train
            ),
            test_confusion=confusion(_probabilities(bench, best.run, best.trained.parameters, split.test), split.test),
        )
    return replace(result, seconds=bench.clock() - started)


def _one(spec: Experiment, run: Run, split: Split, bench: Bench, seconds: float) -> ExperimentRun | _Done:
    """The reference's training and then the student's, each with its seconds a step."""
    function = bench.assignment.function(run.function)
    sizes, data = _given(function, run, split, bench)
    epochs = int(spec.hyperparameters["epochs"])
    steps = epochs * -(-len(split.train.labels) // int(spec.hyperparameters.get("batch_size", len(split.train.labels))))
    before = bench.clock()
    seed = {} if any(tensor.draw is Draw.SEED for tensor in function.arguments) else {"seed": 0}
    reference = named(
        function, bench.oracle.answers[function.answer](*map(given, data), **spec.hyperparameters, **seed)
    )
    reference_seconds = bench.clock() - before
    with bench.apart(seconds) as student:
        reply = _trained(student, function, data, spec.hyperparameters, seconds)
    if not isinstance(reply, Returned):
        return ExperimentRun(run.row, run.column, Verdict.RAISED if isinstance(reply, Raised) else reply.verdict)
    trained = parameters(function, reply, sizes)
    if not isinstance(trained, Trained):
        return ExperimentRun(run.row, run.column, Verdict.WRONG)
    numbers: dict[str, float] = {}
    for name, part in (("train", split.train), ("valid", split.valid), ("test", split.test)):
        numbers[f"{name}_loss"], numbers[f"{name}_accuracy"] = _standing(bench, run, trained.parameters, part)
    return _Done(
        run,
        ExperimentRun(
            run.row,
            run.column,
            Verdict.PASSED,
            steps,
            **numbers,
            seconds_per_step=reply.seconds / steps,
            reference_seconds_per_step=reference_seconds / steps,
            reference_test_accuracy=_standing(bench, run, reference, split.test)[1],
        ),
        trained,
    )


def _given(function: Function, run: Run, split: Split, bench: Bench) -> tuple[Mapping[str, int], list[NDArray[Any]]]:
    """The sizes of a run, and what its training takes."""
    sizes = {"D": split.train.inputs.shape[1], "H": run.hidden, "C": split.train.classes}
    first = first_parameters(function, sizes, generator(bench.seed, "experiment", "first", run.row, run.column))
    return sizes, arguments(function, split.train, split.valid, first)


def _trained(
    student: Student,
    function: Function,
    data: Sequence[NDArray[Any]],
    hyperparameters: Mapping[str, float | int],
    seconds: float,
) -> Reply:
    if function.name not in student.bindings:
        return Stopped(Verdict.MISSING, "There is no such function.")
    more = {**hyperparameters, **({} if function.recipe else {"seed": 0})}
    (reply,) = student.call(function.name, [data], more=more, wall_seconds=seconds)
    return reply


def _curve(spec: Experiment, best: _Done, split: Split, bench: Bench, seconds: float) -> tuple[EpochPoint, ...]:
    """The best run stopped at fewer epochs, and as it was; what does not end in time is left out."""
    function = bench.assignment.function(best.run.function)
    sizes, data = _given(function, best.run, split, bench)
    states = []
    if seconds > 0:
        with bench.apart(seconds) as student:
            for count in spec.curve_epochs:
                reply = _trained(student, function, data, {**spec.hyperparameters, "epochs": count}, seconds)
                trained = parameters(function, reply, sizes) if isinstance(reply, Returned) else None
                if isinstance(trained, Trained):
                    states.append((count, trained.parameters))
    states.append((int(spec.hyperparameters["epochs"]), best.trained.parameters))
    points = []
    for count, state in states:
        train, test = (_standing(bench, best.run, state, part) for part in (split.train, split.test))
        points.append(EpochPoint(count, train[0], train[1], test[0], test[1]))
    return tuple(points)


def _standing(bench: Bench, run: Run, trained: Parameters, data: Dataset) -> tuple[float, float]:
    """Average cross-entropy and accuracy of the reference's network with these parameters."""
    p = _probabilities(bench, run, trained, data)
    with np.errstate(divide="ignore"):  # a probability of exactly 0 is an infinite loss, and is shown as one
        return float(average_cross_entropy(p, data.targets)), accuracy(p, data.labels)


def _probabilities(bench: Bench, run: Run, trained: Parameters, data: Dataset) -> FloatArray:
    names = [tensor.name for tensor in bench.assignment.function(run.function).results]
    return bench.oracle.computed(run.probabilities, ["p"], (data.inputs, *(trained[name] for name in names)))["p"]
