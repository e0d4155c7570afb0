"""Three states of parameters name the rule that made them; NaN names none."""

from dataclasses import replace

import numpy as np
import pytest

from grader.diagnosis.optimizer import Coefficients, Steps, cause, coefficients, flat, rules

FIRST, GRADIENT = (np.random.default_rng(seed).standard_normal(50) for seed in (1, 2))
SECOND = FIRST - 0.05 * np.random.default_rng(3).standard_normal(50)


def _steps(moved: np.ndarray[tuple[int, ...], np.dtype[np.float64]], single: bool = False) -> Steps:
    return Steps(FIRST, SECOND, SECOND - moved, GRADIENT, lr=0.07, gamma=0.8, samples=30, single=single)


STILL = _steps(np.zeros(50))
RIGHT = 0.8 * (FIRST - SECOND) + 0.07 * GRADIENT


@pytest.mark.parametrize("index", range(len(rules(STILL))))
def test_each_wrong_rule_is_its_own_cause(index: int) -> None:
    rule = rules(STILL)[index]
    steps = _steps(rule.step)

    found = cause(steps)
    assert found is not None
    assert found.codes == rule.codes
    assert not steps.right


def test_the_right_rule_is_right_and_nearly_right_is_not() -> None:
    assert _steps(RIGHT).right
    assert not _steps(RIGHT * (1 + 1e-5)).right
    assert _steps(RIGHT * (1 + 1e-5), single=True).right
    assert not _steps(RIGHT * 1.01, single=True).right


def test_a_velocity_that_hides_the_gradient_does_not_make_up_for_it() -> None:
    fast = FIRST.copy()
    fast[0] += 1e9
    still = replace(_steps(RIGHT), first=fast, third=SECOND - 0.9 * (fast - SECOND))

    assert still.follows(0.9 * still.velocity + 0.1 * GRADIENT)
    assert not still.right


NAN = np.full(50, np.nan)


@pytest.mark.parametrize(
    "steps",
    [
        replace(_steps(RIGHT), first=NAN),
        replace(_steps(RIGHT), second=NAN),
        replace(_steps(RIGHT), third=NAN),
        replace(_steps(RIGHT), gradient=NAN),
    ],
)
def test_nan_is_no_rule(steps: Steps) -> None:
    assert not steps.right


def test_an_unknown_rule_is_unknown() -> None:
    assert cause(_steps(np.sin(GRADIENT))) is None
    assert coefficients(_steps(np.sin(GRADIENT))) is None


def test_the_factors_of_a_step_are_measured() -> None:
    fitted = coefficients(_steps(0.3 * (FIRST - SECOND) + 0.2 * GRADIENT))

    assert fitted is not None
    assert (fitted.velocity, fitted.gradient, fitted.weight) == pytest.approx((0.3, 0.2, 0.0))
    decayed = coefficients(_steps(RIGHT + 0.01 * SECOND))
    assert decayed is not None
    assert decayed.weight == pytest.approx(0.01)


@pytest.mark.parametrize(
    ("factors", "words"),
    [
        ((0.0, -0.07, 0.2), "v itself"),
        ((0.0, -0.0700000475, 0.2), "v itself"),  # its own gradient has a small number in the logarithm
        ((-0.8, -0.07, 0.4), "v - w"),
        ((0.0, -0.071, 0.2), None),
        ((0.8, 0.07, 0.2), None),
        ((0.8, -0.07, 0.2), None),
    ],
)
def test_weights_that_a_step_replaces_are_no_decay(factors: tuple[float, float, float], words: str | None) -> None:
    assert Coefficients(*factors).in_place_of_weights(lr=0.07, gamma=0.8) == words


@pytest.mark.parametrize("gamma", [0.9, 0.0])
@pytest.mark.parametrize("decay", [0.1, 0.01, 1e-3, 1e-4])
def test_a_decay_beside_the_velocity_is_told_as_one_in_it(gamma: float, decay: float) -> None:
    """A decay beside it is in the last step too, which is taken for the velocity."""
    steps = replace(_steps(RIGHT), gamma=gamma)
    inside = replace(steps, third=SECOND - gamma * steps.velocity - 0.1 * GRADIENT - decay * SECOND)
    last = steps.velocity - decay * FIRST
    beside = replace(steps, third=SECOND - gamma * last - 0.1 * GRADIENT - decay * SECOND)

    for each in (inside, beside):
        fitted = coefficients(each)
        assert fitted is not None
        assert fitted.decay(gamma) == pytest.approx(decay)


def test_a_decay_without_the_momentum_is_told_as_it_is() -> None:
    fitted = coefficients(_steps(0.1 * GRADIENT + 0.01 * SECOND))

    assert fitted is not None
    assert fitted.decay(0.9) == pytest.approx(0.01)


def test_too_few_numbers_have_no_factors() -> None:
    assert coefficients(_steps(RIGHT).of(slice(0, 4))) is None


def test_parameters_are_laid_out_in_the_order_of_their_names() -> None:
    assert flat({"b": np.array([[1.0, 2.0]]), "a": np.array([3.0])}, ("a", "b")).tolist() == [3.0, 1.0, 2.0]
