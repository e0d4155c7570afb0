"""Runs the parts of an assignment. Each is judged on its own: a hang, a crash or a mistake costs its part only.

Starting a process takes longer than most parts do. So a part is first tried in the process of the parts before it, if
those earned everything; what it earns in full there, it has earned. Anything else says nothing yet: the part is run
again in a process in which nothing was called, and what happens there counts. So no part pays for what another left
behind, and of a right file most parts need no process of their own.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

import numpy as np

from grader import scoring
from grader.checks import CHECKS
from grader.checks.subject import Subject, failed, unloaded
from grader.grading import Gathered, Grading
from grader.naming import Binding
from grader.patience import PatientSession, of_part
from grader.processes import Processes
from grader.report import CheckResult, PartResult, Verdict
from grader.sandbox import Loaded
from grader.student import Layout, Student
from reference.spec import Part, Training

ENDED = frozenset(
    {
        Verdict.TIME_LIMIT,
        Verdict.MEMORY_LIMIT,
        Verdict.OUTPUT_LIMIT,
        Verdict.FORBIDDEN,
        Verdict.CRASHED,
        Verdict.NO_RESULT,
    }
)
"""Verdicts after which the process is gone: the rest of its part is skipped."""

TRIAL_SECONDS = 0.25
"""What one call may take in a process that is shared; nearly all take a thousandth. Beyond it the part gets its own."""


class Parts:
    """Judges the parts of one grading, in their order."""

    def __init__(self, grading: Grading, bindings: Mapping[str, Binding], way: Layout, processes: Processes) -> None:
        self._grading = grading
        self._bindings = bindings
        self._way = way
        self._processes = processes

    def judge(self, part: Part) -> PartResult:
        """The result of a part as if it were the only one. A training never shares its process."""
        trains = any(isinstance(check, Training) for check in part.checks)
        if self._processes.used and not trains:
            result = self._tried(part)
            if result is not None:
                return result
        patience = of_part(part, self._grading.folder.assignment.limits, self._grading.patience)

        @contextmanager
        def apart() -> Iterator[Student]:
            with self._grading.open(patience) as other:
                yield Student(other, self._bindings, self._way)

        session = self._processes.fresh(patience)
        self._processes.used = True
        subject = replace(self._subject(session), apart=apart)
        results = self._results(part, subject, session, self._grading.gathered)
        if trains or not _in_full(results, self._grading.gathered):
            self._processes.end()
        return scoring.part(part.name, results)

    def _tried(self, part: Part) -> PartResult | None:
        """The result of a part in the process of those before, if it earns everything there."""
        patience = of_part(part, self._grading.folder.assignment.limits, self._grading.patience)
        session = self._processes.present(patience, TRIAL_SECONDS)
        if session is None:
            return None
        gathered = self._grading.gathered.copy()
        results = self._results(part, replace(self._subject(session), trial=True), session, gathered)
        if not _in_full(results, gathered):
            return None
        self._grading.gathered = gathered
        return scoring.part(part.name, results)

    def _subject(self, session: PatientSession) -> Subject:
        return self._grading.subject(session, self._bindings, self._way)

    def _results(
        self, part: Part, subject: Subject, session: PatientSession, gathered: Gathered
    ) -> tuple[CheckResult, ...]:
        """The results of the checks of a part; after an ending the rest of them is skipped, in a trial after a miss."""
        clock = self._grading.clock
        results: list[CheckResult] = []
        loaded = session.loaded
        for spec in part.checks:
            kind, run = CHECKS[type(spec)]
            before = clock()
            if not isinstance(loaded, Loaded):  # a file that loads only sometimes: its own fault, at its own cost
                result = unloaded(kind, spec, loaded)
            elif any(earlier.verdict in ENDED for earlier in results):
                result = failed(kind, spec, Verdict.SKIPPED, subject.lines(spec.function))
            else:
                subject = replace(subject, proven=gathered.proven)
                with np.errstate(all="ignore"):  # a student's numbers may overflow wherever they are compared
                    result = gathered.keep(run(spec, subject))
            called = subject.called(spec.function)
            results.append(replace(result, seconds=round(clock() - before, 6), called=called))
            gathered.results.append(result)
            if subject.trial and result.verdict is not Verdict.PASSED:
                return tuple(results)
        gathered.hear(self._processes.prints())
        return tuple(results)


def _in_full(results: tuple[CheckResult, ...], gathered: Gathered) -> bool:
    """Whether a part earned all it could, by the reference's answers."""
    earned = all(
        result.verdict is Verdict.PASSED and result.points.given == result.points.maximum for result in results
    )
    return earned and not any(result.function in gathered.on_own for result in results)
