"""Hidden units that start equal are told as the cause of a training that fails; others never are."""

from dataclasses import replace

import pytest

from grader.grade import grade
from grader.messages import sentence
from grader.report import CheckResult
from reference.catalog import Catalog
from reference.spec import Training
from tests.fakes.in_process import InProcessSandbox, upload

TWO = 'params[f"W{i}"] = rng.normal(0, np.sqrt(variance), (sizes[i - 1], sizes[i]))'
ONE = "w_h = rng.normal(0, np.sqrt(2 / (D + hidden)), (D, hidden))"
SECOND = "    w_o = rng.normal(0, np.sqrt(2 / (hidden + C)), (hidden, C))"
SHAPE = "(sizes[i - 1], sizes[i])"


def _trained(slug: str, function: str, before: str, after: str) -> CheckResult:
    """The training of one function on a few passes through the digits."""
    folder = Catalog.builtin().get(slug)
    checks = [
        c for p in folder.assignment.parts for c in p.checks if isinstance(c, Training) and c.function == function
    ]
    small = replace(checks[0], dataset="digits", threshold=0.8, curve_epochs=(), runs=1)
    small = replace(small, hyperparameters={**small.hyperparameters, "epochs": 8}, by_class=False)
    part = next(p for p in folder.assignment.parts if checks[0] in p.checks)
    only = replace(folder.assignment, parts=(replace(part, checks=(small,)),))
    assert folder.solution.count(before) == 1
    source = folder.solution.replace(before, after)
    (result,) = grade(replace(folder, assignment=only), upload(source), InProcessSandbox(), "public:1").parts[0].checks
    return result


@pytest.mark.parametrize("function", ["train_relu", "train_sigmoid", "train_tanh"])
@pytest.mark.parametrize("first", ["np.zeros(SHAPE)", "np.ones(SHAPE)", "np.full(SHAPE, rng.normal(0, 0.3))"])
def test_units_that_start_equal_are_told(function: str, first: str) -> None:
    found = _trained("ece544-mlp", function, TWO, f'params[f"W{{i}}"] = {first.replace("SHAPE", SHAPE)}')

    assert found.points.given == 0
    assert found.diagnosis is not None
    assert (found.diagnosis.code, found.diagnosis.evidence["tensor"]) == ("UNITS_ALIKE", "W1")
    assert "units that W1 leads to are all the same" in sentence(found)


@pytest.mark.parametrize("fill", ["np.zeros(", "0.1 * np.ones("])
def test_of_one_hidden_layer_too(fill: str) -> None:
    found = _trained(
        "ece421-numpy-nn", "train", f"{ONE}\n{SECOND}", f"w_h = {fill}(D, hidden)); w_o = {fill}(hidden, C))"
    ).diagnosis

    assert found is not None
    assert (found.code, found.evidence["tensor"]) == ("UNITS_ALIKE", "w_h")


def test_equal_units_that_other_weights_tell_apart_are_not() -> None:
    found = _trained("ece421-numpy-nn", "train", ONE, "w_h = np.full((D, hidden), 0.1)").diagnosis

    assert found is None or found.code != "UNITS_ALIKE"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("params[name] - velocity[name]", "params[name] + velocity[name]"),
        ("lr * grads[name]", "0 * grads[name]"),
        (TWO, f'params[f"W{{i}}"] = 20 * rng.normal(0, 1, {SHAPE})'),
        # They end equal, but did not start so.
        ("lr * grads[name]", "params[name]"),
    ],
)
def test_another_failure_is_not(before: str, after: str) -> None:
    found = _trained("ece544-mlp", "train_sigmoid", before, after).diagnosis

    assert found is not None
    assert found.code in {"DOES_NOT_LEARN", "ACCURACY_BELOW_THRESHOLD"}


def test_who_learns_all_the_same_keeps_the_points() -> None:
    found = _trained("ece544-mlp", "train_relu", TWO, f'params[f"W{{i}}"] = rng.normal(0, 1, {SHAPE})')

    assert found.points.given == found.points.maximum
