"""How pooling of a signal, forward and backward, is made of steps, each with the ways in which it goes wrong."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from grader.comparison import Outcome
from grader.diagnosis.mismatch import FloatArray
from grader.diagnosis.recipe import Recipe, Step, Way, Ways, formula
from grader.diagnosis.recipes.pooling_winner import SEARCHES, WINNER, Search
from grader.diagnosis.recipes.scales import SIGN

Index = Callable[[int, int], slice]


def _reductions(right: str) -> dict[str, Callable[[FloatArray, int], float]]:
    """What can be made of a window; its right one goes by `right`."""
    return {
        f"{right} of the window": {"mean": lambda v, w: v.mean(), "max": lambda v, w: v.max()}[right],
        "the median of the window": lambda v, w: np.median(v),
        "the first entry of the window": lambda v, w: v[0],
        "the last entry of the window": lambda v, w: v[-1],
        "the middle entry of the window": lambda v, w: v[len(v) // 2],
        "the mean of the absolute values": lambda v, w: np.abs(v).mean(),
        "the mean of the squares": lambda v, w: (v**2).mean(),
        "the norm of the window": lambda v, w: np.sqrt((v**2).sum()),
        "the sum of the window / (W + 1)": lambda v, w: v.sum() / (w + 1),
        "the sum of the window / (W - 1)": lambda v, w: v.sum() / (w - 1),
        "the sum of the window / 2": lambda v, w: v.sum() / 2,
        "the sum of the window / 3": lambda v, w: v.sum() / 3,
        "the sum of the window // W": lambda v, w: v.sum() // w,
        "the rounded mean of the window": lambda v, w: np.round(v.mean()),
        "int() of the mean of the window": lambda v, w: np.trunc(v.mean()),
        "int() of the maximum of the window": lambda v, w: np.trunc(v.max()),
        "the mean of its first and last entry": lambda v, w: (v[0] + v[-1]) / 2,
        "the product of the window": lambda v, w: v.prod(),
        "the largest absolute value with its sign": lambda v, w: v[np.argmax(np.abs(v))],
        "the difference of its largest and smallest entry": lambda v, w: v.max() - v.min(),
        **{found: _value(search) for found, search in SEARCHES.items()},
    }


def _value(search: Search) -> Callable[[FloatArray, int], float]:
    return lambda v, w: v[search(v)]


def _reduce(right: str) -> Step:
    first, *others = _reductions(right).items()
    return Step("reduce", first[0], first[1], tuple(Way("OTHER_FORMULA", found, use) for found, use in others))


WINDOWS = Step(
    "windows",
    "x[i:i+W]",
    lambda x, i, w: x[i : i + w],
    (
        Way("WINDOW_OFF_BY_ONE", "x[i:i+W+1]", lambda x, i, w: x[i : i + w + 1]),
        Way("WINDOW_OFF_BY_ONE", "x[i:i+W-1]", lambda x, i, w: x[i : i + w - 1]),
        Way("WINDOW_OFF_BY_ONE", "x[i-1:i+W]", lambda x, i, w: x[max(i - 1, 0) : i + w]),
        # One of one entry is itself, or nothing.
        formula("x[i-1:i+W-1]", lambda x, i, w: x[max(i - 1, 0) : i + w - 1] if w > 1 else x[i : i + 1]),
        Way("OTHER_FORMULA", "x[i+1:i+W+1]", lambda x, i, w: x[i + 1 : i + w + 1]),
        Way("OTHER_FORMULA", "x[i+1:i+W]", lambda x, i, w: x[i + 1 : i + w]),
        Way("OTHER_FORMULA", "x[:i+W]", lambda x, i, w: x[: i + w]),
        Way("OTHER_FORMULA", "x[i:]", lambda x, i, w: x[i:]),
        Way("OTHER_FORMULA", "x[:W]", lambda x, i, w: x[:w]),
        Way("OTHER_FORMULA", "x", lambda x, i, w: x),
        Way("OTHER_FORMULA", "x[i-W//2:i+W//2+1]", lambda x, i, w: x[max(i - w // 2, 0) : i + w // 2 + 1]),
        Way("OTHER_FORMULA", "x[i-W+1:i+1]", lambda x, i, w: x[max(i - w + 1, 0) : i + 1]),
    ),
)


def _over_window(way: Way) -> Way:
    """Another window whose sum is divided by W all the same."""

    def use(x: FloatArray, i: int, w: int) -> FloatArray:
        part = way.use(x, i, w)
        return np.asarray(part * len(part) / w)

    return replace(way, found=f"the sum of {way.found} / W", use=use)


SUMS = replace(WINDOWS, wrong=(*WINDOWS.wrong, *map(_over_window, WINDOWS.wrong)))


def _pool(outcome: Outcome, use: Ways) -> dict[str, Any]:
    x, window = outcome.probe.arguments["x"], int(outcome.probe.arguments["W"])
    parts = [use["windows"](x, i, window) for i in range(len(x) - window + 1)]
    return {"y": use["sign"](np.array([use["reduce"](part, window) for part in parts]))}


AVERAGE_POOL = Recipe((SUMS, _reduce("mean"), SIGN), _pool)
FROM_ZERO = Way("POOL_ABOVE_ZERO", "max(0, the window)", lambda v, w: v.max(initial=0.0))
LARGEST = _reduce("max")
MAX_POOL = Recipe((WINDOWS, replace(LARGEST, wrong=(FROM_ZERO, *LARGEST.wrong)), SIGN), _pool)

UPSTREAM = Step(
    "upstream",
    "dy[i]",
    lambda dy, i, x: dy[i],
    (
        Way("UPSTREAM_IGNORED", "1", lambda dy, i, x: 1.0),
        Way("OTHER_FORMULA", "dy.sum()", lambda dy, i, x: dy.sum()),
        Way("OTHER_FORMULA", "dy.mean()", lambda dy, i, x: dy.mean()),
        Way("OTHER_FORMULA", "dy[0]", lambda dy, i, x: dy[0]),
        Way("OTHER_FORMULA", "dy[-1]", lambda dy, i, x: dy[-1]),
        Way("OTHER_FORMULA", "dy[len(dy) - 1 - i]", lambda dy, i, x: dy[len(dy) - 1 - i]),
        Way("OTHER_FORMULA", "abs(dy[i])", lambda dy, i, x: abs(dy[i])),
        Way("OTHER_FORMULA", "dy[i] ** 2", lambda dy, i, x: dy[i] ** 2),
        Way("OTHER_FORMULA", "x[i]", lambda dy, i, x: x[i]),
        Way("OTHER_FORMULA", "dy[i] * x[i]", lambda dy, i, x: dy[i] * x[i]),
        Way("OTHER_FORMULA", "dy[i + 1]", lambda dy, i, x: dy[i + 1] if i + 1 < len(dy) else 0.0),
        Way("OTHER_FORMULA", "dy[i - 1]", lambda dy, i, x: dy[i - 1]),
    ),
)

WHICH = Step(
    "which",
    "every window",
    lambda count: range(count),
    (
        Way("LAST_WINDOW_MISSING", "every window but the last", lambda count: range(count - 1)),
        Way("OTHER_FORMULA", "every window but the first", lambda count: range(1, count)),
        Way("OTHER_FORMULA", "the first window only", lambda count: range(1)),
    ),
)

STORE = Step(
    "store",
    "+=",
    lambda old, new: old + new,
    (
        Way("NOT_ACCUMULATED", "=", lambda old, new: new),
        Way("POOL_SIGN", "-=", lambda old, new: old - new),
    ),
)

DIVIDE = Step(
    "divide",
    "/ W",
    lambda w, n: w,
    (
        Way("WINDOW_NOT_AVERAGED", "no division", lambda w, n: 1),
        Way("DIVIDES_BY_LENGTH", "/ n", lambda w, n: n),
        Way("OTHER_DIVISOR", "/ (W + 1)", lambda w, n: w + 1),
        Way("OTHER_DIVISOR", "/ (W - 1)", lambda w, n: w - 1),
        Way("OTHER_DIVISOR", "/ (n - W + 1)", lambda w, n: n - w + 1),
        Way("OTHER_DIVISOR", "/ W ** 2", lambda w, n: w**2),
        Way("OTHER_DIVISOR", "* W", lambda w, n: 1 / w),
        *(Way("OTHER_DIVISOR", f"/ {size}", lambda w, n, size=size: size) for size in (2, 3, 4)),
    ),
)

LONGEST = 64
"""More entries than a probe's signal has."""

SPREAD = Step(
    "spread",
    "dx[i:i+W]",
    lambda i, w: range(i, i + w),
    (
        Way("WINDOW_OFF_BY_ONE", "dx[i:i+W+1]", lambda i, w: range(i, i + w + 1)),
        Way("WINDOW_OFF_BY_ONE", "dx[i:i+W-1]", lambda i, w: range(i, i + w - 1)),
        Way("WINDOW_OFF_BY_ONE", "dx[i-1:i+W]", lambda i, w: range(max(i - 1, 0), i + w)),
        Way("ONE_ENTRY_OF_WINDOW", "dx[i]", lambda i, w: range(i, i + 1)),
        Way("OTHER_FORMULA", "dx[i+1:i+W]", lambda i, w: range(i + 1, i + w)),
        Way("OTHER_FORMULA", "dx[i+1:i+W+1]", lambda i, w: range(i + 1, i + w + 1)),
        Way("OTHER_FORMULA", "dx[:W]", lambda i, w: range(w)),
        Way("OTHER_FORMULA", "dx[i:]", lambda i, w: range(i, i + LONGEST)),
        Way("OTHER_FORMULA", "dx[:i+W]", lambda i, w: range(i + w)),
        Way("OTHER_FORMULA", "dx[i-W//2:i+W//2+1]", lambda i, w: range(max(i - w // 2, 0), i + w // 2 + 1)),
    ),
)


def _average_back(outcome: Outcome, use: Ways) -> dict[str, Any]:
    arguments = outcome.probe.arguments
    dy, length, window = arguments["dy"], int(arguments["n"]), int(arguments["W"])
    dx = np.zeros(length)
    shares: list[list[float]] = [[] for _ in dx]
    for i in use["which"](len(dy)):
        for j in use["spread"](i, window):
            if j < length:
                shares[j].append(use["upstream"](dy, i, np.zeros(0)) / use["divide"](window, length))
                dx[j] = use["store"](dx[j], shares[j][-1])
    dx = use["first"](dx, shares)
    holding = np.array([sum(i <= j < i + window for i in range(len(dy))) for j in range(length)])
    return {"dx": use["overlap"](dx, window, holding)}


OVERLAP = Step(
    "overlap",
    "the sum of dy[i] / W",
    lambda dx, w, holding: dx,
    (
        Way(
            "OTHER_FORMULA",
            "the mean of dy[i] / W over the windows with the entry",
            lambda dx, w, holding: dx / holding,
        ),
        Way(
            "OTHER_FORMULA",
            "the mean of dy[i] over the windows with the entry",
            lambda dx, w, holding: dx * w / holding,
        ),
        Way("OTHER_FORMULA", "the running sum of the right dx", lambda dx, w, holding: np.cumsum(dx)),
        Way("OTHER_FORMULA", "the differences of the right dx", lambda dx, w, holding: np.diff(dx, prepend=0.0)),
    ),
)

# Assigned tap by tap, the last one to write to an entry is the first window that holds it.
KEPT_FIRST = Way(
    "NOT_ACCUMULATED", "the first of its windows' shares", lambda dx, shares: _of_each(shares, lambda s: s[0])
)
FIRST = Step("first", "the sum of its windows' shares", lambda dx, shares: dx, (KEPT_FIRST,))

AVERAGE_POOL_BACK = Recipe((UPSTREAM, WHICH, STORE, DIVIDE, SPREAD, FIRST, OVERLAP), _average_back)


TIMES = Step(
    "times",
    "dy[i] alone",
    lambda value, x, j, w: value,
    (
        Way("OTHER_FORMULA", "dy[i] times the maximum", lambda value, x, j, w: value * x[j]),
        Way("OTHER_FORMULA", "dy[i] / W", lambda value, x, j, w: value / w),
        Way("OTHER_FORMULA", "dy[i] * W", lambda value, x, j, w: value * w),
        Way("OTHER_FORMULA", "the maximum", lambda value, x, j, w: x[j]),
    ),
)


def _max_back(outcome: Outcome, use: Ways) -> dict[str, Any]:
    arguments = outcome.probe.arguments
    dy, x, window = arguments["dy"], arguments["x"], int(arguments["W"])
    dx = np.zeros(len(x))
    shares: list[list[float]] = [[] for _ in x]
    for i in use["which"](len(dy)):
        j = use["winner"](x, dy, i, window)
        shares[j].append(use["times"](use["upstream"](dy, i, x), x, j, window))
        dx[j] = use["store"](dx[j], shares[j][-1])
    return {"dx": use["collect"](dx, shares)}


COLLECT = Step(
    "collect",
    "the sum of its windows' shares",
    lambda dx, shares: dx,
    (
        Way("OTHER_FORMULA", "the mean of its windows' shares", lambda dx, shares: _of_each(shares, np.mean)),
        Way("OTHER_FORMULA", "the largest of its windows' shares", lambda dx, shares: _of_each(shares, np.max)),
        Way("OTHER_FORMULA", "the largest of 0 and its windows' shares", lambda dx, shares: _above_zero(shares)),
        KEPT_FIRST,
        Way("OTHER_FORMULA", "the running sum of its windows' shares", lambda dx, shares: np.cumsum(dx)),
    ),
)


def _of_each(shares: Sequence[Sequence[float]], reduce: Callable[[Sequence[float]], float]) -> FloatArray:
    return np.array([reduce(each) if each else 0.0 for each in shares])


def _above_zero(shares: Sequence[Sequence[float]]) -> FloatArray:
    """As where every window gives a row of zeros and its share, and the largest of each column is taken."""
    windows = sum(len(each) for each in shares)
    return np.array([max([*each, 0.0] if len(each) < windows else each) for each in shares])


# Equal values outside the window that share its gradient look like a mean of all where they are few.
OF_ONE_WINDOW = replace(UPSTREAM, wrong=tuple(way for way in UPSTREAM.wrong if way.found != "dy.mean()"))

MAX_POOL_BACK = Recipe((OF_ONE_WINDOW, WHICH, STORE, WINNER, TIMES, COLLECT), _max_back)
