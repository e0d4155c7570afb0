"""What a check examines: one session of a student, the right answers, and the seed its probes are drawn from."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace

import numpy as np

from grader.clear_rows import with_clear_rows
from grader.oracle import Oracle, given
from grader.probes import Probe, ordinary_probes
from grader.recipe import is_called
from grader.report import CheckResult, Diagnosis, Evidence, Note, Score, TrainingProgress, TrainingResult, Verdict
from grader.sandbox import Raised, Reply, Stopped
from grader.seeds import generator
from grader.student import Student
from reference.spec import Assignment, Check, Function, Operation

NOT_LOADED: Mapping[type, str] = {Raised: "NOT_LOADED", Stopped: "STOPPED_AT_LOAD"}
"""Codes of a file that does not load, by what loading gave; no part of it can be graded."""

Draw = Callable[[Function, np.random.Generator], tuple[Probe, ...]]


def nobody(progress: TrainingProgress) -> None:
    """Told of a training under way, tells nobody."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One part's session and everything needed to judge it.

    clock: monotonic seconds. proven: functions whose checks have all passed so far, by the reference's answers.
    apart: opens another process with the same file, in which nothing has been called; None where there is none, and
    then nothing is excused. trial: it only matters whether a check is passed in full. points_only: what a check earns
    counts, and nobody reads why it earns no more.
    draw: the ordinary probes of a function. keeps: whether the file could keep an array from one call to the next.
    watch: told of the epochs of a training as they are known.
    """

    assignment: Assignment
    student: Student
    oracle: Oracle
    seed: str
    clock: Callable[[], float]
    proven: frozenset[str] = frozenset()
    apart: Callable[[], AbstractContextManager[Student]] | None = None
    trial: bool = False
    points_only: bool = False
    draw: Draw = ordinary_probes
    keeps: bool = True
    watch: Callable[[TrainingProgress], None] = nobody

    @property
    def explains(self) -> bool:
        """Whether somebody reads why a check is not passed."""
        return not (self.trial or self.points_only)

    def rng(self, *labels: str) -> np.random.Generator:
        """The generator for one purpose of this grading."""
        return generator(self.seed, *labels)

    def forms(self, function: Function) -> tuple[str, ...]:
        """Names of the right functions under the student's spelling, the asked one first."""
        return (*self.student.bindings[function.name].forms, *(variant.form for variant in function.variants))

    def right_forms(self, function: Function) -> tuple[str, ...]:
        """The right function, and the variants that are accepted, whatever the student's file has."""
        return (function.answer, *(variant.form for variant in function.variants))

    def probes(self, function: Function, rng: np.random.Generator) -> tuple[Probe, ...]:
        """The ordinary probes of a function, with the arguments that answers.py settles; of class numbers, none is near
        a tie."""
        probes = tuple(self.settled(function, probe) for probe in self.draw(function, rng))
        if function.operation is not Operation.PREDICT:
            return probes
        clear = self.rng("clear rows", function.name)
        return tuple(with_clear_rows(function, function.answer, self.oracle, probe, clear) for probe in probes)

    def settled(self, function: Function, probe: Probe) -> Probe:
        """A probe whose settled arguments are made of all that were drawn."""
        if not function.settled:
            return probe
        drawn = [given(array) for array in probe.arguments.values()]
        made = {name: np.asarray(self.oracle.answers[form](*drawn)) for name, form in function.settled.items()}
        return replace(probe, arguments={**probe.arguments, **made})

    def called(self, name: str) -> str:
        """The student's name of what a function of that name calls, where it is another: a method, another spelling.

        Empty where the file has none, or where the function stands for a class without calling it by itself.
        """
        binding = self.student.bindings.get(name)
        if binding is None or not is_called(binding.function):
            return ""
        return binding.spelling if binding.spelling != name else ""

    def lines(self, function: str) -> tuple[int, ...]:
        """Where the student's file defines `function`; empty if it does not."""
        binding = self.student.bindings.get(function)
        return binding.lines if binding else ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A check's result and what else it has to say."""

    result: CheckResult
    notes: tuple[Note, ...] = ()
    flags: tuple[Note, ...] = ()
    training: tuple[TrainingResult, ...] = ()


def failed(
    kind: str, check: Check, verdict: Verdict, lines: tuple[int, ...] = (), diagnosis: Diagnosis | None = None
) -> CheckResult:
    """A check that earns nothing."""
    return CheckResult(kind, check.function, verdict, Score(0.0, float(check.points)), diagnosis=diagnosis, lines=lines)


def ended(kind: str, check: Check, reply: Reply, lines: tuple[int, ...]) -> CheckResult:
    """The result of a check whose call raised or was stopped, with the line that raised where it is known."""
    points = Score(0.0, float(check.points))
    if isinstance(reply, Raised):
        code = "UNFINISHED" if reply.type_name == "NotImplementedError" else "RAISED"
        evidence: dict[str, Evidence] = {"exception": reply.type_name, "message": reply.message, "line": reply.line}
        if reply.line == 0 and reply.trace:  # it raised in another file than the one whose lines are numbered
            evidence["place"] = reply.trace[-1].rpartition(" in ")[0]
        blamed = (reply.line, reply.line) if reply.line else lines
        text = f"{reply.type_name}: {reply.message}" if reply.message else reply.type_name
        diagnosis = Diagnosis(code, evidence)
        return CheckResult(
            kind, check.function, Verdict.RAISED, points, diagnosis=diagnosis, lines=blamed, exception=text
        )
    if isinstance(reply, Stopped):
        diagnosis = Diagnosis(reply.verdict.name, {"detail": reply.detail})
        return CheckResult(kind, check.function, reply.verdict, points, diagnosis=diagnosis, lines=lines)
    raise TypeError("a returned value is not an unanswered call")


def unloaded(kind: str, check: Check, loaded: Reply) -> CheckResult:
    """The result of every check of a file that does not load: one cause for the whole file."""
    result = ended(kind, check, loaded, ())
    evidence = result.diagnosis.evidence if result.diagnosis else {}
    return replace(result, diagnosis=Diagnosis(NOT_LOADED[type(loaded)], evidence))
