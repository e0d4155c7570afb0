"""A history of zeros is a record where every epoch has filled it, whichever epoch's parameters are kept."""

from dataclasses import replace

import pytest

from grader.grade import grade
from grader.messages import sentence
from reference.catalog import Catalog
from tests.fakes.in_process import InProcessSandbox, upload

FOLDER = Catalog.builtin().get("aarhus-net-classifier")
PARTS = tuple(part for part in FOLDER.assignment.parts if part.name == "history")
QUICK = replace(FOLDER, assignment=replace(FOLDER.assignment, parts=PARTS))
ZEROS = (
    ("{name: np.array(values) for name, values in history.items()}", "history"),
    (
        'history = {"train_loss": [], "train_acc": [], "val_loss": [], "val_acc": []}\n        for _ in',
        'names = ("train_loss", "train_acc", "val_loss", "val_acc")\n'
        "        history = {name: np.zeros(epochs) for name in names}\n        for epoch in",
    ),
    (
        'history[part + "_loss"].append(self.cost_grad(X, y, params, reg)[0])',
        'history[part + "_loss"][epoch] = self.cost_grad(X, y, params, reg)[0]',
    ),
    (
        'history[part + "_acc"].append(self.score(X, y, params))',
        'history[part + "_acc"][epoch] = self.score(X, y, params)',
    ),
)
FIRST_KEPT = (
    "        self.params = params\n",
    "            self.params = self.params or dict(params)\n",
)
BEST_KEPT = (
    "        self.params = params\n",
    "            best = max(history['val_acc'][:-1], default=-1)\n"
    "            self.params = dict(params) if history['val_acc'][-1] > best else self.params\n",
)
RETURN_IN_LOOP = (
    "        self.params = params\n        self.history = history\n",
    "            self.params, self.history = params, history\n            return\n",
)


@pytest.mark.parametrize(("change", "told"), [(FIRST_KEPT, []), (RETURN_IN_LOOP, [("OTHER_FORMULA", 5)])])
def test_entries_that_no_epoch_has_filled_are_no_history(change: tuple[str, str], told: list[object]) -> None:
    source = FOLDER.solution
    for old, new in (*ZEROS, change):
        assert source.count(old) == 1, old
        source = source.replace(old, new)
    report = grade(QUICK, upload(source), InProcessSandbox(), "public:1")
    checks = [check for part in report.parts for check in part.checks]

    assert [(check.diagnosis.code, check.points.given) for check in checks if check.diagnosis] == told


@pytest.mark.parametrize(("words", "count"), [("mean", "len(history[part + '_loss']) + 1"), ("sum", "1")])
@pytest.mark.parametrize("kept", [None, BEST_KEPT])
def test_losses_over_all_epochs_so_far_are_named(words: str, count: str, kept: tuple[str, str] | None) -> None:
    append = 'history[part + "_loss"].append(self.cost_grad(X, y, params, reg)[0])'
    total = "total[part] = total.get(part, 0.0) + self.cost_grad(X, y, params, reg)[0]"
    source = FOLDER.solution
    for old, new in (
        (append, f'{total}\n                history[part + "_loss"].append(total[part] / ({count}))'),
        ("        history = {", "        total = {}\n        history = {"),
        *([kept] if kept else []),
    ):
        assert source.count(old) == 1, old
        source = source.replace(old, new)
    report = grade(QUICK, upload(source), InProcessSandbox(), "public:1")
    (check,) = (check for part in report.parts for check in part.checks)

    assert check.diagnosis is not None
    assert check.diagnosis.evidence["found"] == f"the {words} of train_loss over all epochs so far"


COST = "        return cost, {"
SCORE = "        return np.mean(self.predict(X, params) == y)\n"


def _history_of(*changes: tuple[str, str]) -> tuple[str, float]:
    """The code and the points of a history in the solution with these changes."""
    source = FOLDER.solution
    for old, new in changes:
        assert source.count(old) == 1, old
        source = source.replace(old, new)
    (check,) = grade(QUICK, upload(source), InProcessSandbox(), "public:1").parts[0].checks
    return check.diagnosis.code if check.diagnosis else "", check.points.given


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ((COST, "        return 0.5, {"), ("OTHER_FORMULA", 5)),
        ((SCORE, "        return 0.5\n"), ("OTHER_FORMULA", 5)),
        ((COST, "        return np.sum(params['W1'] ** 2), {"), ("OTHER_FORMULA", 5)),
        # Wrong, but values of what they are given: the history of them is right.
        ((COST, "        return cost * len(X), {"), ("", 10)),
        ((COST, "        return cost / 10_000, {"), ("", 10)),
        ((COST, "        return cost + 1, {"), ("", 10)),
        ((SCORE, "        return 1 - np.mean(self.predict(X, params) == y)\n"), ("", 10)),
    ],
)
def test_values_that_hear_nothing_are_no_history(change: tuple[str, str], told: tuple[str, float]) -> None:
    assert _history_of(change) == told


@pytest.mark.parametrize("entry", ["0.0", "5e-5"])
def test_a_constant_is_no_record_of_a_small_loss(entry: str) -> None:
    append = 'history[part + "_loss"].append(self.cost_grad(X, y, params, reg)[0])'
    small = (COST, "        return cost / 10_000, {")

    assert _history_of(small, (append, f'history[part + "_loss"].append({entry})')) == ("OTHER_FORMULA", 5)


def test_what_would_be_recorded_is_told_of_a_right_function() -> None:
    source = FOLDER.solution.replace(COST, "        return 0.5, {")
    (check,) = grade(QUICK, upload(source), InProcessSandbox(), "public:1").parts[0].checks

    assert "what a right cost_grad gives on the training set" in sentence(check)
