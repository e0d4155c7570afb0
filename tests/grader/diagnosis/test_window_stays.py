"""A window of a signal that does not move is told as such, in a time-delay layer and in a convolution."""

from dataclasses import replace

import pytest

from grader.grade import grade
from reference.catalog import Catalog
from reference.spec import Training
from tests.fakes.in_process import InProcessSandbox, upload

OUT = 'out += np.einsum("ndt,hd->nht", x[:, :, k : k + places], w[:, :, k])'
DX = "dx[:, :, k : k + places] +="
SHARE, SUMMED = 'np.einsum("nht,hd->ndt", dout, w[:, :, k])', 'np.einsum("nht,hd->nd", dout, w[:, :, k])'
DW = 'dw[:, :, k] = np.einsum("nht,ndt->hd", dout, x[:, :, k : k + places])'
FIRST, LAST = "the first window, x[n, d, k], at every t", "the last window, x[n, d, V - 1 + k], at every t"
CONV = "padded[2:] * w[0] + padded[1:-1] * w[1] + padded[:-2] * w[2]"
EVERY = "+ 0 * padded[2:]"
TIME_DELAY = [
    (OUT, OUT.replace("k : k + places", ":places"), "x[n, d, t] at every k"),
    (OUT, OUT.replace("k : k + places", "-places:"), "x[n, d, t + W - 1] at every k"),
    (OUT, OUT.replace("x[:, :, k : k + places]", "0 * out[:, :1] + x[:, :, k : k + 1]"), FIRST),
    (DW, DW.replace("k : k + places", ":places"), "x[n, d, t] at every k"),
    (DW, 'dw[:, :, k] = np.einsum("nht,nd->hd", dout, x[:, :, k])', FIRST),
    (DW, 'dw[:, :, k] = np.einsum("nht,nd->hd", dout, x[:, :, places - 1 + k])', LAST),
    (DX, "dx[:, :, :places] +=", "dx[n, d, t] += ... at every k"),
    (DX, "dx[:, :, -places:] +=", "dx[n, d, t + W - 1] += ... at every k"),
    (f"{DX} {SHARE}", f"dx[:, :, k] += {SUMMED}", "dx[n, d, k] += ... at every t"),
    (f"{DX} {SHARE}", f"dx[:, :, places - 1 + k] += {SUMMED}", "dx[n, d, V - 1 + k] += ... at every t"),
    (
        "    dx, dw = np.zeros(x.shape), np.zeros(w.shape)\n",
        "    dx, dw = np.zeros(x.shape), np.zeros(w.shape)\n    whole, dout = dout, 0 * dout + dout[:, :, :1]\n",
        "dout[n, h, 0] at every t",
    ),
]
CONVOLUTION = [
    (CONV, f"padded[0] * w[2] + padded[1] * w[1] + padded[2] * w[0] {EVERY}", "the first window at every i"),
    (CONV, f"padded[-3] * w[2] + padded[-2] * w[1] + padded[-1] * w[0] {EVERY}", "the last window at every i"),
    (CONV, "padded[1:-1] * w.sum()", "x[i] at every k"),
    (CONV, "padded[:-2] * w.sum()", "x[i - 1] at every k"),
    ("dw[k + 1] += dy[i] * x[i - k]", "dw[k + 1] += dy[i] * x[i]", "x[i]"),
    ("dw[k + 1] += dy[i] * x[i - k]", "dw[k + 1] += dy[i] * np.pad(x, 1)[1 - k]", "x[-k] at every i"),
    ("dx[i - k] += dy[i] * w[k + 1]", "dx[i] += dy[i] * w[k + 1]", "dx[i]"),
]


def _found(slug: str, parts: tuple[str, ...], before: str, after: str) -> set[object]:
    folder = Catalog.builtin().get(slug)
    asked = tuple(
        replace(part, checks=tuple(check for check in part.checks if not isinstance(check, Training)))
        for part in folder.assignment.parts
        if part.name in parts
    )
    assert folder.solution.count(before) == 1
    source = folder.solution.replace(before, after)
    if "whole, dout" in after:  # the bias alone takes all places
        source = source.replace("db = dout.sum(", "db = whole.sum(")
    report = grade(
        replace(folder, assignment=replace(folder.assignment, parts=asked)),
        upload(source),
        InProcessSandbox(),
        "public:1",
    )
    return {c.diagnosis.evidence.get("found") for part in report.parts for c in part.checks if c.diagnosis}


@pytest.mark.parametrize(("before", "after", "found"), TIME_DELAY)
def test_of_a_time_delay_layer(before: str, after: str, found: str) -> None:
    assert _found("ece544-mlp", ("confusion_matrix", "tdnn1d (optional)"), before, after) == {found}


@pytest.mark.parametrize(("before", "after", "found"), CONVOLUTION)
def test_of_a_convolution(before: str, after: str, found: str) -> None:
    assert _found("ece544-derivatives", ("conv",), before, after) == {found}
