"""Steps of an epoch by a velocity are named, and what a velocity from 0 has after its first step."""

from collections.abc import Mapping

import pytest

from tests.grader.diagnosis.changed_solution import diagnosis

EPOCHS = "dlsys-hw0"
OF_THETA = ("        theta -= lr * (x.T @ delta) / len(x)\n", {"theta": "x.T @ delta / len(x)"})
OF_BOTH = (
    "        W2 -= lr * (a.T @ delta)\n        W1 -= lr * (x.T @ back)\n",
    {"W2": "a.T @ delta", "W1": "x.T @ back"},
)
VELOCITY = """        if start == 0:
            v{name} = 0 * {name}
        v{name} = {momentum} * v{name} + {share} * ({gradient})
        {name} -= lr * v{name}
"""


def _by_velocity(gradients: Mapping[str, str], momentum: str, share: str) -> str:
    return "".join(
        VELOCITY.format(name=name, momentum=momentum, share=share, gradient=gradient)
        for name, gradient in gradients.items()
    )


@pytest.mark.parametrize("momentum", ["0.9", "0.5", "0.99"])
@pytest.mark.parametrize("damped", [False, True])
@pytest.mark.parametrize(
    ("function", "old", "gradients"), [("softmax_regression_batches", *OF_THETA), ("nn_batches", *OF_BOTH)]
)
def test_a_velocity_within_an_epoch_is_named(
    function: str, old: str, gradients: Mapping[str, str], momentum: str, damped: bool
) -> None:
    share = f"{1 - float(momentum):g}" if damped else "1"
    told = diagnosis(EPOCHS, "forward", function, old, _by_velocity(gradients, momentum, share))

    words = f"{share} * gradient" if damped else "gradient"
    assert told is not None
    assert (told.code, told.evidence.get("found")) == (
        "OTHER_FORMULA",
        f"a velocity v, v = {momentum} * v + {words}, in each step",
    )


def test_the_first_step_of_a_damped_velocity_is_named() -> None:
    old, gradients = OF_THETA
    told = diagnosis(EPOCHS, "forward", "softmax_regression_epoch", old, _by_velocity(gradients, "0.9", "0.1"))

    assert told is not None
    assert (told.code, told.evidence.get("found")) == ("OTHER_FORMULA", "0.1 * gradient")
