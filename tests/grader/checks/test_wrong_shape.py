"""What is said of a result of another shape: its cause, unless that is of something else."""

from collections.abc import Callable

from grader.checks.subject import Finding

Examine = Callable[..., Finding]

ROWS = """
def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    delta = (p - target) / len(x)
    back = (delta @ w_o.T) * (z_h > 0)
    return x.T @ back, back, a_h.T @ delta, delta
"""
ACTIVATED = "def compute_layer(x, w, b): return np.maximum(x @ w + b, 0)\n"


def _code(finding: Finding) -> str:
    assert finding.result.diagnosis is not None
    return finding.result.diagnosis.code


def test_a_cause_of_the_shape_is_named(examine: Examine) -> None:
    assert _code(examine("contract", "backward_prop", ROWS)) == "BIAS_NOT_SUMMED"


def test_what_tensors_of_the_right_shape_share_is_not_its_cause(examine: Examine) -> None:
    assert _code(examine("contract", "backward_prop", ROWS + ACTIVATED)) == "SHAPE"
