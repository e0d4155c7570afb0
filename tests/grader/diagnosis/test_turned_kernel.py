"""A kernel the wrong way round is told in the sums of what is wrong: y is a convolution, and so dx is a correlation."""

from dataclasses import replace

import pytest

from grader.grade import grade
from grader.messages import sentence
from reference.catalog import Catalog
from tests.fakes.in_process import InProcessSandbox, upload

CONV = "padded[2:] * w[0] + padded[1:-1] * w[1] + padded[:-2] * w[2]"
DX, DW = "dx[i - k] += dy[i] * w[k + 1]", "dw[k + 1] += dy[i] * x[i - k]"
TURNED_DX, TURNED_DW = "dx[i - k] += dy[i] * w[1 - k]", "dw[1 - k] += dy[i] * x[i - k]"
START = "The kernel is the wrong way round in "


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {CONV: CONV.replace("w[0]", "w[9]").replace("w[2]", "w[0]").replace("w[9]", "w[2]")},
            "y: yours has x[i + k] w[k] (a correlation) in y[i] and should have x[i - k] w[k].",
        ),
        (
            {DX: TURNED_DX},
            "dx: yours has dy[j - k] w[k] (a convolution) in dx[j] and should have dy[j + k] w[k].",
        ),
        ({DW: TURNED_DW}, "dw: yours has dy[i] x[i + k] in dw[k] and should have dy[i] x[i - k]."),
        (
            {DX: TURNED_DX, DW: TURNED_DW},
            "dx and dw: yours has dy[j - k] w[k] in dx[j] and dy[i] x[i + k] in dw[k] and should have"
            " dy[j + k] w[k] and dy[i] x[i - k].",
        ),
    ],
)
def test_in_the_sum_that_is_wrong(changes: dict[str, str], said: str) -> None:
    folder = Catalog.builtin().get("ece544-derivatives")
    source = folder.solution
    for before, after in changes.items():
        assert source.count(before) == 1
        source = source.replace(before, after)
    asked = tuple(part for part in folder.assignment.parts if part.name == "conv")
    folder = replace(folder, assignment=replace(folder.assignment, parts=asked))

    (part,) = grade(folder, upload(source), InProcessSandbox(), "public:1").parts

    assert {sentence(check) for check in part.checks if check.diagnosis} == {START + said}
