"""Known wrong convolutions with a kernel of three entries, forward and backward; results are called y, dx and dw."""

from collections.abc import Sequence

import numpy as np

from grader.comparison import Outcome
from grader.diagnosis.mismatch import Candidate, FloatArray
from grader.report import Evidence
from reference.convolution import convolve, convolve_backward

TURNED: dict[str, Evidence] = {"found": "x[i + k] w[k] (a correlation) in y[i]", "asked": "x[i - k] w[k]"}
TURNED_X: dict[str, Evidence] = {"found": "dy[j - k] w[k] (a convolution) in dx[j]", "asked": "dy[j + k] w[k]"}
TURNED_W: dict[str, Evidence] = {"found": "dy[i] x[i + k] in dw[k]", "asked": "dy[i] x[i - k]"}
TURNED_BOTH: dict[str, Evidence] = {
    "found": "dy[j - k] w[k] in dx[j] and dy[i] x[i + k] in dw[k]",
    "asked": "dy[j + k] w[k] and dy[i] x[i - k]",
}
"""What a kernel the wrong way round makes of the sums: y is a convolution, and so dx is a correlation."""


def convolution(outcome: Outcome) -> Sequence[Candidate]:
    """What wrong convolutions return for one outcome."""
    x, w = outcome.probe.arguments["x"], outcome.probe.arguments["w"]
    length, reach = len(x), len(w) // 2
    right = outcome.right["y"]
    flip, whole = "x[i - k] * w[k + 1]", "np.convolve(x, w, 'same')"
    full = np.convolve(x, w, "full")
    round_about = sum(np.roll(x, k) * w[k + reach] for k in range(-reach, reach + 1))
    repeated = np.convolve(np.pad(x, reach, mode="edge"), w, "valid")
    turned = w[::-1]
    formulas: tuple[tuple[str, object, str], ...] = (
        ("CONV_NOT_FLIPPED", convolve(x, turned), flip),
        ("CONV_NOT_FLIPPED", np.convolve(x, turned, "valid"), flip),
        ("CONV_BORDER", np.convolve(x, w, "valid"), whole),
        ("CONV_BORDER", full, whole),
        ("CONV_BORDER", round_about, whole),
        ("CONV_BORDER", repeated, whole),
        ("CONV_BORDER", np.pad(np.convolve(x, w, "valid"), reach), whole),
        ("CONV_NOT_CENTRED", full[:length], whole),
        ("CONV_NOT_CENTRED", full[2 * reach :], whole),
        ("KERNEL_NOT_USED", _by_itself(x, np.array([0.0, x[0], x[1]])), flip),
        ("KERNEL_NOT_USED", _by_itself(x, np.array([x[-1], x[0], x[1]])), flip),
        ("KERNEL_NOT_USED", _by_itself(x, x[:3]), flip),
        ("SIGN", -right, flip),
    )
    about = {"CONV_NOT_FLIPPED": TURNED}
    return [
        Candidate(code, {"y": np.asarray(value, np.float64)}, fix, about.get(code, {})) for code, value, fix in formulas
    ]


def convolution_backward(outcome: Outcome) -> Sequence[Candidate]:
    """What wrong derivatives of a convolution return for one outcome."""
    dy, x, w = (outcome.probe.arguments[name] for name in ("dy", "x", "w"))
    dx, dw = outcome.right["dx"], outcome.right["dw"]
    reach = len(w) // 2
    flip = "dx[j] += dy[i] * w[i - j + 1]; dw[k + 1] += dy[i] * x[i - k]"
    ones_x, ones_w = convolve_backward(np.ones_like(dy), x, w)
    inner = dy.copy()
    inner[:reach] = inner[len(dy) - reach :] = 0.0
    inner_x, inner_w = convolve_backward(inner, x, w)
    around_x = np.sum([np.roll(dy, -k) * w[k + reach] for k in range(-reach, reach + 1)], axis=0)
    around_w = np.array([dy @ np.roll(x, k) for k in range(-reach, reach + 1)])
    return [
        Candidate("CONV_NOT_FLIPPED", {"dx": convolve(dy, w)}, flip, TURNED_X),
        Candidate("CONV_NOT_FLIPPED", {"dw": dw[::-1]}, flip, TURNED_W),
        Candidate("CONV_NOT_FLIPPED", {"dx": convolve(dy, w), "dw": dw[::-1]}, flip, TURNED_BOTH),
        Candidate("CONV_BORDER", {"dx": inner_x, "dw": inner_w}, flip),
        Candidate("CONV_BORDER", {"dx": around_x, "dw": around_w}, flip),
        Candidate("CONV_BORDER", {"dx": np.convolve(dy, w[::-1], "valid")}, flip),
        Candidate("CONV_BORDER", {"dx": np.convolve(dy, w[::-1], "full")}, flip),
        Candidate("SIGN", {"dx": -dx, "dw": -dw}, flip),
        Candidate("UPSTREAM_IGNORED", {"dx": ones_x, "dw": ones_w}, flip),
        Candidate("DIVIDES_BY_LENGTH", {"dx": dx / len(x), "dw": dw / len(x)}, flip),
        Candidate("GRADIENTS_SWAPPED", {"dx": dw, "dw": dx}, "return dx, dw"),
    ]


def _by_itself(x: FloatArray, kernel: FloatArray) -> FloatArray:
    """x[i - k] x[k], k = -1, 0, 1: the input in the kernel's place."""
    return convolve(x, kernel)
