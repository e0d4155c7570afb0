"""Batches of more examples than code takes at a time: a part of them is left out, or is all that counts."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from grader.diagnosis.mismatch import FloatArray
from grader.diagnosis.recipe import Step, formula
from reference.softmax import log_softmax

LAST = (32, 35, 36, 100, 120, 125, 128, 130)
"""Where the last block begins, of the 37 or 131 examples of the largest probe, with blocks of 5 to 128."""

FIRST = (10, 16, 20, 25, 30, 50, 64)
"""Where else the first block ends."""


def _before(t: FloatArray, cut: int) -> FloatArray:
    """1 for the examples before the cut; for all of a batch that has none behind it."""
    return np.asarray((np.arange(len(t)) < cut) | (len(t) <= cut), dtype=np.float64)[:, None]


def _after(t: FloatArray, cut: int) -> FloatArray:
    return np.asarray((np.arange(len(t)) >= cut) | (len(t) <= cut), dtype=np.float64)[:, None]


PARTS = (
    *((f"the first {cut} examples alone", _before, cut) for cut in sorted(FIRST + LAST)),
    *((f"the examples after the first {cut} alone", _after, cut) for cut in LAST),
)

ONE_EXAMPLE = (
    ("all examples but the first", lambda t, at: (np.arange(len(t)) != at)[:, None], 0),
    ("all examples but the last", lambda t, at: (np.arange(len(t)) != len(t) + at)[:, None], -1),
    ("the first example alone", lambda t, at: (np.arange(len(t)) == at)[:, None], 0),
    ("the last example alone", lambda t, at: (np.arange(len(t)) == len(t) + at)[:, None], -1),
)
"""A loop that begins one late or ends one early, or whose sum is overwritten or given back within it."""


def losses_in_blocks(z: FloatArray, t: FloatArray) -> Iterator[tuple[str, FloatArray]]:
    """The average loss of a part of the examples, over the number of all: one number, which no recipe is sure of."""
    terms = -(t * log_softmax(z)).sum(axis=1, keepdims=True)
    for words, part, cut in PARTS:
        yield words, np.asarray((terms * part(t, cut)).sum() / len(t))


def terms_in_blocks(step: Step) -> Step:
    """The terms of a loss of logits and targets, of a part of the examples too."""
    more = tuple(
        formula(words, lambda z, t, part=part, cut=cut: t * log_softmax(z) * part(t, cut))
        for words, part, cut in (*ONE_EXAMPLE, *PARTS)
    )
    return replace(step, wrong=(*step.wrong, *more))


def differences_in_blocks(step: Step) -> Step:
    """Differences of probabilities and targets, of a part of the examples too."""
    more = tuple(
        formula(f"p - t of {words}", lambda p, t, part=part, cut=cut: (p - t) * part(t, cut))
        for words, part, cut in PARTS
    )
    return replace(step, wrong=(*step.wrong, *more))
