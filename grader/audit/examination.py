"""Audits one assignment: grades its own files, and slips in its solution, as a student's would be graded."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median

from grader.audit.mistakes import SEEN_IN_TRAINING, against
from grader.audit.mutation import Trial
from grader.audit.outcome import Outcome, Rejection, Threshold, Times
from grader.audit.training import briefly_trained, only_trained, trainings, unsearched, untrained
from grader.grade import grade
from grader.report import Report
from grader.sandbox import Sandbox
from grader.upload import SourceFile, Upload
from reference.catalog import AssignmentFolder

TIMED = 3
"""Gradings behind each median."""

SHARE_OF_TRAININGS = 0.4
"""Of the budget; the rest is for mutants. What must be done once is done whatever the budget."""


@dataclass(frozen=True, slots=True)
class Effort:
    """runs: seeds for each variant, and at most so many trainings. budget: seconds for mutants and trainings.

    seeds: on so many the solution is graded without training, for nobody who is right may lose by chance.
    """

    runs: int
    budget: float
    seeds: int = 100


def audit(
    folder: AssignmentFolder, sandbox: Sandbox, effort: Effort, clock: Callable[[], float] = time.monotonic
) -> Outcome:
    """All that can be measured of `folder`. Raises SandboxUnavailable or SandboxBroken for faults of ours."""
    begun = clock()
    examined = _Audit(folder, sandbox, clock)
    rejection = examined.rejection(effort)
    mistaken = tuple(examined.mistaken())
    starter = examined.grade(briefly_trained(folder), folder.starter, "public:1")
    thresholds = tuple(examined.thresholds(effort.runs, effort.budget * SHARE_OF_TRAININGS))
    mutation = Trial(folder, sandbox, clock).run(effort.budget * (1 - SHARE_OF_TRAININGS))
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

    def grade(self, folder: AssignmentFolder, source: str, seed: str) -> Report:
        return grade(
            unsearched(folder), Upload((SourceFile("student.py", source),)), self.sandbox, seed, clock=self.clock
        )

    def rejection(self, effort: Effort) -> Rejection:
        right = {"solution": self.folder.solution} | {f"variants/{n}": s for n, s in self.folder.variants.items()}
        untaught, graded, rejected = untrained(self.folder), 0, []
        for name, source in right.items():
            for number in range(effort.seeds if name == "solution" else effort.runs):
                report = self.grade(untaught, source, f"public:{number}")
                graded += 1
                parts = [part.name for part in report.parts if part.points.given < part.points.maximum]
                if parts:  # optional ones count here
                    rejected.append(f"{name} on public:{number} in {', '.join(parts)}")
        return Rejection(graded, tuple(rejected))

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
