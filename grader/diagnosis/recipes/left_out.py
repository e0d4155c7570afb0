"""What a loop leaves out that begins one late or ends one early: a unit, an input, a class."""

import numpy as np

from grader.diagnosis.mismatch import FloatArray
from grader.diagnosis.recipe import Way, formula


def without(values: FloatArray, column: int) -> FloatArray:
    """Zeros in one column (N, H), so that it adds nothing to a product and stays 0 in a result."""
    left = np.array(values, dtype=np.float64)
    left[:, column] = 0
    return left


def short_of_one(words: str) -> tuple[Way, ...]:
    """An argument (N, H) without its last column or its first; `words` says so, with {} for which."""
    return tuple(
        formula(words.format(which), lambda x, column=column: without(x, column))
        for which, column in (("last", -1), ("first", 0))
    )
