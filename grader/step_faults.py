"""Mistakes of a training loop's own steps, as the checks of its steps have found them."""

from collections.abc import Iterator, Sequence

from grader.report import CheckResult, Verdict
from reference.spec import Assignment, Function

KINDS = frozenset({"update_rule", "batches", "forward"})
"""Checks that look at steps, where their function is the training loop."""

NO_FAULT = frozenset({"DOES_NOT_LEARN", "DIVERGED", "SHAPE", "RAISED_IN", "HISTORY_LENGTH", "NOT_DETERMINISTIC"})
"""What never speaks against the steps: symptoms, a raise in a function that the loop calls, a history, randomness."""


def is_of_steps(check: CheckResult) -> bool:
    """Whether a check of a training loop found something in its steps, and got them."""
    return check.kind in KINDS and check.verdict is Verdict.WRONG


def is_no_count(check: CheckResult) -> bool:
    """Whether the steps of drawn batches do not add up, so that how often each example is taken cannot be counted."""
    if check.kind != "batches" or check.diagnosis is None:
        return False
    return check.diagnosis.code == "UNKNOWN" or bool(check.diagnosis.evidence.get("steps"))


def step_fault(checks: Sequence[CheckResult], loop: Function, assignment: Assignment) -> CheckResult | None:
    """The first check that found a mistake in the loop's own steps, a named one before one that nothing explains."""
    found = [
        check
        for check in _of_steps(checks, loop, assignment)
        if check.verdict is Verdict.WRONG and check.diagnosis is not None
        if check.diagnosis.code not in NO_FAULT and not check.diagnosis.code.startswith("FOLLOWS_FROM")
    ]
    named = (check for check in found if check.diagnosis and check.diagnosis.code != "UNKNOWN")
    return next(named, next(iter(found), None))


def steps_are_right(checks: Sequence[CheckResult], loop: Function, assignment: Assignment) -> bool:
    """Whether the loop's steps were looked at and nothing was found, by the student's own gradient or the right one."""
    verdicts = {check.verdict for check in _of_steps(checks, loop, assignment)}
    return verdicts == {Verdict.PASSED}


def _of_steps(checks: Sequence[CheckResult], loop: Function, assignment: Assignment) -> Iterator[CheckResult]:
    """The checks of steps of this loop: of functions that are the same definition and give the same parameters."""
    given = [tensor.axes for tensor in loop.results]
    for check in checks:
        if check.kind in KINDS:
            function = assignment.function(check.function)
            if function.definition == loop.definition and [tensor.axes for tensor in function.results] == given:
                yield check
