"""Entry by entry: the tensor is a function of the right one, such as its square."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from grader.diagnosis.mismatch import FloatArray
from grader.diagnosis.relation import Pair, Relation

FUNCTIONS: tuple[tuple[str, Callable[[FloatArray], FloatArray]], ...] = (
    ("|{}|", np.abs),
    ("max({}, 0)", lambda r: np.maximum(r, 0)),
    ("min({}, 0)", lambda r: np.minimum(r, 0)),
    ("{} ** 2", np.square),
    ("{} ** 3", lambda r: r**3),
    ("sqrt({})", np.sqrt),
    ("exp({})", np.exp),
    ("log({})", np.log),
    ("log(1 + {})", np.log1p),
    ("log(1 + exp({}))", lambda r: np.logaddexp(0, r)),
    ("tanh({})", np.tanh),
    ("sigmoid({})", lambda r: 1 / (1 + np.exp(-r))),
    ("sin({})", np.sin),
    ("1 - {}", lambda r: 1 - r),
    ("1 / {}", lambda r: 1 / r),
    ("1 - {} ** 2", lambda r: 1 - r**2),
    ("{} * (1 - {})", lambda r: r * (1 - r)),
    ("{} * |{}|", lambda r: r * np.abs(r)),
    ("the sign of {}", np.sign),
    ("1 where {} > 0, else 0", lambda r: (r > 0).astype(np.float64)),
)


def elementwise(name: str, wrong: Sequence[Pair]) -> Iterator[Relation]:
    """Functions without a constant of their own, then a power of the right entries."""
    for found, function in FUNCTIONS:
        yield Relation(found.replace("{}", name), lambda pair, function=function: function(pair.right))
    yield from _power(name, wrong)


def _power(name: str, wrong: Sequence[Pair]) -> Iterator[Relation]:
    """The right entries to a power, read from the entry farthest from 1; none may be negative."""
    right = np.concatenate([pair.right.ravel() for pair in wrong])
    yours = np.concatenate([pair.yours.ravel() for pair in wrong])
    inside = (right > 0) & (yours > 0)
    if np.any(right < 0) or not inside.any():
        return
    logs = np.log(right[inside])
    at = int(np.argmax(np.abs(logs)))
    if logs[at]:
        power = float(np.log(yours[inside][at]) / logs[at])
        found = f"{name} ** {power:.4g}"
        yield Relation(found, lambda pair: np.where(pair.right > 0, np.abs(pair.right) ** power, 0), constants=1)
