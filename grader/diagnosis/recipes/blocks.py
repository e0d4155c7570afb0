"""Batches of more examples than code takes at a time: a part of them is left out, or is all that counts."""

from dataclasses import replace

import numpy as np

from grader.diagnosis.mismatch import FloatArray
from grader.diagnosis.recipe import Step, formula
from reference.softmax import log_softmax

CUTS = (30, 32, 35, 36)
"""Where the last block begins, of the 37 examples of the largest probe, with blocks of 4 to 32."""


def _before(t: FloatArray, cut: int) -> FloatArray:
    """1 for the examples before the cut; for all of a batch that has none behind it."""
    return np.asarray((np.arange(len(t)) < cut) | (len(t) <= cut), dtype=np.float64)[:, None]


def _after(t: FloatArray, cut: int) -> FloatArray:
    return np.asarray((np.arange(len(t)) >= cut) | (len(t) <= cut), dtype=np.float64)[:, None]


PARTS = tuple(
    (f"the first {cut} examples alone" if part is _before else f"the examples after the first {cut} alone", part, cut)
    for cut in CUTS
    for part in (_before, _after)
)


def terms_in_blocks(step: Step) -> Step:
    """The terms of a loss of logits and targets, of a part of the examples too."""
    more = tuple(
        formula(words, lambda z, t, part=part, cut=cut: t * log_softmax(z) * part(t, cut)) for words, part, cut in PARTS
    )
    return replace(step, wrong=(*step.wrong, *more))


def differences_in_blocks(step: Step) -> Step:
    """Differences of probabilities and targets, of a part of the examples too."""
    more = tuple(
        formula(f"p - t of {words}", lambda p, t, part=part, cut=cut: (p - t) * part(t, cut))
        for words, part, cut in PARTS
    )
    return replace(step, wrong=(*step.wrong, *more))
