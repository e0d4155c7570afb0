"""Is a batch of several what was drawn? One small step on it tells how often each example is in it.

Any drawn batch may look odd once: what chance could do counts only where every one of several trainings shows it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np

from grader.checks.steps.drawn_steps import ExampleGradients, drawn, path
from grader.checks.steps.example_counts import UNEXPLAINED, made_of, with_any_labels
from grader.checks.subject import Subject
from grader.probes import lengths, name_of
from grader.report import Diagnosis
from grader.results import FloatArray, Tensors, read
from grader.sandbox import Returned
from reference.spec import BATCH_ROWS, Draw, DrawnBatches

ROWS = (11, 12, 13, 14, 15)
"""Examples of the trainings. A drawn batch of six has three different ones or fewer once in 20, with replacement, and
is a block of rows once in 50: in all five trainings once in 3 million."""

WHOLE = 0.1
"""How near to whole numbers counts are; they are measured to some hundredths."""

ASKED = f"a step on {BATCH_ROWS} drawn examples"


OTHERS = "the labels of other examples"


@dataclass(frozen=True, slots=True)
class Filling:
    """What is odd about a batch, in words. on_own: its gradient mixes examples, so it was seen by the student's own."""

    odd: str | None = None
    on_own: bool = False


def otherwise_filled(spec: DrawnBatches, subject: Subject, rng: np.random.Generator) -> tuple[Diagnosis | None, bool]:
    """What batches are filled with where it is not what is drawn; None where it is, or where that cannot be told.

    With it, whether that was seen by the student's own gradient alone.
    """
    first = _seen(spec, subject, ROWS[0], rng)
    further = ROWS[1:2] if first.odd == OTHERS else ROWS[1:]  # chance makes no labels of others, but a kink may
    if first.odd is None or any(_seen(spec, subject, rows, rng).odd != first.odd for rows in further):
        return None, first.on_own
    if first.odd == OTHERS:
        return Diagnosis("LABELS_OF_OTHERS"), first.on_own
    return Diagnosis("OTHER_FORMULA", {"found": first.odd, "asked": ASKED, "wrong": ["step"]}), first.on_own


def odd_batch(counts: FloatArray) -> str | None:
    """What is odd about how often each example (N,) is in a batch of BATCH_ROWS, to which the counts add up."""
    rows = len(counts)
    if not _whole(counts):
        if np.ptp(counts) <= WHOLE:
            return "a step on all examples"
        fewer = (k for k in range(1, BATCH_ROWS) if _whole(counts * k / BATCH_ROWS))
        return next((f"a step on {k} examples" for k in fewer), None)
    taken = np.flatnonzero(np.round(counts))
    if len(taken) == 1:
        return f"a step on one example, {BATCH_ROWS} times"
    if 2 * len(taken) <= BATCH_ROWS:
        return f"a step on {BATCH_ROWS // 2} different examples or fewer"
    gaps = np.diff(np.concatenate([taken, taken[:1] + rows]))
    if len(taken) == BATCH_ROWS and np.count_nonzero(gaps > 1) <= 1:
        return f"a step on {BATCH_ROWS} rows that follow each other"
    return None


def _whole(counts: FloatArray) -> bool:
    return bool(np.max(np.abs(counts - np.round(counts))) <= WHOLE)


def _seen(spec: DrawnBatches, subject: Subject, rows: int, rng: np.random.Generator) -> Filling:
    """What is odd about the batch of one training on so many examples, all of different classes."""
    function = subject.assignment.function(spec.whole)
    arguments = drawn(function, lengths(N=rows, D=7, H=11, C=rows + 1, L=11, W=3), rng)
    (reply,) = subject.student.call(function.name, [list(arguments.values())])
    result = read(function, reply.value) if isinstance(reply, Returned) else None
    went = path(function, arguments, result) if isinstance(result, Tensors) else None
    if went is None or isinstance(went, Diagnosis):
        return Filling()
    # A single step goes by the gradients at its beginning, exactly.
    gradients = ExampleGradients(subject, subject.assignment.function(spec.gradient), arguments)
    pairs = list(enumerate(arguments[name_of(function, Draw.LABELS)].tolist()))
    ways = (gradients.right,) if subject.trial else (gradients.right, gradients.own)
    for columns in ways:  # a wrong gradient may look like labels of others by the right one
        counts = made_of(went.moved, columns(pairs))
        if counts is not None:
            whole = counts.sum() > 0 and bool(np.all(counts > -WHOLE))
            return Filling(odd_batch(BATCH_ROWS * counts / counts.sum()) if whole else None)
    for columns in ways:
        shares = with_any_labels(went.moved, rows, rows + 1, columns)
        if shares is not None and abs(float(shares.sum()) - 1) <= UNEXPLAINED:
            return Filling(OTHERS) if subject.trial else _by_own(gradients, went.moved, BATCH_ROWS * shares)
    return Filling()


def _by_own(gradients: ExampleGradients, moved: FloatArray, counts: FloatArray) -> Filling:
    """Whose labels those of others are: the training's, or those of a gradient that mixes the examples of its batch.

    counts: how often each example (N,) is in the batch, whatever its label.
    """
    everyone, own = list(range(len(counts))), Filling(odd_batch(counts), on_own=True)
    times = np.round(counts).astype(int)
    known = _whole(counts) and int(times.sum()) == BATCH_ROWS and bool(np.all(times >= 0))
    batch = np.repeat(everyone, times).tolist() if known else []
    if batch and _follows(moved, gradients.together([batch])):
        return own
    if not _mixes(gradients, everyone):
        return Filling(OTHERS)
    orders = gradients.together(list(permutations(batch))) if batch else None
    if orders is None:  # what such a gradient makes of the training's rows cannot be told
        return Filling(on_own=True)
    return own if _follows(moved, orders) else Filling(OTHERS)


def _follows(moved: FloatArray, columns: FloatArray | None) -> bool:
    """Whether one of the gradients, the columns (P, K), is what moved (P,), up to a rate."""
    weights = [made_of(moved, column[:, np.newaxis]) for column in columns.T] if columns is not None else []
    return any(weight is not None and weight[0] > 0 for weight in weights)


def _mixes(gradients: ExampleGradients, rows: Sequence[int]) -> bool:
    """Whether the student's own gradient of several examples is not made of those of each alone."""
    whole, alone = gradients.together([rows]), gradients.together([[row] for row in rows])
    return whole is not None and made_of(whole[:, 0], alone) is None
