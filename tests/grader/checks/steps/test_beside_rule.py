"""Beside a rule that is wrong in every step: a first velocity that is not 0, and a training that stops early."""

from collections.abc import Callable
from typing import Any

import pytest

from grader.checks.subject import Finding
from grader.messages import sentence
from grader.report import CheckResult

Examine = Callable[..., Finding]
LOOP = """
def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng = np.random.default_rng(seed)
    w = [rng.normal(0, 0.3, (x.shape[1], hidden)), np.zeros((1, hidden)),
         rng.normal(0, 0.3, (hidden, t.shape[1])), np.zeros((1, t.shape[1]))]
    v, best = [{start} for a in w], np.inf
    for _ in range(epochs):
        {watch}
        g = backward_prop(x, t, *w)
        v = [{velocity} for v, g in zip(v, g)]
        w = [w - v for w, v in zip(w, v)]
    return w
"""
STOPS = """valid = average_ce(tv, forward_prop(xv, *w)[3])
        if valid > best: break
        best = valid"""
WRONG = {
    "GAMMA_ON_GRADIENT": "gamma * (v + lr * g)",
    "MOMENTUM_DAMPED": "gamma * v + (1 - gamma) * lr * g",
    "FACTOR_TWO": "gamma * v + 2 * lr * g",
}


def _result(examine: Examine, velocity: str, start: str = "0 * a", watch: str = "pass") -> tuple[CheckResult, Any]:
    """What is said of a loop, and what stands beside it."""
    result = examine("update_rule", "train", LOOP.format(velocity=velocity, start=start, watch=watch)).result
    assert result.diagnosis is not None
    return result, result.diagnosis


@pytest.mark.parametrize("code", sorted(WRONG))
def test_a_wrong_factor_stands_alone_where_nothing_else_is_wrong(code: str, examine: Examine) -> None:
    _, told = _result(examine, WRONG[code])

    assert (told.code, told.evidence.get("also")) == (code, None)


@pytest.mark.parametrize("code", sorted(WRONG))
@pytest.mark.parametrize(
    ("start", "found"),
    [("a.copy()", "a velocity that starts at the weights"), ("1 + 0 * a", "a velocity that starts at 1")],
)
def test_a_first_velocity_is_told_beside_a_wrong_factor(code: str, start: str, found: str, examine: Examine) -> None:
    _, told = _result(examine, WRONG[code], start)

    assert told.code == code
    assert [(each["code"], each["found"]) for each in told.evidence["also"]] == [("OTHER_FORMULA", found)]


@pytest.mark.parametrize("code", sorted(WRONG))
def test_a_training_that_stops_early_is_told_beside_a_wrong_factor(code: str, examine: Examine) -> None:
    result, told = _result(examine, WRONG[code], watch=STOPS)

    assert told.code == code
    assert [each["code"] for each in told.evidence["also"]] == ["LAST_EPOCH_MISSING"]
    assert "Also: train stops early or keeps earlier parameters" in sentence(result)


ONCE = """
def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng = np.random.default_rng(seed)
    w = [rng.normal(0, 0.3, (x.shape[1], hidden)), np.zeros((1, hidden)),
         rng.normal(0, 0.3, (hidden, t.shape[1])), np.zeros((1, t.shape[1]))]
    for _ in range(min(epochs, 1)):
        g = backward_prop(x, t, *w)
        w = [{step} for w, g in zip(w, g)]
    return w
"""


@pytest.mark.parametrize(("step", "still"), [("w - lr * g", False), ("w - lr * g * (len(w) > 1)", True)])
def test_what_never_moves_is_told_beside_a_training_of_one_epoch(step: str, still: bool, examine: Examine) -> None:
    result = examine("update_rule", "train", ONCE.format(step=step)).result

    assert result.diagnosis is not None
    assert result.diagnosis.code == "LAST_EPOCH_MISSING"
    assert ("b_h and b_o: no step changes these parameters" in sentence(result)) == still
    assert "–" not in sentence(result)
