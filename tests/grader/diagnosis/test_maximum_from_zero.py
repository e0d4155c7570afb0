"""The derivative of a maximum that starts from 0 is told as the maximum itself is, whichever entry gets the rest."""

import pytest

from grader.grade import grade
from reference.catalog import Catalog
from tests.fakes.in_process import InProcessSandbox, upload

FOLDER = Catalog.builtin().get("ece544-derivatives")
BACKWARD = """
def max_pool1d_backward(dy, x, W):
    dx = np.zeros(len(x))
    for i in range(len(dy)):
        top = max(x[i : i + W].max(), 0.0)
        {send}
    return dx
"""


@pytest.mark.parametrize(
    "send",
    [
        "dx[x == top] += dy[i]",
        "dx[i : i + W][x[i : i + W] == top] += dy[i]",
        "dx[i + int(np.argmax(x[i : i + W] == top))] += dy[i]",
    ],
    ids=["anywhere", "in the window", "the first entry where there is none"],
)
def test_a_maximum_that_starts_from_zero_is_told_backward(send: str) -> None:
    report = grade(FOLDER, upload(FOLDER.solution + BACKWARD.format(send=send)), InProcessSandbox(), "public:1")
    found = {check.kind: check.diagnosis.code for part in report.parts for check in part.checks if check.diagnosis}

    assert found["gradient"] == "POOL_ABOVE_ZERO"
    # Of the cases, the one with very low entries comes last.
    assert found["cases"] == "POOL_ABOVE_ZERO"
