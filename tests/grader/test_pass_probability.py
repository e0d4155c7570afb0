"""The probability that correct code passes, from counted trainings of the reference."""

from dataclasses import replace

import numpy as np
import pytest

from grader.pass_probability import PassProbability, pass_probability
from reference.catalog import Catalog
from reference.spec import Descent, Training


def _counted(passed: int, runs: int, trainings: int = 1) -> PassProbability:
    return PassProbability(runs, passed, trainings, 0.9, 0.01, 0.8)


@pytest.mark.parametrize(
    ("passed", "runs", "bound"), [(3000, 3000, 0.05 ** (1 / 3000)), (58, 59, 0.9221), (1, 20, 0.00256)]
)
def test_the_bound_is_clopper_and_pearsons(passed: int, runs: int, bound: float) -> None:
    assert _counted(passed, runs).bound == pytest.approx(bound, rel=1e-3)


def test_two_of_three_trainings_pass_more_surely_than_one() -> None:
    single, three = _counted(990, 1000), _counted(990, 1000, trainings=3)

    assert single.estimate == pytest.approx(0.99)
    assert three.estimate == pytest.approx(0.99**3 + 3 * 0.99**2 * 0.01)
    assert single.bound < single.estimate < three.bound < three.estimate


def test_none_passed_and_all_passed() -> None:
    assert (_counted(0, 9).estimate, _counted(0, 9).bound) == (0.0, 0.0)
    assert _counted(9, 9, trainings=3).estimate == 1.0


@pytest.mark.parametrize("slug", ["ece544-mlp", "hw2-softmax", "ece421-numpy-nn", "aarhus-net-classifier"])
def test_the_reference_trains_anew_each_time(slug: str) -> None:
    folder = Catalog.builtin().get(slug)
    check = next(c for part in folder.assignment.parts for c in part.checks if isinstance(c, Training | Descent))
    blobs = replace(check, dataset="blobs", threshold=0.9)

    found = pass_probability(folder, blobs, 3, np.random.default_rng(2))

    assert (found.runs, found.passed, found.trainings) == (3, 3, getattr(check, "runs", 1))
    assert found == pass_probability(folder, blobs, 3, np.random.default_rng(2))
    assert pass_probability(folder, replace(blobs, threshold=1.1), 2, np.random.default_rng(2)).estimate == 0.0
