"""What n trials can say of a probability: the exact (Clopper-Pearson) lower bound."""

import math

CONFIDENCE = 0.95
BISECTIONS = 60
"""Each halves the interval [0, 1]: enough for every bit of a double."""


def lower_bound(successes: int, trials: int) -> float:
    """The least probability at which so many successes are not yet improbable (one-sided, 95 %); 0 for no trial.

    n of n gives 0.05 ** (1/n): 59 of 59 for .95, and only 2995 of 2995 for .999.
    """
    if not 0 <= successes <= trials:
        raise ValueError(f"{successes} of {trials} is no count of successes")
    low, high = 0.0, 1.0 if successes else 0.0
    for _ in range(BISECTIONS):
        middle = (low + high) / 2
        if _at_least(successes, trials, middle) < 1 - CONFIDENCE:
            low = middle
        else:
            high = middle
    return low


def _at_least(successes: int, trials: int, p: float) -> float:
    """Probability of at least so many successes."""
    return sum(math.comb(trials, k) * p**k * (1 - p) ** (trials - k) for k in range(successes, trials + 1))
