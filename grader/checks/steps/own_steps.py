"""Is an epoch what the student's own single step makes of its batches? Then it is that step that is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from grader.checks.subject import Subject
from grader.comparison import Comparison, Outcome
from grader.diagnosis.cause import UNKNOWN
from grader.diagnosis.mismatch import same
from grader.report import Diagnosis, Evidence
from grader.results import FloatArray, Tensors, read
from grader.sandbox import Returned
from reference.spec import Draw, Function, Operation

STEPS: Mapping[Operation, Operation] = {
    Operation.SOFTMAX_EPOCH: Operation.SOFTMAX_STEP,
    Operation.NETWORK_EPOCH: Operation.NETWORK_STEP,
}
"""The single step of each operation that takes several."""

Values = Mapping[str, FloatArray]


def follows_from_step(subject: Subject, comparison: Comparison, cause: Diagnosis) -> Diagnosis:
    """`cause`, or where it is unknown and every number is that of the student's own steps, that it follows from those.

    The step's own check says what is wrong with it, whatever that is. Beside it is told of a last batch, smaller than
    the others, in which no step is made.
    """
    operation = STEPS.get(comparison.function.operation)
    step = next((f for f in subject.assignment.functions if f.operation is operation), None)
    if cause.code != UNKNOWN or step is None or {step.name} & subject.proven:
        return cause
    outcomes = [outcome for outcome in comparison.outcomes if outcome.probe.ordinary]
    yours = [outcome.yours.values for outcome in outcomes if isinstance(outcome.yours, Tensors)]
    epochs = _epochs(subject, step, outcomes) if outcomes and len(yours) == len(outcomes) else None
    if epochs is None or not all(
        same(v[n], epoch.moved[n]) for v, epoch in zip(yours, epochs, strict=True) for n in comparison.tensors
    ):
        return cause
    dropped: list[Evidence] = [epoch.dropped for epoch in epochs if epoch.dropped]
    also: dict[str, Evidence] = {"also": dropped[:1]} if dropped else {}
    return Diagnosis("FOLLOWS_FROM_STEP", {**cause.evidence, "cause": step.name, **also})


@dataclass(frozen=True, slots=True)
class Epoch:
    """How far each weight goes, over the rate, and what is told of a last batch without a step, if it is without."""

    moved: Values
    dropped: Mapping[str, Evidence] | None


def _epochs(subject: Subject, step: Function, outcomes: Sequence[Outcome]) -> list[Epoch] | None:
    """Single steps on one batch after the other, for each outcome; None: they have no such answer.

    One epoch at least has more than the batch that is left out.
    """
    if step.name not in subject.student.bindings:
        return None
    found = [_epoch(subject, step, outcome) for outcome in outcomes]
    made = [epoch for epoch in found if epoch is not None]
    moves = any(np.any(array) for epoch in made for array in epoch.moved.values())
    return made if len(made) == len(found) and moves else None


def _epoch(subject: Subject, step: Function, outcome: Outcome) -> Epoch | None:
    values = outcome.probe.arguments
    size, rate, rows = int(values["batch"]), float(values["lr"]), len(values["X"])
    names = {f"d{tensor.name}": tensor.name for tensor in step.arguments if tensor.draw is Draw.WEIGHTS}
    now = {name: values[name] for name in names.values()}
    dropped: Mapping[str, Evidence] | None = None
    for start in range(0, rows, size):
        part = {name: values[name][start : start + size] for name in ("X", "y")}
        slopes = _slopes(subject, step, {**values, **now, **part})
        if any(d not in slopes or slopes[d].shape != now[w].shape for d, w in names.items()):
            return None
        if not any(np.any(slope) for slope in slopes.values()):
            left = rows - start
            alone = _slopes(subject, step, {**values, **now, **part, "batch": np.asarray(left)})
            # A smaller batch without a step, which has one as a batch of its own size, is left out by the loop.
            if left == size or not any(np.any(slope) for slope in alone.values()):
                return None
            dropped = {"code": "LAST_BATCH_DROPPED", "unseen": left, "rows": rows, "batch_size": size}
        now = {weight: now[weight] - rate * slopes[moved] for moved, weight in names.items()}
    return Epoch({moved: (values[weight] - now[weight]) / rate for moved, weight in names.items()}, dropped)


def _slopes(subject: Subject, step: Function, values: Values) -> Values:
    """What the student's own single step gives; nothing where it gives no answer."""
    (reply,) = subject.student.call(step.name, [[np.asarray(values[tensor.name]) for tensor in step.arguments]])
    results = read(step, reply.value) if isinstance(reply, Returned) else None
    return results.values if isinstance(results, Tensors) else {}
