"""Whether a mutant behaves otherwise than its original, decided without the grader: both run on our own inputs.

Inputs are drawn here, of other sizes than the grader's probes, under the contract of the handout. What the handout
accepts is no change: an epsilon up to 1e-6 in a logarithm, another start of a training.
"""

import signal
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import pairwise
from types import FrameType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.probes import CASES, draw
from reference.spec import Function, Operation

Array = NDArray[np.float64]
Callee = Callable[..., Any]

TOLERANCE = 1e-7
"""Relative to the largest entry: below it a change is rounding."""

SINGLE_TOLERANCE = 2e-5
"""The same where the original computes in float32."""

EPSILON = 1e-6
"""The largest epsilon in a logarithm that the handout accepts."""

SIZES = ((6, 4, 9, 4), (3, 6, 5, 10), (1, 4, 3, 3), (9, 5, 6, 2), (17, 3, 8, 6))
"""N, D, H, C; none is a grader's probe."""

SECONDS = 1.0

STEP_SLACKS = (1e-9, 1e-6, 1e-5)
"""How far a step may be from the rule: the first for which the original is right, for some compute in float32."""


class OutOfTime(BaseException):
    """A mutant that does not end."""


def changed(
    function: Function, cases: Sequence[str], original: Mapping[str, Any], mutant: Mapping[str, Any], seed: int = 0
) -> bool:
    """Whether `function` of the two files' names differs on any input, in what it returns, raises or changes.

    cases: the stability cases that the assignment names for it.
    """
    if function.operation is Operation.TRAIN:
        return not steps_right(mutant, next((s for s in STEP_SLACKS if steps_right(original, s)), 0.0))
    rng = np.random.default_rng(seed)
    for arguments in inputs(function, cases, rng):
        before, after = _result(original[function.name], arguments), _result(mutant[function.name], arguments)
        if before is None:  # the original itself fails there: not under the contract
            continue
        if after is None or not _same(function, before, after, arguments):
            return True
    return False


def inputs(function: Function, cases: Sequence[str], rng: np.random.Generator) -> Iterator[tuple[Array, ...]]:
    """Arguments of a function as the assignment draws them, of our sizes; then those where formulas overflow."""
    for n, d, h, c in SIZES:
        for scale in (1.0, 5.0):
            yield tuple(draw(function, "mutant", scale, {"N": n, "D": d, "H": h, "C": c}, rng).arguments.values())
    for case in cases:
        yield tuple(CASES[case](function, rng).arguments.values())


def names(source: str) -> dict[str, Any]:
    """The names that a harmless file of ours defines."""
    defined: dict[str, Any] = {"__name__": "student"}
    exec(compile(source, "student.py", "exec"), defined)
    return defined


def _result(
    function: Callee, arguments: Sequence[Array], more: Sequence[float] = ()
) -> tuple[list[Array], list[Array]] | None:
    """What came back, and the arguments afterwards; None where it raises or does not end."""
    given = [np.array(argument) for argument in arguments]
    try:
        with limited(SECONDS), warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            value = function(*given, *more)
            if isinstance(value, dict):
                value = tuple(value[key] for key in sorted(value))
            values = value if isinstance(value, tuple) or _is_list_of_arrays(value) else (value,)
            return [np.asarray(entry, dtype=float) for entry in values], given
    except (Exception, OutOfTime):
        return None


def _is_list_of_arrays(value: object) -> bool:
    return isinstance(value, list) and len(value) == 4 and all(isinstance(entry, np.ndarray) for entry in value)


def _same(
    function: Function, before: tuple[list[Array], list[Array]], after: tuple[list[Array], list[Array]], arguments: Any
) -> bool:
    if len(before[0]) != len(after[0]) or any(map(_differ_exactly, before[1], after[1])):
        return False
    if function.operation is Operation.CROSS_ENTROPY:
        return _within_band(after[0][0], *arguments)
    return all(map(_close, before[0], after[0]))


def _differ_exactly(one: Array, other: Array) -> bool:
    return not np.array_equal(one, other)


def _close(one: Array, other: Array) -> bool:
    harmless = {one.shape, (1, *one.shape), one.shape[1:] if one.shape[:1] == (1,) else one.shape}
    if other.shape not in harmless and not one.size == other.size == 1:
        return False
    tolerance = SINGLE_TOLERANCE if np.array_equal(one, one.astype(np.float32)) else TOLERANCE
    with np.errstate(invalid="ignore"):
        difference = np.abs(one.ravel() - other.ravel())
    return bool(np.all(difference <= tolerance * max(np.max(np.abs(one), initial=0.0), 1e-300)))


def _within_band(loss: Array, target: Array, prediction: Array) -> bool:
    """Whether a loss is the exact one, or one with an accepted epsilon, added or clipped."""
    if loss.size != 1:
        return False
    exact, shifted = (-np.log((target * p).sum(axis=1)).mean() for p in (prediction, prediction + EPSILON))
    rounding = SINGLE_TOLERANCE * abs(exact)
    return bool(min(shifted, exact) - rounding <= loss.item() <= exact + rounding)


def steps_right(mutant: Mapping[str, Any], slack: float) -> bool:
    """Whether a training loop takes the steps asked for from a sensible start, up to `slack` in any entry."""
    for seed, (hidden, lr, gamma) in enumerate(((5, 0.05, 0.7), (9, 0.2, 0.95))):
        rng = np.random.default_rng(100 + seed)
        n, d, c = 23 + seed, 6, 4
        x, t = rng.standard_normal((n, d)), np.eye(c)[rng.integers(c, size=n)]
        xv, tv = rng.standard_normal((7, d)), np.eye(c)[rng.integers(c, size=7)]
        states = []
        for epochs in range(5):
            more = (hidden, lr, gamma, epochs, seed)
            run = _result(mutant["train"], (x, t, xv, tv), more)
            if run is None or any(map(_differ_exactly, run[1], (x, t, xv, tv))) or len(run[0]) != 4:
                return False
            states.append(_ordered(run[0], d, hidden, c))
        if any(state is None for state in states) or not _follow(states, x, t, lr, gamma, slack):
            return False
    return True


def _ordered(values: list[Array], d: int, h: int, c: int) -> list[Array] | None:
    """w_h, b_h, w_o, b_o; dictionaries were sorted by name, b before w."""
    if values[0].size == d * h and values[0].ndim == 2:
        values = [values[1], values[3], values[0], values[2]]
    shapes = ((1, h), (1, c), (d, h), (h, c))
    if any(value.size != a * b for value, (a, b) in zip(values, shapes, strict=True)):
        return None
    b_h, b_o, w_h, w_o = (value.reshape(shape) for value, shape in zip(values, shapes, strict=True))
    return [w_h, b_h, w_o, b_o]


def _follow(states: Sequence[Any], x: Array, t: Array, lr: float, gamma: float, slack: float) -> bool:
    """Each step against v = gamma v + lr gradient; the first velocity may be 1e-5, as in 2019."""
    before = [np.zeros_like(a) for a in states[0]]
    for step, (now, after) in enumerate(pairwise(states)):
        moved = [a - b for a, b in zip(now, after, strict=True)]
        right = [gamma * v + lr * g for v, g in zip(before, _gradient(x, t, *now), strict=True)]
        allowed = 2e-5 if step == 0 else slack
        if not all(np.all(np.abs(m - r) <= allowed) for m, r in zip(moved, right, strict=True)):
            return False
        before = moved
    spread = [float(np.std(states[0][i])) for i in (0, 2)]
    return all(0.005 <= s <= 2.0 for s in spread)


def _gradient(x: Array, t: Array, w_h: Array, b_h: Array, w_o: Array, b_o: Array) -> list[Array]:
    z = x @ w_h + b_h
    o = np.maximum(z, 0) @ w_o + b_o
    e = np.exp(o - o.max(axis=1, keepdims=True))
    d = (e / e.sum(axis=1, keepdims=True) - t) / len(x)
    back = (d @ w_o.T) * (z > 0)
    return [x.T @ back, back.sum(0, keepdims=True), np.maximum(z, 0).T @ d, d.sum(0, keepdims=True)]


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raises OutOfTime in what runs longer; in a main thread only."""
    before = signal.signal(signal.SIGALRM, _stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise OutOfTime
