"""Is an epoch what the student's own single step makes of its batches? Then it is that step that is wrong."""

from collections.abc import Mapping, Sequence

import numpy as np

from grader.checks.subject import Subject
from grader.comparison import Comparison, Outcome
from grader.diagnosis.cause import UNKNOWN
from grader.diagnosis.mismatch import same
from grader.report import Diagnosis
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

    The step's own check says what is wrong with it, whatever that is.
    """
    operation = STEPS.get(comparison.function.operation)
    step = next((f for f in subject.assignment.functions if f.operation is operation), None)
    if cause.code != UNKNOWN or step is None or {step.name} & subject.proven:
        return cause
    outcomes = [outcome for outcome in comparison.outcomes if outcome.probe.ordinary]
    yours = [outcome.yours.values for outcome in outcomes if isinstance(outcome.yours, Tensors)]
    moved = _moved(subject, step, outcomes) if outcomes and len(yours) == len(outcomes) else None
    if moved is None or not all(
        same(v[n], m[n]) for v, m in zip(yours, moved, strict=True) for n in comparison.tensors
    ):
        return cause
    return Diagnosis("FOLLOWS_FROM_STEP", {**cause.evidence, "cause": step.name})


def _moved(subject: Subject, step: Function, outcomes: Sequence[Outcome]) -> list[Values] | None:
    """How far each weight goes, over the rate, in single steps on one batch after the other; None: no such answer."""
    if step.name not in subject.student.bindings:
        return None
    names = {f"d{tensor.name}": tensor.name for tensor in step.arguments if tensor.draw is Draw.WEIGHTS}
    found: list[Values] = []
    for outcome in outcomes:
        values = outcome.probe.arguments
        size, rate = int(values["batch"]), float(values["lr"])
        now = {name: values[name] for name in names.values()}
        for start in range(0, len(values["X"]), size):
            part = {name: values[name][start : start + size] for name in ("X", "y")}
            row = [np.asarray({**values, **now, **part}[tensor.name]) for tensor in step.arguments]
            (reply,) = subject.student.call(step.name, [row])
            results = read(step, reply.value) if isinstance(reply, Returned) else None
            slopes = results.values if isinstance(results, Tensors) else {}
            if any(d not in slopes or slopes[d].shape != now[w].shape for d, w in names.items()):
                return None
            if not any(np.any(slope) for slope in slopes.values()):  # a batch that is left out is another mistake
                return None
            now = {weight: now[weight] - rate * slopes[moved] for moved, weight in names.items()}
        found.append({moved: (values[weight] - now[weight]) / rate for moved, weight in names.items()})
    return found
