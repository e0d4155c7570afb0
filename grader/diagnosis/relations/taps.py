"""A signal as a sum of shifted copies of another one, each times an entry of the kernel; a kernel as such products."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from grader.diagnosis.mismatch import FloatArray, same
from grader.diagnosis.relation import Pair, Relation

OFFSETS = (-2, -1, 0, 1, 2)
"""Shifts that are looked for: fewer than the shortest signal has entries, so that a fit on it says something."""

KERNEL = 3

CLOSE = 1e-6


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


def _fit(pair: Pair, signal: str) -> FloatArray | None:
    source = pair.given[signal]
    if source.shape != pair.yours.shape or len(source) <= len(OFFSETS):
        return None
    columns: FloatArray = np.stack([_moved(source, by) for by in OFFSETS], axis=1)
    found, _, rank, _ = np.linalg.lstsq(columns, pair.yours, rcond=None)
    exact = rank == len(OFFSETS) and np.allclose(columns @ found, pair.yours, rtol=CLOSE, atol=1e-9)
    return np.asarray(found) if exact else None


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
    """Each entry as the product of one signal with a shifted other one, all of it or without both ends."""
    for one in signals:
        for other in signals:
            for ends, words in ((0, ""), (1, ", i = 1 ... n - 2")):
                shifts = [_shift(one, other, ends, k, wrong) for k in range(KERNEL)]
                if None in shifts:
                    continue
                known = [shift or 0 for shift in shifts]
                found = ", ".join(f"sum of {one}[i] * {_at(other, by)}" for by in known) + words
                yield Relation(
                    found,
                    lambda pair, a=one, b=other, e=ends, by=tuple(known): np.array(
                        [_product(pair, a, b, e, each) for each in by]
                    ),
                )


def _product(pair: Pair, one: str, other: str, ends: int, by: int) -> float:
    signal = pair.given[one]
    part = slice(ends, len(signal) - ends)
    return float(signal[part] @ _moved(pair.given[other], by)[part])


def _shift(one: str, other: str, ends: int, k: int, wrong: Sequence[Pair]) -> int | None:
    for by in OFFSETS:
        values = [np.asarray(_product(pair, one, other, ends, by)) for pair in wrong]
        if all(same(np.asarray(pair.yours[k]), value) for pair, value in zip(wrong, values, strict=True)):
            return by
    return None
