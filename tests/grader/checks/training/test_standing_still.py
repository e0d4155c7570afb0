"""A full training that ends where a shorter one did, where the handout forbids to stop early."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import cast

import pytest

from grader.checks.subject import Subject
from grader.checks.training.standing_still import standing_still
from grader.report import EpochPoint, Report
from reference.catalog import Catalog
from reference.spec import Training

CATALOG = Catalog.builtin()


def _asked(slug: str, losses: tuple[float, ...], proven: bool = True) -> object:
    assignment = CATALOG.get(slug).assignment
    trainings = [c for part in assignment.parts for c in part.checks if isinstance(c, Training)]
    function = trainings[0].function
    subject = SimpleNamespace(assignment=assignment, proven=frozenset({function} if proven else ()))
    curve = [EpochPoint(epoch, loss, 0.9, loss + 1, 0.9) for epoch, loss in zip((50, 100, 200), losses, strict=True)]
    found = standing_still(trainings[0], cast(Subject, subject), curve)
    return found and (found.code, found.evidence["epochs"], found.evidence["same"])


@pytest.mark.parametrize(
    ("slug", "losses", "proven", "found"),
    [
        ("ece421-numpy-nn", (0.3, 0.2, 0.1), True, None),
        ("ece421-numpy-nn", (0.3, 0.1, 0.1), True, ("LAST_EPOCH_MISSING", 200, 100)),
        ("ece421-numpy-nn", (0.1, 0.1, 0.1), True, ("LAST_EPOCH_MISSING", 200, 50)),
        ("ece421-numpy-nn", (0.3, 0.1, 0.1), False, None),  # what was lost for the rule is not lost again
        ("ece421-numpy-nn", (0.3, float("nan"), float("nan")), True, None),
        ("aarhus-net-classifier", (0.3, 0.1, 0.1), True, None),  # to keep the best is allowed there
    ],
)
def test_losses_that_stay_to_the_last_digit_tell(
    slug: str, losses: tuple[float, ...], proven: bool, found: object
) -> None:
    assert _asked(slug, losses, proven) == found


def test_a_training_that_stops_after_sixty_epochs_loses_the_accuracy(graded: Callable[..., Report]) -> None:
    folder = CATALOG.get("ece421-numpy-nn")
    loop = "    for _ in range(epochs):\n"
    report = graded(folder.solution.replace(loop, loop + "        if _ == 60: break\n"), folder=folder)
    wrong = [check for part in report.parts for check in part.checks if check.diagnosis]

    assert [(check.kind, check.diagnosis and check.diagnosis.code) for check in wrong] == [
        ("training", "LAST_EPOCH_MISSING")
    ]
