"""The two kinds of array the reference computes with, so that signatures stay short."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
"""Real numbers; the docstring of whoever uses it states the shape with N, D, H and C."""

Labels = NDArray[np.int64]
"""Class numbers 0..C-1, shape (N,)."""
