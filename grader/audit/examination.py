"""Audits one assignment: grades its own files, and slips in its solution, as a student's would be graded."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from statistics import median

from grader.audit.mistakes import SEEN_IN_TRAINING, against
from grader.audit.outcome import Mutation, Outcome, Rejection, Survivor, Threshold, Times
from grader.audit.slips import slips
from grader.audit.training import briefly_trained, only_trained, trainings, untrained
from grader.grade import grade
from grader.report import PartResult, Report
from grader.sandbox import Sandbox
from grader.upload import SourceFile, Upload
from reference.catalog import AssignmentFolder

TIMED = 3
"""Gradings behind each median."""

MUTANT_SECONDS = 2.0
"""For one call of a mutant: one that never ends is caught, and need not be waited for longer."""

SHARE_OF_TRAININGS = 0.4
"""Of the budget; the rest is for mutants. What must be done once is done whatever the budget."""


class _PointLost(Exception):  # nothing is wrong: it ends a grading that has said enough
    """The first lost point of a mutant."""


@dataclass(frozen=True, slots=True)
class Effort:
    """runs: seeds for right files, and at most so many trainings. budget: seconds for mutants and trainings."""

    runs: int
    budget: float


def audit(
    folder: AssignmentFolder, sandbox: Sandbox, effort: Effort, clock: Callable[[], float] = time.monotonic
) -> Outcome:
    """All that can be measured of `folder`. Raises SandboxUnavailable or SandboxBroken for faults of ours."""
    begun = clock()
    examined = _Audit(folder, sandbox, clock)
    rejection = examined.rejection(effort.runs)
    mistaken = tuple(examined.mistaken())
    starter = examined.grade(briefly_trained(folder), folder.starter, "public:1")
    thresholds = tuple(examined.thresholds(effort.runs, effort.budget * SHARE_OF_TRAININGS))
    mutation = examined.mutation(effort.budget * (1 - SHARE_OF_TRAININGS))
    solution, times = examined.times()
    return Outcome(
        slug=folder.assignment.slug,
        version=folder.version,
        mutation=mutation,
        rejection=rejection,
        thresholds=thresholds,
        solution=solution.score.given,
        starter=starter.score.given,
        maximum=folder.assignment.points,
        mistakes=len(folder.mistakes),
        mistaken=mistaken,
        times=times,
        seconds=clock() - begun,
    )


@dataclass(frozen=True, slots=True)
class _Audit:
    folder: AssignmentFolder
    sandbox: Sandbox
    clock: Callable[[], float]

    def grade(
        self, folder: AssignmentFolder, source: str, seed: str, progress: Callable[[PartResult], None] = lambda _: None
    ) -> Report:
        return grade(folder, Upload((SourceFile("student.py", source),)), self.sandbox, seed, progress, self.clock)

    def rejection(self, runs: int) -> Rejection:
        right = {"solution": self.folder.solution} | {f"variants/{n}": s for n, s in self.folder.variants.items()}
        untaught, rejected = untrained(self.folder), []
        for name, source in right.items():
            for number in range(runs):
                report = self.grade(untaught, source, f"public:{number}")
                if report.score.given < report.score.maximum:
                    parts = [part.name for part in report.parts if part.points.given < part.points.maximum]
                    rejected.append(f"{name} on public:{number} in {', '.join(parts)}")
        return Rejection(runs * len(right), tuple(rejected))

    def mistaken(self) -> Iterator[str]:
        for stem, source in self.folder.mistakes.items():
            trained = stem.split(".")[0] in SEEN_IN_TRAINING
            folder = briefly_trained(self.folder) if trained else untrained(self.folder)
            yield from against(folder, stem, self.grade(folder, source, "public:1"))

    def thresholds(self, runs: int, seconds: float) -> Iterator[Threshold]:
        """Every training on data redrawn from `runs` seeds, or as many as the seconds allow, but one at least."""
        asked, until = trainings(self.folder), self.clock() + seconds
        alone = only_trained(self.folder)
        reached: list[list[bool]] = [[] for _ in asked]
        for number in range(runs if asked else 0):
            report = self.grade(alone, self.folder.solution, f"public:{number}")
            checks = [check for part in report.parts for check in part.checks]
            for passed, check in zip(reached, checks, strict=True):
                passed.append(check.points.given == check.points.maximum)
            if self.clock() > until:
                break
        for spec, passed in zip(asked, reached, strict=True):
            yield Threshold(spec.function, spec.dataset, spec.threshold, spec.correct_passes, sum(passed), len(passed))

    def mutation(self, seconds: float) -> Mutation:
        """Slips, coarsely spread at first and then those between, until the time is over."""
        planted, until = list(slips(self.folder.solution)), self.clock() + seconds
        untaught = untrained(self.folder)
        limits = replace(untaught.assignment.limits, call_seconds=MUTANT_SECONDS)
        brisk = replace(untaught, assignment=replace(untaught.assignment, limits=limits))
        caught, survivors = 0, []
        for index in _spread(len(planted)):
            if self.clock() > until:
                break
            slip = planted[index]
            try:
                self.grade(brisk, slip.source, "public:1", _stop_at_loss)
            except _PointLost:
                caught += 1
            else:
                survivors.append(Survivor(slip.key, slip.line, self.folder.equivalent.get(slip.key, "")))
        tried = caught + len(survivors)
        return Mutation(len(planted), tried, caught, tuple(sorted(survivors, key=lambda one: (one.line, one.key))))

    def times(self) -> tuple[Report, Times]:
        """A whole report of the solution, and the medians."""
        whole, untaught = self.folder, untrained(self.folder)
        trained = bool(trainings(whole))
        report = self.grade(whole, whole.solution, "public:1")
        return report, Times(
            solution=self._median(untaught, whole.solution),
            solution_training=report.seconds if trained else None,
            starter=self._median(untaught, whole.starter),
            starter_training=self._median(whole, whole.starter) if trained else None,
        )

    def _median(self, folder: AssignmentFolder, source: str) -> float:
        return median(self.grade(folder, source, f"public:{number}").seconds for number in range(TIMED))


def _stop_at_loss(part: PartResult) -> None:
    if part.points.given < part.points.maximum:
        raise _PointLost


def _spread(count: int) -> Iterator[int]:
    """Every number below `count` once, far apart first: by their bits read backwards."""
    bits = max(1, (count - 1).bit_length())
    numbers = (int(f"{number:0{bits}b}"[::-1], 2) for number in range(2**bits))
    return (number for number in numbers if number < count)
