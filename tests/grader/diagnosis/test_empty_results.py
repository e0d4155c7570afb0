"""A result without an entry, for a batch of one alone: nothing is explained by it, and the grader does not stumble."""

from dataclasses import replace

from grader.grade import grade
from grader.report import Verdict
from reference.catalog import Catalog
from tests.fakes.in_process import InProcessSandbox, upload

FOLDER = Catalog.builtin().get("ece544-derivatives")
EMPTY_FOR_ONE = """

def nll(yhat, y):
    return np.zeros(0, dtype=bool) if len(y) == 1 else None
"""


def test_an_empty_loss_for_one_example_is_only_wrong() -> None:
    parts = tuple(part for part in FOLDER.assignment.parts if any(check.function == "nll" for check in part.checks))
    folder = replace(FOLDER, assignment=replace(FOLDER.assignment, parts=parts))

    report = grade(folder, upload(FOLDER.solution + EMPTY_FOR_ONE), InProcessSandbox(), "public:1")

    found = [check for part in report.parts for check in part.checks if check.kind == "forward"]
    assert [(check.function, check.verdict, check.points.given) for check in found] == [("nll", Verdict.WRONG, 0.0)]
