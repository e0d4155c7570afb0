"""Figures are three words, percentiles are samples, and NaN keeps no promise."""

import math

import pytest

from tests.benchmarks.figure import Figure, Remark, median, percentile


def test_a_figure_is_three_words_and_a_remark_is_for_people() -> None:
    assert Figure("sandbox.spare.first.median", 0.98765, "ms").line() == "sandbox.spare.first.median 0.9877 ms"
    assert Figure("a", 31234.5, "jobs/s").line() == "a 3.123e+04 jobs/s"
    assert Remark("skipped: no reason").line() == "# skipped: no reason"


@pytest.mark.parametrize(
    ("samples", "percent", "expected"),
    [([3.0, 1.0, 2.0], 50, 2.0), ([4.0, 1.0, 2.0, 3.0], 50, 2.0), ([1.0], 95, 1.0), ([1.0, 2.0], 0, 1.0)],
)
def test_a_percentile_is_a_sample(samples: list[float], percent: float, expected: float) -> None:
    assert percentile(samples, percent) == expected


def test_five_of_a_hundred_lie_above_the_95th_percentile() -> None:
    samples = [float(number) for number in range(100)]

    assert sum(sample > percentile(samples, 95) for sample in samples) == 5
    assert median(samples) == 49.0


def test_no_samples_make_no_number() -> None:
    assert math.isnan(median([]))


def test_promises() -> None:
    assert Figure("a", 1.0, "ms").held() is None
    assert Figure("a", 1.0, "ms", at_most=1.0).held() is True
    assert Figure("a", 1.1, "ms", at_most=1.0).held() is False
    assert Figure("a", 299.0, "jobs/s", at_least=300.0).held() is False
    assert Figure("a", math.nan, "ms", at_most=1.0).held() is False
    assert Figure("a", math.nan, "ms", at_least=1.0).held() is False
    assert Figure("a", 1.0, "ms", at_most=2.0).promise() == "at most 2 ms"
    assert Figure("a", 1.0, "jobs/s", at_least=300.0).promise() == "at least 300 jobs/s"
