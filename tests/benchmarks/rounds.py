"""Rounds: every variant once in each, in an order drawn anew.

So whatever else the machine does falls on all alike.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence

Measure = Callable[[], Sequence[float]]
"""Does the work of one round and gives its samples, in the unit the benchmark chooses."""


def interleaved(
    variants: Mapping[str, Measure],
    rounds: int,
    rng: random.Random,
    before: Callable[[], None] = lambda: None,
) -> dict[str, list[float]]:
    """The samples of every variant over `rounds` rounds; `before` is called before each measurement, outside of it.

    A first round is run and thrown away: it pays for what is done once.
    """
    samples: dict[str, list[float]] = {name: [] for name in variants}
    for number, name in shuffled(list(variants), rounds + 1, rng):
        before()
        measured = variants[name]()
        if number > 0:
            samples[name].extend(measured)
    return samples


def shuffled(names: Sequence[str], rounds: int, rng: random.Random) -> Iterator[tuple[int, str]]:
    """The number of each round, from 0, with each name once in it, in an order drawn anew."""
    for number in range(rounds):
        yield from ((number, name) for name in rng.sample(names, len(names)))
