"""Whether a mutant behaves otherwise than its original, decided without the grader: both run on our own inputs.

Inputs are drawn here, of other sizes than the grader's probes, under the contract of the handout. What the handout
accepts is no change: an epsilon up to 1e-6 in a logarithm, another start of a training.
"""

import signal
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Function = Callable[..., Any]

TOLERANCE = 1e-7
"""Relative to the largest entry: below it a change is rounding."""

SINGLE_TOLERANCE = 2e-5
"""The same where the original computes in float32."""

EPSILON = 1e-6
"""The largest epsilon in a logarithm that the handout accepts."""

SIZES = ((6, 4, 9, 4), (3, 6, 5, 10), (1, 4, 3, 3), (9, 5, 6, 2), (17, 3, 8, 6))
"""N, D, H, C; none is a grader's probe."""

SECONDS = 1.0


class OutOfTime(BaseException):
    """A mutant that does not end."""


def changed(function: str, original: Mapping[str, Any], mutant: Mapping[str, Any], seed: int = 0) -> bool:
    """Whether `function` of the two files' names differs on any input, in what it returns, raises or changes."""
    if function == "train":
        return not _steps_right(mutant)
    rng = np.random.default_rng(seed)
    for arguments in inputs(function, rng):
        before, after = _result(original[function], arguments), _result(mutant[function], arguments)
        if before is None:  # the original itself fails there: not under the contract
            continue
        if after is None or not _same(function, before, after, arguments):
            return True
    return False


def inputs(function: str, rng: np.random.Generator) -> Iterator[tuple[Array, ...]]:
    """Arguments of a function of the ECE421 assignment, ordinary ones first, then those where formulas overflow."""
    for n, d, h, c in SIZES:
        for scale in (1.0, 5.0):
            x, z = scale * rng.standard_normal((n, d)), scale * rng.standard_normal((n, c))
            t = np.eye(c)[rng.integers(c, size=n)]
            p = np.exp(z / scale) / np.exp(z / scale).sum(axis=1, keepdims=True)
            w_h, b_h = rng.standard_normal((d, h)) / np.sqrt(d), rng.standard_normal((1, h))
            w_o, b_o = rng.standard_normal((h, c)) / np.sqrt(h), rng.standard_normal((1, c))
            yield {
                "relu": (x,),
                "softmax": (z,),
                "compute_layer": (x, w_h, b_h),
                "average_ce": (t, p),
                "grad_ce": (t, z),
                "forward_prop": (x, w_h, b_h, w_o, b_o),
                "backward_prop": (x, t, w_h, b_h, w_o, b_o),
            }[function]
    if function == "softmax":
        yield (1000 + rng.standard_normal((4, 3)),)
        yield (1000 * np.arange(-2.0, 3.0)[:, None] + rng.standard_normal((5, 4)),)
    if function == "average_ce":
        t = np.eye(4)[[0, 1, 3]]
        yield t, np.array([[0.5, 0.5, 0.0, 0.0], [0.0, 1.0, 0.0, 0.0], [0.25, 0.0, 0.25, 0.5]])


def names(source: str) -> dict[str, Any]:
    """The names that a harmless file of ours defines."""
    defined: dict[str, Any] = {"__name__": "student"}
    exec(compile(source, "student.py", "exec"), defined)
    return defined


def _result(function: Function, arguments: Sequence[Array]) -> tuple[list[Array], list[Array]] | None:
    """What came back, and the arguments afterwards; None where it raises or does not end."""
    given = [np.array(argument) for argument in arguments]
    try:
        with limited(SECONDS), warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            value = function(*given)
            if isinstance(value, dict):
                value = tuple(value[key] for key in sorted(value))
            values = value if isinstance(value, tuple) or _is_list_of_arrays(value) else (value,)
            return [np.asarray(entry, dtype=float) for entry in values], given
    except (Exception, OutOfTime):
        return None


def _is_list_of_arrays(value: object) -> bool:
    return isinstance(value, list) and len(value) == 4 and all(isinstance(entry, np.ndarray) for entry in value)


def _same(
    function: str, before: tuple[list[Array], list[Array]], after: tuple[list[Array], list[Array]], arguments: Any
) -> bool:
    if len(before[0]) != len(after[0]) or any(map(_differ_exactly, before[1], after[1])):
        return False
    if function == "average_ce":
        return _within_band(after[0][0], *arguments)
    return all(map(_close, before[0], after[0]))


def _differ_exactly(one: Array, other: Array) -> bool:
    return not np.array_equal(one, other)


def _close(one: Array, other: Array) -> bool:
    if one.shape != other.shape and one.ravel().shape != other.ravel().shape:
        return False
    if one.shape != other.shape and sorted((1, *one.shape)) != sorted((1, *other.shape)) and one.shape != other.shape:
        return False
    tolerance = SINGLE_TOLERANCE if np.array_equal(one, one.astype(np.float32)) else TOLERANCE
    with np.errstate(invalid="ignore"):
        difference = np.abs(one.ravel() - other.ravel())
    return bool(np.all(difference <= tolerance * max(np.max(np.abs(one), initial=0.0), 1e-300)))


def _within_band(loss: Array, target: Array, prediction: Array) -> bool:
    """Whether a loss is the exact one, or one with an accepted epsilon."""
    if loss.size != 1:
        return False
    exact, shifted = (-np.log((target * p).sum(axis=1)).mean() for p in (prediction, prediction + EPSILON))
    rounding = SINGLE_TOLERANCE * abs(exact)
    return bool(shifted - rounding <= loss.item() <= exact + rounding)


def _steps_right(mutant: Mapping[str, Any]) -> bool:
    """Whether a training loop takes the steps asked for from a sensible start, whatever the start is."""
    for seed, (hidden, lr, gamma) in enumerate(((5, 0.05, 0.7), (9, 0.2, 0.95))):
        rng = np.random.default_rng(100 + seed)
        n, d, c = 23 + seed, 6, 4
        x, t = rng.standard_normal((n, d)), np.eye(c)[rng.integers(c, size=n)]
        xv, tv = rng.standard_normal((7, d)), np.eye(c)[rng.integers(c, size=7)]
        states = []
        for epochs in range(5):
            run = _result(lambda *a, e=epochs: mutant["train"](*a, hidden, lr, gamma, e, seed), (x, t, xv, tv))
            if run is None or any(map(_differ_exactly, run[1], (x, t, xv, tv))) or len(run[0]) != 4:
                return False
            states.append(_ordered(run[0], d, hidden, c))
        if any(state is None for state in states) or not _follow(states, x, t, lr, gamma):
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


def _follow(states: Sequence[Any], x: Array, t: Array, lr: float, gamma: float) -> bool:
    """Each step against v = gamma v + lr gradient; the first velocity may be 1e-5, as in 2019."""
    single = all(np.array_equal(a, a.astype(np.float32)) for a in states[-1])
    slack = 3e-6 if single else 1e-9
    before = [np.zeros_like(a) for a in states[0]]
    for step, (now, after) in enumerate(zip(states, states[1:], strict=False)):
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
