"""The right numbers times a number that changes from probe to probe: a size, or another result."""

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import permutations

import numpy as np

from grader.diagnosis.relation import Pair, Relation

SIZES = ("N", "D", "H", "C", "L", "W", "V")
POWERS = (("* {}", 1.0), ("/ {}", -1.0), ("/ {} ** 2", -2.0), ("* sqrt({})", 0.5), ("/ sqrt({})", -0.5))

Factor = Callable[..., float]


def scaled(name: str, wrong: Sequence[Pair]) -> Iterator[Relation]:
    """Powers of one size, products and ratios of two, one more or less than N; then other single numbers."""
    factors = [_factor(pair) for pair in wrong]
    if any(factor is None for factor in factors) or len({round(factor or 0.0, 6) for factor in factors}) < 2:
        return
    for formula, value in _candidates(wrong):
        close = (math.isclose(factor or 0.0, value(p), rel_tol=1e-5) for factor, p in zip(factors, wrong, strict=True))
        if all(close):
            yield Relation(f"{name} {formula}", lambda pair, value=value: pair.right * value(pair))


def _factor(pair: Pair) -> float | None:
    """The one number that what was returned is the right array times; None if there is none."""
    if not pair.right.size:
        return None
    at = np.unravel_index(int(np.argmax(np.abs(pair.right))), pair.right.shape)
    if not pair.right[at]:
        return None
    factor = float(pair.yours[at] / pair.right[at])
    return factor if np.allclose(pair.yours, factor * pair.right, rtol=1e-5, atol=1e-9) else None


def _candidates(wrong: Sequence[Pair]) -> Iterator[tuple[str, Factor]]:
    """What the factor may be: in words, and for a probe."""
    known = [size for size in SIZES if all(_size(size)(pair) for pair in wrong)]
    varied = [size for size in known if len({_size(size)(pair) for pair in wrong}) > 1]
    for one in varied:
        for words, power in POWERS:
            yield words.replace("{}", one), lambda pair, one=one, power=power: _size(one)(pair) ** power
    for one, other in permutations(varied, 2):
        if varied.index(one) < varied.index(other):
            yield f"* {one} * {other}", lambda pair, a=one, b=other: _size(a)(pair) * _size(b)(pair)
            yield f"/ ({one} * {other})", lambda pair, a=one, b=other: 1 / (_size(a)(pair) * _size(b)(pair))
        yield f"* {one} / {other}", lambda pair, a=one, b=other: _size(a)(pair) / _size(b)(pair)
    if "N" in varied:
        rows = _size("N")
        yield "* N / (N - 1)", lambda pair: rows(pair) / (rows(pair) - 1) if rows(pair) > 1 else math.nan
        yield "* N / (N + 1)", lambda pair: rows(pair) / (rows(pair) + 1)
        yield "* (N - 1) / N", lambda pair: (rows(pair) - 1) / rows(pair)
    for name, value in wrong[0].beside.items():
        if value.size == 1:
            for one in varied:
                size = _size(one)
                yield f"* {one} * {name}", lambda pair, name=name, size=size: size(pair) * _number(pair, name)
                yield (
                    f"* {one} / {name}",
                    lambda pair, name=name, size=size: size(pair) / (_number(pair, name) or math.nan),
                )
            yield f"* {name}", lambda pair, name=name: _number(pair, name)
            yield f"* {name} / 2", lambda pair, name=name: _number(pair, name) / 2
            yield f"* 2 * {name}", lambda pair, name=name: 2 * _number(pair, name)
            yield f"/ {name}", lambda pair, name=name: 1 / (_number(pair, name) or math.nan)


def _size(letter: str) -> Factor:
    return lambda pair: float(pair.outcome.probe.sizes.get(letter, 0))


def _number(pair: Pair, name: str) -> float:
    value = pair.beside.get(name)
    return float(value.reshape(())) if value is not None and value.size == 1 else math.nan
