"""How often a training took each example, read from how far it moved in steps too small to bend its path.

The parameters move by rate * sum of n_i g_i, with g_i the gradient of example i alone and n_i how often it was taken.
"""

from collections.abc import Callable, Sequence

import numpy as np

from grader.least_squares import fitted
from grader.report import Diagnosis
from grader.results import FloatArray

UNEXPLAINED = 0.02
"""Share of the movement that the gradients may leave open. Curvature and float32 leave some thousandths; labels of
others leave a third and more."""

NEVER = 0.5
"""Below this an example was never taken: counts are whole numbers, and measured to some hundredths."""

EVEN = 0.2
"""How near to the same fraction all counts are where every step takes all examples; whole numbers are 0.5 away."""

LEAST_SHARE = 0.25
"""Share of all steps that a movement must be as long as before it says how often examples were taken: where steps do
not add up only the last of them shows, and of a rate that falls to 0 only the first pass, with each example once. Of
this many steps each of four examples is missed once in 1500 times; a rate that is wrong by a factor of 2 stays
within."""

ONE = 0.05
"""How near to 1 the number of steps is that a movement is as long as where a single one is left of all."""

IN_ORDER, NEVER_DRAWN = "NO_SHUFFLE", "ROWS_NEVER_DRAWN"

NOTHING = 1e-8
"""Relative size of a singular value that is 0 but for rounding."""

Columns = Callable[[Sequence[tuple[int, int]]], FloatArray | None]
"""Gradients (P, K) of examples with labels, given as K pairs of a row and a class; None where there are none."""


def cause(moved: FloatArray, labels: Sequence[int], classes: int, batches: int, columns: Columns) -> Diagnosis | None:
    """What is wrong with batches of one example; None where nothing is, UNKNOWN where the gradients explain nothing.

    IN_ORDER says that the rows were taken as often as in their order, again and again: that may be chance as well.

    moved: (P,) float64, how far the parameters went down, over the rate. labels: of the N examples, all different, and
    fewer than `classes`. batches: no multiple of N.
    """
    unknown = Diagnosis("UNKNOWN", {"probes_wrong": 1, "probes": 1})
    if not np.all(np.isfinite(moved)):
        return unknown
    counts = made_of(moved, columns(list(enumerate(labels))))
    if counts is not None:
        steps = float(counts.sum())
        taken = batches * counts / steps
        # Weights of both signs are steps of another kind, and count nothing; neither do those whose sum is 0.
        if not np.all(taken > -NEVER):
            return unknown
        found = _uneven(taken, batches)
        if found is not None and abs(steps) < LEAST_SHARE * batches:
            return _one_alone(batches) if found.code == NEVER_DRAWN and abs(steps - 1) < ONE else unknown
        return found
    return Diagnosis("LABELS_OF_OTHERS") if of_others(moved, len(labels), classes, batches, columns) else unknown


def of_others(moved: FloatArray, rows: int, classes: int, batches: int, columns: Columns) -> bool:
    """Whether examples with any labels, together as many as there were steps, make up the movement (P,)."""
    shares = with_any_labels(moved, rows, classes, columns)
    return shares is not None and abs(float(shares.sum()) - batches) <= UNEXPLAINED * batches


def with_any_labels(moved: FloatArray, rows: int, classes: int, columns: Columns) -> FloatArray | None:
    """How many examples with each of the inputs (N,), with any labels, make up the movement (P,); None: they do not."""
    gradients = columns([(row, label) for row in range(rows) for label in range(classes)])
    weights = made_of(moved, gradients)
    return None if weights is None or gradients is None else _together(weights.reshape(rows, classes), gradients)


def made_of(moved: FloatArray, gradients: FloatArray | None) -> FloatArray | None:
    """The weights (K,) with which the columns of gradients (P, K) make up `moved` (P,); None where they do not."""
    solved = None if gradients is None or gradients.shape[0] != len(moved) else fitted(gradients, moved)
    if gradients is None or solved is None:
        return None
    weights, _rank = solved
    rest = np.linalg.norm(moved - gradients @ weights)
    return weights if rest <= UNEXPLAINED * np.linalg.norm(moved) and np.any(moved) else None


def _one_alone(batches: int) -> Diagnosis:
    found, asked = "a single step", f"{batches} steps, each from where the one before led to,"
    return Diagnosis("OTHER_FORMULA", {"found": found, "asked": asked, "wrong": ["step"], "steps": 1})


def _uneven(counts: FloatArray, batches: int) -> Diagnosis | None:
    rows = len(counts)
    unseen = int(np.sum(counts < NEVER))
    if unseen:
        return Diagnosis(NEVER_DRAWN, {"unseen": unseen, "rows": rows, "batches": batches})
    if np.max(np.abs(counts - batches / rows)) < EVEN:
        found, asked = "the gradient of all examples in each step", "the gradient of the batch alone"
        return Diagnosis("OTHER_FORMULA", {"found": found, "asked": asked, "wrong": ["step"]})
    in_order = batches // rows + (np.arange(rows) < batches % rows)
    if np.max(np.abs(counts - in_order)) < EVEN:
        return Diagnosis(IN_ORDER, {"rows": rows, "batch_size": 1})
    return None


def _together(weights: FloatArray, gradients: FloatArray) -> FloatArray:
    """How many examples (N,) weights (N, C) of examples with each of the labels stand for; gradients: (P, N * C).

    The gradients p - e_c of one example, weighted by its probabilities p, add up to nothing, so weights are known but
    for a multiple of p. As one class is nobody's label, the least multiple that leaves no weight negative is right.
    """
    totals: list[float] = []
    for row, block in zip(weights, np.split(gradients, len(weights), axis=1), strict=True):
        _, sizes, directions = np.linalg.svd(block, full_matrices=False)
        nothing = directions[-1] * np.sign(directions[-1].sum())
        known_but_for_it = sizes[-1] <= NOTHING * sizes[0] and np.all(nothing > 0)
        totals.append(float(np.sum(row + np.max(-row / nothing) * nothing if known_but_for_it else row)))
    return np.array(totals)
