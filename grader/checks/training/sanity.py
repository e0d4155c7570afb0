"""Two short trainings that tell what an accuracy does not: one on a few examples, one on labels that mean nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from grader.checks.steps.training_set import TrainingSet
from grader.checks.subject import Subject
from grader.checks.trained import Trained, parameters, train
from grader.foundations import foundations
from grader.report import Evidence, Note
from grader.sandbox import Returned
from grader.standing import Judge
from reference.data import Dataset
from reference.spec import Function, Training

FEW = 20
"""Examples that any network learns by heart; as many as a mini-batch has, where that is more."""

FEW_EPOCHS = 100

MEANINGLESS_EPOCHS = 10

BEYOND_CHANCE = 0.5
"""The way from guessing to everything right that no loop goes on labels that mean nothing, unless it has others."""

NO_SHUFFLE_GAP = 0.1
"""Ten standard deviations of what seeds do to a loop that shuffles: the same examples, in another order, do not."""

WIDE_GAP, NEARLY = 0.25, 0.1
"""A single order that is never drawn anew may learn a little less than shuffling: nearly enough, after a wide gap."""


@dataclass(frozen=True, slots=True)
class Cause:
    """What the trainings say of a failure: a code that names it, or only evidence."""

    code: str | None = None
    evidence: Mapping[str, Evidence] = field(default_factory=dict)


def sanity(
    spec: Training, subject: Subject, function: Function, judge: Judge, one: TrainingSet, accuracy: float
) -> tuple[tuple[Note, ...], Cause]:
    """Notes on a loop that passes; the cause, or what is known of it, of one that does not."""
    if accuracy >= spec.threshold:
        return _meaningless(spec, subject, function, judge, one), Cause()
    rng = subject.rng("sanity", spec.function)
    # By a wrong gradient another order may well reach more by chance: the gap then says nothing of the order.
    if spec.by_class and subject.proven.issuperset(foundations(subject.assignment, function)):
        mixed = _taken(one.split.train, rng.permutation(len(one.split.train.labels)))
        other = _trained(spec, subject, function, one, mixed, int(spec.hyperparameters["epochs"]))
        if other is not None:
            reached = judge.accuracy(other.parameters, one.split.test)
            gap = reached - accuracy
            if (reached >= spec.threshold and gap >= NO_SHUFFLE_GAP) or (
                reached >= spec.threshold - NEARLY and gap >= WIDE_GAP
            ):
                return (), Cause("NO_SHUFFLE", {"shuffled_accuracy": reached})
    few = _few(one.split.train, max(FEW, int(spec.hyperparameters.get("batch_size", 0))), rng)
    learned = _trained(spec, subject, function, one, few, FEW_EPOCHS)
    if learned is None:
        return (), Cause()
    by_heart = judge.accuracy(learned.parameters, few)
    found = {"few": len(few.labels), "few_accuracy": by_heart}
    return (), Cause(None, {**found, "by_heart" if by_heart == 1 else "not_by_heart": True})


def _meaningless(
    spec: Training, subject: Subject, function: Function, judge: Judge, one: TrainingSet
) -> tuple[Note, ...]:
    """A note on a loop that learns although its labels are shuffled: it learns from the validation set."""
    train_set = one.split.train
    rows = subject.rng("sanity", spec.function).permutation(len(train_set.labels))
    shuffled = Dataset(train_set.inputs, train_set.labels[rows], train_set.classes)
    trained = _trained(spec, subject, function, one, shuffled, MEANINGLESS_EPOCHS)
    if trained is None:
        return ()
    accuracy, chance = judge.accuracy(trained.parameters, one.split.test), 1 / train_set.classes
    if accuracy < chance + BEYOND_CHANCE * (1 - chance):
        return ()
    told: Mapping[str, Evidence] = {"function": spec.function, "accuracy": accuracy}
    return (Note("LEARNS_FROM_VALIDATION", told, subject.lines(spec.function)),)


def _trained(
    spec: Training, subject: Subject, function: Function, one: TrainingSet, train_set: Dataset, epochs: int
) -> Trained | None:
    """The parameters of a training on other examples; None where it gives none."""
    data = one.on(function, train_set)
    (reply,) = train(subject, spec.function, data, spec.hyperparameters, (epochs,), spec.wall_seconds, one.seed)
    found = parameters(function, reply, one.sizes) if isinstance(reply, Returned) else None
    return found if isinstance(found, Trained) else None


def _few(dataset: Dataset, count: int, rng: np.random.Generator) -> Dataset:
    """At least `count` examples, as many of each class."""
    order = rng.permutation(len(dataset.labels))
    each = -(-count // dataset.classes)
    rows = [order[dataset.labels[order] == label][:each] for label in range(dataset.classes)]
    return _taken(dataset, np.concatenate(rows))


def _taken(dataset: Dataset, rows: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Dataset:
    return Dataset(dataset.inputs[rows], dataset.labels[rows], dataset.classes)
