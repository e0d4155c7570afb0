"""What does an example count in a batch by the student's own gradient: its part of a mean, or all of a total?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from grader.checks.steps.epoch_steps import same_move
from grader.checks.steps.slopes import Data, Gradients, Slopes
from grader.standing import Parameters

Share = Callable[[int], float]
"""Of an example in a step on a batch of so many."""


def in_a_mean(count: int) -> float:
    """Of a mean over the batch."""
    return 1 / count


def in_a_sum(_count: int) -> float:
    """Of a total over the batch."""
    return 1.0


@dataclass(frozen=True, slots=True)
class OwnShare:
    """The share, and in which entries of the flat gradient it is so: a wrong one may be a mean in some tensors only."""

    share: Share
    entries: NDArray[np.bool_]


def own_share(gradients: Gradients, places: Sequence[tuple[Data, Parameters]]) -> OwnShare | None:
    """Of the student's own gradient on these examples, each alone and together; None where no tensor has one."""
    (inputs, targets), point = zip(*(data for data, _ in places), strict=True), places[0][1]
    together = ((np.concatenate(list(inputs)), np.concatenate(list(targets))), point)
    slopes = [each for each in gradients.owns([*places, together]) if each is not None]
    if len(slopes) <= len(places) or len({_shapes(each) for each in slopes}) > 1:
        return None
    *alone, batch = slopes
    total = {name: np.sum([each[name] for each in alone], axis=0) for name in batch}
    found = [_where(batch, total, share, len(places)) for share in (in_a_mean, in_a_sum)]
    best = max(found, key=lambda each: np.count_nonzero(each.entries))
    return best if np.any(best.entries) else None


def _where(batch: Slopes, total: Slopes, share: Share, count: int) -> OwnShare:
    so = [np.full(value.size, same_move(value, share(count) * total[name])) for name, value in batch.items()]
    return OwnShare(share, np.concatenate(so))


def _shapes(slopes: Slopes) -> tuple[tuple[int, ...], ...]:
    return tuple(value.shape for value in slopes.values())
