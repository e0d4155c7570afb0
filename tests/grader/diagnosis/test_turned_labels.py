"""Labels of another class and a sign turned round, at once: one formula says both."""

import pytest

from tests.grader.diagnosis.changed_solution import diagnosis

OLD = """        delta = softmax(a @ W2)
        delta[np.arange(len(x)), labels] -= 1
"""
NEW = """        delta = np.eye(W2.shape[1])[{labels}] - softmax(a @ W2)
"""


@pytest.mark.parametrize(
    ("labels", "found"),
    [
        ("labels - 1", "t - p, t of the class before"),
        ("(labels + 1) % W2.shape[1]", "t - p, t of the class after"),
        ("-labels", "t - p, t of the class counted from the end"),
    ],
)
def test_both_are_told(labels: str, found: str) -> None:
    told = diagnosis("dlsys-hw0", "forward", "nn_epoch", OLD, NEW.format(labels=labels))

    assert told is not None
    assert (told.code, told.evidence["found"]) == ("OTHER_FORMULA", found)
