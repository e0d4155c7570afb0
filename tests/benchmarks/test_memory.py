"""Growth is told from chance."""

import pytest

from tests.benchmarks.memory import growth


def test_one_look_that_is_higher_is_no_growth() -> None:
    assert growth([50.0, 100.0, 100.0, 100.0, 100.0, 150.0, 100.0, 100.0, 180.0, 100.0]) == 1.0


def test_a_little_with_each_submission_is_growth() -> None:
    assert growth([100.0 + 10 * look for look in range(10)]) == pytest.approx(180 / 120)
