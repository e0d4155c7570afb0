"""Each round has every variant once, the order changes, and the first round is not counted."""

import random

from tests.benchmarks.rounds import interleaved


def test_every_round_has_every_variant_once_in_changing_order() -> None:
    said: list[str] = []

    def variant(name: str, *samples: float) -> list[float]:
        said.append(name)
        return list(samples)

    variants = {"a": lambda: variant("a", 1.0), "b": lambda: variant("b", 2.0, 3.0), "c": lambda: variant("c")}
    samples = interleaved(variants, 10, random.Random(0), lambda: said.append("-"))

    order = said[1::2]
    rounds = [tuple(order[start : start + 3]) for start in range(0, 33, 3)]
    assert said[::2] == ["-"] * 33
    assert all(sorted(names) == ["a", "b", "c"] for names in rounds)
    assert len(set(rounds)) > 1
    assert samples == {"a": [1.0] * 10, "b": [2.0, 3.0] * 10, "c": []}
