"""Examples with the labels of others are told beside a wrong gradient too, and of no loop that pairs them rightly."""

from dataclasses import replace

import pytest

from grader.grade import grade
from grader.report import Diagnosis
from reference.catalog import Catalog
from reference.spec import Training, UpdateRule
from tests.fakes.in_process import InProcessSandbox, upload

FOLDER = Catalog.builtin().get("ece544-mlp")
PARTS = tuple(
    replace(part, checks=tuple(check for check in part.checks if not isinstance(check, Training)))
    for part in FOLDER.assignment.parts
    if part.name in {"gradients", "training"}
)
QUICK = replace(FOLDER, assignment=replace(FOLDER.assignment, parts=PARTS))
MIXED = ("T[rows])", "T[start : start + batch_size])")
BEST = (
    ("        for _ in range(epochs):\n", "        best, kept = np.inf, params\n        for _ in range(epochs):\n"),
    (
        "        self.params = params\n",
        """            if history["val_loss"][-1] < best:
                best, kept = history["val_loss"][-1], dict(params)
        self.params = kept
""",
    ),
)
"""A fit that gives back the parameters with the lowest loss on the validation set."""
DELTA = "delta = (probs - T) / len(T)"
GRADIENTS = {
    "right": DELTA,
    "divided by classes": "delta = (probs - T) / T.shape[1]",
    "half": "delta = (probs - T) / len(T) * (1 + 0.5 * probs)",
}


def _said(*changes: tuple[str, str]) -> Diagnosis | None:
    source = FOLDER.solution
    for before, after in changes:
        assert source.count(before) == 1
        source = source.replace(before, after)
    report = grade(QUICK, upload(source), InProcessSandbox(), "public:1")
    (check,) = [c for part in report.parts for c in part.checks if c.kind == "update_rule"]
    return check.diagnosis


@pytest.mark.parametrize("gradient", GRADIENTS)
def test_labels_of_others_are_told_whatever_the_gradient(gradient: str) -> None:
    found = _said(MIXED, (DELTA, GRADIENTS[gradient]))

    assert found is not None
    assert found.code == "LABELS_OF_OTHERS"


@pytest.mark.parametrize("gradient", GRADIENTS)
def test_a_loop_that_keeps_them_together_is_not_told_so(gradient: str) -> None:
    assert _said((DELTA, GRADIENTS[gradient])) is None


def _of_fit(*changes: tuple[str, str]) -> Diagnosis | None:
    folder = Catalog.builtin().get("aarhus-net-classifier")
    source = folder.solution
    for before, after in changes:
        assert source.count(before) == 1
        source = source.replace(before, after)
    checks = tuple(c for part in folder.assignment.parts for c in part.checks if isinstance(c, UpdateRule))
    parts = tuple(replace(part, checks=checks) for part in folder.assignment.parts if part.name == "fit")
    alone = replace(folder, assignment=replace(folder.assignment, parts=parts))
    (check,) = grade(alone, upload(source), InProcessSandbox(), "public:1").parts[0].checks
    return check.diagnosis


def test_labels_of_others_are_told_of_a_loop_that_keeps_its_best_parameters() -> None:
    """On a validation set that gets worse where all labels are alike it would give the first parameters back."""
    found = _of_fit(*BEST, ("y_train[rows]", "y_train[start : start + batch_size]"))

    assert found is not None
    assert found.code == "LABELS_OF_OTHERS"


def test_a_choice_of_the_best_parameters_that_comes_out_wrong_is_not_told_so() -> None:
    """The wrong ReLU makes a right loop keep earlier parameters, which it does not where all labels are alike."""
    found = _of_fit(*BEST, ("return np.maximum(x, 0)", "return x * (x > -1)"))

    assert found is None or found.code != "LABELS_OF_OTHERS"


def test_parameters_that_are_rounded_are_no_labels_of_others() -> None:
    """Where all labels are alike the steps are longer, and the same rounding may be small enough there."""
    folder = Catalog.builtin().get("ece421-numpy-nn")
    end = 'return dict(zip(("w_h", "b_h", "w_o", "b_o"), weights, strict=True))'
    assert folder.solution.count(end) == 1
    rounded = folder.solution.replace(end, end.replace("weights,", "[np.round(w, 8) for w in weights],"))
    checks = tuple(c for part in folder.assignment.parts for c in part.checks if isinstance(c, UpdateRule))
    parts = tuple(replace(part, checks=checks) for part in folder.assignment.parts if part.name == "training")
    alone = replace(folder, assignment=replace(folder.assignment, parts=parts))

    (check,) = grade(alone, upload(rounded), InProcessSandbox(), "public:1").parts[0].checks

    assert check.diagnosis is not None
    assert check.diagnosis.code == "UNKNOWN"
