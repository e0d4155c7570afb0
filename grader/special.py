"""Inputs that random numbers never show: equal entries in a pooling window, and outside it; entries far below 0; class
numbers of small types; more examples of one kind than a byte can count. Small whole numbers, and 1e9 times them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.probes import FloatArray, Probe, Setting, draw, lengths, name_of, set_up, values
from reference.spec import Draw, Function

WINDOWS = (2, 3, 5)

VERY_LOW = -1e9
"""Below what a maximum is usually begun with. Up to 8 times it is exact in float32 too."""

LABEL_TYPES: tuple[type[np.integer[Any]], ...] = (np.uint8, np.int8, np.int32)
"""Beside int64, which ordinary probes have."""

ENTRIES = Setting("labels", 1.0, lengths(N=41, D=5, H=7, C=10, L=11, W=3))
"""410 entries: more than the 128 and 256 to which one byte counts."""

MANY, ALIKE = 600, 400
"""Examples, and those with the same labels: more than 255, which a uint8 counts to, in one cell of a table of pairs."""


def ties(function: Function, rng: np.random.Generator) -> tuple[Probe, ...]:
    """In one window of each signal the maximum stands twice, at both ends; no other window holds either without a
    larger neighbour, so that nothing else is tested."""
    return tuple(
        _probe(function, rng, f"tie in a window of {window}", window, _tied(window, rng)) for window in WINDOWS
    )


def outside_window(function: Function, rng: np.random.Generator) -> tuple[Probe, ...]:
    """The signal repeats after a window's length: each window holds every value once, its equals are outside."""
    return tuple(
        _probe(function, rng, f"equal values outside a window of {window}", window, _repeated(window, rng))
        for window in WINDOWS
    )


def very_low(function: Function, rng: np.random.Generator) -> tuple[Probe, ...]:
    """Signals that are ordinary first and then far below 0: a maximum that begins with some number ends with it."""
    return tuple(
        _probe(function, rng, f"very low in a window of {window}", window, _low(window, rng)) for window in WINDOWS
    )


def label_types(function: Function, rng: np.random.Generator) -> tuple[Probe, ...]:
    """Class numbers of other types of whole numbers, with more entries (N, C) than a small one can count.

    An index into the flattened scores is N * C at most: calculated in the labels' own type it begins again from 0.
    """
    return tuple(_with_labels(set_up(function, ENTRIES, rng), function, kind) for kind in LABEL_TYPES)


def many_examples(function: Function, rng: np.random.Generator) -> tuple[Probe, ...]:
    """All labels (N,) of a few classes and many examples, of which most have the same ones, in any order."""
    sizes = lengths(N=MANY, D=3, H=7, C=3, L=7, W=2)
    probe = draw(function, f"{MANY} examples", 1.0, sizes, rng)
    alike = rng.permutation(MANY)[:ALIKE]
    labels = {tensor.name: probe.arguments[tensor.name] for tensor in function.arguments if tensor.draw is Draw.LABELS}
    for numbers in labels.values():
        numbers[alike] = rng.integers(sizes["C"])
    return (probe,)


SPECIAL: Mapping[str, Callable[[Function, np.random.Generator], tuple[Probe, ...]]] = {
    "ties": ties,
    "outside_window": outside_window,
    "very_low": very_low,
    "label_types": label_types,
    "many_examples": many_examples,
}
"""The cases an assignment can name."""


def _tied(window: int, rng: np.random.Generator) -> FloatArray:
    before, after = rng.permutation([6, 7, 8])[:2]
    inside = rng.permutation(np.arange(-window, 0))[: window - 2]
    return np.array([before, 5, *inside, 5, after, rng.integers(0, 4)], dtype=np.float64)


def _repeated(window: int, rng: np.random.Generator) -> FloatArray:
    return np.tile(rng.permutation(np.arange(1, window + 1)), 3)[: 2 * window + 1].astype(np.float64)


def _low(window: int, rng: np.random.Generator) -> FloatArray:
    ordinary, low = rng.permutation(np.arange(1, window + 1)), rng.permutation(np.arange(2, window + 2))
    # The largest comes last: windows that are one entry wider differ from windows without the last one.
    return np.concatenate([ordinary, VERY_LOW * low, [VERY_LOW]])


def _with_labels(probe: Probe, function: Function, kind: type[np.integer[Any]]) -> Probe:
    labels = name_of(function, Draw.LABELS)
    name = f"class numbers of type {np.dtype(kind).name}"
    return replace(probe, name=name, arguments={**probe.arguments, labels: probe.arguments[labels].astype(kind)})


def _probe(function: Function, rng: np.random.Generator, name: str, window: int, x: FloatArray) -> Probe:
    setting = Setting(name, 1.0, lengths(N=2, D=3, H=7, C=5, L=len(x), W=window))
    drawn = {tensor.name: values(tensor, setting, rng) for tensor in function.arguments}
    upstream = [tensor.name for tensor in function.arguments if tensor.draw is Draw.UPSTREAM]
    drawn |= {name: _small(drawn[name].shape, rng) for name in upstream}
    signals = [tensor.name for tensor in function.arguments if tensor.axes == ("L",) and tensor.draw is Draw.NORMAL]
    return Probe(name, 1.0, setting.sizes, {**drawn, **dict.fromkeys(signals, x)})


def _small(shape: Sequence[int], rng: np.random.Generator) -> NDArray[np.float64]:
    """Whole numbers from 1 to 3 of either sign."""
    return np.asarray(rng.choice([-1.0, 1.0], size=shape) * rng.integers(1, 4, size=shape))
