"""Our own gradient check as a contestant: the comparison it rests on, the check itself, the part."""

import time
from collections.abc import Mapping
from contextlib import AbstractContextManager

import grader.probes
from grader.checks import CHECKS
from grader.checks.subject import Subject
from grader.comparison import Comparison, compare
from grader.naming import bind
from grader.oracle import Oracle
from grader.probes import PLAN, Probe, Sizes, draw
from grader.report import Verdict
from grader.sandbox import Loaded, Session
from grader.student import Student
from reference.catalog import AssignmentFolder, Catalog
from reference.spec import Check, Contract, Function, Gradient, Step
from tests.fakes.probe_sizes import probe_sizes

SLUG = "ece421-numpy-nn"
"""The assignment whose functions and suites are measured."""

SEED = "public:1"


def folder() -> AssignmentFolder:
    """The assignment as it is shipped."""
    return Catalog.builtin().get(SLUG)


def gradients(assignment: AssignmentFolder) -> dict[str, Gradient]:
    """The gradient check of each function that has one."""
    checks = [check for part in assignment.assignment.parts for check in part.checks]
    return {check.function: check for check in checks if isinstance(check, Gradient)}


def calls(spec: Gradient) -> tuple[Step, ...]:
    """The calls of the student's own functions on the way to the loss."""
    return tuple(step for step in spec.loss if isinstance(step, Step))


def contract(assignment: AssignmentFolder, function: str) -> Contract:
    """The contract check of a function, which is graded beside its gradient."""
    checks = [check for part in assignment.assignment.parts for check in part.checks]
    return next(check for check in checks if isinstance(check, Contract) and check.function == function)


def subject_of(assignment: AssignmentFolder, session: Session, seed: str = SEED) -> Subject:
    """What a check examines. Raises RuntimeError if the file did not load."""
    loaded = session.loaded
    if not isinstance(loaded, Loaded):
        raise RuntimeError(f"a file did not load: {loaded}")
    student = Student(session, bind(assignment.assignment.functions, loaded.definitions))
    return Subject(assignment.assignment, student, Oracle(assignment.answers), seed, time.monotonic)


def passes(check: Check, subject: Subject) -> bool:
    """Whether a check, with all its probes, gives PASSED."""
    _, run = CHECKS[type(check)]
    return run(check, subject).result.verdict is Verdict.PASSED


def first_probe(function: Function, subject: Subject) -> Probe:
    """A probe at scale 1 such as the check begins with, at the sizes in force."""
    return draw(function, "scale 1", 1.0, grader.probes.SCALE_1, subject.rng("gradient", function.name))


def core(function: Function, subject: Subject, probe: Probe) -> Comparison:
    """One probe: the student's function, the reference's, and the comparison of the two."""
    replies = subject.student.call(function.name, [list(probe.arguments.values())])
    return compare(function, subject.forms(function), subject.oracle, [probe], replies)


def of_size(sizes: Sizes) -> AbstractContextManager[None]:
    """Every probe of a check at these sizes; the one of a single sample keeps its single sample."""
    one: Mapping[str, int] = {**sizes, "N": 1}
    return probe_sizes({**dict.fromkeys((setting.name for setting in PLAN), sizes), "one sample": one})
