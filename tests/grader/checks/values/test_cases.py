"""What is said of inputs of one kind is said of them alone, unless it holds for ordinary ones too."""

import pytest

from grader.checks.subject import Subject
from grader.checks.values import cases
from grader.naming import bind
from grader.oracle import Oracle
from grader.sandbox import Loaded
from grader.student import Student
from reference.catalog import Catalog
from reference.spec import Cases
from tests.fakes.in_process import InProcessSandbox, upload

FOLDER = Catalog.builtin().get("ece544-derivatives")
BACKWARD = "max_pool1d_backward"
AFTER_THE_RIGHT_ONE = """
right = max_pool1d_backward
def max_pool1d_backward(dy, x, W):
    return right(dy, x, W) * {factor}
"""
SHARED = """
def max_pool1d_backward(dy, x, W):
    dx = np.zeros(len(x))
    for i in range(len(dy)):
        won = x[i : i + W] == x[i : i + W].max()
        dx[i : i + W] += won * dy[i] / np.count_nonzero(x == x[i : i + W].max())
    return dx
"""


def _causes(code: str) -> set[str]:
    """The codes of all cases of the function that are wrong, without a search for one change of the file."""
    with InProcessSandbox().open(upload(FOLDER.solution + code), FOLDER.assignment.limits) as session:
        assert isinstance(session.loaded, Loaded)
        student = Student(session, bind(FOLDER.assignment.functions, session.loaded.definitions))
        subject = Subject(FOLDER.assignment, student, Oracle(FOLDER.answers), "public:1", lambda: 0.0)
        checks = [c for p in FOLDER.assignment.parts for c in p.checks if isinstance(c, Cases)]
        results = [cases.check(c, subject).result for c in checks if c.function == BACKWARD]
    return {result.diagnosis.code for result in results if result.diagnosis}


@pytest.mark.parametrize(
    ("factor", "code"),
    [("0.4", "FACTOR"), ("(0.4 if len(set(x)) < len(x) else 1)", "UNKNOWN")],
    ids=["of all numbers", "of signals with equal entries"],
)
def test_one_constant_factor_is_told_where_ordinary_inputs_have_it_too(factor: str, code: str) -> None:
    assert _causes(AFTER_THE_RIGHT_ONE.format(factor=factor)) == {code}


def test_a_tie_that_is_shared_with_equal_entries_outside_is_told_as_such() -> None:
    assert _causes(SHARED) == {"MAX_OUTSIDE_WINDOW"}
