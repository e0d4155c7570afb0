"""How a time-delay layer, forward and backward, is made of steps, each with the ways in which it goes wrong."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from grader.comparison import Outcome
from grader.diagnosis.mismatch import FloatArray
from grader.diagnosis.recipe import Recipe, Step, Way, Ways, formula
from grader.diagnosis.recipes.scales import SIGN
from reference.time_delay import delayed_backward

TURNED = Way("CONV_FLIPPED", "the window turned round", lambda w: w[:, :, ::-1])
KERNEL = Step(
    "kernel",
    "w[h, d, k] with x[n, d, t + k]",
    lambda w: w,
    (
        TURNED,
        Way("OTHER_FORMULA", "|w|", np.abs),
        Way("OTHER_FORMULA", "the first entry of the window only", lambda w: w * (np.arange(w.shape[2]) == 0)),
        Way("OTHER_FORMULA", "0 in place of the last entry", lambda w: w * (np.arange(w.shape[2]) < w.shape[2] - 1)),
        Way("OTHER_FORMULA", "w / W", lambda w: w / w.shape[2]),
        Way("OTHER_FORMULA", "ones", np.ones_like),
    ),
)
PLACES = Step(
    "places",
    "all V = L - W + 1 places of the window",
    lambda x, w: x,
    (
        Way("LAST_WINDOW_MISSING", "V - 1 places", lambda x, w: x[:, :, :-1]),
        Way("OTHER_FORMULA", "the places from the second on", lambda x, w: x[:, :, 1:]),
        Way("CONV_BORDER", "zeros on both sides", lambda x, w: _padded(x, (w.shape[2] - 1) // 2, w.shape[2] // 2)),
        Way("CONV_BORDER", "zeros before", lambda x, w: _padded(x, w.shape[2] - 1, 0)),
        Way("CONV_BORDER", "zeros behind", lambda x, w: _padded(x, 0, w.shape[2] - 1)),
        Way("OTHER_FORMULA", "every W-th place", lambda x, w: x[:, :, :: w.shape[2]]),
    ),
)


def _windows(x: FloatArray, w: FloatArray) -> FloatArray:
    """(N, D, V, W)."""
    return sliding_window_view(x, w.shape[2], axis=2)


def _same(x: FloatArray, w: FloatArray, place: int | None = None, entry: int | None = None) -> FloatArray:
    """The windows where that of one place stands at all, or one entry of each stands for all of it."""
    windows = _windows(x, w)
    one = windows if place is None else windows[:, :, [place]]
    return np.broadcast_to(one if entry is None else one[..., [entry]], windows.shape)


WINDOW = Step(
    "window",
    "x[n, d, t + k]",
    _windows,
    (
        formula("the first window, x[n, d, k], at every t", lambda x, w: _same(x, w, place=0)),
        formula("the last window, x[n, d, V - 1 + k], at every t", lambda x, w: _same(x, w, place=-1)),
        formula("x[n, d, t] at every k", lambda x, w: _same(x, w, entry=0)),
        formula("x[n, d, t + W - 1] at every k", lambda x, w: _same(x, w, entry=-1)),
    ),
)
BIAS = Step(
    "bias",
    "+ b[h]",
    lambda y, b: y + b[:, None],
    (
        Way("BIAS_IGNORED", "no b", lambda y, b: y),
        Way("BIAS_SUBTRACTED", "- b[h]", lambda y, b: y - b[:, None]),
        Way("BIAS_MULTIPLIED", "* b[h]", lambda y, b: y * b[:, None]),
    ),
)


def _padded(x: FloatArray, before: int, behind: int) -> FloatArray:
    return np.pad(x, ((0, 0), (0, 0), (before, behind)))


def _forward(outcome: Outcome, use: Ways) -> dict[str, Any]:
    x, w, b = (outcome.probe.arguments[name] for name in ("x", "w", "b"))
    windows = use["window"](use["places"](x, w), w)
    values = np.einsum("ndtk,hdk->nht", windows, use["kernel"](w))
    return {"out": use["sign"](use["bias"](values, b))}


TIME_DELAY = Recipe((KERNEL, PLACES, WINDOW, BIAS, SIGN), _forward)

UPSTREAM = Step(
    "upstream",
    "dout",
    lambda dout: dout,
    (
        Way("UPSTREAM_IGNORED", "ones in place of dout", np.ones_like),
        Way("OTHER_FORMULA", "|dout|", np.abs),
        Way("OTHER_FORMULA", "dout of the first example only", lambda dout: dout * _first(dout)),
    ),
)
PLACE = Step(
    "place",
    "dout[n, h, t] in dx and dw",
    lambda dout: dout,
    (
        formula("dout[n, h, 0] at every t", lambda dout: np.broadcast_to(dout[:, :, :1], dout.shape)),
        formula("dout[n, h, V - 1] at every t", lambda dout: np.broadcast_to(dout[:, :, -1:], dout.shape)),
    ),
)
DIVISION = Step("division", "no division", lambda v, n: v, (Way("DIVIDES_IN_LAYER", "/ N", lambda v, n: v / n),))
STORE = Step(
    "store",
    "dx[n, d, t + k] += ...",
    lambda dout, x, w: delayed_backward(dout, x, w)[0],
    (
        Way("NOT_ACCUMULATED", "= in place of +=", lambda dout, x, w: _last_share(dout, x, w, 1)),
        Way("NOT_ACCUMULATED", "= in place of +=", lambda dout, x, w: _last_share(dout, x, w, -1)),
        Way("CONV_FLIPPED", "the window turned round", lambda dout, x, w: delayed_backward(dout, x, w[:, :, ::-1])[0]),
        formula("dx[n, d, k] += ... at every t", lambda dout, x, w: _spread(dout, x, w, lambda t, k: k)),
        formula(
            "dx[n, d, V - 1 + k] += ... at every t",
            lambda dout, x, w: _spread(dout, x, w, lambda t, k: dout.shape[2] - 1 + k),
        ),
        formula("dx[n, d, t] += ... at every k", lambda dout, x, w: _spread(dout, x, w, lambda t, k: t)),
        formula(
            "dx[n, d, t + W - 1] += ... at every k",
            lambda dout, x, w: _spread(dout, x, w, lambda t, k: t + w.shape[2] - 1),
        ),
    ),
)
EVERY = slice(None)
PARTS: tuple[tuple[str, tuple[slice, slice, slice]], ...] = (
    ("the first example alone", (slice(1), EVERY, EVERY)),
    ("the last example alone", (slice(-1, None), EVERY, EVERY)),
    ("the first place t alone", (EVERY, EVERY, slice(1))),
    ("the last place t alone", (EVERY, EVERY, slice(-1, None))),
    ("the last example's last place t alone", (slice(-1, None), EVERY, slice(-1, None))),
)
"""What is left of a sum over examples n and places t where each of them overwrites the one before it."""

WEIGHTS = Step(
    "weights",
    "dw[h, d, k] with x[n, d, t + k]",
    lambda dout, windows: _weights(dout, windows),
    (
        replace(TURNED, use=lambda dout, windows: TURNED.use(_weights(dout, windows))),
        formula("dw / W", lambda dout, windows: _weights(dout, windows) / windows.shape[3]),
        *(
            formula(f"dw of {words}", lambda dout, windows, of=of: _weights(dout[of], windows[of[0], :, of[2]]))
            for words, of in PARTS
        ),
    ),
)
SUM = Step(
    "sum",
    "the sum of dout over n and t",
    lambda dout: dout.sum(axis=(0, 2)),
    (
        Way("OTHER_FORMULA", "the sum over n only", lambda dout: dout.sum(axis=0)),
        Way("BIAS_NOT_SUMMED", "the sum over t only", lambda dout: _row(dout.sum(axis=2))),
        Way("BIAS_NOT_SUMMED", "no sum", lambda dout: dout),
        Way("BIAS_MEAN", "the mean over n and t", lambda dout: dout.mean(axis=(0, 2))),
        Way("OTHER_FORMULA", "the mean over t", lambda dout: dout.mean(axis=2).sum(axis=0)),
        Way("BIAS_MEAN", "the mean over n", lambda dout: dout.mean(axis=0).sum(axis=1)),
        Way("BIAS_NO_GRADIENT", "zeros", lambda dout: 0 * dout.sum(axis=(0, 2))),
        *(formula(f"the sum of {words}", lambda dout, of=of: dout[of].sum(axis=(0, 2))) for words, of in PARTS),
        Way("OTHER_FORMULA", "the sum of everything", lambda dout: dout.sum() + 0 * dout.sum(axis=(0, 2))),
    ),
)


def _weights(dout: FloatArray, windows: FloatArray) -> FloatArray:
    """dw of dout (N, H, V) and windows (N, D, V, W)."""
    return np.asarray(np.einsum("nht,ndtk->hdk", dout, windows))


def _row(values: FloatArray) -> FloatArray:
    """(1, H) is accepted for (H,)."""
    return values[0] if len(values) == 1 else values


def _first(dout: FloatArray) -> FloatArray:
    return np.asarray(np.arange(len(dout)) == 0, dtype=np.float64)[:, None, None]


def _spread(dout: FloatArray, x: FloatArray, w: FloatArray, at: Callable[[int, int], int]) -> FloatArray:
    """dx where the share of place t and entry k of the window goes to at(t, k)."""
    dx = np.zeros_like(x)
    for t in range(dout.shape[2]):
        for k in range(w.shape[2]):
            dx[:, :, at(t, k)] += dout[:, :, t] @ w[:, :, k]
    return dx


def _last_share(dout: FloatArray, x: FloatArray, w: FloatArray, order: int) -> FloatArray:
    """dx where each entry of the window overwrites what the one before it left; order: from which end they come."""
    dx, places = np.zeros_like(x), dout.shape[2]
    for k in range(w.shape[2])[::order]:
        dx[:, :, k : k + places] = np.einsum("nht,hd->ndt", dout, w[:, :, k])
    return dx


def _backward(outcome: Outcome, use: Ways) -> dict[str, Any]:
    dout, x, w = (outcome.probe.arguments[name] for name in ("dout", "x", "w"))
    dout = use["sign"](use["upstream"](dout))
    placed = use["place"](dout)
    found = {
        "dx": use["store"](placed, x, w),
        "dw": use["weights"](placed, use["window"](x, w)),
        "db": use["sum"](dout),
    }
    return {name: use["division"](value, len(x)) for name, value in found.items()}


TIME_DELAY_BACKWARD = Recipe((SIGN, UPSTREAM, PLACE, DIVISION, STORE, WINDOW, WEIGHTS, SUM), _backward)
