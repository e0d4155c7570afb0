"""Does a training use the whole set? Where the last examples may be others and nothing changes, it leaves them out.

The short trainings of the other checks are on sets of some dozens, and a few hundred of the real one reach the
threshold: `X = X[:300]`, left over from a first try, shows here only.
"""

import numpy as np

from grader.checks.steps.training_set import TrainingSet
from grader.checks.subject import Subject
from grader.checks.trained import Trained, parameters, train
from grader.report import Diagnosis
from grader.sandbox import Returned
from grader.standing import Parameters
from reference.data import Dataset
from reference.spec import DrawnBatches, Function, Training

LAST = 8
"""Examples at the end that are exchanged for others."""

TIMES_DRAWN = 3
"""How often each example is drawn on average where batches are drawn: that none of the last ones is, has a probability
of exp(-24)."""


def unused_rows(spec: Training, subject: Subject, function: Function, one: TrainingSet) -> Diagnosis | None:
    """That the last examples have no effect on the parameters, or None; asked of a training that has passed."""
    rows = one.split.train
    count = _count(spec, subject, len(rows.labels))
    states: list[Parameters] = []
    for examples in (rows, _exchanged(rows)):
        data = one.on(function, examples)
        (reply,) = train(subject, spec.function, data, spec.hyperparameters, (count,), spec.wall_seconds, one.seed)
        state = parameters(function, reply, one.sizes) if isinstance(reply, Returned) else None
        if not isinstance(state, Trained):  # it has passed a whole training, so this says nothing
            return None
        states.append(state.parameters)
    one_way, other = states
    if not _same(one_way, other) or _same(one_way, one.first):  # who keeps the best may keep the first parameters
        return None
    found = f"some examples only: the last {LAST} change nothing, whatever they are"
    return Diagnosis("OTHER_DATA", {"found": found, "N": len(rows.labels), "subject": spec.function})


def _count(spec: Training, subject: Subject, rows: int) -> int:
    """One epoch; where batches are drawn one by one, so many that each example comes a few times."""
    definition = subject.assignment.function(spec.function).definition
    drawn = any(
        isinstance(check, DrawnBatches) and subject.assignment.function(check.function).definition == definition
        for part in subject.assignment.parts
        for check in part.checks
    )
    return -(-TIMES_DRAWN * rows // int(spec.hyperparameters["batch_size"])) if drawn else 1


def _exchanged(rows: Dataset) -> Dataset:
    """The same set but for the last examples, whose inputs are mirrored and whose classes are the next ones."""
    inputs, labels = rows.inputs.copy(), rows.labels.copy()
    inputs[-LAST:] = 1.0 - inputs[-LAST:]
    labels[-LAST:] = (labels[-LAST:] + 1) % rows.classes
    return Dataset(inputs, labels, rows.classes)


def _same(one: Parameters, other: Parameters) -> bool:
    shared = [name for name in one if name in other]
    return bool(shared) and all(np.array_equal(one[name], other[name]) for name in shared)
