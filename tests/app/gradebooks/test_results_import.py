"""A results.json of Gradescope, read for the points it gives."""

import json
import math
from typing import Any

import pytest

from app.errors import BadForm
from app.gradebooks.results_import import read_results
from app.gradebooks.results_json import results_json


@pytest.mark.parametrize(
    ("body", "points"),
    [
        ({"score": 41.0}, 41.0),
        ({"tests": [{"score": 8, "max_score": 8}, {"score": 0, "max_score": 8}]}, 50.0),
        ({"score": 4, "tests": [{"score": 8, "max_score": 8}]}, 50.0),
        ({"tests": [{"score": 8}, {"score": 2, "max_score": 10}]}, 10.0),
        ({"tests": [{"score": 9, "max_score": 8}]}, 100.0),
        ({"score": 3, "tests": [{"max_score": 0}]}, 3.0),
    ],
)
def test_points_are_scaled_to_what_the_assignment_is_worth(body: dict[str, Any], points: float) -> None:
    assert read_results(body).scaled(100.0) == pytest.approx(points)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"tests": []},
        {"tests": "x"},
        {"tests": [1]},
        {"score": True},
        {"score": math.nan},
        {"score": -1},
        {"score": "8"},
        {"tests": [{"score": math.inf}]},
        {"tests": [{"score": 1, "max_score": -1}]},
    ],
)
def test_what_gives_no_points_is_refused(body: dict[str, Any]) -> None:
    with pytest.raises(BadForm):
        read_results(body)


def test_our_own_file_comes_back_as_the_points_it_was_written_with(make_report: Any) -> None:
    assert read_results(json.loads(json.dumps(results_json(make_report(82.0))))).scaled(100.0) == 82.0
