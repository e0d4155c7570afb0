"""What is said of a solution with one change."""

from functools import cache

from grader.audit.training import unsearched, untrained
from grader.grade import grade
from grader.report import Diagnosis
from reference.catalog import AssignmentFolder, Catalog
from tests.fakes.in_process import InProcessSandbox, upload

CATALOG = Catalog.builtin()


@cache
def quick(slug: str) -> AssignmentFolder:
    """An assignment without its trainings and searches."""
    return untrained(unsearched(CATALOG.get(slug)))


def diagnosis(slug: str, kind: str, function: str, old: str, new: str) -> Diagnosis | None:
    """The first diagnosis of the checks of a kind on one function, where `new` stands in place of `old`."""
    folder = quick(slug)
    assert folder.solution.count(old) == 1, old
    report = grade(folder, upload(folder.solution.replace(old, new)), InProcessSandbox(), "public:1")
    checks = [check for part in report.parts for check in part.checks]
    told = [check.diagnosis for check in checks if (check.kind, check.function) == (kind, function)]
    assert told, f"no check of {function}"
    return next(filter(None, told), None)
