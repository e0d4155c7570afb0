"""Axes and the labels at line ends."""

from itertools import pairwise

import pytest

from app.pages.pictures.axes import LABEL_HEIGHT, linear_axis, logarithmic_axis, round_axis, spread_labels


def test_linear_axis_maps_its_ends_to_its_pixels() -> None:
    axis = linear_axis(0.8, 1.0, 162, 10)
    assert (axis.pixel(0.8), axis.pixel(1.0)) == (162, 10)
    assert [label for _, label in axis.ticks] == [".80", ".85", ".90", ".95", "1.00"]


def test_logarithmic_axis_has_ticks_inside_its_range_and_shows_no_zero() -> None:
    axis = logarithmic_axis([0.12, 2.4], 162, 10)
    assert [label for _, label in axis.ticks] == ["0.1", "0.2", "0.5", "1", "2"]
    assert not axis.shows(0.0)


@pytest.mark.parametrize(
    ("values", "labels"),
    [
        ([-2.1, 1.3], ["−3", "−2", "−1", "0", "1", "2"]),
        ([0.0, 0.25], ["0", "0.05", "0.1", "0.15", "0.2", "0.25"]),
        ([0.0, 1.0], ["0", "0.2", "0.4", "0.6", "0.8", "1"]),
        ([-8.5, 0.25], ["−10", "−8", "−6", "−4", "−2", "0", "2"]),
    ],
)
def test_round_axis_begins_and_ends_at_round_numbers_around_its_values(values: list[float], labels: list[str]) -> None:
    axis = round_axis(values, 162, 10)
    assert [label for _, label in axis.ticks] == labels
    assert axis.low <= min(values) < max(values) <= axis.high
    assert (axis.pixel(axis.low), axis.pixel(axis.high)) == (162, 10)


@pytest.mark.parametrize("values", [[0.0], [1.0, 1.0], [-3e5, 1e-9], [1e-12, 2e-12]])
def test_round_axis_has_a_range_for_any_values(values: list[float]) -> None:
    axis = round_axis(values, 40, 345)
    assert axis.low < axis.high
    assert 2 <= len(axis.ticks) <= 7


@pytest.mark.parametrize("values", [[], [0.5], [1e-9, 1e9], [3.0, 3.0]])
def test_logarithmic_axis_has_a_range_for_any_values(values: list[float]) -> None:
    axis = logarithmic_axis(values, 162, 10)
    assert axis.low < axis.high
    assert len(axis.ticks) <= 12


def test_labels_never_touch_and_keep_their_order() -> None:
    spread = spread_labels([(50.0, "b", ""), (49.0, "a", ""), (51.0, "c", "")], 10, 162)
    heights = [height for height, _, _ in spread]
    assert [words for _, words, _ in spread] == ["a", "b", "c"]
    assert all(after - before >= LABEL_HEIGHT for before, after in pairwise(heights))


def test_labels_stay_inside_at_both_ends() -> None:
    for at in (10.0, 162.0):
        heights = [height for height, _, _ in spread_labels([(at, "a", ""), (at, "b", "")], 10, 162)]
        assert min(heights) >= 10
        assert max(heights) <= 162 + 1e-9


def test_no_label_is_no_trouble() -> None:
    assert spread_labels([], 0, 100) == []
