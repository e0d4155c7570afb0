"""A signal as a sum of shifted copies of another one, each times an entry of the kernel; a kernel as such products."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

import numpy as np

from grader.diagnosis.mismatch import FloatArray, same
from grader.diagnosis.relation import Pair, Relation
from grader.least_squares import fitted

OFFSETS = (-2, -1, 0, 1, 2)
"""Shifts that are looked for: fewer than the shortest signal has entries, so that a fit on it says something."""

KERNEL = 3

CLOSE = 1e-6
"""How near a fitted weight must be to an entry of the kernel: rounding lies far below, chance above."""


def taps(name: str, wrong: Sequence[Pair]) -> Iterator[Relation]:
    """For functions of a signal and a kernel of three entries, or of two signals and a kernel."""
    given = wrong[0].given
    if any(value.ndim > 1 for value in given.values()) or wrong[0].right.ndim != 1:
        return
    kernels = [key for key, value in given.items() if value.shape == (KERNEL,)]
    signals = [key for key, value in given.items() if value.ndim == 1 and value.size > KERNEL]
    if len({given[signal].size for signal in signals}) != 1:
        return
    if wrong[0].right.shape == (KERNEL,):
        yield from _products(signals, wrong)
    else:
        for kernel in kernels:
            for signal in signals:
                yield from _sums(signal, kernel, wrong)
            yield from _mixed(signals, kernel, wrong)


def _moved(signal: FloatArray, by: int) -> FloatArray:
    """signal[i + by], 0 outside."""
    padded = np.pad(signal, max(OFFSETS))
    return padded[max(OFFSETS) + by : len(padded) - max(OFFSETS) + by]


def _at(signal: str, by: int) -> str:
    return f"{signal}[i{by:+d}]" if by else f"{signal}[i]"


def _sums(signal: str, kernel: str, wrong: Sequence[Pair]) -> Iterator[Relation]:
    fits = [_fit(pair, signal) for pair in wrong]
    if any(fit is None for fit in fits):
        return
    tables = [_entries(kernel, pair.given[kernel]) for pair in wrong]
    words = [_word([fit[o] for fit in fits if fit is not None], tables) for o in range(len(OFFSETS))]
    if None in words:
        return
    terms = {offset: word or "0" for offset, word in zip(OFFSETS, words, strict=True)}
    found = " + ".join(f"{_at(signal, by)} * {word}" for by, word in terms.items() if word != "0") or "0"

    def made(pair: Pair) -> FloatArray:
        table = _entries(kernel, pair.given[kernel])
        parts = [table[word] * _moved(pair.given[signal], by) for by, word in terms.items()]
        return np.asarray(np.sum(parts, axis=0))

    yield Relation(found, made)


def _mixed(signals: Sequence[str], kernel: str, wrong: Sequence[Pair]) -> Iterator[Relation]:
    """Copies of two signals, by one entry at most to either side."""
    near = [by for by in OFFSETS if abs(by) < max(OFFSETS)]
    for pairing in combinations(signals, 2):
        parts = [(signal, by) for signal in pairing for by in near]
        fits = [_solved(pair, [_moved(pair.given[signal], by) for signal, by in parts]) for pair in wrong]
        if any(fit is None for fit in fits):
            continue
        tables = [_entries(kernel, pair.given[kernel]) for pair in wrong]
        words = [_word([fit[o] for fit in fits if fit is not None], tables) for o in range(len(parts))]
        if None in words:
            continue
        terms = [(signal, by, word) for (signal, by), word in zip(parts, words, strict=True) if word and word != "0"]

        def made(pair: Pair, terms: Sequence[tuple[str, int, str]] = terms) -> FloatArray:
            table = _entries(kernel, pair.given[kernel])
            return np.asarray(np.sum([table[w] * _moved(pair.given[s], by) for s, by, w in terms], axis=0))

        yield Relation(" + ".join(f"{_at(signal, by)} * {word}" for signal, by, word in terms), made)


def _fit(pair: Pair, signal: str) -> FloatArray | None:
    return _solved(pair, [_moved(pair.given[signal], by) for by in OFFSETS])


def _solved(pair: Pair, copies: Sequence[FloatArray]) -> FloatArray | None:
    """The weights of the copies, where the tensor is exactly their sum and has more entries than there are weights."""
    if any(copy.shape != pair.yours.shape for copy in copies) or pair.yours.size <= len(copies):
        return None
    columns: FloatArray = np.stack(copies, axis=1)
    solved = fitted(columns, pair.yours)
    if solved is None:
        return None
    found, rank = solved
    exact = rank == len(copies) and np.allclose(columns @ found, pair.yours, rtol=CLOSE, atol=1e-9)
    return found if exact else None


def _entries(kernel: str, values: FloatArray) -> Mapping[str, float]:
    """What may multiply a shifted copy."""
    entries = {f"{kernel}[{k}]": float(value) for k, value in enumerate(values)}
    return {"0": 0.0, "1": 1.0, **entries, **{f"-{word}": -value for word, value in entries.items()}}


def _word(numbers: Sequence[float], tables: Sequence[Mapping[str, float]]) -> str | None:
    for word in tables[0]:
        if all(abs(table[word] - number) <= CLOSE for table, number in zip(tables, numbers, strict=True)):
            return word
    return None


def _products(signals: Sequence[str], wrong: Sequence[Pair]) -> Iterator[Relation]:
    """Each entry as the product of one signal with a shifted one, all of it or without both ends."""
    kinds = [(one, other, ends, by) for ends in (0, 1) for one in signals for other in signals for by in OFFSETS]
    found = [next((kind for kind in kinds if _holds(kind, k, wrong)), None) for k in range(KERNEL)]
    known = [kind for kind in found if kind is not None]
    if len(known) == KERNEL:
        words = [
            f"sum of {one}[i] * {_at(other, by)}{', i = 1 ... n - 2' if ends else ''}" for one, other, ends, by in known
        ]
        yield Relation("; ".join(words), lambda pair: np.array([_product(pair, *kind) for kind in known]))


def _product(pair: Pair, one: str, other: str, ends: int, by: int) -> float:
    signal = pair.given[one]
    part = slice(ends, len(signal) - ends)
    return float(signal[part] @ _moved(pair.given[other], by)[part])


def _holds(kind: tuple[str, str, int, int], k: int, wrong: Sequence[Pair]) -> bool:
    return all(same(np.asarray(pair.yours[k]), np.asarray(_product(pair, *kind))) for pair in wrong)
