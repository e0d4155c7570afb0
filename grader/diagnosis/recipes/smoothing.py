"""Label smoothing, which is another loss than the cross-entropy of the labels: some of each label on other classes."""

from collections.abc import Callable

from grader.diagnosis.mismatch import FloatArray

Labels = Callable[[FloatArray], FloatArray]

SHARES = (0.1, 0.05, 0.2)
"""How much of a label others get: 0.1 is everywhere in examples of smoothing, the others are seen too."""


def _among_others(share: float) -> Labels:
    return lambda t: (1 - share) * t + share * (1 - t) / (t.shape[1] - 1)


def _among_all(share: float) -> Labels:
    return lambda t: (1 - share) * t + share / t.shape[1]


SMOOTHED: tuple[tuple[str, Labels], ...] = (
    *(
        (f"smoothed labels, {1 - share:g} at the class and {share:g} / (C - 1) at each other", _among_others(share))
        for share in SHARES
    ),
    *((f"smoothed labels, {1 - share:g} * labels + {share:g} / C", _among_all(share)) for share in SHARES),
)
"""What stands where one-hot rows t belong, in words, and made of them."""
