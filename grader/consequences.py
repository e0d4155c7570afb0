"""Says so where training fails because of a mistake that another part has already named."""

from collections.abc import Sequence
from dataclasses import replace

from grader.report import CheckResult, Diagnosis, Evidence, PartResult, Verdict
from reference.spec import Assignment, Check, Descent, DrawnBatches, Forward, Gradient, Operation, Training, UpdateRule

SYMPTOMS = frozenset({"DOES_NOT_LEARN", "ACCURACY_BELOW_THRESHOLD", "DIVERGED", "SHAPE"})
"""What a training shows when the gradient it is given is wrong: no cause by itself."""


OUTCOMES = frozenset({Operation.PREDICT, Operation.SCORE})
"""Operations of a network that is there already: no step is taken by them."""

NO_CAUSE = SYMPTOMS | {"RAISED_IN", "HISTORY_LENGTH"}
"""What never speaks against the training loop's steps: symptoms, a raise in a function that it calls, a history."""


def named_consequences(part: PartResult, earlier: Sequence[PartResult], assignment: Assignment) -> PartResult:
    """`part` with the symptoms of training traced to the first named cause in the gradient or what it calls.

    Only for a training loop whose own steps are not to blame: its update rule passed, or failed by a symptom too.
    """
    rules = [spec for stated in assignment.parts if stated.name == part.name for spec in stated.checks]
    if any(isinstance(spec, Descent) for spec in rules):
        return _ours(part, earlier)
    if any(isinstance(spec, Training) and spec.supplied for spec in rules):
        return _supplied(part, earlier, assignment)
    if not any(_is_rule(spec, assignment) for spec in rules) or any(map(_own_fault, part.checks)):
        return part
    wrong = (check for stage in reversed(earlier) for check in stage.checks if _steers(check, assignment))
    cause = next(wrong, None)
    if cause is None or cause.diagnosis is None:
        return part
    follows = {"cause": cause.function, "cause_code": cause.diagnosis.code}
    return replace(part, checks=tuple(_traced(check, follows) for check in part.checks))


def _ours(part: PartResult, earlier: Sequence[PartResult]) -> PartResult:
    """`part` with the symptoms of our own loop traced to the gradient that it steps by."""
    functions = {check.function for check in part.checks}
    wrong = (c for stage in earlier for c in stage.checks if c.kind == "gradient" and c.function in functions)
    cause = next((check for check in wrong if check.diagnosis is not None), None)
    if cause is None or cause.diagnosis is None:
        return part
    follows = {"cause": cause.function, "cause_code": cause.diagnosis.code}
    return replace(part, checks=tuple(_traced(check, follows, "FOLLOWS_FROM_GRADIENT") for check in part.checks))


def _supplied(part: PartResult, earlier: Sequence[PartResult], assignment: Assignment) -> PartResult:
    """`part` with the symptoms of each network traced to the first of the layers it is made of that is wrong."""
    found = []
    for check in part.checks:
        made = {action.target for action in assignment.function(check.function).recipe}
        wrong = (c for stage in earlier for c in stage.checks if _named(c) and c.function in made)
        cause = next(wrong, None)
        if cause is not None and cause.diagnosis is not None:
            check = _traced(check, {"cause": cause.function, "cause_code": cause.diagnosis.code}, "FOLLOWS_FROM_LAYER")
        found.append(check)
    return replace(part, checks=tuple(found))


def _is_rule(spec: Check, assignment: Assignment) -> bool:
    """Whether a check looks at the steps of the student's loop, on a random batch by copies of one example."""
    sampled = isinstance(spec, Forward) and assignment.function(spec.function).operation is Operation.SAMPLED_STEP
    return sampled or isinstance(spec, UpdateRule | DrawnBatches)


def _steers(check: CheckResult, assignment: Assignment) -> bool:
    """Whether a check has named something wrong that a step may go by: no prediction, no loss beside its gradient."""
    specs = [spec for part in assignment.parts for spec in part.checks if spec.function == check.function]
    beside = check.kind == "forward" and any(isinstance(spec, Gradient) for spec in specs)
    return _named(check) and not beside and assignment.function(check.function).operation not in OUTCOMES


def _own_fault(check: CheckResult) -> bool:
    return check.diagnosis is not None and check.diagnosis.code not in NO_CAUSE


def _named(check: CheckResult) -> bool:
    return check.verdict is Verdict.WRONG and check.kind in {"gradient", "forward"} and check.diagnosis is not None


def _traced(check: CheckResult, follows: dict[str, str], code: str = "FOLLOWS_FROM") -> CheckResult:
    if check.diagnosis is None or check.diagnosis.code not in SYMPTOMS:
        return check
    evidence: dict[str, Evidence] = {**check.diagnosis.evidence, **follows, "symptom": check.diagnosis.code}
    return replace(check, diagnosis=Diagnosis(code, evidence))
