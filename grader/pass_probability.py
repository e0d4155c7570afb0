"""How probably does correct code pass a training check? The reference trains over and over, on splits drawn anew."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from grader.checks.steps.training_set import drawn, reference_trained
from grader.checks.training.descent import descended
from grader.oracle import Oracle
from grader.results import FloatArray
from grader.standing import Judge
from reference.catalog import AssignmentFolder
from reference.data import DRAWN
from reference.spec import Descent, Training

CONFIDENCE = 0.95
"""Of the bound: with the true probability below it, so few failures would be seen in fewer than 5 of 100 countings."""

HALVINGS = 60
"""Of the interval in which the bound lies; 2^-60 is beyond what a float can tell."""


@dataclass(frozen=True, slots=True)
class PassProbability:
    """Test accuracies of `runs` single trainings, `passed` of which reach the threshold.

    trainings: how many of them one grading makes, of which more than half must pass.
    """

    runs: int
    passed: int
    trainings: int
    mean: float
    deviation: float
    lowest: float

    @property
    def estimate(self) -> float:
        """The probability that a grading passes, if a training does as often as was counted."""
        return _majority(self.passed / self.runs, self.trainings)

    @property
    def bound(self) -> float:
        """The same at the lower end of what the count leaves possible (Clopper and Pearson, 1934, one-sided, 95 %)."""
        return _majority(_lowest(self.passed, self.runs), self.trainings)


def pass_probability(
    folder: AssignmentFolder, check: Training | Descent, runs: int, rng: np.random.Generator
) -> PassProbability:
    """Train the reference `runs` times, each on a split and from a seed of its own, as a grading would."""
    accuracies = np.array([_accuracy(folder, check, rng) for _ in range(runs)])
    passed = int(np.sum(accuracies >= check.threshold))
    trainings = check.runs if isinstance(check, Training) else 1
    figures = (float(accuracies.mean()), float(accuracies.std()), float(accuracies.min()))
    return PassProbability(runs, passed, trainings, *figures)


def _accuracy(folder: AssignmentFolder, check: Training | Descent, rng: np.random.Generator) -> float:
    """The test accuracy of one training of the reference."""
    return _descent(folder, check, rng) if isinstance(check, Descent) else _training(folder, check, rng)


def _training(folder: AssignmentFolder, check: Training, rng: np.random.Generator) -> float:
    function, oracle = folder.assignment.function(check.function), Oracle(folder.answers)
    one = drawn(check, function, _same(rng), 0)
    (trained,) = reference_trained(check, function, oracle, one, (int(check.hyperparameters["epochs"]),))
    return Judge(check, folder.assignment, oracle).accuracy(trained, one.split.test)


def _descent(folder: AssignmentFolder, check: Descent, rng: np.random.Generator) -> float:
    function, oracle = folder.assignment.function(check.function), Oracle(folder.answers)
    split = DRAWN[check.dataset](rng)

    def right(arguments: tuple[FloatArray, ...]) -> FloatArray:
        return oracle.apply(function, function.answer, arguments)[check.gradient]

    return descended(check, function, split, right, rng)[0][-1].test_accuracy


def _same(rng: np.random.Generator) -> Callable[..., np.random.Generator]:
    return lambda *_purpose: rng


def _majority(single: float, trainings: int) -> float:
    """That more than half of `trainings` pass where each does with probability `single`."""
    return _more_than(trainings // 2, single, trainings)


def _lowest(passed: int, runs: int) -> float:
    """The smallest probability with which `passed` of `runs` or more are seen in 5 of 100 countings."""
    low, high = 0.0, passed / runs
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if _more_than(passed - 1, middle, runs) < 1 - CONFIDENCE else (low, middle)
    return low


def _more_than(count: int, single: float, runs: int) -> float:
    """That more than `count` of `runs` happen (binomial)."""
    if single in (0.0, 1.0):
        return single
    logs = (
        math.lgamma(runs + 1) - math.lgamma(k + 1) - math.lgamma(runs - k + 1)
        + k * math.log(single) + (runs - k) * math.log1p(-single)
        for k in range(count + 1, runs + 1)
    )  # fmt: skip
    return min(1.0, math.fsum(map(math.exp, logs)))
