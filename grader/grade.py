"""The walk through one grading: look at the file, judge every part, add up, report."""

import platform
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version

import numpy as np

from grader import measured_derivatives, scoring
from grader.checks import CHECKS
from grader.checks.subject import nobody, unloaded
from grader.consequences import named_consequences
from grader.experiments import Bench, measured
from grader.grading import Grading
from grader.layout import layout
from grader.load_notes import load_notes
from grader.naming import Binding, bind
from grader.one_change.search import Search
from grader.oracle import Oracle
from grader.parts import Parts
from grader.patience import Patience, PatientSession, of_grading
from grader.processes import Processes
from grader.report import ExperimentRun, Note, PartResult, Report, TrainingProgress
from grader.sandbox import Loaded, Raised, Sandbox, Stopped
from grader.student import Layout, Student
from grader.upload import Upload
from reference.catalog import AssignmentFolder
from reference.sources import Source

PRINTED_CHARACTERS = 20_000
"""What a report keeps of a student's prints."""


OWN_FILES_MEMORY_MIB = 4096
"""For trainings on somebody's own files, which are on their own machine and not on a service."""


def _nobody(part: PartResult) -> None:
    """Told of a part, tells nobody."""


def _noone(run: ExperimentRun) -> None:
    """Told of a run, tells nobody."""


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
    grading = Grading(folder, upload, sandbox, seed, clock, of_grading(limits), watch)
    results: list[PartResult] = []
    optional = {part.name for part in folder.assignment.parts if part.optional}
    with Processes(grading) as processes:
        session = processes.fresh(Patience("Looking at the file", limits.part_seconds, grading.patience))
        loaded, bindings, way = _look(grading, session)
        processes.used = folder.assignment.layout_function is not None  # its functions were called in there
        processes.prints()  # what they printed then is no part's
        parts, search = Parts(grading, bindings, way, processes), Search(grading, bindings, way)
        for part in folder.assignment.parts:
            if part.optional and not any(check.function in bindings for check in part.checks):
                continue
            if isinstance(loaded, Loaded):
                result = search.told(part, parts.judge(part))
            else:
                checks = tuple(unloaded(CHECKS[type(spec)][0], spec, loaded) for spec in part.checks)
                result = scoring.part(part.name, checks)
            result = named_consequences(result, results, folder.assignment)
            results.append(result)
            progress(result)
    if isinstance(loaded, Loaded):
        for source in sources:
            _experiments(grading, source, bindings, way, told)
    return Report(
        assignment=folder.assignment.slug,
        version=folder.version,
        score=scoring.total(part.points for part in results if part.name not in optional),
        parts=tuple(results),
        training=tuple(grading.gathered.training),
        notes=tuple(grading.gathered.notes),
        flags=tuple(grading.gathered.flags),
        printed=grading.gathered.printed[:PRINTED_CHARACTERS],
        seed=seed,
        sandbox=sandbox.level,
        versions=versions(),
        seconds=clock() - started,
        experiments=tuple(grading.gathered.experiments),
    )


def _look(grading: Grading, session: PatientSession) -> tuple[Loaded | Raised | Stopped, Mapping[str, Binding], Layout]:
    """What loading the file gave, the functions found in it and how it lays out batches."""
    loaded = session.loaded
    grading.gathered.printed = grading.loading = session.printed
    if not isinstance(loaded, Loaded):
        return loaded, {}, Layout.ROWS
    bindings = bind(grading.folder.assignment.functions, loaded.definitions)
    with np.errstate(all="ignore"):
        way = layout(grading.subject(session, bindings))
    grading.gathered.notes.extend(load_notes(loaded))
    grading.gathered.flags.extend(measured_derivatives.flags(grading.upload, grading.folder.assignment.functions))
    if way is not Layout.ROWS:
        grading.gathered.notes.append(Note("COLUMN_CONVENTION" if way is Layout.COLUMNS else "COLUMN_BATCHES"))
    return loaded, bindings, way


def versions() -> Mapping[str, str]:
    """What a replay needs: the versions of Chainrule, Python and NumPy."""
    return {"chainrule": _own_version(), "python": platform.python_version(), "numpy": np.__version__}


@cache
def _own_version() -> str:
    try:
        return version("chainrule")
    except PackageNotFoundError:  # run from a checkout that is not installed
        return "uninstalled"


def _experiments(
    grading: Grading,
    source: Source,
    bindings: Mapping[str, Binding],
    way: Layout,
    told: Callable[[ExperimentRun], None],
) -> None:
    """What the assignment measures for the student's report; its time is not that of the parts."""
    assignment = grading.folder.assignment
    limits = assignment.limits
    if source.own:
        limits = replace(limits, memory_mib=OWN_FILES_MEMORY_MIB)

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
        usable=frozenset(training.function for training in grading.gathered.training),
        told=told,
    )
    with np.errstate(all="ignore"):
        grading.gathered.experiments.extend(measured(spec, source, bench) for spec in assignment.experiments)
