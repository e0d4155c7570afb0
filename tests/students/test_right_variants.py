"""Right implementations of the smaller suites, and right whole files: none loses a point."""

import pytest

from grader.grade import grade
from reference.catalog import Catalog
from tests.fakes.in_process import InProcessSandbox, upload
from tests.students.judgement import quick
from tests.students.slip_families import families, right_files
from tests.students.snippets import STUDENTS, Snippet, snippets

CATALOG = Catalog.builtin()
CAMPAIGN = "ece421-numpy-nn"  # has a suite of its own
CASES = [
    (path.name, snippet)
    for path in sorted(STUDENTS.iterdir())
    if (path / "variants").is_dir() and path.name != CAMPAIGN
    for snippet in snippets(path / "variants")
]
FILES = [
    (slug, name, text) for family in families() for slug in CATALOG.slugs() for name, text in right_files(family, slug)
]
FLAGGED = {
    "dlsys-hw0/tape_framework": {"OVERLOADED"},
    "dlsys-hw0/tiny_autograd": {"OVERLOADED"},
    "ece544-derivatives/running": {"COMPLEX_NUMBERS"},
    "hw2-layers-mlp/single_precision": {"LOW_PRECISION"},
}
"""Right files that a person is asked to look at: tapes, a complex step, gradients of float32 in float64."""


@pytest.mark.parametrize(("slug", "snippet"), CASES, ids=lambda value: getattr(value, "key", value))
def test_it_keeps_every_point(slug: str, snippet: Snippet) -> None:
    folder = quick(CATALOG.get(slug))
    for seed in ("public:1", "secret:7"):
        report = grade(folder, upload(f"{folder.solution}\n\n{snippet.source}"), InProcessSandbox(), seed)
        assert report.score.given == report.score.maximum == folder.assignment.points
        assert report.flags == ()


@pytest.mark.parametrize(("slug", "name", "text"), FILES, ids=[f"{slug}/{name}" for slug, name, _ in FILES])
def test_a_whole_file_keeps_every_point(slug: str, name: str, text: str) -> None:
    folder = quick(CATALOG.get(slug))
    report = grade(folder, upload(text), InProcessSandbox(), "public:1")
    assert report.score.given == report.score.maximum
    assert {flag.code for flag in report.flags} == FLAGGED.get(f"{slug}/{name}", set())
