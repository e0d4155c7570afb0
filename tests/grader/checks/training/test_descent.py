"""Our own descent along the student's gradient: it learns, and ends where all its steps take too long."""

from itertools import count

import pytest

from grader.checks.subject import Subject
from grader.checks.training import descent
from grader.naming import bind
from grader.oracle import Oracle
from grader.report import CheckResult, Verdict
from grader.sandbox import Loaded
from grader.student import Student
from reference.catalog import Catalog
from reference.spec import Descent
from tests.fakes.in_process import InProcessSandbox, upload

FOLDER = Catalog.builtin().get("hw2-softmax")


def _judged(seconds: float) -> CheckResult:
    """What is found where the clock goes on by so much between two looks at it."""
    (spec,) = (c for part in FOLDER.assignment.parts for c in part.checks if isinstance(c, Descent))
    clock = count()
    with InProcessSandbox().open(upload(FOLDER.solution), FOLDER.assignment.limits) as session:
        assert isinstance(session.loaded, Loaded)
        student = Student(session, bind(FOLDER.assignment.functions, session.loaded.definitions))
        subject = Subject(FOLDER.assignment, student, Oracle(FOLDER.answers), "public:1", lambda: seconds * next(clock))
        return descent.check(spec, subject).result


@pytest.mark.parametrize(
    ("seconds", "verdict"), [(0.0, Verdict.PASSED), (0.1, Verdict.PASSED), (7.0, Verdict.TIME_LIMIT)]
)
def test_all_steps_together_have_their_time(seconds: float, verdict: Verdict) -> None:
    found = _judged(seconds)

    assert found.verdict is verdict
    if verdict is Verdict.TIME_LIMIT:
        assert found.diagnosis is not None
        assert found.diagnosis.evidence["detail"] == "All steps together took more than 60 seconds."
