"""A result that nothing explains says at least whether the examples of a batch count each by itself."""

from collections.abc import Callable

import pytest

from grader.checks.subject import Finding

Examine = Callable[..., Finding]

SOFTMAX = "e = np.exp(z); return e / e.sum(axis=1, keepdims=True)"


@pytest.mark.parametrize(
    ("kind", "function", "code", "told"),
    [
        ("forward", "softmax", f"def softmax(z): z = z - np.median(z, axis=0) ** 3; {SOFTMAX}", "BATCH_PARTS"),
        ("forward", "softmax", f"def softmax(z): z = np.sin(np.cumsum(z, axis=0)); {SOFTMAX}", "BATCH_ORDER"),
        ("forward", "softmax", f"def softmax(z): z = np.sin(z); {SOFTMAX}", "UNKNOWN"),
        ("forward", "average_ce", "def average_ce(t, p): return np.mean((t - p)[1:] ** 4) + t[0, 0]", "BATCH_ORDER"),
        ("forward", "average_ce", "def average_ce(t, p): return np.std(t - p) ** 3", "BATCH_SUM"),
        (
            "forward",
            "relu",
            "def relu(x): return x * (np.random.rand(*x.shape) > 0.5)",
            "NOT_DETERMINISTIC",
        ),
    ],
)
def test_examples_that_change_one_another_are_told(
    kind: str, function: str, code: str, told: str, examine: Examine
) -> None:
    found = examine(kind, function, code).result.diagnosis

    assert found is not None
    assert found.code == told
    if told.startswith("BATCH"):
        assert found.evidence["error"]
