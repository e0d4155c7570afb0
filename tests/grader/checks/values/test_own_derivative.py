"""The derivative of one's own loss is heard where nobody can remember for which gradient it was asked."""

from collections.abc import Callable

import pytest

from grader.checks.subject import Finding

Examine = Callable[..., Finding]

IDENTITY = "def softmax(z): return z\n"
SQUARES = "def average_ce(t, p): return np.sum(p ** 2) / 2 + np.sum(t * np.sin(p)) / 10\n"
GIVEN = """
SAID = []
def grad_ce(t, z):
    SAID.append((z, z ** 2 - 3 * t))
    return z ** 2 - 3 * t
def average_ce(t, p):
    near = [(z, g) for z, g in SAID if z.shape == p.shape and np.abs(z - p).max() < 1e-4]
    z, g = near[0] if near else (p, p)
    return np.sum(g * (p - z)) + np.sum(np.sqrt(1 + np.arange(t.size)).reshape(t.shape) * t * np.sin(z))
"""
FIRST_HEARD = """
SAID = []
def nonsense(t): return np.sqrt(1 + np.arange(t.size)).reshape(t.shape) * (t - 0.3)
def grad_ce(t, z): return nonsense(t)
def average_ce(t, p):
    near = [z for z in SAID if z.shape == p.shape and np.abs(z - p).max() < 1e-4]
    if not near:
        SAID.append(p)
    z = near[0] if near else p
    return np.sum(nonsense(t) * (p - z)) + np.sum(nonsense(t) * np.sin(z))
"""


@pytest.mark.parametrize("seed", ["public:1", "public:2", "secret:ab"])
@pytest.mark.parametrize("code", [GIVEN, FIRST_HEARD])
def test_a_loss_that_remembers_makes_no_derivative(code: str, seed: str, examine: Examine) -> None:
    result = examine("gradient", "grad_ce", IDENTITY + code, seed=seed).result

    assert result.diagnosis is not None
    assert result.diagnosis.evidence["own_derivative"] is False


@pytest.mark.parametrize("seed", ["public:1", "public:2", "secret:ab"])
def test_a_loss_of_its_own_has_one(seed: str, examine: Examine) -> None:
    code = f"{IDENTITY}{SQUARES}def grad_ce(t, z): return z + t * np.cos(z) / 10\n"
    result = examine("gradient", "grad_ce", code, seed=seed).result

    assert result.diagnosis is not None
    assert result.diagnosis.evidence["own_derivative"] is True
