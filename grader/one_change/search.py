"""Looks for the one change of a student's file that makes every number of a failed check right, and says where it is.

The changes are made inside the sandbox, one after the other, and the check is asked again each time. One that passes
is tried once more in a process in which nothing else was tried. So the statement needs no list of known mistakes, and
it is true as it stands: with that change the check passes. It changes no points.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from grader.checks import CHECKS
from grader.checks.subject import Subject
from grader.diagnosis.cause import UNKNOWN
from grader.grading import Grading
from grader.naming import Binding
from grader.one_change.cached_oracle import cached
from grader.one_change.changed_session import ChangedSession, described, prepared
from grader.one_change.drawn_once import DrawnOnce
from grader.one_change.words import KINDS
from grader.patience import Patience
from grader.report import CheckResult, Diagnosis, Evidence, PartResult, Verdict
from grader.sandbox import Loaded, Session
from grader.student import Layout, Student
from reference.spec import Cases, Check, Forward, Gradient, Part, Property, Stability

SEARCHED = (Forward, Stability, Cases, Property, Gradient)
"""Checks that take milliseconds. Of a training's steps many changes make numbers that only look right."""

WITHOUT_CAUSE = frozenset(
    {UNKNOWN, "SHAPE", "NOT_FINITE", "BATCH_ORDER", "BATCH_PARTS", "BATCH_SUM", "SCALAR_GRADIENT"}
)
"""Codes that say what was measured, and not what stands in the file."""

ONE_CHANGE = "ONE_CHANGE"

SCREENING_PROBES = (1, 2, 4)
"""Of a function, asked first: as few as show the mistake. Nearly every change is wrong on them already."""

CALL_SECONDS = 1.0
"""For one call of a changed file: a right one takes a thousandth of that."""

SEARCH_SECONDS = 10.0
"""For one search, and its processes. What ends it is the number of changes, after a second or two: the same file gets
the same report on a busy machine too. This is for files whose functions take long."""

PROCESSES = 8
"""A change can make a loop endless or take all memory, and the process is gone."""

LOAD_SECONDS = 1.0
"""A file that takes longer to load is not searched: every process loads it anew."""

SEARCHES = 2
"""Of one grading."""

TEXT_CHARACTERS = 60


@dataclass(frozen=True, slots=True)
class Found:
    """A change that makes a check pass. number: of the list of changes. line: from 1. text: what stands there now."""

    number: int
    kind: str
    line: int
    text: str

    @property
    def evidence(self) -> dict[str, Evidence]:
        """As a diagnosis holds it."""
        return {"change": self.kind, "change_line": self.line, "change_text": self.text}


class Search:
    """The searches of one grading."""

    def __init__(self, grading: Grading, bindings: Mapping[str, Binding], way: Layout) -> None:
        self._grading = grading
        self._bindings = bindings
        self._way = way
        self._left = SEARCHES if grading.folder.assignment.limits.changes else 0
        self._known: dict[str, tuple[Sequence[str], Found | None]] = {}
        self._explained: list[tuple[str, str]] = []

    def told(self, part: Part, result: PartResult) -> PartResult:
        """The part's result, with a change where a check has no cause and one was found."""
        caused = (c for c in result.checks if c.diagnosis is not None and c.diagnosis.code not in WITHOUT_CAUSE)
        self._explained += [
            (self._bindings[check.function].spelling, check.function)
            for check in caused
            if check.function in self._bindings
        ]
        checks = zip(part.checks, result.checks, strict=True)
        return replace(result, checks=tuple(self._told(spec, check) for spec, check in checks))

    def _told(self, spec: Check, check: CheckResult) -> CheckResult:
        diagnosis = check.diagnosis
        if not isinstance(spec, SEARCHED) or diagnosis is None or diagnosis.code not in WITHOUT_CAUSE:
            return check
        if check.verdict is not Verdict.WRONG or spec.function not in self._bindings or self._follows(spec):
            return check
        found = self._found(spec)
        if found is None:
            return check
        code = ONE_CHANGE if diagnosis.code == UNKNOWN else diagnosis.code
        evidence = {**diagnosis.evidence, **found.evidence}
        told = Diagnosis(code, evidence, diagnosis.counterexample, diagnosis.counterfactual)
        return replace(check, diagnosis=told, lines=(found.line, found.line))

    def _follows(self, spec: Check) -> bool:
        """Whether the student's definition is asked as another function too, and a cause is known there.

        A check of one of its sides may pass with a change that only hides the cause: no step, where a step is wrong.
        """
        spelling = self._bindings[spec.function].spelling
        return any(name == spelling and function != spec.function for name, function in self._explained)

    def _found(self, spec: Check) -> Found | None:
        """A change that was found for another check of the definition, if it is one for this too; else a new one."""
        spelling = self._bindings[spec.function].spelling
        if spelling in self._known:
            spared, earlier = self._known[spelling]
            return earlier if earlier is not None and self._confirmed(spec, spared, earlier.number) else None
        if self._left == 0:
            return None
        self._left -= 1
        spared = self._spellings(self._grading.gathered.proven)
        until = self._grading.clock() + SEARCH_SECONDS
        found, start = None, 0
        for _ in range(PROCESSES):
            found, start = self._search(spec, spared, start, until)
            if start == 0:
                break
        self._known[spelling] = spared, found
        return found

    def _search(self, spec: Check, spared: Sequence[str], start: int, until: float) -> tuple[Found | None, int]:
        """The first change from `start` on that is confirmed; else where another process has to go on, or 0."""
        with self._grading.open(Patience("The search", SEARCH_SECONDS)) as session:
            count = self._prepared(session, spec, spared)
            draw = DrawnOnce()
            subject = replace(self._subject(session), draw=draw.first(None))
            few = (replace(subject, draw=draw.first(most)) for most in SCREENING_PROBES if count)
            screened = next((asked for asked in few if not self._passes(spec, asked, session)), subject)
            for number in range(start, count):
                if self._grading.clock() > until:
                    break
                changed = ChangedSession(session, number, CALL_SECONDS)
                if self._passes(spec, screened, changed) and self._passes(spec, subject, changed):
                    found = self._described(session, number)
                    if found is not None and self._confirmed(spec, spared, number):
                        return found, 0
                if changed.ended:
                    return None, number + 1
        return None, 0

    def _confirmed(self, spec: Check, spared: Sequence[str], number: int) -> bool:
        """Whether the check passes with the change in a process in which nothing else was called."""
        with self._grading.open(Patience("The search", SEARCH_SECONDS)) as session:
            if number >= self._prepared(session, spec, spared):
                return False
            return self._passes(spec, self._subject(session), ChangedSession(session, number, CALL_SECONDS))

    def _prepared(self, session: Session, spec: Check, spared: Sequence[str]) -> int:
        """How many changes there are; the same definitions and the same ones spared make the same list."""
        if not isinstance(session.loaded, Loaded) or session.loaded.seconds > LOAD_SECONDS:
            return 0
        most = self._grading.folder.assignment.limits.changes
        return prepared(session, self._spellings([spec.function]), spared, most)

    def _spellings(self, functions: Iterable[str]) -> Sequence[str]:
        return [self._bindings[name].spelling for name in sorted(functions) if name in self._bindings]

    def _subject(self, session: Session) -> Subject:
        subject = self._grading.subject(session, self._bindings, self._way)
        return replace(subject, oracle=cached(subject.oracle), trial=True)

    def _passes(self, spec: Check, subject: Subject, session: Session) -> bool:
        _, run = CHECKS[type(spec)]
        subject = replace(subject, student=Student(session, self._bindings, self._way))
        with np.errstate(all="ignore"):
            result = run(spec, subject).result
        return bool(result.verdict is Verdict.PASSED)

    def _described(self, session: Session, number: int) -> Found | None:
        """What the process says of a change; a line of another file than the graded one is no line to show."""
        told = described(session, number)
        if told is None:
            return None
        kind, line, text, file = told
        entry = self._grading.upload.entry
        known = kind in KINDS and file == entry.name and 1 <= line <= entry.text.count("\n") + 1
        return Found(number, kind, line, text[:TEXT_CHARACTERS]) if known else None
