"""Ways to divide by something else than N, and to reduce what should keep one row an example."""

import numpy as np

from grader.diagnosis.mismatch import FloatArray
from grader.diagnosis.recipe import Step, Way
from reference.earlier_call import MORE

AVERAGES = (
    Way("TOTAL_NOT_MEAN", "no division", lambda v, n, d, c: v),
    Way("DOUBLE_MEAN", "/ N**2", lambda v, n, d, c: v / n**2),
    Way("DIVIDES_BY_NK", "/ (N * C)", lambda v, n, d, c: v / (n * c)),
    Way("FACTOR_TWO", "* 2 / N", lambda v, n, d, c: 2 * v / n),
    Way("FACTOR_HALF", "/ (2 * N)", lambda v, n, d, c: v / (2 * n)),
    Way("DIVIDES_BY_INPUTS", "/ D", lambda v, n, d, c: v / d if d else v * np.nan),
    Way("OTHER_DIVISOR", "/ (N * D)", lambda v, n, d, c: v / (n * d) if d else v * np.nan),
    Way("OTHER_DIVISOR", "/ (N - 1)", lambda v, n, d, c: v / max(n - 1, 1)),
    Way("OTHER_DIVISOR", "/ (N - 1)", lambda v, n, d, c: v / (n - 1) if n > 1 else np.full_like(v, np.inf)),
    Way("OTHER_DIVISOR", "/ (N + 1)", lambda v, n, d, c: v / (n + 1)),
    Way("OTHER_FORMULA", "// N, without the fraction", lambda v, n, d, c: np.floor(v / n)),
    Way("OTHER_DIVISOR", "/ C", lambda v, n, d, c: v / c),
    Way("OTHER_DIVISOR", "* N", lambda v, n, d, c: v * n),
    Way("OTHER_DIVISOR", "/ sqrt(N)", lambda v, n, d, c: v / np.sqrt(n)),
    Way("OTHER_DIVISOR", "/ N**3", lambda v, n, d, c: v / n**3),
    *(
        Way("OTHER_DIVISOR", f"/ {size}", lambda v, n, d, c, size=size: v / size)
        for size in (10, 20, 32, 50, 64, 100, 128, 200, 256, 500, 784, 1000, 10000)
    ),
)
"""What stands where the division by N belongs; values, N, D (0 where the function has none), C."""

OF_FIRST_CALL = Way("OTHER_DIVISOR", "/ the N of the first call", lambda v, n, *sizes: v / (n + MORE))
"""Of an object that is called before with more examples, and keeps how many they were."""

AVERAGE = Step("average", "/ N", lambda v, n, d, c: v / n, AVERAGES)

SIGN = Step("sign", "+", lambda v: v, (Way("SIGN", "-", lambda v: -v),))

# What is reduced carries 1/N already: its sum over the batch is the mean of p - t.
ROWS = Step(
    "rows",
    "one row for each example",
    lambda v: v,
    (
        Way("MEAN_OVER_BATCH_SHAPE", "the mean over axis 0", lambda v: v.sum(axis=0, keepdims=True)),
        Way("MEAN_OVER_BATCH_SHAPE", "the mean over axis 0", lambda v: v.sum(axis=0)),
        Way("MEAN_OVER_CLASSES_SHAPE", "the mean over axis 1", lambda v: v.mean(axis=1, keepdims=True)),
        Way("MEAN_OVER_CLASSES_SHAPE", "the mean over axis 1", lambda v: v.mean(axis=1)),
        Way("TRANSPOSED", "the transpose", lambda v: v.T),
        Way("OTHER_FORMULA", "the flat array", lambda v: v.ravel()),
    ),
)


def rounded(values: FloatArray, places: int) -> FloatArray:
    """Values rounded to decimal places."""
    return np.asarray(np.round(values, places))


PRECISION = Step(
    "precision",
    "unrounded numbers",
    lambda v: v,
    tuple(
        Way("OTHER_FORMULA", f"numbers rounded to {places} places", lambda v, places=places: rounded(v, places))
        for places in range(6)
    ),
)
