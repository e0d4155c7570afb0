"""A wrong tensor as a function of the right one, where no known mistake explains it: cut, reversed, shifted, scaled.

It holds on every probe or is not said, so it is true of the student's numbers whatever their code looks like.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from grader.comparison import Outcome
from grader.diagnosis.mismatch import FloatArray, same

SURPLUS = 2
"""Wrong numbers beyond those that constants are fitted to, and wrong probes: one alone agrees by chance too easily."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One tensor on one probe: what was returned, what is right, and the outcome they are from."""

    outcome: Outcome
    yours: FloatArray
    right: FloatArray

    @property
    def agrees(self) -> bool:
        """Whether the two are the same."""
        return same(self.yours, self.right)

    @property
    def given(self) -> Mapping[str, FloatArray]:
        """What the function was given and the other right results; nothing that the student's own code made."""
        given = {name: np.asarray(value) for name, value in self.outcome.probe.arguments.items()}
        real = {name: value for name, value in given.items() if value.dtype.kind == "f"}
        return real | {name: value for name, value in self.outcome.right.items() if value is not self.right}

    @property
    def beside(self) -> Mapping[str, FloatArray]:
        """What a formula may have taken besides, by name: real arguments, other right results, losses."""
        return {**self.given, **self.outcome.known, **_losses(self.given)}


def _losses(given: Mapping[str, FloatArray]) -> dict[str, FloatArray]:
    """The average cross-entropy of logits; that of probabilities against labels that favour no class."""
    labels, logits, prediction = (given.get(name) for name in ("target", "logits", "prediction"))
    if labels is not None and logits is not None and labels.shape == logits.shape:
        logits = logits - logits.max(axis=-1, keepdims=True)
        logs = logits - np.log(np.exp(logits).sum(axis=-1, keepdims=True))
        return {"the loss": np.asarray(-np.mean((labels * logs).sum(axis=-1)))}
    if prediction is not None:
        return {"the loss for equal labels": np.asarray(-np.mean(np.log(prediction)))}
    return {}


@dataclass(frozen=True, slots=True)
class Relation:
    """What stands in a tensor's place. use: makes it from a pair. constants: how many numbers in it are fitted."""

    found: str
    use: Callable[..., FloatArray]
    constants: int = 0
    code: str = "OTHER_FORMULA"


Proposals = Callable[[str, Sequence[Pair]], Iterator[Relation]]
"""Relations to try: the tensor's name and its pairs, constants fitted to them."""


def relation(
    name: str,
    pairs: Sequence[Pair],
    wrong: Sequence[Pair],
    kinds: Sequence[Proposals],
    tightest: Sequence[Proposals] = (),
) -> Relation | None:
    """The first relation that holds on every pair; None where none does or where there is too little to tell.

    name: what the right arrays are called. wrong: those pairs that differ. tightest: what is looked for in all pairs
    where only one differs by more than the tolerance.
    """
    if wrong and len(wrong) < SURPLUS:
        kinds, wrong = tightest, pairs
    entries = sum(pair.yours.size for pair in wrong)
    legible = all(bool(np.all(np.isfinite(pair.yours))) for pair in pairs)
    constant = len({float(number) for pair in wrong for number in pair.yours.flat}) < SURPLUS  # is made of nothing
    if len(wrong) < SURPLUS or not legible or constant:
        return None
    with np.errstate(all="ignore"):
        for proposed in (each for kind in kinds for each in kind(name, wrong)):
            if entries >= proposed.constants + SURPLUS and all(_gives(proposed, pair) for pair in pairs):
                return proposed
    return None


def _gives(proposed: Relation, pair: Pair) -> bool:
    """Whether it makes what was returned."""
    try:
        made = np.asarray(proposed.use(pair), dtype=np.float64)
    except (ValueError, IndexError, KeyError, TypeError):  # shapes that do not fit
        return False
    return same(pair.yours, made)
