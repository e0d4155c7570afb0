"""Of a batch of more examples than a block holds, only the first block counts, or the last one."""

import pytest

from grader.probes import REGULARISED
from tests.grader.diagnosis.changed_solution import diagnosis

ROWS = dict(REGULARISED)["N"]
LOSS, GRADIENT = "np.sum(label * log_p) / N", "input.T @ (p - label) / N"


@pytest.mark.parametrize("size", [size for size in (16, 32, 50, 64, 100, 128) if size < ROWS])
@pytest.mark.parametrize("last", [False, True])
def test_a_block_that_alone_counts_is_named(size: int, last: bool) -> None:
    cut = (ROWS - 1) // size * size
    part, said = (f"(N - 1) // {size} * {size}:", f"after the first {cut} alone") if last else (f":{size}", "")
    words = f"the examples {said}" if last else f"the first {size} examples alone"

    terms = LOSS.replace("label * log_p", f"(label * log_p)[{part}]")
    told = diagnosis("hw2-softmax", "forward", "softmax_classifier", LOSS, terms)
    assert told is not None
    assert (told.code, told.evidence.get("found")) == ("OTHER_FORMULA", f"the loss of {words}, over N")

    slopes = f"input[{part}].T @ (p - label)[{part}] / N"
    told = diagnosis("hw2-softmax", "gradient", "softmax_classifier", GRADIENT, slopes)
    assert told is not None
    assert (told.code, told.evidence.get("found")) == ("OTHER_FORMULA", f"p - t of {words}")
