"""What tests of the grader share: the shipped assignment, files written from its solution, one check, one grading."""

import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
import pytest

from grader.checks import CHECKS
from grader.checks.subject import Finding, Subject
from grader.grade import grade
from grader.naming import bind
from grader.oracle import Oracle
from grader.report import Report
from grader.sandbox import Loaded, Sandbox, Stopped
from grader.student import Layout, Student
from reference.catalog import AssignmentFolder, Catalog
from reference.spec import Check, Training
from tests.fakes.in_process import InProcessSandbox, upload

Examine = Callable[..., Finding]
Graded = Callable[..., Report]


@pytest.fixture(scope="session")
def folder() -> AssignmentFolder:
    """The shipped assignment with everything beside it."""
    return Catalog.builtin().get("ece421-numpy-nn")


@pytest.fixture(scope="session")
def untrained(folder: AssignmentFolder) -> AssignmentFolder:
    """The same without the long training, which a test of anything else need not wait for."""
    parts = tuple(
        replace(part, checks=tuple(check for check in part.checks if not isinstance(check, Training)))
        for part in folder.assignment.parts
    )
    return replace(folder, assignment=replace(folder.assignment, parts=parts))


@pytest.fixture(scope="session")
def written(folder: AssignmentFolder) -> Callable[[str], str]:
    """A student's file: the solution with some functions defined again, as Python lets the later one count."""
    return lambda code: f"{folder.solution}\n\n{textwrap.dedent(code)}"


def _spec(folder: AssignmentFolder, kind: str, function: str) -> Check:
    return next(
        check
        for part in folder.assignment.parts
        for check in part.checks
        if CHECKS[type(check)][0] == kind and check.function == function
    )


@pytest.fixture
def examine(folder: AssignmentFolder, written: Callable[[str], str]) -> Examine:
    """Run one check on the solution with `code` after it; `alone`: on `code` only; `proven`: what passed before;
    `points_only`: nobody reads why."""

    def run(
        kind: str,
        function: str,
        code: str = "",
        *,
        alone: bool = False,
        seed: str = "public:1",
        way: Layout = Layout.ROWS,
        proven: frozenset[str] = frozenset(),
        points_only: bool = False,
        **endings: Stopped,
    ) -> Finding:
        text = textwrap.dedent(code) if alone else written(code)
        sandbox = InProcessSandbox(**endings)

        @contextmanager
        def apart() -> Iterator[Student]:
            with sandbox.open(upload(text), folder.assignment.limits) as other:
                yield Student(other, bindings, way)

        with sandbox.open(upload(text), folder.assignment.limits) as session:
            assert isinstance(session.loaded, Loaded), session.loaded
            bindings = bind(folder.assignment.functions, session.loaded.definitions)
            student = Student(session, bindings, way)
            oracle = Oracle(folder.answers)
            subject = Subject(
                folder.assignment, student, oracle, seed, lambda: 0.0, proven, apart, points_only=points_only
            )
            spec = _spec(folder, kind, function)
            with np.errstate(all="ignore"):  # as grade() does
                return CHECKS[type(spec)][1](spec, subject)

    return run


@pytest.fixture
def graded(untrained: AssignmentFolder) -> Graded:
    """The report on a file, without the long training unless another folder is given."""

    def run(
        source: str,
        seed: str = "public:1",
        sandbox: Sandbox | None = None,
        folder: AssignmentFolder = untrained,
    ) -> Report:
        return grade(folder, upload(source), sandbox or InProcessSandbox(), seed)

    return run
