"""A function of an argument, entry by entry, or one argument times a function of another of the same shape."""

from collections.abc import Callable, Iterator, Sequence
from itertools import product

import numpy as np

from grader.diagnosis.mismatch import FloatArray
from grader.diagnosis.relation import Pair, Relation
from grader.diagnosis.relations.elementwise import FUNCTIONS

MORE: tuple[tuple[str, Callable[[FloatArray], FloatArray]], ...] = (
    ("{}", lambda x: x),
    ("-{}", lambda x: -x),
    ("1 + {}", lambda x: 1 + x),
    ("sigmoid(2 * {})", lambda x: 1 / (1 + np.exp(-2 * x))),
    ("sigmoid({} / 2)", lambda x: 1 / (1 + np.exp(-x / 2))),
    ("sigmoid(-{})", lambda x: 1 / (1 + np.exp(x))),
    ("sigmoid(|{}|)", lambda x: 1 / (1 + np.exp(-np.abs(x)))),
    ("1 / (1 + {} ** 2)", lambda x: 1 / (1 + x**2)),
    ("1 - |{}|", lambda x: 1 - np.abs(x)),
    ("(1 - {}) ** 2", lambda x: (1 - x) ** 2),
    ("arctan({})", np.arctan),
    ("cos({})", np.cos),
    ("{} / (1 + |{}|)", lambda x: x / (1 + np.abs(x))),
    ("{} * sigmoid({})", lambda x: x / (1 + np.exp(-x))),
    ("exp({}) - 1", np.expm1),
    ("exp(-{})", lambda x: np.exp(-x)),
    ("exp(-{} ** 2)", lambda x: np.exp(-(x**2))),
    ("max(-{}, 0)", lambda x: np.maximum(-x, 0)),
    ("min(max({}, 0), 1)", lambda x: np.clip(x, 0, 1)),
    ("min(max({}, -1), 1)", lambda x: np.clip(x, -1, 1)),
    ("1 where {} > 1, else 0", lambda x: (x > 1).astype(np.float64)),
    ("1 where {} > -1, else 0", lambda x: (x > -1).astype(np.float64)),
    ("1 where {} > 0.5, else 0", lambda x: (x > 0.5).astype(np.float64)),
    ("1 where {} < 0, else 0", lambda x: (x < 0).astype(np.float64)),
)
"""Functions that say something of an argument, besides those of a right result."""


def arguments(name: str, wrong: Sequence[Pair]) -> Iterator[Relation]:
    """What the tensor is of what the function was given; a result of the right function counts as given."""
    fitting = [key for key in wrong[0].given if all(_fits(pair, key) for pair in wrong)]
    functions = (*MORE, *FUNCTIONS)
    for key in fitting:
        for found, function in functions:
            yield Relation(found.replace("{}", key), lambda pair, k=key, f=function: f(pair.given[k]))
    for one, other in product(fitting, repeat=2):
        for found, function in functions:
            words = f"{one} * ({found.replace('{}', other)})" if " " in found else f"{one} * {found}"
            yield Relation(
                words.replace("{}", other),
                lambda pair, a=one, b=other, f=function: pair.given[a] * f(pair.given[b]),
            )


def _fits(pair: Pair, key: str) -> bool:
    return key in pair.given and pair.given[key].shape == pair.right.shape and pair.right.size > 1
