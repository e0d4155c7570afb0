"""Right work as notebooks and archives of every make, received and loaded for real: none loses a point."""

from pathlib import Path

import pytest

from grader.grade import grade
from grader.sandbox import Sandbox
from reference.catalog import Catalog
from submissions.uploads.intake import receive
from tests.students.judgement import quick

CATALOG = Catalog.builtin()
FILES = sorted(path for path in (Path(__file__).parent / "packings").glob("*/*") if path.is_file())


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_right_work_keeps_every_point_however_it_is_packed(path: Path, sandbox: Sandbox) -> None:
    upload = receive(path.name, path.read_bytes()).upload
    report = grade(quick(CATALOG.get(path.parent.name)), upload, sandbox, "public:1")

    assert report.score.given == report.score.maximum
