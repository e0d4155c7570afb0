"""How a convolution of a signal, forward and backward, is made of steps, each with the ways in which it goes wrong."""

from collections.abc import Callable
from typing import Any

import numpy as np

from grader.comparison import Outcome
from grader.diagnosis.mismatch import FloatArray
from grader.diagnosis.recipe import Recipe, Step, Way, Ways, formula
from grader.diagnosis.recipes.pooling import STORE, UPSTREAM
from grader.diagnosis.recipes.scales import SIGN

Index = Callable[[int, int], slice]

KERNEL = Step(
    "kernel",
    "w[-1], w[0], w[1] stored as w[0], w[1], w[2]",
    lambda w: w,
    (
        Way("CONV_NOT_FLIPPED", "w[2], w[1], w[0]", lambda w: w[::-1]),
        *(
            Way("OTHER_FORMULA", f"w[{found[0]}], w[{found[1]}], w[{found[2]}]", lambda w, found=found: w[list(found)])
            for found in (
                (0, 1, 0),
                (0, 1, 1),
                (0, 0, 2),
                (1, 1, 2),
                (2, 1, 2),
                (0, 2, 2),
                (1, 0, 2),
                (0, 2, 1),
                (1, 2, 0),
            )
        ),
        *(
            Way("OTHER_FORMULA", f"0 in place of w[{k}]", lambda w, k=k: np.where(np.arange(3) == k, 0, w))
            for k in range(3)
        ),
        Way("OTHER_FORMULA", "|w|", np.abs),
        Way("OTHER_FORMULA", "the kernel over its sum", lambda w: w / w.sum()),
        Way("OTHER_FORMULA", "ones", np.ones_like),
    ),
)

BORDER = Step(
    "border",
    "zeros outside",
    lambda x: np.pad(x, 1),
    (
        Way("CONV_BORDER", "the end entries repeated", lambda x: np.pad(x, 1, mode="edge")),
        Way("CONV_BORDER", "the signal wrapped round", lambda x: np.pad(x, 1, mode="wrap")),
        Way("CONV_BORDER", "the last entry before the first", lambda x: np.concatenate([x[-1:], x, [0.0]])),
        Way("CONV_BORDER", "the first entry behind the last", lambda x: np.concatenate([[0.0], x, x[:1]])),
        Way("CONV_BORDER", "the signal reflected", lambda x: np.pad(x, 1, mode="reflect")),
        Way("CONV_BORDER", "ones outside", lambda x: np.pad(x, 1, constant_values=1)),
        Way("CONV_NOT_CENTRED", "both zeros before", lambda x: np.pad(x, (2, 0))),
        Way("CONV_NOT_CENTRED", "both zeros behind", lambda x: np.pad(x, (0, 2))),
    ),
)


def _window_at(padded: FloatArray, w: FloatArray, first: int) -> FloatArray:
    """y where one window, that begins at entry `first` of the padded signal, stands at every i."""
    return np.full(len(padded) - 2, padded[first:][:3] @ w[::-1])


def _one_entry(padded: FloatArray, w: FloatArray, k: int) -> FloatArray:
    """y where x[i - k] stands at every entry of the kernel."""
    return np.asarray(padded[1 - k : len(padded) - 1 - k] * w.sum())


WINDOW = Step(
    "window",
    "x[i - k]",
    lambda padded, w: np.convolve(padded, w, "valid"),
    (
        formula("the first window at every i", lambda padded, w: _window_at(padded, w, 0)),
        formula("the last window at every i", lambda padded, w: _window_at(padded, w, len(padded) - 3)),
        formula("x[i] at every k", lambda padded, w: _one_entry(padded, w, 0)),
        formula("x[i - 1] at every k", lambda padded, w: _one_entry(padded, w, 1)),
        formula("x[i + 1] at every k", lambda padded, w: _one_entry(padded, w, -1)),
        formula(
            "x[i] at every k for which i - k lies within",
            lambda padded, w: padded[1:-1] * np.convolve(np.pad(np.ones(len(padded) - 2), 1), w, "valid"),
        ),
    ),
)


def _without(x: FloatArray, *places: int) -> FloatArray:
    """The signal with 0 at these places."""
    left_out = np.zeros(len(x), bool)
    left_out[list(places)] = True
    return np.where(left_out, 0.0, x)


WITHIN = Step(
    "within",
    "x[i - k] for 0 <= i - k < n",
    lambda x: x,
    (
        formula("x[i - k] for 0 < i - k < n, without x[0],", lambda x: _without(x, 0)),
        formula("x[i - k] for 0 <= i - k < n - 1, without x[n - 1],", lambda x: _without(x, -1)),
        formula("x[i - k] for 0 < i - k < n - 1, without both ends,", lambda x: _without(x, 0, -1)),
    ),
)
"""Which entries of the signal count at all."""


def _convolution(outcome: Outcome, use: Ways) -> dict[str, Any]:
    x, w = outcome.probe.arguments["x"], outcome.probe.arguments["w"]
    return {"y": use["sign"](use["window"](use["border"](use["within"](x)), use["kernel"](w)))}


CONVOLUTION = Recipe((KERNEL, WITHIN, BORDER, WINDOW, SIGN), _convolution)

PAIR = Step(
    "pair",
    "0 <= i - k < n",
    lambda j, n: 0 <= j < n,
    (
        Way("OTHER_FORMULA", "0 < i - k < n", lambda j, n: 0 < j < n),
        Way("OTHER_FORMULA", "0 <= i - k < n - 1", lambda j, n: 0 <= j < n - 1),
        Way("OTHER_FORMULA", "0 < i - k < n - 1", lambda j, n: 0 < j < n - 1),
    ),
)


def _turn(name: str, array: str) -> Step:
    """Which entry of the kernel belongs to k."""
    return Step(
        name,
        f"{array}[k + 1]",
        lambda k: k + 1,
        (
            Way("CONV_NOT_FLIPPED", f"{array}[1 - k]", lambda k: 1 - k),
            Way("OTHER_FORMULA", f"{array}[1]", lambda k: 1),
            Way("OTHER_FORMULA", f"{array}[k]", lambda k: k),
        ),
    )


def _entry(name: str, array: str, first: bool) -> Step:
    """Which entry of the signal or its gradient belongs to i and k. first: whether it is 0 outside."""
    wrong = [formula(f"{array}[i]", lambda i, k, n: i)]
    if first:
        wrong.append(formula(f"{array}[-k] at every i", lambda i, k, n: -k))
        wrong.append(formula(f"{array}[n - 1 - k] at every i", lambda i, k, n: n - 1 - k))
        # As a product of polynomials has it, or np.convolve(dy, x).
        wrong.append(formula(f"{array}[n - 1 - (i - k)], {array} from its end,", lambda i, k, n: n - 1 - (i - k)))
    return Step(name, f"{array}[i - k]", lambda i, k, n: i - k, tuple(wrong))


def _store(name: str) -> Step:
    return Step(name, "+=", STORE.right, (STORE.wrong[0], Way("SIGN", "-=", STORE.wrong[1].use)))


def _upstream(name: str, x: str) -> Step:
    """What multiplies in one of the two gradients."""
    wrong = tuple(way for way in UPSTREAM.wrong if way.found not in {"dy[i + 1]", "dy[i - 1]"})
    ends = (
        formula(f"dy[i] * {x} for i < n - 1, without dy[n - 1],", lambda dy, i, x: dy[i] if i < len(dy) - 1 else 0.0),
        formula(f"dy[i] * {x} for i > 0, without dy[0],", lambda dy, i, x: dy[i] if i > 0 else 0.0),
    )
    return Step(name, f"dy[i] * {x}", UPSTREAM.right, (*wrong, *ends))


def _convolution_back(outcome: Outcome, use: Ways) -> dict[str, Any]:
    dy, x, w = (outcome.probe.arguments[name] for name in ("dy", "x", "w"))
    dx, dw = np.zeros(len(x)), np.zeros(3)
    for i in range(len(dy)):
        for k in (-1, 0, 1):
            j = i - k
            if use["pair"](j, len(x)) and 0 <= j < len(x):
                at = use["turn_x"](k), use["turn_w"](k)
                to, of = use["entry_x"](i, k, len(x)), use["entry_w"](i, k, len(x))
                dx[to] = use["store_x"](dx[to], use["upstream_x"](dy, i, x) * w[at[0]])
                seen = x[of] if 0 <= of < len(x) else 0.0
                dw[at[1]] = use["store_w"](dw[at[1]], use["upstream_w"](dy, i, x) * seen)
    return {"dx": dx, "dw": dw}


CONVOLUTION_BACK = Recipe(
    (
        PAIR,
        _entry("entry_x", "dx", False),
        _entry("entry_w", "x", True),
        _turn("turn_x", "w"),
        _turn("turn_w", "dw"),
        _store("store_x"),
        _store("store_w"),
        _upstream("upstream_x", "w[k + 1]"),
        _upstream("upstream_w", "x[i - k]"),
    ),
    _convolution_back,
)
