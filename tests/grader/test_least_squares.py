"""Weights that make up a student's numbers; numbers that are not finite have none, and nothing is raised for them."""

import numpy as np
import pytest

from grader.least_squares import fitted


def test_the_weights_and_the_rank() -> None:
    columns = np.array([[1.0, 0.0], [0.0, 2.0], [1.0, 2.0]])
    solved = fitted(columns, columns @ [3.0, -1.0])

    assert solved is not None
    assert np.allclose(solved[0], [3.0, -1.0])
    assert solved[1] == 2


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("columns", [3, 31])
def test_what_is_not_finite_has_no_weights(bad: float, columns: int) -> None:
    good, values = np.ones((40, columns)), np.ones(40)
    wrong = good.copy()
    wrong[3, 1] = bad

    assert fitted(wrong, values) is None
    assert fitted(good, np.where(np.arange(40) == 7, bad, values)) is None
