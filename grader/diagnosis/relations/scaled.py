"""The right numbers times a number that changes from probe to probe: a size, or another result."""

import math
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from grader.diagnosis.relation import Pair, Relation

SIZES = ("N", "D", "H", "C", "L", "W", "V")
POWERS = (("* {}", 1.0), ("/ {}", -1.0), ("/ {} ** 2", -2.0), ("* sqrt({})", 0.5), ("/ sqrt({})", -0.5))


def scaled(name: str, wrong: Sequence[Pair]) -> Iterator[Relation]:
    """Powers of one size, products of two, one less or more than N; then numbers among the right results."""
    factors = [_factor(pair) for pair in wrong]
    if any(factor is None for factor in factors) or len({round(factor or 0.0, 6) for factor in factors}) < 2:
        return
    for formula, values in _candidates(wrong).items():
        if all(f is not None and math.isclose(f, v, rel_tol=1e-5) for f, v in zip(factors, values, strict=True)):
            yield Relation(f"{name} {formula}", lambda pair: pair.right * (_factor(pair) or 1.0))
            return


def _factor(pair: Pair) -> float | None:
    """The one number that what was returned is the right array times; None if there is none."""
    if not pair.right.size:
        return None
    at = np.unravel_index(int(np.argmax(np.abs(pair.right))), pair.right.shape)
    if not pair.right[at]:
        return None
    factor = float(pair.yours[at] / pair.right[at])
    return factor if np.allclose(pair.yours, factor * pair.right, rtol=1e-5, atol=1e-9) else None


def _candidates(wrong: Sequence[Pair]) -> Mapping[str, Sequence[float]]:
    """What the factors may be, by the formula that says so."""
    sizes = {s: [float(p.outcome.probe.sizes.get(s, 0)) for p in wrong] for s in SIZES}
    sizes = {size: values for size, values in sizes.items() if all(values) and len(set(values)) > 1}
    found = {power.replace("{}", s): [v**p for v in values] for s, values in sizes.items() for power, p in POWERS}
    for first, second in (("N", "C"), ("N", "D"), ("N", "H"), ("D", "C"), ("D", "H"), ("H", "C")):
        if first in sizes and second in sizes:
            both = [a * b for a, b in zip(sizes[first], sizes[second], strict=True)]
            found |= {f"/ ({first} * {second})": [1 / v for v in both], f"* {first} * {second}": both}
            ratio = [a / b for a, b in zip(sizes[first], sizes[second], strict=True)]
            found |= {f"* {first} / {second}": ratio, f"* {second} / {first}": [1 / v for v in ratio]}
    if "N" in sizes:
        found |= {
            "* N / (N - 1)": [n / (n - 1) if n > 1 else math.nan for n in sizes["N"]],
            "* N / (N + 1)": [n / (n + 1) for n in sizes["N"]],
            "* (N - 1) / N": [(n - 1) / n for n in sizes["N"]],
        }
    return found | _results(wrong)


def _results(wrong: Sequence[Pair]) -> dict[str, list[float]]:
    """Single numbers among the right results and the arguments, such as a loss."""
    found: dict[str, list[float]] = {}
    values = [pair.beside for pair in wrong]
    for name in values[0]:
        if all(name in each and each[name].size == 1 for each in values):
            numbers = [float(each[name].reshape(())) for each in values]
            found[f"* {name}"] = numbers
            found[f"/ {name}"] = [1 / number if number else math.nan for number in numbers]
    return found
