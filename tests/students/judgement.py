"""Grades our own harmless files in this process and says what was said of each function."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from grader.grade import grade
from grader.report import Diagnosis, Report, Verdict
from reference.catalog import AssignmentFolder
from reference.spec import Descent, Training
from tests.fakes.in_process import InProcessSandbox, upload
from tests.students.snippets import Snippet

TRUE_OF_ANY = frozenset({"UNKNOWN", "FOLLOWS_FROM", "RAISED_IN", "DOES_NOT_LEARN", "ACCURACY_BELOW_THRESHOLD"})
"""Codes that claim no mistake of the function they stand at, or only what was measured."""

MEASURED = frozenset({"BATCH_ORDER", "BATCH_PARTS", "BATCH_SUM", "SHAPE", "RESULT_COUNT", "RAISED", "NOT_FINITE"})
"""Codes that state what came back and no cause: they cannot be false. They name a mistake only where it says so."""

CARRIED_ON = frozenset({"MUTATES_INPUT", "NOT_DETERMINISTIC", "TIME_LIMIT"})
"""Codes that are as true of a caller as of the function it calls."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a report says of one function: codes, one sentence each; and whether points were lost."""

    codes: tuple[str, ...]
    lost: bool


def quick(folder: AssignmentFolder, changes: int = 0) -> AssignmentFolder:
    """The assignment without its long trainings. changes: that a search may try, which takes a second."""
    parts = (
        replace(part, checks=tuple(check for check in part.checks if not isinstance(check, Training | Descent)))
        for part in folder.assignment.parts
    )
    kept = tuple(part for part in parts if part.checks)
    limits = replace(folder.assignment.limits, changes=changes)
    return replace(folder, assignment=replace(folder.assignment, parts=kept, limits=limits))


def report_of(
    folder: AssignmentFolder,
    source: str,
    seed: str,
    cpu_seconds: float | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Report:
    """The report of `source`, run in this process. cpu_seconds: what one call may take. clock: of the grading."""
    return grade(folder, upload(source), InProcessSandbox(cpu_seconds), seed, clock=clock)


def said(report: Report) -> Mapping[str, Said]:
    """What was said of each function that a check is about."""
    checks = [check for part in report.parts for check in part.checks]
    names = dict.fromkeys(check.function for check in checks)
    return {
        name: Said(
            tuple(code for c in checks if c.function == name and c.diagnosis for code in codes(c.diagnosis)),
            any(c.function == name and c.verdict is not Verdict.PASSED for c in checks),
        )
        for name in names
    }


def codes(diagnosis: Diagnosis) -> tuple[str, ...]:
    """The code of a diagnosis, and those of the further mistakes it names."""
    also = diagnosis.evidence.get("also")
    further = [entry for entry in also if isinstance(entry, Mapping)] if isinstance(also, list | tuple) else []
    return (diagnosis.code, *(str(entry["code"]) for entry in further))


def named(snippet: Snippet, found: Mapping[str, Said]) -> tuple[bool, ...]:
    """For each mistake planted in a snippet, whether its function was told a code that is true of it.

    A code stands for one mistake: two that are both called RAISED need two sentences only if both are about it.
    """
    told = frozenset(found[snippet.function].codes)
    return tuple(bool(told & truth) for truth in snippet.truths)


def false_statements(planted: Sequence[Snippet], found: Mapping[str, Said]) -> list[tuple[str, str]]:
    """Pairs of a function and a definite code said of it that is true of no mistake planted."""
    truths = {snippet.function: frozenset().union(*snippet.truths) for snippet in planted}
    carried = frozenset().union(*truths.values()) & CARRIED_ON
    return [
        (name, code)
        for name, said_of in found.items()
        for code in said_of.codes
        if code not in TRUE_OF_ANY | MEASURED and code not in truths.get(name, frozenset()) | carried
    ]
