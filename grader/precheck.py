"""A look at a submission before it is handed in: what is certain to cost points, told from its text alone."""

from collections.abc import Iterator
from dataclasses import dataclass

from grader.absence import absence
from grader.load_notes import load_notes
from grader.naming import bind
from grader.report import CheckResult, Diagnosis, Evidence, Note, Score, Verdict
from grader.sandbox import Loaded
from grader.sandbox.outline import Outline, Unloadable
from reference.spec import Assignment


@dataclass(frozen=True, slots=True)
class Precheck:
    """faults: what would cost points, as checks without any, so that they are told in the words of a result.

    found: names of the asked definitions that are there. asked: all but those of optional parts. notes: what loading
    would leave out, which costs nothing. read: False where the file could not be read in time: nothing is known.
    nothing: whether there is nothing to grade: the file does not load, or has no definition of any part.
    """

    faults: tuple[CheckResult, ...] = ()
    found: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    read: bool = True
    nothing: bool = False

    @property
    def lines(self) -> tuple[int, ...]:
        """Lines of the graded file that faults are about."""
        return tuple(line for fault in self.faults for line in fault.lines)


def precheck(assignment: Assignment, told: Outline | Unloadable | None) -> Precheck:
    """What an outline says about a submission to `assignment`; None, an outline that was not made, says nothing."""
    asked = tuple(dict.fromkeys(f.definition for f in assignment.functions if f.name not in assignment.optional))
    if told is None:
        return Precheck(asked=asked, read=False)
    if isinstance(told, Unloadable):
        evidence: dict[str, Evidence] = {"exception": told.kind, "message": told.message, "line": told.line}
        lines = (told.line,) if told.line else ()
        return Precheck(
            (_fault(Verdict.RAISED, "load", Diagnosis("NOT_LOADED", evidence), lines),), (), asked, nothing=True
        )
    bound = {binding.function.definition for binding in bind(assignment.functions, told.definitions).values()}
    missing = tuple(_missing(asked, bound, told))
    skipped = tuple(load_notes(Loaded((), told.skipped, told.absent)))
    # A class that inherits may have its methods from elsewhere, and whoever wrote an optional function wrote something.
    nothing = not bound and not any(name.partition(".")[0] in told.inheriting for name in asked)
    return Precheck(missing, tuple(name for name in asked if name in bound), asked, skipped, nothing=nothing)


def _missing(asked: tuple[str, ...], bound: set[str], told: Outline) -> Iterator[CheckResult]:
    """The definitions that are not there; of a class that is missing as a whole its methods are not named too."""
    there = {definition.name for definition in told.definitions}
    free = [definition for definition in told.definitions if definition.name not in bound]
    told_of: set[str] = set()
    for name in asked:
        owner, dot, _ = name.partition(".")
        if name in bound or owner in told.inheriting or owner in told_of:
            continue
        missing = owner if dot and owner not in there else name
        told_of.add(missing)
        evidence = absence(missing, free, told.skipped, told.out_of_reach)
        yield _fault(Verdict.MISSING, missing, Diagnosis("MISSING", evidence), ())


def _fault(verdict: Verdict, function: str, diagnosis: Diagnosis, lines: tuple[int, ...]) -> CheckResult:
    return CheckResult("precheck", function, verdict, Score(0.0, 0.0), diagnosis=diagnosis, lines=lines)
