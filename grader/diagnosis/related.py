"""What is said of a tensor that no known mistake explains, if it or a term of its formula relates to the right one."""

from collections.abc import Iterator, Sequence

import numpy as np

from grader.diagnosis.mismatch import Mismatch, same
from grader.diagnosis.mistake import Mistake
from grader.diagnosis.relation import Pair, relation
from grader.diagnosis.relations import RELATIONS
from grader.diagnosis.relations.implied import TERMS
from grader.diagnosis.relations.limits import rounded
from grader.diagnosis.vocabulary import spoken

CONSTANT_SPREAD = 1e-6
"""Relative spread below which a ratio of two tensors counts as one constant factor."""

DIGITS = 9
"""Of a factor: fewer than the noise of CONSTANT_SPREAD, more than anybody reads."""

COUNTED = 1e-3
"""Entries below this part of the largest have no ratio of their own; the factor must explain them too."""


def related(mismatch: Mismatch, tensors: Sequence[str]) -> dict[str, tuple[Mistake, ...]]:
    """A mistake for each tensor that has a relation; those with the same factor share one."""
    found = {tensor: _of(mismatch, tensor) for tensor in tensors}
    return {tensor: (mistake,) for tensor, mistake in found.items() if mistake}


def _of(mismatch: Mismatch, tensor: str) -> Mistake | None:
    pairs = _pairs(mismatch, tensor)
    if any(pair.yours.shape != pair.right.shape for pair in pairs):
        return None
    factor = _factor(pairs)
    if factor is not None:
        return Mistake("FACTOR", about={"factor": factor})
    whole = f"the right {tensor}"
    for name, view, called in [(whole, pairs, tensor), *_terms(mismatch, tensor)]:
        wrong = [pair for pair in view if not pair.outcome.agrees(called)]
        holds = relation(name, view, wrong, RELATIONS, (rounded,))
        if holds:
            # A term says what to change; that the right result would be right says nothing.
            return Mistake(holds.code, holds.found, name, None if name == whole else name)
    return None


def _pairs(mismatch: Mismatch, tensor: str) -> list[Pair]:
    return [Pair(o, mismatch.yours(o, tensor), o.right[tensor]) for o in mismatch.readable]


def _terms(mismatch: Mismatch, tensor: str) -> Iterator[tuple[str, list[Pair], str]]:
    """Each term of the tensor's formula, its pairs, and what it calls the tensor; none where no formula is known."""
    said = spoken(mismatch)
    if said is None:
        return
    called = {own: name for name, own in said.own.items()}.get(tensor, tensor)
    for term in TERMS.get(mismatch.function.operation, ()):
        if not term.tensors or called in term.tensors:
            yield term.name, term.pairs(_pairs(said.mismatch, called)), called


def _factor(pairs: Sequence[Pair]) -> float | None:
    """The one constant by which a tensor differs from the right one on every probe, if there is one.

    Two ratios at least, of probes of different sizes: a single one is always constant. A factor of zero explains
    nothing.
    """
    ratios = []
    if len({tuple(pair.outcome.probe.sizes.items()) for pair in pairs}) < 2:  # it may depend on a size
        return None
    for pair in pairs:
        mask = np.abs(pair.right) > COUNTED * np.max(np.abs(pair.right), initial=0.0)
        if not mask.any() or not np.all(np.isfinite(pair.yours)):
            return None
        ratios += list((pair.yours[mask] / pair.right[mask]).ravel())
    middle = float(np.median(ratios)) if len(ratios) > 1 else 0.0
    if middle == 0.0 or same(np.asarray(middle), np.asarray(1.0)):  # what differs lies elsewhere
        return None
    spread = float(np.max(np.abs(np.asarray(ratios) - middle)))
    if spread > CONSTANT_SPREAD * abs(middle):
        return None
    middle = float(f"{middle:.{DIGITS}g}")  # so that tensors with the same factor share a sentence
    return middle if all(same(pair.yours, middle * pair.right) for pair in pairs) else None
