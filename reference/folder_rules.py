"""What the files beside an Assignment must satisfy: each function answered, explained, started, solved and mistaken."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from reference.definitions import changed_functions, definitions
from reference.spec import Assignment, Computed, Forward, Gradient, Training

CODE = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*")


def folder_reasons(
    assignment: Assignment,
    handout: str,
    starter: str,
    solution: str,
    mistakes: Mapping[str, str],
    answers: Mapping[str, Callable[..., Any]],
) -> list[str]:
    """Every contradiction between the assignment and its files, one sentence each; a file not there gives none."""
    reasons = []
    checks = [check for part in assignment.parts for check in part.checks]
    needed = [
        (check.function, way.form)
        for check in checks
        if isinstance(check, Forward | Gradient)
        for way in check.given
        if way.form
    ]
    needed += [
        (check.function, step.form)
        for check in checks
        if isinstance(check, Forward | Gradient)
        for way in check.given
        for step in way.steps
        if isinstance(step, Computed)
    ]
    needed += [
        (check.function, step.form)
        for check in checks
        if isinstance(check, Gradient)
        for step in check.loss
        if isinstance(step, Computed)
    ]
    needed += [(c.function, c.kinks.form) for c in checks if isinstance(c, Gradient) and c.kinks]
    needed += [(c.function, c.probabilities) for c in checks if isinstance(c, Training) and c.probabilities]
    for function in assignment.functions:
        forms = {function.answer, *(form for alias in function.aliases for form in alias.forms)}
        forms |= {variant.form for variant in function.variants} | set(function.settled.values())
        forms |= {form for reading in function.readings for form in reading.forms}
        forms |= {form for name, form in needed if name == function.name}
        reasons += [f"answers.py has no {form}, asked by {function.name}" for form in sorted(forms - answers.keys())]
        if handout and not function.bound_to and not re.search(rf"\b{re.escape(function.name)}\b", handout):
            reasons.append(f"handout.md does not name {function.name}")
    reasons += _definitions(assignment, "starter.py", starter)
    reasons += _definitions(assignment, "solution.py", solution)
    reasons += _mistakes(assignment, solution, mistakes)
    return reasons


def _definitions(assignment: Assignment, name: str, source: str) -> Iterator[str]:
    if not source:
        return
    try:
        defined = definitions(source)
    except SyntaxError as error:
        yield f"{name} does not parse: line {error.lineno}: {error.msg}"
        return
    # A starter without an optional function leaves it out: one that is there counts as tried.
    spared = assignment.optional if name == "starter.py" else frozenset()
    for function in assignment.functions:
        if function.name not in spared and not any(map(function.is_defined_by, defined)):
            yield f"{name} does not define {function.definition}"


def _mistakes(assignment: Assignment, solution: str, mistakes: Mapping[str, str]) -> Iterator[str]:
    parts = {part.name: {check.function for check in part.checks} for part in assignment.parts}
    mistaken: set[str] = set()
    for stem, source in mistakes.items():
        code, _, part = stem.partition(".")
        if not CODE.fullmatch(code):
            yield f"mistakes/{stem}.py: {code!r} is not a diagnosis code in capitals"
        if part and part not in parts:
            yield f"mistakes/{stem}.py: there is no part {part!r}"
        try:
            changed = changed_functions(source, solution)
        except SyntaxError as error:
            yield f"mistakes/{stem}.py does not parse: line {error.lineno}: {error.msg}"
            continue
        if len(changed) != 1:
            yield f"mistakes/{stem}.py differs from the solution in {len(changed)} functions, not in 1"
        mistaken |= {f.name for f in assignment.functions if any(map(f.is_defined_by, changed))}
    for name, functions in parts.items():
        if not functions & mistaken:
            yield f"part {name!r} has no mistake"
