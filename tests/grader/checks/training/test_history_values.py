"""A history of zeros is a record where every epoch has filled it, whichever epoch's parameters are kept."""

from dataclasses import replace

import pytest

from grader.grade import grade
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
