"""When two arrays count as the same, and when one mistake explains a tensor."""

import math
from dataclasses import replace

import numpy as np
import pytest

from grader.comparison import Comparison, Outcome
from grader.diagnosis.mismatch import Candidate, Mismatch, confirmed, same
from grader.probes import SCALE_1, Probe
from grader.results import Tensors
from grader.sandbox import Raised, Returned
from reference.spec import Function, Operation, Tensor

FUNCTION = Function("f", Operation.OTHER, (), (Tensor("y", ("N",)),))
RIGHT = np.array([1.0, 2.0])
WRONG = np.array([3.0, 4.0])


def _outcome(yours: float, error: float, scale: float = 1.0) -> Outcome:
    value = np.full(2, yours)
    probe = Probe("p", scale, SCALE_1, {})
    return Outcome(probe, Returned(value), Tensors({"y": value}), {"y": RIGHT}, {"y": error}, {"y": 1e-9})


def _mismatch(*outcomes: Outcome) -> Mismatch:
    return Mismatch(Comparison(FUNCTION, "f", outcomes))


@pytest.mark.parametrize(
    ("other", "equal"),
    [
        (RIGHT, True),
        (RIGHT * (1 + 1e-7), True),
        (RIGHT * 1.001, False),
        (RIGHT[None], False),
        (RIGHT * math.nan, False),
    ],
)
def test_same_is_same_shape_and_value(other: np.ndarray[tuple[int, ...], np.dtype[np.float64]], equal: bool) -> None:
    assert same(other, RIGHT) is equal


def test_only_readable_outcomes_at_scale_1_count() -> None:
    raised = Outcome(Probe("p", 1.0, SCALE_1, {}), Raised("ValueError", ""), None, {"y": RIGHT}, {}, {})
    mismatch = _mismatch(_outcome(5, 1), _outcome(5, 1, 30.0), raised)

    assert len(mismatch.readable) == 1
    assert mismatch.wrong == ("y",)
    with pytest.raises(TypeError):
        mismatch.yours(raised, "y")


def test_a_mistake_must_match_every_wrong_probe_and_be_right_on_the_others() -> None:
    mismatch = _mismatch(_outcome(5, 1), _outcome(6, 1), _outcome(1, 0))
    five, six = (Candidate("X", {"y": np.full(2, value)}) for value in (5.0, 6.0))
    right = Candidate("X", {"y": RIGHT})

    assert confirmed(mismatch, "y", [five, six, right])
    assert not confirmed(mismatch, "y", [five, six, five])
    assert not confirmed(mismatch, "y", [five, six, Candidate("X", {})])
    assert not confirmed(mismatch, "y", [five, five, right])
    assert not confirmed(mismatch, "y", [Candidate("X", {}), six, right])
    assert not confirmed(_mismatch(_outcome(1, 0)), "y", [right])
    assert not confirmed(_mismatch(_outcome(5, 1)), "y", [right])


def test_one_example_alone_that_is_right_says_nothing() -> None:
    """A loss of shape (1, 1) is read as the number it is, and is LOSS_NOT_REDUCED where there are more examples."""
    alone = _outcome(1, 0)
    alone = replace(alone, probe=replace(alone.probe, sizes={**SCALE_1, "N": 1}))
    five, other = Candidate("X", {"y": np.full(2, 5.0)}), Candidate("X", {"y": np.full((1, 2), 7.0)})

    assert confirmed(_mismatch(_outcome(5, 1), alone), "y", [five, other])
