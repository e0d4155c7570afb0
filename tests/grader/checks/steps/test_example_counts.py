"""How often each example was taken is read from a movement; what no counts explain is unknown."""

from collections.abc import Sequence

import numpy as np
import pytest

from grader.checks.steps.example_counts import cause
from grader.results import FloatArray

CLASSES = 5
LABELS = [3, 0, 4, 1]
BATCHES = 102
INPUTS = np.random.default_rng(0).standard_normal((len(LABELS), 6))
LOGITS = np.random.default_rng(1).standard_normal((len(LABELS), CLASSES))
P = np.exp(LOGITS) / np.exp(LOGITS).sum(axis=1, keepdims=True)


def _columns(pairs: Sequence[tuple[int, int]]) -> FloatArray:
    """Gradients x (p - e) of a softmax layer, flat."""
    return np.stack([np.outer(INPUTS[row], P[row] - np.eye(CLASSES)[label]).ravel() for row, label in pairs], axis=1)


def _code(pairs: dict[tuple[int, int], float], noise: float = 0.0) -> str | None:
    """What is said of so many steps on each pair of a row and a label."""
    moved = _columns(list(pairs)) @ np.array(list(pairs.values()))
    moved = moved + noise * np.linalg.norm(moved) / np.sqrt(len(moved)) * np.random.default_rng(2).standard_normal(
        len(moved)
    )
    found = cause(moved, LABELS, CLASSES, BATCHES, _columns)
    return found.code if found else None


def _own(*counts: float) -> dict[tuple[int, int], float]:
    return dict(zip(enumerate(LABELS), counts, strict=True))


@pytest.mark.parametrize("noise", [0.0, 0.005])
@pytest.mark.parametrize("counts", [(30, 20, 40, 12), (25, 26, 26, 25), (1, 99, 1, 1)])
def test_whole_counts_of_every_example_are_right(counts: tuple[float, ...], noise: float) -> None:
    assert _code(_own(*counts), noise if min(counts) > 1 else 0.0) is None


def test_the_rate_of_the_steps_is_another_matter() -> None:
    assert _code(_own(60, 40, 80, 24)) is None
    assert _code(_own(-30, -20, -40, -12)) is None


@pytest.mark.parametrize(
    ("pairs", "code"),
    [
        (_own(0, 40, 40, 22), "ROWS_NEVER_DRAWN"),
        (_own(102, 0, 0, 0), "ROWS_NEVER_DRAWN"),
        (_own(25.5, 25.5, 25.5, 25.5), "OTHER_FORMULA"),
        ({(0, 3): 30, (1, 3): 20, (2, 3): 40, (3, 3): 12}, "LABELS_OF_OTHERS"),
        ({(0, 0): 30, (1, 4): 20, (2, 1): 40, (3, 3): 12}, "LABELS_OF_OTHERS"),
        ({**_own(20, 20, 20, 20), (0, 1): 22}, "LABELS_OF_OTHERS"),
    ],
)
def test_other_counts_are_told(pairs: dict[tuple[int, int], float], code: str) -> None:
    assert _code(pairs) == code


def test_what_does_not_add_up_says_nothing_of_the_rows() -> None:
    """Where each step starts anew the last one alone shows, which takes one example, whatever the others took."""
    last = cause(_columns([(1, LABELS[1])])[:, 0], LABELS, CLASSES, BATCHES, _columns)

    assert last is not None
    assert (last.code, last.evidence["found"]) == ("OTHER_FORMULA", "a single step")
    assert _code(_own(0, 2, 0, 0)) == "UNKNOWN"
    assert _code(_own(0, 26, 20, 20)) == "ROWS_NEVER_DRAWN"


def test_one_pass_of_a_rate_that_falls_to_nothing_is_no_whole_set_in_each_step() -> None:
    assert _code(_own(1, 1, 1, 1)) == "UNKNOWN"
    assert _code(_own(26, 26, 26, 26)) == "OTHER_FORMULA"


def test_what_no_counts_explain_is_unknown() -> None:
    assert _code(_own(30, 20, 40, 12), noise=0.3) == "UNKNOWN"
    assert _code({(0, 0): 300, (1, 4): 20, (2, 1): 40, (3, 3): 12}) == "UNKNOWN"  # more than there were batches
    assert _code(_own(30, -20, 40, 52)) == "UNKNOWN"


def test_weights_whose_sum_is_nothing_are_unknown() -> None:
    with np.errstate(all="ignore"):
        found = cause(np.array([1.0, -1.0]), [0, 1], CLASSES, BATCHES, lambda pairs: np.eye(2))

    assert found is not None
    assert found.code == "UNKNOWN"


@pytest.mark.parametrize("number", [np.nan, np.inf])
def test_numbers_that_are_not_finite_are_unknown(number: float) -> None:
    moved = np.full(INPUTS.shape[1] * CLASSES, number)
    found = cause(moved, LABELS, CLASSES, BATCHES, _columns)

    assert found is not None
    assert found.code == "UNKNOWN"
    gradients = cause(
        np.ones_like(moved), LABELS, CLASSES, BATCHES, lambda pairs: np.full_like(_columns(pairs), number)
    )
    assert gradients is not None
    assert gradients.code == "UNKNOWN"


def test_gradients_that_are_not_there_explain_nothing() -> None:
    for columns in (lambda pairs: None, lambda pairs: _columns(pairs)[1:]):
        found = cause(np.ones(INPUTS.shape[1] * CLASSES), LABELS, CLASSES, BATCHES, columns)

        assert found is not None
        assert found.code == "UNKNOWN"
