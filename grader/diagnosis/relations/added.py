"""The right numbers with a constant, or a multiple of an argument or of another result, added."""

from collections.abc import Iterator, Sequence

import numpy as np

from grader.diagnosis.mismatch import FloatArray
from grader.diagnosis.relation import Pair, Relation


def added(name: str, wrong: Sequence[Pair]) -> Iterator[Relation]:
    """A constant; a multiple of an array that fits, such as a bias; a factor and a constant; smoothed over classes."""
    first = max(wrong, key=lambda pair: pair.right.size)
    if not first.right.size:
        return
    constant = float(np.median(first.yours - first.right))
    yield Relation(f"{name} {constant:+.4g}", lambda pair: pair.right + constant, constants=1)
    for other in first.beside:
        multiple = _multiple(first, other)
        if multiple:
            found = f"{name} {multiple:+.4g} * {other}"
            yield Relation(found, lambda p, a=other, m=multiple: p.right + m * p.beside[a], constants=1)
    yield from _mixed(name, first)
    yield from _line(name, first)
    yield from _smoothed(name, first)


def _multiple(pair: Pair, other: str) -> float:
    """By what another array must be multiplied to give the difference where it is largest; 0 if it cannot."""
    value = pair.beside[other]
    try:
        fits = np.broadcast_shapes(value.shape, pair.right.shape) == pair.right.shape
    except ValueError:
        return 0.0
    if not fits or value.size < 2:
        return 0.0
    wide: FloatArray = np.broadcast_to(value, pair.right.shape)
    at = np.unravel_index(int(np.argmax(np.abs(wide))), wide.shape)
    return float((pair.yours[at] - pair.right[at]) / wide[at]) if wide[at] else 0.0


def _mixed(name: str, pair: Pair) -> Iterator[Relation]:
    """Of a single number: part of it and part of another one."""
    for other, value in pair.beside.items() if pair.right.size == 1 else ():
        if value.shape == pair.right.shape and float(value - pair.right):
            part = float((pair.yours - pair.right) / (value - pair.right))
            found = f"{1 - part:.4g} * {name} + {part:.4g} * {other}"
            yield Relation(found, lambda p, o=other, part=part: p.right + part * (p.beside[o] - p.right), constants=1)


def _line(name: str, pair: Pair) -> Iterator[Relation]:
    """A factor and a constant, read from the least and the largest right entries."""
    low, high = (np.unravel_index(int(at), pair.right.shape) for at in (pair.right.argmin(), pair.right.argmax()))
    run = float(pair.right[high] - pair.right[low])
    if not run:
        return
    factor = float(pair.yours[high] - pair.yours[low]) / run
    constant = float(pair.yours[low]) - factor * float(pair.right[low])
    if abs(factor) > 1e-6:  # a constant result says nothing of the right one
        yield Relation(f"{factor:.4g} * {name} {constant:+.4g}", lambda pair: factor * pair.right + constant, 2)


ROUNDING = 1e-9
"""By how much a part that is everything may miss 1."""


def _smoothed(name: str, pair: Pair) -> Iterator[Relation]:
    """Part of the right rows, part of an equal value for each class; read from the least right entry."""
    classes = pair.right.shape[-1] if pair.right.ndim else 1
    if classes != pair.outcome.probe.sizes.get("C"):
        return
    at = np.unravel_index(int(pair.right.argmin()), pair.right.shape)
    off = 1 / classes - float(pair.right[at])
    part = float(pair.yours[at] - pair.right[at]) / off if off else 0.0
    if part:
        found = f"{1 - part:.4g} * {name} + {part:.4g} / C" if abs(part - 1) > ROUNDING else "1 / C"
        yield Relation(found, lambda pair: (1 - part) * pair.right + part / pair.right.shape[-1], constants=1)
