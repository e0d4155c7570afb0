"""Results that hold what belongs to others: returned in each other's place, or one that is made as another is."""

from collections.abc import Sequence

import numpy as np

from grader.diagnosis.mismatch import Mismatch, same
from grader.diagnosis.mistake import Mistake
from grader.diagnosis.order import FEWEST, NO_GRADIENTS


def exchanged(mismatch: Mismatch, tensors: Sequence[str]) -> dict[str, tuple[Mistake, ...]]:
    """A mistake for each of the tensors that is another result, whatever shape is asked for.

    Gradients that take one another's place are one mistake; the others are named by what they hold.
    """
    held = {tensor: _held(mismatch, tensor) for tensor in tensors}
    turned = {tensor for tensor, other in held.items() if other is not None and held.get(other) == tensor}
    found: dict[str, tuple[Mistake, ...]] = {}
    for tensor, other in held.items():
        if tensor in turned and mismatch.function.operation not in NO_GRADIENTS:
            found[tensor] = (Mistake("GRADIENTS_SWAPPED"),)
        elif other is not None:
            found[tensor] = (Mistake("OTHER_FORMULA", f"the right {other}", tensor, tensor),)
    return found


def _held(mismatch: Mismatch, tensor: str) -> str | None:
    """The result whose right values a wrong one has on every probe, and is never right with where it is wrong."""
    wrong = [outcome for outcome in mismatch.readable if not outcome.agrees(tensor)]
    for result in mismatch.function.results:
        if result.name == tensor or not result.axes:
            continue
        other = [outcome.right[result.name] for outcome in wrong]
        yours = [mismatch.yours(outcome, tensor) for outcome in wrong]
        if sum(array.size for array in other) >= FEWEST and all(
            np.any(right) and same(mine, right) for mine, right in zip(yours, other, strict=True)
        ):
            return result.name
    return None
