"""A student's scores over their attempts."""

from xml.etree import ElementTree

import pytest

from app.pages.pictures.score_history import score_history


def test_says_every_score() -> None:
    assert score_history([(1, 31), (2, 56.5)], 100).finding == "Your scores: attempt 1, 31; attempt 2, 56.5 of 100"


@pytest.mark.parametrize("count", [1, 2, 40])
def test_any_number_of_attempts_has_a_dot_each_and_few_labels(count: int) -> None:
    root = ElementTree.fromstring(score_history([(n + 1, float(n)) for n in range(count)], 100).svg)
    assert len(list(root.iter("circle"))) == count
    assert len(list(root.iter("text"))) <= 2 + 2 * 8
