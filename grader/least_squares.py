"""Least squares of numbers that a student's code made: none of what is not finite."""

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


def fitted(columns: FloatArray, values: FloatArray) -> tuple[FloatArray, int] | None:
    """The weights (K,) or (K, M) by which columns (P, K) come nearest to values (P,) or (P, M), and the rank.

    None where a number is not finite: LAPACK raises for some of those, and for others it does not come back.
    """
    if not (np.all(np.isfinite(columns)) and np.all(np.isfinite(values))):
        return None
    weights, _, rank, _ = np.linalg.lstsq(columns, values, rcond=None)
    return np.asarray(weights, dtype=np.float64), int(rank)
