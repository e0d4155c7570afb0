"""Ties lie in one window each and equal values outside all of them, so that each case shows one mistake alone."""

import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view

from grader.probes import Probe
from grader.seeds import generator
from grader.special import SPECIAL, WINDOWS
from reference.catalog import Catalog

FUNCTION = Catalog.builtin().get("ece544-derivatives").assignment.function("max_pool1d_backward")
SEEDS = [f"public:{n}" for n in range(30)]


def _probes(case: str, seed: str) -> tuple[Probe, ...]:
    return SPECIAL[case](FUNCTION, generator(seed, "test"))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_tie_is_in_exactly_one_window_and_nowhere_outside(seed: str) -> None:
    for probe, width in zip(_probes("ties", seed), WINDOWS, strict=True):
        x = probe.arguments["x"]
        windows = sliding_window_view(x, width)
        winners = [(window == window.max()).sum() for window in windows]
        assert sorted(winners) == [1] * (len(windows) - 1) + [2]
        for window in windows:
            assert (x == window.max()).sum() == (window == window.max()).sum()


@pytest.mark.parametrize("seed", SEEDS)
def test_equal_values_are_outside_the_window_only(seed: str) -> None:
    for probe, width in zip(_probes("outside_window", seed), WINDOWS, strict=True):
        x = probe.arguments["x"]
        for window in sliding_window_view(x, width):
            assert (window == window.max()).sum() == 1
            assert (x == window.max()).sum() >= 2


@pytest.mark.parametrize("case", ["ties", "outside_window"])
def test_cases_can_be_worked_by_hand(case: str) -> None:
    for probe in _probes(case, "public:1"):
        for array in probe.arguments.values():
            assert np.all(array == np.round(array))
            assert np.all(np.abs(array) <= 13)
        assert len(probe.arguments["dy"]) == probe.sizes["V"] == probe.sizes["L"] - probe.sizes["W"] + 1
        assert np.all(probe.arguments["dy"] != 0)


@pytest.mark.parametrize("seed", SEEDS)
def test_one_pair_of_many_examples_comes_more_often_than_a_byte_counts(seed: str) -> None:
    function = Catalog.builtin().get("ece544-mlp").assignment.function("confusion_matrix")
    (probe,) = SPECIAL["many_examples"](function, generator(seed, "test"))
    pairs = list(zip(probe.arguments["y"].tolist(), probe.arguments["yhat"].tolist(), strict=True))
    often = [pairs.count(pair) for pair in set(pairs)]

    assert max(often) > 255
    assert len(often) > 1
    assert probe.arguments["K"] == 3
