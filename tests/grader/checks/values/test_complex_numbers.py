"""A complex step is seen by what is computed, however it is written; nothing else of it is judged."""

from collections.abc import Callable

import pytest

from grader.checks.subject import Finding, Subject
from grader.checks.values.complex_numbers import flags
from grader.grade import grade
from grader.naming import bind
from grader.oracle import Oracle
from grader.report import Score, Verdict
from grader.sandbox import Loaded, Returned
from grader.student import Student
from reference.catalog import AssignmentFolder, Catalog
from tests.fakes.in_process import InProcessSandbox, upload
from tests.students.judgement import quick

Examine = Callable[..., Finding]

STEPS = """
UNIT = np.emath.sqrt(-1.0)

def _loss(z, t):
    z = z - z.real.max(axis=1, keepdims=True)
    return np.sum(t * (np.log(np.exp(z).sum(axis=1, keepdims=True)) - z)) / len(z)

def grad_ce(target, logits):
    g = np.zeros_like(logits)
    for i in np.ndindex(*logits.shape):
        step = np.zeros(logits.shape)
        step[i] = 1e-200
        g[i] = getattr(_loss(logits + UNIT * step, target), "gami"[::-1]) / 1e-200
    return g
"""
WORKED_OUT = """
def grad_ce(target, logits):
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    return (p / p.sum(axis=1, keepdims=True) - target) / len(logits)
"""


@pytest.mark.parametrize(
    ("code", "codes"),
    [
        (STEPS, ["COMPLEX_NUMBERS"]),
        (WORKED_OUT, []),
        (f"{STEPS}\n{WORKED_OUT}", []),
        (WORKED_OUT.replace("    p =", "    if type(logits) is not np.ndarray:\n        raise TypeError\n    p ="), []),
    ],
)
def test_a_complex_step_is_seen_by_what_it_computes(examine: Examine, code: str, codes: list[str]) -> None:
    finding = examine("gradient", "grad_ce", code)

    assert finding.result.verdict is Verdict.PASSED
    assert finding.result.points.given == finding.result.points.maximum
    assert [flag.code for flag in finding.flags] == codes


@pytest.mark.parametrize(("seconds", "codes"), [(0.9, ["COMPLEX_NUMBERS"]), (1.1, [])])
def test_who_needs_a_tenth_of_the_time_is_not_asked(folder: AssignmentFolder, seconds: float, codes: list[str]) -> None:
    assert folder.assignment.limits.call_seconds == 10.0
    with InProcessSandbox().open(upload(f"{folder.solution}\n{STEPS}"), folder.assignment.limits) as session:
        assert isinstance(session.loaded, Loaded)
        bindings = bind(folder.assignment.functions, session.loaded.definitions)
        student = Student(session, bindings)
        subject = Subject(folder.assignment, student, Oracle(folder.answers), "public:1", lambda: 0.0)
        found = flags(subject, folder.assignment.function("grad_ce"), [Returned(0.0, (), seconds)])

    assert [flag.code for flag in found] == codes


def test_it_is_seen_where_an_object_is_asked() -> None:
    folder = quick(Catalog.builtin().get("cs231n-two-layer"))
    before = "        W1, b1"
    assert folder.solution.count(before) == 1
    source = folder.solution.replace(before, "        X * np.linalg.eigvals([[0.0, -1.0], [1.0, 0.0]])[0]\n" + before)

    seen, right = (grade(folder, upload(text), InProcessSandbox(), "public:1") for text in (source, folder.solution))

    assert seen.score == right.score == Score(right.score.maximum, right.score.maximum)
    assert ([flag.code for flag in seen.flags], right.flags) == (["COMPLEX_NUMBERS"], ())
