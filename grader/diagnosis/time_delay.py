"""Known wrong time-delay layers, forward and backward: those that spoil everything at once. The rest has a recipe."""

from collections.abc import Sequence

import numpy as np

from grader.comparison import Outcome
from grader.diagnosis.mismatch import Candidate
from reference.time_delay import delayed, delayed_backward

FORWARD = "out[n, h, t] = b[h] + the sum of w[h, d, k] x[n, d, t + k]"
BACKWARD = "dx[n, d, t + k] += dout[n, h, t] w[h, d, k]; dw[h, d, k] += dout[n, h, t] x[n, d, t + k]"


def time_delay(outcome: Outcome) -> Sequence[Candidate]:
    """What wrong layers return for one outcome."""
    x, w, b = (outcome.probe.arguments[name] for name in ("x", "w", "b"))
    return [
        Candidate("CONV_FLIPPED", {"out": delayed(x, w[:, :, ::-1], b)}, FORWARD),
        Candidate("BIAS_IGNORED", {"out": delayed(x, w, np.zeros_like(b))}, FORWARD),
        Candidate("SIGN", {"out": -outcome.right["out"]}, FORWARD),
    ]


def time_delay_backward(outcome: Outcome) -> Sequence[Candidate]:
    """What wrong derivatives return for one outcome."""
    dout, x, w = (outcome.probe.arguments[name] for name in ("dout", "x", "w"))
    turned = delayed_backward(dout, x, w[:, :, ::-1])[0], outcome.right["dw"][:, :, ::-1]
    ones = delayed_backward(np.ones_like(dout), x, w)
    return [
        Candidate("CONV_FLIPPED", dict(zip(("dx", "dw"), turned, strict=True)), BACKWARD),
        Candidate("UPSTREAM_IGNORED", dict(zip(("dx", "dw", "db"), ones, strict=True)), BACKWARD),
        Candidate("SIGN", {name: -value for name, value in outcome.right.items()}, BACKWARD),
    ]
