"""Tolerances with their reasons, and the one way two arrays are compared. NaN never equals anything."""

import math

import numpy as np
from numpy.typing import NDArray

FLOAT64_TOLERANCE = 1e-9
"""Relative to the largest entry. Correct float64 code differs by 1e-15, the smallest planted bug by 3e-4 at scale 1."""

FLOAT32_TOLERANCE = 1e-5
"""The same for float32: correct code differs by up to 7e-7 at scale 1."""

ANALYTIC_PRECISION = 1e-11
"""A float64 derivative worked out by hand agrees to 1e-15, with an epsilon of 1e-12 in a softmax to 1e-12; two-point
finite differences of any step to 1e-10 at best. What lies between is flagged for a person and costs nothing."""

SINGLE_PRECISION = 1e-6
"""The same for a derivative that is float32 itself: one worked out agrees to 1.2e-7 in every right file measured, a
two-point difference with a step of 1e-3 or more often does not."""

DERIVATIVE_TOLERANCE = 1e-4
"""Two derivatives of an activation are one value within this. A measured one is a quotient of float32 numbers at worst,
off by 1e-5; and what is off by less than this cannot be seen in a drawing."""

EQUAL_LOG10 = -16.0
"""Error map entry of two equal numbers: below the spacing of float64."""

MAP_ENTRIES = 24
"""Rows and columns of an error map; a larger tensor is cut to its first rows and columns."""

TINY = 1e-300
"""Keeps a division by a largest entry of exactly zero defined; no gradient of a probe is this small."""


def largest(values: NDArray[np.float64]) -> float:
    """max|values|; 0.0 for an empty array."""
    return float(max(values.max(), -values.min())) if values.size else 0.0


def largest_error(yours: NDArray[np.float64], right: NDArray[np.float64], typical: float = 0.0) -> float:
    """max|yours - right| / max(max|right|, typical), dimensionless; NaN if any difference is NaN.

    Both of one shape. Equal infinities differ by zero. `typical` is the usual size of this tensor, so that entries that
    cancel at saturated inputs are not blown up.
    """
    if not right.size:
        return 0.0
    with np.errstate(invalid="ignore", over="ignore"):
        worst = largest(yours - right)
        scale = max(largest(right), typical, TINY)
        if math.isfinite(worst) and math.isfinite(scale):  # nearly always; the rest is for infinities and NaN
            return worst / scale
        difference = np.where(yours == right, 0.0, np.abs(yours - right))
    finite = np.abs(right[np.isfinite(right)])
    scale = max(float(finite.max()) if finite.size else 0.0, typical, TINY)
    return float(np.max(difference)) / scale


def agrees(error: float, tolerance: float) -> bool:
    """Whether an error is within a tolerance, written so that NaN fails."""
    return error <= tolerance


def error_map(yours: NDArray[np.float64], right: NDArray[np.float64]) -> tuple[tuple[float, ...], ...]:
    """log10 of each entry's error relative to the entry, in rows; 1-D and 0-d tensors are one row.

    An entry whose right value is below a millionth of the largest is measured against that millionth instead. NaN and
    infinite errors are shown as +16.
    """
    yours, right = (np.atleast_2d(array) for array in (yours, right))
    if yours.ndim > 2 or yours.shape != right.shape:
        return ()
    yours, right = (array[:MAP_ENTRIES, :MAP_ENTRIES] for array in (yours, right))
    scale = np.maximum(np.abs(right), max(largest(right) * 1e-6, TINY))
    with np.errstate(invalid="ignore", over="ignore", divide="ignore"):
        relative = np.abs(yours - right) / scale
        logs = np.log10(np.maximum(relative, 10.0**EQUAL_LOG10))
    logs = np.nan_to_num(logs, nan=-EQUAL_LOG10, posinf=-EQUAL_LOG10)
    return tuple(tuple(round(float(entry), 2) for entry in row) for row in np.clip(logs, EQUAL_LOG10, -EQUAL_LOG10))
