"""Says so where training fails because of a mistake that another part has already named."""

from collections.abc import Sequence
from dataclasses import replace

from grader.foundations import foundations
from grader.report import CheckResult, Diagnosis, Evidence, PartResult, Verdict
from grader.step_faults import is_no_count, is_of_steps, step_fault, steps_are_right
from reference.spec import Assignment, Descent, DrawnBatches, Forward, Training, UpdateRule

SYMPTOMS = frozenset({"DOES_NOT_LEARN", "ACCURACY_BELOW_THRESHOLD", "DIVERGED", "SHAPE"})
"""What a training shows when the gradient it is given is wrong: no cause by itself."""

NO_ACCURACY = frozenset({"DIVERGED", "SHAPE"})
"""Symptoms of a training that gave no parameters to count with."""

MULTIPLES = frozenset(
    {
        *("SIGN", "FACTOR", "FACTOR_TWO", "FACTOR_HALF", "OTHER_DIVISOR", "DIVIDES_BY_NK", "DIVIDES_BY_INPUTS"),
        *("TOTAL_NOT_MEAN", "DOUBLE_MEAN", "BIAS_MEAN", "REG_ON_BIAS"),
    }
)
"""Mistakes that leave a gradient other than 0 where the right one is: a parameter that stays is not their doing."""

UNUSABLE = frozenset({"UNFINISHED", "RESULT_TYPE", "RESULT_COUNT"})
"""What a function gives that raises in the next one, as an array of another shape does."""


def named_consequences(part: PartResult, earlier: Sequence[PartResult], assignment: Assignment) -> PartResult:
    """`part` with what only follows traced: to the mistake in the loop's own steps, or in what they are built on."""
    specs = [spec for stated in assignment.parts if stated.name == part.name for spec in stated.checks]
    before = [check for stage in earlier for check in stage.checks]
    if any(isinstance(spec, Descent) for spec in specs):
        return replace(part, checks=tuple(_ours(check, before) for check in part.checks))
    if any(isinstance(spec, Training) and spec.supplied for spec in specs):
        return replace(part, checks=tuple(_supplied(check, before, assignment) for check in part.checks))
    loops = {
        assignment.function(s.function).definition for s in specs if isinstance(s, DrawnBatches | Training | UpdateRule)
    }
    if not loops:
        return part
    checks: list[CheckResult] = []
    for check in part.checks:
        of_loop = assignment.function(check.function).definition in loops
        checks.append(_of_loop(check, [*before, *checks], assignment) if of_loop else check)
    return replace(part, checks=tuple(checks))


def _of_loop(check: CheckResult, before: Sequence[CheckResult], assignment: Assignment) -> CheckResult:
    """A check of the student's own loop: a symptom, or steps of which nothing is known but that they are wrong."""
    if check.diagnosis is None:
        return check
    loop = assignment.function(check.function)
    wrong = _root(_wrong(before, foundations(assignment, loop), assignment))
    if is_no_count(check):
        own = step_fault(before, loop, assignment)
        if own is not None and _code(own) != "UNKNOWN":
            return _traced(check, {"cause": _told(own)}, "FOLLOWS_FROM_STEP")
    if check.diagnosis.code in SYMPTOMS:
        own = step_fault(before, loop, assignment)
        if own is not None:
            causes = [_told(found) for found in (own, wrong) if found is not None]
            return _traced(check, {"cause": causes[0] if wrong is None else causes}, "FOLLOWS_FROM_STEP")
        if wrong is not None:
            right: dict[str, Evidence] = {"steps_right": True} if steps_are_right(before, loop, assignment) else {}
            return _traced(check, {**_named([wrong]), **right})
    elif wrong is not None and is_of_steps(check) and _cannot_be_told(check.diagnosis, wrong):
        return _traced(check, _named([wrong]))
    return check


def _cannot_be_told(found: Diagnosis, wrong: CheckResult) -> bool:
    """Whether the steps by this wrong gradient may be right; one that is wrong may be 0, which moves nothing."""
    if found.code != "SOME_PARAMS_NOT_UPDATED":
        return found.code == "UNKNOWN"
    frozen = _parameters(found, "frozen")
    moves = wrong.diagnosis is not None and wrong.diagnosis.code in MULTIPLES
    return _is_unusable(wrong) or (bool(frozen) and frozen <= _parameters(wrong.diagnosis, "wrong") and not moves)


def _parameters(told: Diagnosis | None, key: str) -> set[str]:
    """What evidence names of parameters or of their gradients, spelt alike: b2 and d_b2, w_h and dW_h."""
    names = told.evidence.get(key) if told is not None else None
    spelt = names if isinstance(names, Sequence) and not isinstance(names, str) else ()
    return {str(name).lower().removeprefix("d").replace("_", "") for name in spelt}


def _ours(check: CheckResult, before: Sequence[CheckResult]) -> CheckResult:
    """A symptom of our own loop traced to the gradient that it steps by."""
    wrong = (c for c in before if c.kind == "gradient" and c.function == check.function and c.diagnosis is not None)
    cause = next(wrong, None)
    if cause is None or not _is_symptom(check):
        return check
    return _traced(check, _named([cause]), "FOLLOWS_FROM_GRADIENT")


def _supplied(check: CheckResult, before: Sequence[CheckResult], assignment: Assignment) -> CheckResult:
    """What a network shows traced to the layers it is made of that are wrong, and a raise to what makes it raise."""
    made = [action.target for action in assignment.function(check.function).recipe]
    wrong = _wrong(before, made, assignment)
    if check.diagnosis is not None and check.diagnosis.code in ("RAISED", "RAISED_IN"):
        raising = check.diagnosis.evidence.get("other")
        if any(c.function == raising and c.verdict is Verdict.RAISED for c in before):
            return check
        wrong = [found for found in wrong if _is_unusable(found)]
        return _traced(check, _named(wrong)) if wrong else check
    if not wrong or not _is_symptom(check):
        return check
    no_accuracy = check.diagnosis is not None and check.diagnosis.code in NO_ACCURACY
    return _traced(check, _named(wrong), "FOLLOWS_FROM" if no_accuracy else "FOLLOWS_FROM_LAYER")


def _wrong(checks: Sequence[CheckResult], names: Sequence[str], assignment: Assignment) -> list[CheckResult]:
    """One check of each of these functions whose arrays are wrong, in the order of the names."""
    first: dict[str, CheckResult] = {}
    for check in checks:
        if check.verdict is Verdict.WRONG and check.diagnosis is not None and _of_arrays(check, assignment):
            first.setdefault(check.function, check)
    return [first[name] for name in dict.fromkeys(names) if name in first]


def _of_arrays(check: CheckResult, assignment: Assignment) -> bool:
    """Whether a check looks at what training goes by: a gradient, or values that are more than the loss."""
    if check.kind != "forward":
        return check.kind == "gradient"
    specs = [spec for part in assignment.parts for spec in part.checks if isinstance(spec, Forward)]
    return any(
        tensor.axes
        for spec in specs
        if spec.function == check.function
        for tensor in assignment.function(spec.function).results
        if not spec.results or tensor.name in spec.results
    )


def _root(wrong: Sequence[CheckResult]) -> CheckResult | None:
    """The nearest with a mistake of its own, a named one before one that nothing explains."""
    own = [check for check in wrong if not _code(check).startswith("FOLLOWS_FROM")]
    return next((check for check in own if _code(check) != "UNKNOWN"), next(iter([*own, *wrong]), None))


def _is_unusable(check: CheckResult) -> bool:
    return check.diagnosis is not None and (check.diagnosis.code in UNUSABLE or "shape" in check.diagnosis.evidence)


def _is_symptom(check: CheckResult) -> bool:
    return _code(check) in SYMPTOMS


def _code(check: CheckResult) -> str:
    return check.diagnosis.code if check.diagnosis else ""


def _named(causes: Sequence[CheckResult]) -> dict[str, Evidence]:
    """What is told of these causes: a name, or a list where there are several."""
    names, codes = [check.function for check in causes], [_code(check) for check in causes]
    return {"cause": names[0], "cause_code": codes[0]} if len(causes) == 1 else {"cause": names, "cause_code": codes}


def _told(cause: CheckResult) -> str:
    """A cause by its code and its function; what is unknown has no name."""
    return cause.function if _code(cause) == "UNKNOWN" else f"{_code(cause)} in {cause.function}"


def _traced(check: CheckResult, follows: dict[str, Evidence], code: str = "FOLLOWS_FROM") -> CheckResult:
    found = check.diagnosis.evidence if check.diagnosis else {}
    evidence: dict[str, Evidence] = {**found, **follows, "symptom": _code(check)}
    return replace(check, diagnosis=Diagnosis(code, evidence))
