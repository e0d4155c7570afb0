"""Of two weights of an epoch, only those that stay as they were are said to."""

import pytest

from tests.grader.diagnosis.changed_solution import diagnosis

STEPS = "        W2 -= lr * (a.T @ delta)\n        W1 -= lr * (x.T @ back)\n"
BENT = {"W1": "x.T @ np.tanh(back)", "W2": "a.T @ np.tanh(delta)"}


@pytest.mark.parametrize("function", ["nn_epoch", "nn_batches"])
@pytest.mark.parametrize(
    ("steps", "still"),
    [
        ("        W1 -= lr * (x.T @ back)\n", "W2"),
        ("        W2 -= lr * (a.T @ delta)\n", "W1"),
        ("        pass\n", "W1 and W2"),
        (f"        W1 -= lr * ({BENT['W1']})\n", "W2"),
        (f"        W2 -= lr * ({BENT['W2']})\n", "W1"),
    ],
)
def test_only_what_stays_is_named(function: str, steps: str, still: str) -> None:
    told = diagnosis("dlsys-hw0", "forward", function, STEPS, steps)

    assert told is not None
    if told.code == "NOT_IN_PLACE":  # a check that looks at one weight may say something of that
        assert str(told.evidence["argument"]) in still
    if function == "nn_batches":
        assert (told.code, told.evidence["argument"]) == ("NOT_IN_PLACE", still)
