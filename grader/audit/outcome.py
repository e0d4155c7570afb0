"""What an audit found of one assignment, as data."""

from dataclasses import dataclass

from grader.audit.bound import lower_bound

LEAST_MUTATION_SCORE = 0.9
"""Of the mutants tried that are not declared equivalent. Below 1, for some survivors change nothing, undeclared."""


@dataclass(frozen=True, slots=True)
class Survivor:
    """A mutant that lost no point; why: what equivalent.toml says of it, empty where it says nothing."""

    key: str
    line: int
    why: str


@dataclass(frozen=True, slots=True)
class Mutation:
    """tried: of `all` slips in what is asked for, evenly spread where the budget does not reach for all.

    unasked: slips in definitions that no asked function uses, none of `all`. same: those tried that lost no point and
    change nothing that was asked for, by grader.audit.behaviour.
    """

    all: int
    tried: int
    caught: int
    survivors: tuple[Survivor, ...]
    unasked: int = 0
    same: int = 0

    @property
    def counted(self) -> int:
        """Those tried that change something and are not declared equivalent."""
        return self.tried - self.same - sum(bool(one.why) for one in self.survivors)

    @property
    def score(self) -> float:
        """Share caught of those that count; 0 where none was tried."""
        return self.caught / self.counted if self.counted else 0.0


@dataclass(frozen=True, slots=True)
class Rejection:
    """Right files graded (the solution and variants, each on several seeds), and those that lost a point."""

    graded: int
    rejected: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Threshold:
    """How often the solution's training passed, each time on data redrawn from another seed."""

    function: str
    dataset: str
    threshold: float
    stated: float
    passed: int
    runs: int

    @property
    def bound(self) -> float:
        """What so many runs show: the probability is at least this, with 95 % confidence."""
        return lower_bound(self.passed, self.runs)


@dataclass(frozen=True, slots=True)
class Times:
    """Median seconds of one grading; None for training where there is none."""

    solution: float
    solution_training: float | None
    starter: float
    starter_training: float | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that was measured; reds: one sentence for each thing that must not be so."""

    slug: str
    version: str
    mutation: Mutation
    rejection: Rejection
    thresholds: tuple[Threshold, ...]
    solution: float
    starter: float
    maximum: float
    mistakes: int
    mistaken: tuple[str, ...]
    times: Times
    seconds: float

    @property
    def reds(self) -> tuple[str, ...]:
        """Why it is not fit for students; empty where it is."""
        found = [f"a right file lost points: {one}" for one in self.rejection.rejected]
        if self.solution != self.maximum:
            found.append(f"the solution gets {self.solution:g} of {self.maximum:g} points")
        if self.starter:
            found.append(f"the starter gets {self.starter:g} points")
        found += self.mistaken
        if not self.mutation.tried:
            found.append("no mutant was tried: give it more time with --budget")
        elif not self.mutation.score >= LEAST_MUTATION_SCORE:
            found.append(f"only {self.mutation.score:.1%} of the mutants are caught")
        # By the stated probability a failure among so few runs is next to impossible.
        found += [
            f"training {one.function} passed {one.passed} of {one.runs} times at the threshold {one.threshold}"
            for one in self.thresholds
            if not one.runs or one.passed < one.runs
        ]
        return tuple(found)
