"""What two more trainings say of one that fails, and where they say nothing: by a wrong gradient chance does more."""

from dataclasses import replace

import pytest

from grader.checks.training.training import KIND
from grader.grade import grade
from grader.messages import note_sentence
from grader.report import CheckResult, Report
from reference.catalog import Catalog
from reference.spec import Check, Forward, Gradient, Part, Training, UpdateRule
from tests.fakes.in_process import InProcessSandbox, upload

WHOLE = Catalog.builtin().get("ece544-mlp")
RIGHT = 'grads[f"b{i}"] = delta.sum(axis=0, keepdims=True)'
IN_ORDER = ("order = rng.permutation(len(X))", "order = np.arange(len(X))")


def _parts(dataset: str) -> tuple[Part, ...]:
    """A training with the ReLU, and what it is built on."""
    names = ("forward_relu_1", "backward_relu_1", "train_relu")
    found = []
    for part in WHOLE.assignment.parts:
        checks: list[Check] = [c for c in part.checks if isinstance(c, Forward | Gradient) and c.function in names]
        checks += [c for c in part.checks if isinstance(c, UpdateRule)]
        trainings = [c for c in part.checks if isinstance(c, Training) and c.function in names]
        checks += [replace(training, curve_epochs=()) for training in trainings if training.dataset == dataset]
        found.append(replace(part, checks=tuple(checks)))
    return tuple(part for part in found if part.checks)


def _report(*changes: tuple[str, str], seed: str = "public:3", dataset: str = "digits") -> Report:
    source = WHOLE.solution
    for before, after in changes:
        assert source.count(before) == 1
        source = source.replace(before, after)
    folder = replace(WHOLE, assignment=replace(WHOLE.assignment, parts=_parts(dataset)))
    return grade(folder, upload(source), InProcessSandbox(), seed)


def _training(report: Report) -> CheckResult:
    (check,) = (check for part in report.parts for check in part.checks if check.kind == KIND)
    return check


@pytest.mark.parametrize("seed", ["public:1", "public:2"])
def test_a_loop_that_shuffles_is_not_blamed_for_what_a_wrong_gradient_does(seed: str) -> None:
    found = _training(
        _report((RIGHT, RIGHT.replace("axis=0, keepdims=True", "")), seed=seed, dataset="spiral")
    ).diagnosis

    assert found is not None
    assert found.code == "FOLLOWS_FROM"
    assert found.evidence["cause"] == "backward_relu_1"
    assert "shuffled_accuracy" not in found.evidence


def test_a_loop_that_never_shuffles_is_told_so_by_a_right_gradient() -> None:
    found = _training(_report(IN_ORDER)).diagnosis

    assert found is not None
    assert found.code == "NO_SHUFFLE"


def test_a_note_on_learning_from_the_validation_set_names_the_loop() -> None:
    joined = "np.concatenate([{0}, *[{0}v] * 9])"
    more = f"    X, y = {joined.format('X')}, {joined.format('y')}\n    T = np.eye"
    (note,) = (note for note in _report(("    T = np.eye", more)).notes if note.code == "LEARNS_FROM_VALIDATION")

    assert note_sentence(note).startswith("train_relu reaches ")
