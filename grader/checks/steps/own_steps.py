"""Is an epoch what the student's own single step makes of its batches? Then it is that step that is wrong."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from grader.checks.subject import Subject
from grader.comparison import Comparison, Outcome
from grader.diagnosis.cause import UNKNOWN
from grader.diagnosis.epoch_batches import OWN_LABELS, batches, formula, overlaps, shorter
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


@dataclass(frozen=True, slots=True)
class Cut:
    """How the rows of an epoch are cut into batches, and what is told of it where that is wrong.

    labels: the rows of each batch's labels, where they are other ones.
    """

    parts: Sequence[slice]
    told: Mapping[str, Evidence] | None = None
    labels: Sequence[slice] | None = None


def follows_from_step(subject: Subject, comparison: Comparison, cause: Diagnosis) -> Diagnosis:
    """`cause`, or where it is unknown and every number is that of the student's own steps, that it follows from those.

    The step's own check says what is wrong with it, whatever that is. Beside it is told how the rows are cut into
    batches, where that is wrong as well.
    """
    operation = STEPS.get(comparison.function.operation)
    step = next((f for f in subject.assignment.functions if f.operation is operation), None)
    if cause.code != UNKNOWN or step is None or step.name in subject.proven:
        return cause
    outcomes = [outcome for outcome in comparison.outcomes if outcome.probe.ordinary]
    answered = all(isinstance(outcome.yours, Tensors) for outcome in outcomes)
    if not outcomes or not answered or step.name not in subject.student.bindings:
        return cause
    for cuts in zip(*map(_cuts, outcomes), strict=True):
        if all(_is_made(subject, step, comparison, *pair) for pair in zip(outcomes, cuts, strict=True)):
            told: list[Evidence] = [cut.told for cut in cuts if cut.told]
            also: dict[str, Evidence] = {"also": told[:1]} if told else {}
            return Diagnosis("FOLLOWS_FROM_STEP", {**cause.evidence, "cause": step.name, **also})
    return cause


def _cuts(outcome: Outcome) -> Iterator[Cut]:
    """The right batches, then those of known mistakes, the same ones in the same order for each outcome."""
    values = outcome.probe.arguments
    count, size = len(values["X"]), int(values["batch"])
    right = list(batches(count, size))
    left = count % size
    yield Cut(right)
    dropped: dict[str, Evidence] = {"code": "LAST_BATCH_DROPPED", "unseen": left, "rows": count, "batch_size": size}
    yield Cut(right[:-1], dropped) if left and count > size else Cut(right)
    yield Cut(right[:-1], dropped) if left else Cut(right)  # the only one as well
    for parts, about in shorter(count, size):
        yield Cut(list(parts), {"code": "OTHER_FORMULA", **about, "wrong": ["step"]})
    for parts, about in overlaps(count, size):
        yield Cut(list(parts), {"code": "BATCHES_OVERLAP", **about})
    first: dict[str, Evidence] = {"code": "OTHER_FORMULA", **formula("y[:batch]", OWN_LABELS), "wrong": ["step"]}
    yield Cut(right, first, [slice(rows.stop - rows.start) for rows in right])


def _is_made(subject: Subject, step: Function, comparison: Comparison, outcome: Outcome, cut: Cut) -> bool:
    """Whether one outcome is made by the student's single steps on these batches, one after the other."""
    moved = _moved(subject, step, outcome, cut)
    yours = outcome.yours.values if isinstance(outcome.yours, Tensors) else {}
    return all(name in moved and same(yours[name], moved[name]) for name in comparison.tensors)


def _moved(subject: Subject, step: Function, outcome: Outcome, cut: Cut) -> Values:
    """How far each weight goes, over the rate; nothing where a step has no such answer."""
    values = outcome.probe.arguments
    size, rate = int(values["batch"]), float(values["lr"])
    names = {f"d{tensor.name}": tensor.name for tensor in step.arguments if tensor.draw is Draw.WEIGHTS}
    now = {name: values[name] for name in names.values()}
    for rows, labels in zip(cut.parts, cut.labels or cut.parts, strict=True):
        part = {"X": values["X"][rows], "y": values["y"][labels]}
        count = len(part["X"])
        slopes = _slopes(subject, step, {**values, **now, **part, "batch": np.asarray(max(size, count))})
        if count < size and not any(np.any(slope) for slope in slopes.values()):
            # The loop leaves a smaller batch out, and makes a step of it as a batch of its own size.
            slopes = _slopes(subject, step, {**values, **now, **part, "batch": np.asarray(count)})
        if any(moved not in slopes or slopes[moved].shape != now[weight].shape for moved, weight in names.items()):
            return {}
        now = {weight: now[weight] - rate * slopes[moved] for moved, weight in names.items()}
    return {moved: (values[weight] - now[weight]) / rate for moved, weight in names.items()}


def _slopes(subject: Subject, step: Function, values: Values) -> Values:
    """What the student's own single step gives; nothing where it gives no answer."""
    (reply,) = subject.student.call(step.name, [[np.asarray(values[tensor.name]) for tensor in step.arguments]])
    results = read(step, reply.value) if isinstance(reply, Returned) else None
    return results.values if isinstance(results, Tensors) else {}
