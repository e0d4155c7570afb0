"""Known wrong Jacobians of the softmax, those of three printed derivations among them."""

from collections.abc import Mapping, Sequence

import numpy as np

from grader.comparison import Outcome
from grader.diagnosis.mismatch import Candidate, FloatArray
from grader.report import Evidence
from reference.softmax import softmax, softmax_jacobian

FIX = "np.diag(p) - np.outer(p, p)"
ON_DIAGONAL: Mapping[str, Evidence] = {"entries": "those on the diagonal"}
OFF_DIAGONAL: Mapping[str, Evidence] = {"entries": "those off the diagonal"}


def jacobian(outcome: Outcome) -> Sequence[Candidate]:
    """What wrong Jacobians hold for one outcome; results are called J."""
    z = outcome.probe.arguments["z"]
    p = softmax(z[np.newaxis])[0]
    right = outcome.right["J"]
    diagonal = np.diag(p * (1 - p))
    off = right - np.diag(np.diag(right))
    formulas: tuple[tuple[str, FloatArray, Mapping[str, Evidence]], ...] = (
        ("SIGN", -right, {}),
        ("SIGN", off - diagonal, ON_DIAGONAL),
        ("SIGN", diagonal - off, OFF_DIAGONAL),
        ("INDICATOR_MISSING", -np.outer(p, p), {}),
        ("JACOBIAN_DIAGONAL_ONLY", diagonal, {}),
        ("JACOBIAN_DIAGONAL_ONLY", p * (1 - p), {}),
        ("JACOBIAN_OFF_DIAGONAL_ONLY", off, {}),
        ("SOFTMAX_TWICE", softmax_jacobian(p), {}),
        *(("JACOBIAN_DENOMINATOR", value, {}) for value in _squared_again(z)),
    )
    return [Candidate(code, {"J": value}, FIX, about) for code, value, about in formulas]


def _squared_again(z: FloatArray) -> list[FloatArray]:
    """e_i e_j / S^3 off the diagonal, or everywhere: the denominator of one factor squared once more."""
    found = []
    for e in (np.exp(z), np.exp(z - z.max())):
        p = e / e.sum()
        off = -np.outer(p, p / e.sum())
        found += [np.where(np.eye(len(z)) > 0, np.diag(p * (1 - p)), off), np.diag(p) + off]
    return found
