"""An epoch that is to be one step on all examples, and is several, or steps on batches."""

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
    v = [0 * a for a in w]
    for _ in range(epochs):
        order = {order}
        for rows in {batches}:
            g = backward_prop(x[rows], t[rows], *w)
            v = [gamma * b + {rate} * d for b, d in zip(v, g)]
            w = [a - b for a, b in zip(w, v)]
    return w
"""
SHUFFLED = "rng.permutation(len(x))"
WRONG_GRADIENT = """
right = backward_prop
def backward_prop(*a): return tuple(g + 0.01 for g in right(*a))
"""


@pytest.mark.parametrize(
    ("batches", "found"),
    [
        ("[order, order]", "2 steps on all examples"),
        ("[order] * 5", "5 steps on all examples"),
        ("[order[i:i + 32] for i in range(0, len(x), 32)]", "a step on each batch of 32 examples"),
        ("[order[i:i + 100] for i in range(0, len(x), 100)]", "a step on each batch of 100 examples"),
        ("order[:, None]", "a step on each example alone"),
    ],
)
@pytest.mark.parametrize("order", ["np.arange(len(x))", SHUFFLED])
def test_more_steps_than_one_are_told(order: str, batches: str, found: str, examine: Examine) -> None:
    source = LOOP.format(order=order, batches=batches, rate="lr")
    told = examine("update_rule", "train", source).result.diagnosis

    assert told is not None
    assert told.evidence["found"] == f"{found} in each epoch"


def test_batches_by_the_own_wrong_gradient_are_told_too(examine: Examine) -> None:
    source = WRONG_GRADIENT + LOOP.format(order="np.arange(len(x))", batches="order[:, None]", rate="lr")
    told = examine("update_rule", "train", source).result.diagnosis

    assert told is not None
    assert told.evidence["found"] == "a step on each example alone in each epoch"


def test_one_step_with_something_unknown_in_it_is_not_said_to_be_several(examine: Examine) -> None:
    source = LOOP.format(order=SHUFFLED, batches="[order]", rate="lr * (1 + np.abs(a).mean())")
    result = examine(
        "update_rule", "train", source.replace("for b, d in zip(v, g)", "for a, b, d in zip(w, v, g)")
    ).result

    assert result.verdict is Verdict.WRONG
    assert result.diagnosis is not None
    assert "epoch" not in str(result.diagnosis.evidence.get("found"))


@pytest.mark.parametrize("rate", ["3 * lr", "lr * 3 * 149 / 148"])
def test_one_step_of_a_larger_gradient_is_not_said_to_be_several(rate: str, examine: Examine) -> None:
    source = LOOP.format(order=SHUFFLED, batches="[order]", rate=rate).replace("* d for", "* np.tanh(d) for")
    result = examine("update_rule", "train", source).result

    assert result.diagnosis is not None
    assert "epoch" not in str(result.diagnosis.evidence.get("found"))
