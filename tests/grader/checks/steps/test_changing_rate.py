"""A rate that is to stay and changes from epoch to epoch is told as such, one that is another all the way is not."""

from collections.abc import Callable

import pytest

from grader.checks.subject import Finding
from grader.report import Verdict

Examine = Callable[..., Finding]
LOOP = """
def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng = np.random.default_rng(seed)
    w = [rng.normal(0, 0.3, (x.shape[1], hidden)), np.zeros((1, hidden)),
         rng.normal(0, 0.3, (hidden, t.shape[1])), np.zeros((1, t.shape[1]))]
    v = [np.zeros_like(a) for a in w]
    for k in range(epochs):
        rate = {rate}
        g = backward_prop(x, t, *w)
        v = [{velocity} for v, g in zip(v, g)]
        w = [w - {step} for w, v in zip(w, v)]
    return w
"""
OF_STEPS, OF_GRADIENTS = ("gamma * v + rate * g", "v"), ("gamma * v + g", "rate * v")


@pytest.mark.parametrize(("velocity", "step"), [OF_STEPS, OF_GRADIENTS])
@pytest.mark.parametrize(
    ("rate", "found"),
    [
        ("lr * 0.95 ** k", "a rate that is multiplied by 0.95 after each epoch of one step"),
        ("lr * 1.05 ** k", "a rate that is multiplied by 1.05 after each epoch of one step"),
        ("lr * 0.99 ** (k + 1)", "a rate that is multiplied by 0.99 before each epoch of one step"),
        ("lr / (1 + k)", "lr / (1 + k) in step k, counted from 0,"),
        ("lr / np.sqrt(1 + k)", "lr / sqrt(1 + k) in step k, counted from 0,"),
        ("lr / (1 + 0.01 * k)", "lr / (1 + 0.01 * k) in step k, counted from 0,"),
        ("lr * (1 + k)", "k * lr in step k, counted from 1,"),
    ],
)
def test_a_rate_that_changes_is_told(rate: str, found: str, velocity: str, step: str, examine: Examine) -> None:
    result = examine("update_rule", "train", LOOP.format(rate=rate, velocity=velocity, step=step)).result

    assert result.diagnosis is not None
    assert (result.diagnosis.code, result.diagnosis.evidence["found"]) == ("OTHER_FORMULA", found)


@pytest.mark.parametrize(("velocity", "step"), [OF_STEPS, OF_GRADIENTS])
def test_a_rate_without_a_law_is_told_by_its_values(velocity: str, step: str, examine: Examine) -> None:
    result = examine("update_rule", "train", LOOP.format(rate="lr - 0.01 * k", velocity=velocity, step=step)).result

    assert result.diagnosis is not None
    assert str(result.diagnosis.evidence["found"]).startswith("a rate that is ")


@pytest.mark.parametrize(("velocity", "step"), [OF_STEPS, OF_GRADIENTS])
def test_a_wrong_rate_that_stays_is_not_said_to_change(velocity: str, step: str, examine: Examine) -> None:
    result = examine("update_rule", "train", LOOP.format(rate="0.93 * lr", velocity=velocity, step=step)).result

    assert result.diagnosis is not None
    assert result.diagnosis.code == "STEP_FACTORS"


@pytest.mark.parametrize(("velocity", "step"), [OF_STEPS, OF_GRADIENTS])
def test_the_given_rate_passes(velocity: str, step: str, examine: Examine) -> None:
    result = examine("update_rule", "train", LOOP.format(rate="lr", velocity=velocity, step=step)).result

    assert result.verdict is Verdict.PASSED
