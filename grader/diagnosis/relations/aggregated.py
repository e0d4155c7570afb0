"""One number, or one for each row or column, of the right array in every place."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from grader.diagnosis.mismatch import FloatArray
from grader.diagnosis.relation import Pair, Relation

REDUCTIONS: tuple[tuple[str, Callable[..., FloatArray]], ...] = (
    ("mean", np.mean),
    ("sum", np.sum),
    ("largest", np.max),
    ("least", np.min),
)
PLACES: tuple[tuple[str, int | None], ...] = (("all of {}", None), ("each row of {}", -1), ("each column of {}", 0))


def aggregated(name: str, wrong: Sequence[Pair]) -> Iterator[Relation]:
    """The mean, the sum, the largest and the least of all, of each row and of each column."""
    if any(pair.right.ndim < 1 for pair in wrong):
        return
    for words, reduce in REDUCTIONS:
        for place, axis in PLACES:
            yield Relation(
                f"the {words} of {place.replace('{}', name)}",
                lambda pair, r=reduce, a=axis: np.broadcast_to(r(pair.right, axis=a, keepdims=True), pair.right.shape),
            )
