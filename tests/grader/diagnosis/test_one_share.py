"""Where a sum is overwritten share by share: one example's, one place's or one window's is left, and that is told."""

import pytest

from tests.grader.diagnosis.changed_solution import diagnosis

STEPS, NET, NETWORK, PERCEPTRON = "dlsys-hw0", "cs231n-two-layer", "ece421-numpy-nn", "ece544-mlp"
DW = 'np.einsum("nht,ndt->hd", dout, x[:, :, k : k + places])\n    db'
DB = "db = dout.sum(axis=(0, 2))"


@pytest.mark.parametrize(
    ("slug", "kind", "function", "old", "new", "found"),
    [
        (STEPS, "forward", "nn_epoch", "(x.T @ back)", "(x[-1:].T @ back[-1:])", "x.T @ g1 of the last example alone"),
        (STEPS, "forward", "nn_epoch", "(a.T @ delta)", "(a[:1].T @ delta[:1])", "a.T @ g2 of the first example alone"),
        (
            *(STEPS, "forward", "softmax_regression_epoch", "(x.T @ delta)", "(x[-1:].T @ delta[-1:])"),
            "p - t of the last example only",
        ),
        (
            *(NET, "gradient", "TwoLayerNet.loss", "X.T @ delta1", "X[-1:].T @ delta1[-1:]"),
            "X.T @ delta1 of the last example alone",
        ),
        (
            *(NETWORK, "gradient", "backward_prop", "a_h.T @ d_o", "a_h[-1:].T @ d_o[-1:]"),
            "a_h.T @ d_o of the last example alone",
        ),
        (
            *(PERCEPTRON, "gradient", "backward_relu_2", "- 1].T @ delta", "- 1][-1:].T @ delta[-1:]"),
            "a.T @ delta of the last example alone",
        ),
        (
            *(PERCEPTRON, "gradient", "tdnn1d_backward", DW, DW.replace("dout", "dout[-1:]").replace("x[:", "x[-1:")),
            "dw of the last example alone",
        ),
        (
            *(PERCEPTRON, "gradient", "tdnn1d_backward", DB, "db = dout[-1, :, -1]"),
            "the sum of the last example's last place t alone",
        ),
    ],
)  # fmt: skip
def test_of_one_example(slug: str, kind: str, function: str, old: str, new: str, found: str) -> None:
    told = diagnosis(slug, kind, function, old, new)

    assert told is not None
    assert (told.code, told.evidence.get("found")) == ("OTHER_FORMULA", found)


def test_of_the_first_window_where_the_taps_are_assigned_in_their_order() -> None:
    by_taps = "    for j in range(W):\n        dx[j : j + len(dy)] = dy / W"
    old = "    for i in range(n - W + 1):\n        dx[i : i + W] += dy[i] / W"
    told = diagnosis("ece544-derivatives", "gradient", "avg_pool1d_backward", old, by_taps)

    assert told is not None
    assert told.code == "NOT_ACCUMULATED"
