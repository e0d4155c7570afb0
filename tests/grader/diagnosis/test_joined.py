"""Weights and a bias in one array: the wrong end of it taken for the bias, in its gradient or on the way back."""

import re

import pytest

from tests.grader.diagnosis.changed_solution import diagnosis

NET, COST, PERCEPTRON, NETWORK = "cs231n-two-layer", "aarhus-net-classifier", "ece544-mlp", "ece421-numpy-nn"
LAST = "W, V = np.r_[d_b1, d_w1], np.r_[d_b2, d_w2]; d_w1, d_b1, d_w2, d_b2 = W[:-1], W[-1:], V[:-1], V[-1:]"
FIRST = "W, V = np.r_[d_w1, d_b1], np.r_[d_w2, d_b2]; d_w1, d_b1, d_w2, d_b2 = W[1:], W[:1], V[1:], V[:1]"


@pytest.mark.parametrize(
    ("cut", "found"),
    [
        (FIRST, "the first row of [dW; db], the regularisation in dW already, as db"),
        (LAST, "the last row of [db; dW], the regularisation in dW already, as db"),
    ],
)
def test_a_bias_cut_from_the_wrong_end_of_its_weights_is_named(cut: str, found: str) -> None:
    old = "        return cost, {"
    told = diagnosis(COST, "gradient", "NetClassifier.cost_grad", old, f"        {cut}\n{old}")

    assert told is not None
    assert (told.code, told.evidence.get("found")) == ("OTHER_FORMULA", found)


UNREGULARISED = """        W, V = np.c_[{ones}].T @ delta1, np.c_[{units}].T @ delta2
        d_w1, d_w2 = W[{weights}] + 2 * reg * W1, V[{weights}] + 2 * reg * W2
        d_b1, d_b2 = W[{bias}], V[{bias}]
        return loss, {{"""


@pytest.mark.parametrize(
    ("ones", "units", "weights", "bias", "found"),
    [
        ("rows * 0 + 1, X", "rows * 0 + 1, a1", ":-1", "-1", "the last row of [db; dW] as db"),
        ("X, rows * 0 + 1", "a1, rows * 0 + 1", "1:", "0", "the first row of [dW; db] as db"),
    ],
    ids=["ones in front", "bias first"],
)
def test_ones_on_the_other_side_than_the_bias_are_named(
    ones: str, units: str, weights: str, bias: str, found: str
) -> None:
    new = UNREGULARISED.format(ones=ones, units=units, weights=weights, bias=bias)
    told = diagnosis(NET, "gradient", "TwoLayerNet.loss", "        return loss, {", new)

    assert told is not None
    assert (told.code, told.evidence.get("found")) == ("OTHER_FORMULA", found)
    assert told.evidence["wrong"] == ["d_w1", "d_b1", "d_w2", "d_b2"]


ENDS = {
    "(delta @ np.vstack([B, A]).T)[:, :-1]": "delta @ [b; W].T without its last column, a unit's,",
    "(delta @ np.vstack([A, B]).T)[:, 1:]": "delta @ [W; b].T without its first column, a unit's,",
}


@pytest.mark.parametrize("way", ENDS)
@pytest.mark.parametrize(
    ("slug", "function", "old", "arrays", "words"),
    [
        (COST, "NetClassifier.cost_grad", "(delta2 @ W2.T)", ("delta2", "W2", "b2"), ("delta2", "W2", "b2")),
        (NET, "TwoLayerNet.loss", "(delta2 @ W2.T)", ("delta2", "W2", "b2"), ("delta2", "W2", "b2")),
        (NETWORK, "backward_prop", "(d_o @ w_o.T)", ("d_o", "w_o", "b_o"), ("d_o", "w_o", "b_o")),
        *(
            (PERCEPTRON, name, 'delta @ params[f"W{i}"].T', ("delta", *arrays), ("delta", "W", "b"))
            for name in ("backward_relu_1", "backward_tanh_2")
            for arrays in [('params[f"W{i}"]', 'params[f"b{i}"]')]
        ),
    ],
)
def test_the_wrong_column_dropped_on_the_way_back_is_named(
    slug: str, function: str, old: str, arrays: tuple[str, str, str], words: tuple[str, str, str], way: str
) -> None:
    new, found = way, ENDS[way]
    for letter, array in zip(("delta", "A", "B"), arrays, strict=True):
        new = new.replace(letter, array)
    for word, said in zip(("delta", "W", "b"), words, strict=True):
        found = re.sub(rf"\b{word}\b", said, found)
    told = diagnosis(slug, "gradient", function, old, new)

    assert told is not None
    assert (told.code, told.evidence.get("found")) == ("OTHER_FORMULA", found)


@pytest.mark.parametrize(
    ("slug", "function", "old", "new", "found"),
    [
        (COST, "NetClassifier.cost_grad", "(z1 > 0)", "(X @ W1 > 0)", "(X @ W1 > 0), without b1,"),
        (NET, "TwoLayerNet.loss", "(z1 > 0)", "(X @ W1 > 0)", "(X @ W1 > 0), without b1,"),
        (NETWORK, "backward_prop", "(z_h > 0)", "(x @ w_h > 0)", "(x @ w_h > 0), without b_h,"),
        *(
            (
                *(PERCEPTRON, name, "z = inputs[i - 1], pre[i - 2]"),
                'z = inputs[i - 1], pre[i - 2] - params[f"b{i - 1}"]; a = activate(z, act)',
                "the activation's derivative at a @ W, without b,",
            )
            for name in ("backward_relu_1", "backward_sigmoid_2")
        ),
    ],
)
def test_a_derivative_of_what_lacks_its_bias_is_named(slug: str, function: str, old: str, new: str, found: str) -> None:
    told = diagnosis(slug, "gradient", function, old, new)

    assert told is not None
    assert (told.code, told.evidence.get("found")) == ("OTHER_FORMULA", found)
