"""Steps by Adam, RMSProp and AdaGrad are told by their names, with the usual constants and by a wrong gradient too."""

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
    m, s = [0 * a for a in w], [0 * a for a in w]
    for n in range(1, epochs + 1):
        for i, g in enumerate(backward_prop(x, t, *w)):
            m[i] = {mean}
            s[i] = {squares}
            w[i] = w[i] - {step}
    return w
"""
MEAN, SQUARES = "gamma * m[i] + (1 - gamma) * g", "0.999 * s[i] + 0.001 * g * g"
ADAM = "lr * (m[i] / (1 - gamma**n)) / (np.sqrt(s[i] / (1 - 0.999**n)) + 1e-8)"
WRONG_GRADIENT = """
right = backward_prop
def backward_prop(*a): return tuple(g + 0.01 for g in right(*a))
"""


@pytest.mark.parametrize("gradient", ["", WRONG_GRADIENT])
@pytest.mark.parametrize(
    ("mean", "squares", "step", "name"),
    [
        (MEAN, SQUARES, ADAM, "Adam: "),
        (MEAN, SQUARES, ADAM.replace("1e-8", "1e-6"), "Adam: "),
        (MEAN, SQUARES, "lr * m[i] / (np.sqrt(s[i]) + 1e-8)", "Adam without its correction"),
        ("g", "0.9 * s[i] + 0.1 * g**2", "lr * g / (np.sqrt(s[i]) + 1e-8)", "RMSProp: "),
        ("g", "gamma * s[i] + (1 - gamma) * g**2", "lr * g / np.sqrt(s[i] + 1e-300)", "RMSProp: "),
        ("g", "s[i] + g**2", "lr * g / (np.sqrt(s[i]) + 1e-7)", "AdaGrad: "),
    ],
)
def test_steps_with_rates_of_their_own_are_named(
    mean: str, squares: str, step: str, name: str, gradient: str, examine: Examine
) -> None:
    source = gradient + LOOP.format(mean=mean, squares=squares, step=step)
    found = examine("update_rule", "train", source).result.diagnosis

    assert found is not None
    assert str(found.evidence["found"]).startswith(name)
    assert found.evidence["asked"] == "gamma * velocity + lr * gradient"


def test_the_rule_asked_for_is_none_of_them(examine: Examine) -> None:
    source = LOOP.format(mean="gamma * m[i] + lr * g", squares="g", step="m[i]")

    assert examine("update_rule", "train", source).result.verdict is Verdict.PASSED
