"""A sum of two arrays, each times a number that is made of the single numbers a function is given, such as a rate."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product
from math import isclose

import numpy as np

from grader.diagnosis.mismatch import FloatArray
from grader.diagnosis.relation import Pair, Relation
from grader.least_squares import fitted

CLOSE = 1e-6
"""How near a fitted number must be to a formula's, relative: rounding lies far below, chance above."""


def weighted(name: str, wrong: Sequence[Pair]) -> Iterator[Relation]:
    """The right tensor and a number times an argument; then what is no sum with it."""
    yield from _beside(name, wrong)
    yield from _sums(wrong)


def _beside(name: str, wrong: Sequence[Pair]) -> Iterator[Relation]:
    """The right tensor + a * one, such as a bias and its decay; `one` may be spread over the tensor's rows."""
    if len(wrong) < FEWEST:
        return
    for key in wrong[0].given:
        multiples = [_multiple(pair, key) for pair in wrong]
        if any(each is None for each in multiples):
            continue
        word = _named([each for each in multiples if each is not None], wrong)
        if word is not None and word != "0":
            yield Relation(
                f"{name} + {word} * {key}".replace("+ -", "- ").replace(" 1 * ", " "),
                lambda pair, k=key, w=word: pair.right + _value(pair, w) * pair.given[k],
            )


def _multiple(pair: Pair, key: str) -> float | None:
    value = pair.given.get(key)
    if value is None or value.size < FEWEST or value.shape != pair.right.shape[-value.ndim :]:
        return None
    wide: FloatArray = np.broadcast_to(value, pair.right.shape)
    at = np.unravel_index(int(np.argmax(np.abs(wide))), wide.shape)
    return float((pair.yours[at] - pair.right[at]) / wide[at]) if wide[at] else None


def _sums(wrong: Sequence[Pair]) -> Iterator[Relation]:
    """a * one + b * other for the first two arguments, of the tensor's shape, of which it is made on every probe."""
    fitting = [key for key in _arrays(wrong[0]) if all(key in _arrays(pair) for pair in wrong)]
    for one, other in combinations(fitting, 2):
        fitted = [_fit(pair, one, other) for pair in wrong]
        if any(each is None for each in fitted) or len(wrong) < FEWEST:
            continue
        words = [_named([each[i] for each in fitted if each is not None], wrong) for i in (0, 1)]
        if None in words:
            continue
        first, second = (word or "" for word in words)
        terms = [f"{word} * {key}" for word, key in ((first, one), (second, other)) if word != "0"]
        found = " + ".join(terms).replace("1 * ", "").replace("+ -", "- ") or "0"
        yield Relation(
            found,
            lambda pair, a=one, b=other, u=first, v=second: (
                _value(pair, u) * pair.given[a] + _value(pair, v) * pair.given[b]
            ),
        )


FEWEST = 3
"""Probes: numbers fitted on two agree with some formula by chance."""


def _arrays(pair: Pair) -> list[str]:
    return [key for key, value in pair.given.items() if value.shape == pair.right.shape and value.size > 3]


def _scalars(pair: Pair) -> dict[str, float]:
    return {key: float(value.reshape(())) for key, value in pair.given.items() if value.size == 1}


def _fit(pair: Pair, one: str, other: str) -> tuple[float, float] | None:
    """The two numbers, where the tensor is exactly such a sum."""
    columns: FloatArray = np.stack([pair.given[one].ravel(), pair.given[other].ravel()], axis=1)
    solved = fitted(columns, pair.yours.ravel())
    if solved is None:
        return None
    found, rank = solved
    if rank < columns.shape[1] or not np.allclose(columns @ found, pair.yours.ravel(), rtol=CLOSE, atol=1e-9):
        return None
    return float(found[0]), float(found[1])


def _named(numbers: Sequence[float], wrong: Sequence[Pair]) -> str | None:
    """The first formula of the single numbers that gives each probe's number."""
    tables = [_formulas(_scalars(pair)) for pair in wrong]
    for words in tables[0]:
        if all(
            words in table and isclose(table[words], number, rel_tol=CLOSE, abs_tol=CLOSE)
            for table, number in zip(tables, numbers, strict=True)
        ):
            return words
    return None


def _value(pair: Pair, words: str) -> float:
    return _formulas(_scalars(pair))[words]


def _formulas(given: Mapping[str, float]) -> dict[str, float]:
    """Numbers a student may write down: 0, 1, products of two at most, what these leave of 1, and of each other."""
    single = dict(given)
    products = {f"{a} * {b}": given[a] * given[b] for a, b in combinations(given, 2)}
    squares = {f"{a} ** 2": value**2 for a, value in given.items()}
    inverse = {f"1 / {a}": 1 / value for a, value in given.items() if value}
    factors = {**single, **products, **squares, **inverse}
    ones = {f"(1 - {words})": 1 - value for words, value in factors.items()}
    sums = {f"(1 + {words})": 1 + value for words, value in factors.items()}
    mixed = {f"{a} * {b}": u * v for (a, u), (b, v) in product(single.items(), {**ones, **sums}.items())}
    plain = {"0": 0.0, "1": 1.0, "2": 2.0, **factors, **ones, **sums, **mixed}
    return {**plain, **{f"-{words}": -value for words, value in plain.items() if words != "0"}}
