"""Results that come in another order than asked for: each place holds what belongs in another of them."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from grader.comparison import FloatArray
from grader.diagnosis.mismatch import Mismatch, same
from grader.diagnosis.mistake import Mistake
from grader.recipe import ALL
from grader.sandbox import Returned
from reference.spec import Operation

NO_GRADIENTS = frozenset(
    {
        Operation.NETWORK_FORWARD,
        Operation.DESCENT_STEP,
        Operation.SAMPLED_STEP,
        Operation.DECAYED_STEPS,
        Operation.PASS_STEPS,
    }
)
"""Operations of several results none of which is a gradient."""

FEWEST = 6
"""Numbers that must agree: a few do by chance too easily, as two biases of one unit each."""


def result_order(mismatch: Mismatch) -> dict[str, tuple[Mistake, ...]]:
    """One mistake for all tensors that stand in each other's place; none where results come by name."""
    if not mismatch.readable or not _is_row(mismatch):
        return {}
    held = _places(mismatch, _alike) or _places(mismatch, _of_one_shape)
    displaced = [tensor for tensor in mismatch.function.results if tensor.name in held]
    if not set(held) & set(mismatch.wrong):
        return {}
    if mismatch.function.operation not in NO_GRADIENTS and all(t.axes and _real(mismatch, t.name) for t in displaced):
        mistake = Mistake("GRADIENTS_SWAPPED", about={"order": [held[tensor.name] for tensor in displaced]})
    else:
        names = [tensor.name for tensor in mismatch.function.results]
        mistake = Mistake("RESULT_ORDER", ", ".join(held.get(name, name) for name in names), ", ".join(names))
    return {tensor: (mistake,) for tensor in mismatch.wrong if tensor in held}


def _is_row(mismatch: Mismatch) -> bool:
    """Whether the results are one row that the student made: neither a dict nor what several steps gave."""
    recipe = mismatch.function.recipe
    replies = [outcome.reply for outcome in mismatch.readable]
    rows = all(isinstance(reply, Returned) and isinstance(reply.value, (tuple, list)) for reply in replies)
    named = any(isinstance(each, dict) for r in replies if isinstance(r, Returned) for each in _entries(r.value))
    return rows and not named and (not recipe or recipe[-1].result == ALL)


def _entries(value: object) -> Sequence[object]:
    return value if isinstance(value, (tuple, list)) else ()


def _real(mismatch: Mismatch, tensor: str) -> bool:
    """Whether the right values are no class numbers: those are no gradient."""
    return any(np.any(outcome.right[tensor] % 1) for outcome in mismatch.readable)


def _places(mismatch: Mismatch, agree: Callable[[FloatArray, FloatArray], bool]) -> Mapping[str, str]:
    """For each result that is out of its place the one that stands there; each stands somewhere, and once."""
    names = [tensor.name for tensor in mismatch.function.results]

    def holds(place: str, name: str) -> bool:
        return all(agree(mismatch.yours(outcome, place), outcome.right[name]) for outcome in mismatch.readable)

    found = {place: [name for name in names if holds(place, name)] for place in names}
    held = {place: others[0] for place, others in found.items() if len(others) == 1 and place not in others}
    while held:
        closed = {place: name for place, name in held.items() if name in held and place in held.values()}
        if closed == held:
            break
        held = closed
    numbers = sum(outcome.right[name].size for outcome in mismatch.readable for name in held)
    return held if numbers >= FEWEST else {}


def _alike(yours: FloatArray, right: FloatArray) -> bool:
    return same(np.squeeze(yours), np.squeeze(right))


def _of_one_shape(yours: FloatArray, right: FloatArray) -> bool:
    """A row that is wrong too shows its place by its shape; a single number, such as an accuracy, does not."""
    return yours.shape == right.shape != ()
