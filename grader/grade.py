"""The walk through one grading: look at the file, run every part in a process of its own, add up, report."""

import platform
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from importlib.metadata import PackageNotFoundError, version

import numpy as np

from grader import measured_derivatives, scoring
from grader.checks import CHECKS
from grader.checks.subject import Finding, Subject, failed, nobody, unloaded
from grader.consequences import named_consequences
from grader.experiments import Bench, measured
from grader.layout import layout
from grader.load_notes import load_notes
from grader.naming import Binding, bind
from grader.oracle import Oracle
from grader.patience import Patience, PatientSession, of_grading, of_part
from grader.report import (
    CheckResult,
    ExperimentResult,
    ExperimentRun,
    Note,
    PartResult,
    Report,
    TrainingProgress,
    TrainingResult,
    Verdict,
)
from grader.sandbox import Loaded, Raised, Sandbox, Session, Stopped
from grader.student import Layout, Student
from grader.upload import Upload
from reference.catalog import AssignmentFolder
from reference.sources import Source
from reference.spec import Limits, Part

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

PRINTED_CHARACTERS = 20_000
"""What a report keeps of a student's prints."""


OWN_FILES_MEMORY_MIB = 4096
"""For trainings on somebody's own files, which are on their own machine and not on a service."""

OWN_FILES_CPU_SECONDS = 600


def _nobody(part: PartResult) -> None:
    """Told of a part, tells nobody."""


def _noone(run: ExperimentRun) -> None:
    """Told of a run, tells nobody."""


@dataclass(slots=True)
class _Grading:
    """What one grading has gathered so far."""

    folder: AssignmentFolder
    upload: Upload
    sandbox: Sandbox
    seed: str
    clock: Callable[[], float]
    patience: Patience
    watch: Callable[[TrainingProgress], None]
    results: list[CheckResult] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    flags: list[Note] = field(default_factory=list)
    training: list[TrainingResult] = field(default_factory=list)
    experiments: list[ExperimentResult] = field(default_factory=list)
    printed: str = ""

    def subject(self, session: Session, bindings: Mapping[str, Binding], way: Layout = Layout.ROWS) -> Subject:
        student = Student(session, bindings, way)
        oracle = Oracle(self.folder.answers)
        return Subject(self.folder.assignment, student, oracle, self.seed, self.clock, watch=self.watch)

    @contextmanager
    def open(self, patience: Patience, limits: Limits | None = None) -> Iterator[PatientSession]:
        """A process with the submission, which may take what is left of the patience."""
        limits = limits or self.folder.assignment.limits
        with self.sandbox.open(self.upload, limits) as session:
            yield PatientSession(session, patience, limits)

    @property
    def proven(self) -> frozenset[str]:
        """Functions whose checks have all passed so far, by the reference's answers."""
        own = {note.evidence["function"] for note in self.notes if note.code == "GRADED_ON_OWN"}
        failed = {result.function for result in self.results if result.verdict is not Verdict.PASSED}
        return frozenset({result.function for result in self.results} - failed - own)

    def keep(self, finding: Finding) -> CheckResult:
        """Gather what a finding says beside its result; the same note is kept once."""
        for kept, new in ((self.notes, finding.notes), (self.flags, finding.flags)):
            kept.extend(note for note in new if note not in kept)
        self.training.extend(finding.training)
        return finding.result


def grade(
    folder: AssignmentFolder,
    upload: Upload,
    sandbox: Sandbox,
    seed: str,
    progress: Callable[[PartResult], None] = _nobody,
    clock: Callable[[], float] = time.monotonic,
    watch: Callable[[TrainingProgress], None] = nobody,
    sources: Sequence[Source] = (),
    told: Callable[[ExperimentRun], None] = _noone,
) -> Report:
    """Grade `upload` and report. `progress` is told of each part as it ends, `watch` of the epochs of a training.

    clock: monotonic seconds. sources: the examples that the assignment's experiments are run on once the points are
    settled; `told` is told of each run as it ends.

    seed: "public:<n>" for a local run, "secret:<hex>" for a submission; every probe and split is drawn from it, so the
    same seed replays bit for bit. Raises SandboxUnavailable or SandboxBroken for faults of ours.
    """
    started = clock()
    limits = folder.assignment.limits
    grading = _Grading(folder, upload, sandbox, seed, clock, of_grading(limits), watch)
    parts: list[PartResult] = []
    optional = {part.name for part in folder.assignment.parts if part.optional}
    with ExitStack() as opened:
        patience = Patience("Looking at the file", limits.part_seconds, grading.patience)
        session = opened.enter_context(grading.open(patience))
        loaded, bindings, way = _look(grading, session)
        fresh: PatientSession | None = session
        if folder.assignment.layout_function is not None:  # its functions were called in there
            opened.close()
            fresh = None
        for part in folder.assignment.parts:
            if part.optional and not any(check.function in bindings for check in part.checks):
                continue
            if isinstance(loaded, Loaded):
                result = _part(grading, part, bindings, way, fresh)
                opened.close()
                fresh = None
            else:
                checks = tuple(unloaded(CHECKS[type(spec)][0], spec, loaded) for spec in part.checks)
                result = scoring.part(part.name, checks)
            result = named_consequences(result, parts, folder.assignment)
            parts.append(result)
            progress(result)
    if isinstance(loaded, Loaded):
        for source in sources:
            _experiments(grading, source, bindings, way, told)
    return Report(
        assignment=folder.assignment.slug,
        version=folder.version,
        score=scoring.total(part.points for part in parts if part.name not in optional),
        parts=tuple(parts),
        training=tuple(grading.training),
        notes=tuple(grading.notes),
        flags=tuple(grading.flags),
        printed=grading.printed[:PRINTED_CHARACTERS],
        seed=seed,
        sandbox=sandbox.level,
        versions=versions(),
        seconds=clock() - started,
        experiments=tuple(grading.experiments),
    )


def _look(
    grading: _Grading, session: PatientSession
) -> tuple[Loaded | Raised | Stopped, Mapping[str, Binding], Layout]:
    """What loading the file gave, the functions found in it and how it lays out batches."""
    loaded = session.loaded
    if not isinstance(loaded, Loaded):
        grading.printed = session.printed
        return loaded, {}, Layout.ROWS
    bindings = bind(grading.folder.assignment.functions, loaded.definitions)
    with np.errstate(all="ignore"):
        way = layout(grading.subject(session, bindings))
    grading.notes.extend(load_notes(loaded))
    grading.flags.extend(measured_derivatives.flags(grading.upload))
    if way is not Layout.ROWS:
        grading.notes.append(Note("COLUMN_CONVENTION" if way is Layout.COLUMNS else "COLUMN_BATCHES"))
    return loaded, bindings, way


def versions() -> Mapping[str, str]:
    """What a replay needs: the versions of Chainrule, Python and NumPy."""
    try:
        own = version("chainrule")
    except PackageNotFoundError:  # run from a checkout that is not installed
        own = "uninstalled"
    return {"chainrule": own, "python": platform.python_version(), "numpy": np.__version__}


def _experiments(
    grading: _Grading,
    source: Source,
    bindings: Mapping[str, Binding],
    way: Layout,
    told: Callable[[ExperimentRun], None],
) -> None:
    """What the assignment measures for the student's report; its time is not that of the parts."""
    assignment = grading.folder.assignment
    limits = assignment.limits
    if source.own:
        limits = replace(limits, memory_mib=OWN_FILES_MEMORY_MIB, cpu_seconds=OWN_FILES_CPU_SECONDS)

    @contextmanager
    def apart(seconds: float) -> Iterator[Student]:
        with grading.open(Patience("The experiment", seconds + limits.load_seconds), limits) as session:
            yield Student(session, bindings if isinstance(session.loaded, Loaded) else {}, way)

    bench = Bench(
        assignment=assignment,
        oracle=Oracle(grading.folder.answers),
        seed=grading.seed,
        clock=grading.clock,
        apart=apart,
        usable=frozenset(training.function for training in grading.training),
        told=told,
    )
    with np.errstate(all="ignore"):
        grading.experiments.extend(measured(spec, source, bench) for spec in assignment.experiments)


def _part(
    grading: _Grading, part: Part, bindings: Mapping[str, Binding], way: Layout, fresh: PatientSession | None
) -> PartResult:
    """One part in a process of its own; after an ending the rest of the part is skipped.

    fresh: a process with the submission in which nothing was called yet.
    """
    results: list[CheckResult] = []
    patience = of_part(part, grading.folder.assignment.limits, grading.patience)

    @contextmanager
    def apart() -> Iterator[Student]:
        with grading.open(patience) as other:
            yield Student(other, bindings, way)

    with nullcontext(fresh.under(patience)) if fresh else grading.open(patience) as session:
        subject = grading.subject(session, bindings, way)
        loaded = session.loaded
        for spec in part.checks:
            kind, run = CHECKS[type(spec)]
            before = grading.clock()
            if not isinstance(loaded, Loaded):  # a file that loads only sometimes: its own fault, at its own cost
                result = unloaded(kind, spec, loaded)
            elif any(earlier.verdict in ENDED for earlier in results):
                result = failed(kind, spec, Verdict.SKIPPED, subject.lines(spec.function))
            else:
                subject = replace(subject, proven=grading.proven, apart=apart)
                with np.errstate(all="ignore"):  # a student's numbers may overflow wherever they are compared
                    result = grading.keep(run(spec, subject))
            results.append(replace(result, seconds=round(grading.clock() - before, 6)))
            grading.results.append(result)
        if session.printed and session.printed not in grading.printed:
            grading.printed += session.printed
    return scoring.part(part.name, tuple(results))
