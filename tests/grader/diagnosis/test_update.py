"""A decay of the weights alone is told with the parameters it is in."""

from dataclasses import replace

import numpy as np
import pytest

from grader.diagnosis.optimizer import Steps
from grader.diagnosis.update import told

RNG = np.random.default_rng(3)
FIRST, SECOND, GRADIENT, NOISE = RNG.standard_normal((4, 60))
PARTS = {"w_h": slice(0, 24), "b_h": slice(24, 30), "w_o": slice(30, 54), "b_o": slice(54, 60)}
WEIGHTS = np.zeros(60)
WEIGHTS[PARTS["w_h"]] = WEIGHTS[PARTS["w_o"]] = 1.0


def _steps(moved: np.ndarray) -> Steps:
    third = SECOND - moved
    return Steps(FIRST, SECOND, third, GRADIENT, lr=0.1, gamma=0.9, samples=149, single=False)


RIGHT = 0.9 * (FIRST - SECOND) + 0.1 * GRADIENT


@pytest.mark.parametrize("decay", [0.1, 1e-2, 1e-3, 1e-5])
def test_a_decay_of_the_weights_alone_is_told(decay: float) -> None:
    (found,) = told(_steps(RIGHT + decay * WEIGHTS * SECOND), PARTS, {})

    assert found.code == "WEIGHT_DECAY"
    assert found.evidence["times_weight"] == pytest.approx(decay, rel=1e-4)
    assert found.evidence["only_in"] == ["w_h", "w_o"]


def test_a_decay_of_one_layer_is_told() -> None:
    moved = RIGHT.copy()
    moved[PARTS["w_o"]] += 0.01 * SECOND[PARTS["w_o"]]
    (found,) = told(_steps(moved), PARTS, {})

    assert (found.code, found.evidence["only_in"]) == ("WEIGHT_DECAY", ["w_o"])


def test_weights_that_grow_are_no_decay() -> None:
    assert told(_steps(RIGHT - 0.01 * WEIGHTS * SECOND), PARTS, {}) == ()


def test_what_is_added_to_the_weights_and_is_no_decay_is_unknown() -> None:
    assert told(_steps(RIGHT + 0.01 * WEIGHTS * NOISE), PARTS, {}) == ()


def test_a_decay_beside_another_factor_of_the_gradient_is_no_decay_alone() -> None:
    moved = RIGHT + WEIGHTS * (0.01 * SECOND + 0.013 * GRADIENT)

    assert told(_steps(moved), PARTS, {}) == ()


def test_a_decay_of_the_weights_beside_another_rule_of_the_biases_is_unknown() -> None:
    moved = RIGHT + 0.01 * WEIGHTS * SECOND
    moved[PARTS["b_o"]] = 0.0

    assert told(replace(_steps(moved)), PARTS, {}) == ()
