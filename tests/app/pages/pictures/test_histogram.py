"""The distribution of scores."""

from xml.etree import ElementTree

import pytest

from app.pages.pictures.histogram import histogram


def test_counts_each_score_once_with_the_maximum_in_the_last_range() -> None:
    picture = histogram([0, 4.99, 5, 100, 100], 100)
    counts = [int(row[1]) for row in picture.table.rows]
    assert (counts[0], counts[1], counts[-1], sum(counts)) == (2, 1, 2, 5)


def test_says_the_median_and_the_ends() -> None:
    picture = histogram([10, 20, 90], 100)
    assert "The median is 20; the lowest is 10, the highest 90 of 100." in picture.finding
    assert "median 20" in picture.svg


@pytest.mark.parametrize("scores", [[0.0], [100.0], [50.0] * 1000, [float(i % 101) for i in range(500)]])
def test_any_class_gives_a_valid_picture_with_few_gridlines(scores: list[float]) -> None:
    root = ElementTree.fromstring(histogram(scores, 100).svg)
    assert len([node for node in root.iter("path") if node.get("class") == "gr"]) <= 7
    bars = [float(str(node.get("height"))) for node in root.iter("rect")]
    assert max(bars) <= 120.01


def test_scores_outside_the_range_are_counted_at_its_ends() -> None:
    picture = histogram([-1, 101], 100)
    assert picture.table.rows[0][1] == picture.table.rows[-1][1] == "1"
