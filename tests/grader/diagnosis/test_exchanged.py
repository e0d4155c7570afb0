"""A gradient that is another one is told so, whatever its shape."""

from collections.abc import Callable

import numpy as np
import pytest

from grader.checks.subject import Finding
from grader.comparison import compare
from grader.diagnosis.exchanged import exchanged
from grader.diagnosis.mismatch import Mismatch
from grader.oracle import Oracle
from grader.probes import ordinary_probes
from grader.sandbox import Returned
from reference.catalog import Catalog

Examine = Callable[..., Finding]

BACKWARD = """
def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = (p - target) / len(x)
    d_h = (d_o @ w_o.T) * (z_h > 0)
    dw_h, db_h, dw_o, db_o = x.T @ d_h, d_h.sum(0, keepdims=True), a_h.T @ d_o, d_o.sum(0, keepdims=True)
    return {result}
"""


@pytest.mark.parametrize("kind", ["contract", "gradient"])
@pytest.mark.parametrize(
    ("result", "code", "found"),
    [
        ("dw_h, db_o, dw_o, db_h", "GRADIENTS_SWAPPED", None),
        ("dw_o, db_h, dw_h, db_o", "GRADIENTS_SWAPPED", None),
        ("dw_h, db_o, dw_o, db_o", "OTHER_FORMULA", "the right db_o"),
        ("dw_h, db_h, dw_o, db_h", "OTHER_FORMULA", "the right db_h"),
    ],
)
def test_what_it_holds_is_said(kind: str, result: str, code: str, found: str | None, examine: Examine) -> None:
    diagnosis = examine(kind, "backward_prop", BACKWARD.format(result=result)).result.diagnosis

    assert diagnosis is not None
    assert (diagnosis.code, diagnosis.evidence.get("found")) == (code, found)


@pytest.mark.parametrize("result", ["dw_h, 2 * db_o, dw_o, db_o", "dw_h, 0 * db_o, dw_o, db_o"])
def test_something_like_another_is_not_it(result: str, examine: Examine) -> None:
    diagnosis = examine("gradient", "backward_prop", BACKWARD.format(result=result)).result.diagnosis

    assert diagnosis is not None
    assert diagnosis.code == "SHAPE"


def test_what_is_no_gradient_is_not_called_one() -> None:
    folder = Catalog.builtin().get("ece421-numpy-nn")
    function, oracle = folder.assignment.function("forward_prop"), Oracle(folder.answers)
    probes = ordinary_probes(function, np.random.default_rng(1))
    replies = []
    for probe in probes:
        right = oracle.results(function, function.answer, probe.arguments)
        replies.append(Returned(tuple(right[name] for name in ("z_o", "a_h", "z_h", "p"))))
    mismatch = Mismatch(compare(function, [function.answer], oracle, probes, replies))

    found = exchanged(mismatch, ["z_h", "z_o"])

    assert {tensor: (each.code, each.found) for tensor, (each,) in found.items()} == {
        "z_h": ("OTHER_FORMULA", "the right z_o"),
        "z_o": ("OTHER_FORMULA", "the right z_h"),
    }
