"""An assignment with its trainings left out, or shortened, or alone."""

from collections.abc import Callable
from dataclasses import replace

from reference.catalog import AssignmentFolder
from reference.spec import Check, Descent, Training

BRIEF_EPOCHS = 2


def trainings(folder: AssignmentFolder) -> tuple[Training | Descent, ...]:
    """Every check that trains for long."""
    return tuple(c for p in folder.assignment.parts for c in p.checks if isinstance(c, Training | Descent))


def untrained(folder: AssignmentFolder) -> AssignmentFolder:
    """Without the long training: what most slips need not wait for."""
    return _changed(folder, lambda check: () if isinstance(check, Training | Descent) else (check,))


def uncurved(folder: AssignmentFolder) -> AssignmentFolder:
    """Without the shorter trainings that only draw the curve."""
    return _changed(folder, lambda check: (_uncurved(check) if isinstance(check, Training | Descent) else check,))


def only_trained(folder: AssignmentFolder) -> AssignmentFolder:
    """With the trainings alone, without the shorter ones that only draw the curve."""
    return _changed(folder, lambda check: (_uncurved(check),) if isinstance(check, Training | Descent) else ())


def briefly_trained(folder: AssignmentFolder) -> AssignmentFolder:
    """With trainings of two epochs, for code that learns nothing in any number of them."""
    return _changed(folder, lambda check: (_brief(check),))


def _brief(check: Check) -> Check:
    if not isinstance(check, Training | Descent):
        return check
    return replace(_uncurved(check), hyperparameters={**check.hyperparameters, "epochs": BRIEF_EPOCHS})


def _uncurved(check: Training | Descent) -> Training | Descent:
    return replace(check, curve_epochs=()) if isinstance(check, Training) else check


def _changed(folder: AssignmentFolder, change: Callable[[Check], tuple[Check, ...]]) -> AssignmentFolder:
    parts = (
        replace(part, checks=tuple(new for check in part.checks for new in change(check)))
        for part in folder.assignment.parts
    )
    kept = tuple(part for part in parts if part.checks)
    return replace(folder, assignment=replace(folder.assignment, parts=kept))


def unsearched(folder: AssignmentFolder) -> AssignmentFolder:
    """Without a search for one change, which takes a second and changes neither points nor the name of a mistake."""
    limits = replace(folder.assignment.limits, changes=0)
    return replace(folder, assignment=replace(folder.assignment, limits=limits))
