"""What a benchmark is: a name, a sentence, and a function that measures and says what it found."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.benchmarks.figure import Figure, Remark


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is measured. rounds: of each variant. seconds: of each at full load. rng: for the order.

    scale: of what is replayed in real time, where 1 is the whole.
    """

    rounds: int
    seconds: float
    rng: random.Random
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A benchmark; `run` gives figures and remarks as they are found. Names of figures begin with the benchmark's."""

    name: str
    about: str
    run: Callable[[Effort], Iterator[Figure | Remark]]
