"""Does a planted mistake get its own code, and cost its own part alone?"""

from collections.abc import Iterator

from grader.report import Report
from reference.catalog import AssignmentFolder
from reference.definitions import changed_functions
from reference.spec import Assignment, Gradient, Operation

SEEN_IN_TRAINING = frozenset({"DOES_NOT_LEARN"})
"""Codes of a loop that only its accuracy shows."""

OF_OTHERS = frozenset({"FOLLOWS_FROM", "FOLLOWS_FROM_FORWARD", "FOLLOWS_FROM_STEP", "RAISED_IN"})
"""Codes that say a function only carries on the mistake of another."""

NO_CAUSE = frozenset({"RAISED", "UNKNOWN"})
"""Codes that blame nothing: all that can be said of a step that goes along what another part has found wrong."""

TRAINS = frozenset({Operation.TRAIN, Operation.SAMPLED_STEP, Operation.DECAYED_STEPS, Operation.PASS_STEPS})
"""What steps along the gradients of another function, right or wrong."""


def against(folder: AssignmentFolder, stem: str, report: Report) -> Iterator[str]:
    """What is wrong with the report of mistakes/<stem>.py, one sentence each."""
    changed = changed_functions(folder.solution, folder.mistakes[stem])
    spoilt = {f.name for f in folder.assignment.functions if any(map(f.is_defined_by, changed))}
    own = _parts_of(folder.assignment, spoilt) | _made_of(folder.assignment, spoilt)
    trains = _trains(folder.assignment)
    codes, blaming = set[str](), set[str]()
    for part in report.parts:
        said = {check.diagnosis.code for check in part.checks if check.diagnosis}
        codes |= said
        blaming |= said - (NO_CAUSE if part.name in trains - own else set())
    lost = {part.name for part in report.parts if part.points.given < part.points.maximum}
    code = stem.split(".")[0]
    if code not in codes:
        yield f"mistakes/{stem}.py gets {', '.join(sorted(codes)) or 'no code'}, not {code}"
    elif others := blaming - {code} - OF_OTHERS:
        yield f"mistakes/{stem}.py also gets {', '.join(sorted(others))}"
    if not lost & own:
        yield f"mistakes/{stem}.py does not lose the points of its own part"
    if others := lost - own - trains:
        yield f"mistakes/{stem}.py also costs {', '.join(sorted(others))}"


def _parts_of(assignment: Assignment, functions: set[str]) -> set[str]:
    return {part.name for part in assignment.parts for check in part.checks if check.function in functions}


def _made_of(assignment: Assignment, functions: set[str]) -> set[str]:
    """Parts of gradients that are made of what these functions keep, so that nothing is right given a wrong one."""
    spoilt = {assignment.function(name).definition for name in functions}
    return {
        part.name
        for part in assignment.parts
        for check in part.checks
        if isinstance(check, Gradient)
        if spoilt & {action.target for action in assignment.function(check.function).recipe}
    }


def _trains(assignment: Assignment) -> set[str]:
    return _parts_of(assignment, {f.name for f in assignment.functions if f.operation in TRAINS})
