"""Is a batch of several what was drawn? One small step on it tells how often each example is in it.

Any drawn batch may look odd once: what chance could do counts only where every one of several trainings shows it.
"""

import numpy as np

from grader.checks.drawn_steps import ExampleGradients, drawn, path
from grader.checks.example_counts import made_of, of_others
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


def otherwise_filled(spec: DrawnBatches, subject: Subject, rng: np.random.Generator) -> Diagnosis | None:
    """What batches are filled with where it is not what is drawn; None where it is, or where that cannot be told."""
    found = _seen(spec, subject, ROWS[0], rng)
    further = ROWS[1:2] if found == OTHERS else ROWS[1:]  # chance makes no labels of others, but a kink may
    if found is None or any(_seen(spec, subject, rows, rng) != found for rows in further):
        return None
    if found == OTHERS:
        return Diagnosis("LABELS_OF_OTHERS")
    return Diagnosis("OTHER_FORMULA", {"found": found, "asked": ASKED, "wrong": ["step"]})


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


def _seen(spec: DrawnBatches, subject: Subject, rows: int, rng: np.random.Generator) -> str | None:
    """What is odd about the batch of one training on so many examples, all of different classes."""
    function = subject.assignment.function(spec.whole)
    arguments = drawn(function, lengths(N=rows, D=7, H=11, C=rows + 1, L=11, W=3), rng)
    (reply,) = subject.student.call(function.name, [list(arguments.values())])
    result = read(function, reply.value) if isinstance(reply, Returned) else None
    went = path(function, arguments, result) if isinstance(result, Tensors) else None
    if went is None or isinstance(went, Diagnosis):
        return None
    # A single step goes by the gradients at its beginning, exactly.
    gradients = ExampleGradients(subject, subject.assignment.function(spec.gradient), arguments)
    pairs = list(enumerate(arguments[name_of(function, Draw.LABELS)].tolist()))
    ways = (gradients.right,) if subject.trial else (gradients.right, gradients.own)
    for columns in ways:  # a wrong gradient may look like labels of others by the right one
        counts = made_of(went.moved, columns(pairs))
        if counts is not None:
            whole = counts.sum() > 0 and bool(np.all(counts > -WHOLE))
            return odd_batch(BATCH_ROWS * counts / counts.sum()) if whole else None
    return OTHERS if any(of_others(went.moved, rows, rows + 1, 1, columns) for columns in ways) else None
