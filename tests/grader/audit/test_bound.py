"""What n trials show, against values that can be worked by hand."""

import pytest

from grader.audit.bound import lower_bound


@pytest.mark.parametrize("n", [1, 10, 59, 2995])
def test_all_of_n_shows_the_nth_root(n: int) -> None:
    assert lower_bound(n, n) == pytest.approx(0.05 ** (1 / n), abs=1e-9)


def test_a_failure_lowers_it_and_nothing_shows_nothing() -> None:
    assert lower_bound(9, 10) == pytest.approx(0.60584, abs=1e-4)  # the table of Clopper and Pearson
    assert lower_bound(0, 10) == lower_bound(0, 0) == 0


def test_no_count_of_successes() -> None:
    with pytest.raises(ValueError, match="3 of 2"):
        lower_bound(3, 2)
