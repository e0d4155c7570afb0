"""Does a full training use all its epochs, where the handout promises that it does? The points of its curve tell."""

from collections.abc import Sequence

from grader.checks.subject import Subject
from grader.report import Diagnosis, EpochPoint, Evidence
from reference.spec import Training, UpdateRule


def standing_still(spec: Training, subject: Subject, curve: Sequence[EpochPoint]) -> Diagnosis | None:
    """That a shorter training ends where the full one does, to the last digit of its losses; None where none does.

    Asked only of a loop whose steps are proven, where early stopping is forbidden: whoever stops within the epochs that
    the update rule looks at has lost points for it there.
    """
    rules = [c for part in subject.assignment.parts for c in part.checks if isinstance(c, UpdateRule)]
    forbidden = any(rule.last_epoch for rule in rules if rule.function == spec.function)
    if not forbidden or spec.function not in subject.proven:
        return None
    *earlier, last = curve
    for point in earlier:
        if (point.train_loss, point.test_loss) == (last.train_loss, last.test_loss):
            about: dict[str, Evidence] = {"epochs": last.epoch, "same": point.epoch, "subject": spec.function}
            return Diagnosis("LAST_EPOCH_MISSING", about)
    return None
