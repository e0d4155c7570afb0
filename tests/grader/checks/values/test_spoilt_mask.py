"""A mask of what relu has changed in place is not said to be missing."""

from collections.abc import Callable

import pytest

from grader.checks.subject import Finding
from grader.messages import sentence

Examine = Callable[..., Finding]

BACKWARD = """
def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = {activation}
    z_o = compute_layer(a_h, w_o, b_o)
    return z_h, a_h, z_o, softmax(z_o)
def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = (p - target) / len(x)
    d_h = (d_o @ w_o.T){mask}
    return x.T @ d_h, d_h.sum(axis=0, keepdims=True), a_h.T @ d_o, d_o.sum(axis=0, keepdims=True)
"""
IN_PLACE = "def relu(x):\n    x[x < 0] = 0\n    return x\n"
AT_UNITS = (
    "computes 1 as the derivative at every unit, also at those whose z_h {} set to 0 in place, where 0 at those is"
)


def _told(examine: Examine, relu: str, activation: str, mask: str) -> str:
    return sentence(
        examine("gradient", "backward_prop", relu + BACKWARD.format(activation=activation, mask=mask)).result
    )


@pytest.mark.parametrize(
    ("relu", "activation", "who"),
    [(IN_PLACE, "relu(z_h)", "relu has"), ("", "np.maximum(z_h, 0, out=z_h)", "is")],
    ids=["relu", "forward pass"],
)
@pytest.mark.parametrize("mask", [" * (z_h >= 0)", ""])
def test_a_unit_that_was_off_is_told(relu: str, activation: str, who: str, mask: str, examine: Examine) -> None:
    assert AT_UNITS.format(who) in _told(examine, relu, activation, mask)


def test_a_mask_that_is_not_there_is_missing(examine: Examine) -> None:
    assert "mask is missing" in _told(examine, "", "relu(z_h)", "")
    assert "mask is missing" in _told(examine, IN_PLACE, "relu(z_h.copy())", "")
