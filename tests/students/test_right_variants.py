"""Right implementations of the smaller suites: each in place of the solution's, none loses a point."""

from dataclasses import replace

import pytest

from grader.grade import grade
from reference.catalog import AssignmentFolder, Catalog
from reference.spec import Descent, Training
from tests.fakes.in_process import InProcessSandbox, upload
from tests.students.snippets import STUDENTS, Snippet, snippets

CAMPAIGN = "ece421-numpy-nn"  # has a suite of its own
CASES = [
    (path.name, snippet)
    for path in sorted(STUDENTS.iterdir())
    if (path / "variants").is_dir() and path.name != CAMPAIGN
    for snippet in snippets(path / "variants")
]


def _untrained(folder: AssignmentFolder) -> AssignmentFolder:
    """Without the long trainings, which the solution shows."""
    parts = (
        replace(part, checks=tuple(check for check in part.checks if not isinstance(check, Training | Descent)))
        for part in folder.assignment.parts
    )
    kept = tuple(part for part in parts if part.checks)
    return replace(folder, assignment=replace(folder.assignment, parts=kept))


@pytest.mark.parametrize(("slug", "snippet"), CASES, ids=lambda value: getattr(value, "key", value))
def test_it_keeps_every_point(slug: str, snippet: Snippet) -> None:
    folder = _untrained(Catalog.builtin().get(slug))
    for seed in ("public:1", "secret:7"):
        report = grade(folder, upload(f"{folder.solution}\n\n{snippet.source}"), InProcessSandbox(), seed)
        assert report.score.given == report.score.maximum == folder.assignment.points
        assert report.flags == ()
