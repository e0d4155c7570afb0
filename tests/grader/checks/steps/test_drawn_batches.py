"""Batches drawn from all examples with their own labels pass, whatever the gradient; others are told as they are."""

from dataclasses import replace

import numpy as np
import pytest

from grader.checks.steps.drawn_batches import ALWAYS_THE_FIRST
from grader.grade import grade
from grader.report import CheckResult, Report, Verdict
from reference.catalog import Catalog
from reference.spec import DrawnBatches
from tests.fakes.in_process import InProcessSandbox, upload

FOLDER = Catalog.builtin().get("cs231n-two-layer")
DRAWN = "rows = np.random.choice(len(X), size, replace=False)"
LOSS = "self.loss(X[rows], y[rows], reg)"
STEP = "self.params[name] = self.params[name] - learning_rate * grads[name]"
SINGLE = "self.params[name] = (self.params[name] - learning_rate * grads[name]).astype(np.float32)"
IN_ORDER = "rows = np.arange(iteration, iteration + size) % len(X)"
KEPT_ORDER = "rows = np.random.RandomState({}).permutation(len(X))[(iteration * size + np.arange(size)) % len(X)]"
HALF_A_GRADIENT = ("d_w2 = a1.T @ delta2 +", "d_w2 = 0.5 * a1.T @ delta2 +")
SEEDS = ("public:1", "public:2", "secret:9f")


def _report(*changes: tuple[str, str], seed: str = "public:1") -> Report:
    source = FOLDER.solution
    for before, after in changes:
        assert source.count(before) == 1
        source = source.replace(before, after)
    parts = tuple(
        replace(part, checks=checks)
        for part in FOLDER.assignment.parts
        if (checks := tuple(check for check in part.checks if isinstance(check, DrawnBatches)))
    )
    folder = replace(FOLDER, assignment=replace(FOLDER.assignment, parts=parts))
    return grade(folder, upload(source), InProcessSandbox(), seed)


def _judged(*changes: tuple[str, str], seed: str = "public:1") -> CheckResult:
    (check,) = _report(*changes, seed=seed).parts[0].checks
    return check


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("step", [STEP, SINGLE], ids=["float64", "float32"])
def test_drawn_batches_pass(step: str, seed: str) -> None:
    assert _judged((STEP, step), seed=seed).verdict is Verdict.PASSED


def test_an_order_that_is_drawn_once_and_kept_passes() -> None:
    """Whoever seeds a generator of their own draws the same each time: also where it happens to begin with 0 and 1."""
    orders = [np.random.RandomState(n).permutation(4) for n in range(40)]
    begins = [n for n, order in enumerate(orders) if set(order[:2]) == {0, 1}]

    assert len(begins) > 3
    for number in (3, *begins):
        assert _judged((DRAWN, KEPT_ORDER.format(number))).verdict is Verdict.PASSED


def test_a_unit_that_turns_on_or_off_on_the_way_costs_nothing() -> None:
    assert {_judged(seed=f"s:{number}").verdict for number in (1, 221)} == {Verdict.PASSED}  # bent on their first set


@pytest.mark.parametrize("wrong", [HALF_A_GRADIENT, ("d_b1 = delta1.sum(axis=0)", "d_b1 = delta1.sum()")])
def test_a_wrong_gradient_costs_no_batches(wrong: tuple[str, str]) -> None:
    report = _report(wrong)

    assert report.parts[0].checks[0].verdict is Verdict.PASSED
    assert "GRADED_ON_OWN" in {note.code for note in report.notes}


LABEL = "delta2[rows, y] -= 1"
MIXED = (
    "delta2 -= np.bincount(y, minlength=delta2.shape[1]) / len(y)",
    "delta2[rows, y[::-1]] -= 1",
    "delta2[rows, np.sort(y)] -= 1",
    "delta2[:, y[0]] -= 1",
)
"""Gradients of a batch that take the labels of its other examples; that of one example is right."""


@pytest.mark.parametrize("wrong", [*MIXED, "delta2[rows, (y + 1) % delta2.shape[1]] -= 1"])
def test_labels_that_the_gradient_mixes_up_are_no_fault_of_the_batches(wrong: str) -> None:
    for seed in SEEDS:
        report = _report((LABEL, wrong), seed=seed)

        assert report.parts[0].checks[0].verdict is Verdict.PASSED
        assert "GRADED_ON_OWN" in {note.code for note in report.notes}


def test_labels_that_both_mix_up_are_told_of_the_batches_too() -> None:
    others = (LOSS, "self.loss(X[rows], y[:size], reg)")

    for seed in SEEDS:
        found = _judged((LABEL, MIXED[0]), others, seed=seed)
        assert found.diagnosis is not None
        assert found.diagnosis.code == "LABELS_OF_OTHERS"


def test_a_gradient_that_is_kept_says_nothing_of_what_is_drawn() -> None:
    kept = (LOSS, f'self.__dict__.setdefault("kept", {LOSS})')
    for seed in SEEDS:
        found = _judged(kept, seed=seed)

        assert found.diagnosis is not None
        assert found.diagnosis.code == "OTHER_FORMULA"
        assert found.diagnosis.evidence["found"] == ALWAYS_THE_FIRST["found"]


@pytest.mark.parametrize("gradient", [(), (HALF_A_GRADIENT,)], ids=["right", "wrong"])
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        (((LOSS, "self.loss(X[rows], y[:size], reg)"),), "LABELS_OF_OTHERS"),
        (((LOSS, "self.loss(X[rows], y[rows - 1], reg)"),), "LABELS_OF_OTHERS"),
        (((LOSS, "self.loss(X[rows], np.random.choice(y, size), reg)"),), "LABELS_OF_OTHERS"),
        (((DRAWN, "rows = np.random.choice(len(X_val), size)"),), "ROWS_NEVER_DRAWN"),
        (((DRAWN, "rows = np.random.randint(0, len(X) - 1, size)"),), "ROWS_NEVER_DRAWN"),
        (((DRAWN, "rows = np.random.default_rng(3).choice(len(X), size)"),), "ROWS_NEVER_DRAWN"),
        (((DRAWN, "rows = np.arange(size)"),), "ROWS_NEVER_DRAWN"),
        (((DRAWN, "rows = np.arange(len(X))"),), "OTHER_FORMULA"),
        (((DRAWN, IN_ORDER),), "NO_SHUFFLE"),
        # seen in a batch of several only: one example, a block of rows, half of it, all but the last, other labels
        (((DRAWN, "rows = np.full(size, np.random.randint(len(X)))"),), "OTHER_FORMULA"),
        (((DRAWN, "rows = (np.random.randint(len(X)) + np.arange(size)) % len(X)"),), "OTHER_FORMULA"),
        (
            ((DRAWN, "rows = np.repeat(np.random.choice(len(X), -(-size // 2), replace=False), 2)[:size]"),),
            "OTHER_FORMULA",
        ),
        (((DRAWN, "rows = np.random.choice(len(X), max(size - 1, 1), replace=False)"),), "OTHER_FORMULA"),
        (((LOSS, "self.loss(X[rows], y[rows][::-1], reg)"),), "LABELS_OF_OTHERS"),
    ],
)
def test_other_batches_are_told(
    changes: tuple[tuple[str, str], ...], code: str, gradient: tuple[tuple[str, str], ...]
) -> None:
    for seed in SEEDS:
        found = _judged(*changes, *gradient, seed=seed)

        assert found.verdict is Verdict.WRONG
        assert found.diagnosis is not None
        assert found.diagnosis.code == code


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        (((STEP, "pass"),), "PARAMS_NOT_UPDATED"),
        (((STEP, "self.params[name] = np.full_like(grads[name], np.nan)"),), "UNKNOWN"),
        (((STEP, STEP.replace("grads[name]", "np.sign(grads[name])")),), "UNKNOWN"),
        (
            (
                (
                    STEP,
                    STEP.replace(" = ", ' = np.ones((2, 2)) if name == "W1" and iteration == num_iters - 1 else ', 1),
                ),
            ),
            "SHAPE",
        ),
        (((STEP, "self.params = {} if iteration == num_iters - 1 else self.params"),), "KEYS"),
        ((("grads = self.loss(X[rows]", "grads = self.lose(X[rows]"),), "RAISED"),
    ],
)
def test_what_says_nothing_of_the_batches_earns_nothing(changes: tuple[tuple[str, str], ...], code: str) -> None:
    found = _judged(*changes)

    assert found.points.given == 0
    assert found.diagnosis is not None
    assert found.diagnosis.code == code


def test_a_class_that_is_not_there_is_missing() -> None:
    found = _judged(("class TwoLayerNet", "class Net"))

    assert found.verdict is Verdict.MISSING
