"""Whole right files in the ways that students write them: every convention that is accepted keeps every point."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from grader.grade import grade
from grader.report import Verdict
from grader.sandbox import Sandbox
from grader.sandbox.container import ContainerSandbox
from reference.catalog import AssignmentFolder
from reference.spec import Training
from submissions.uploads.intake import receive

FOLDER = Path(__file__).parents[1] / "students" / "ece421-numpy-nn" / "correct"
NOTED = {
    "columns_weights_as_asked": {"COLUMN_BATCHES", "SPELLING"},
    "draws_while_training": {"NOT_SHOWN", "SPELLING", "ARGUMENT_ORDER", "SKIPPED_AT_LOAD"},
}
"""What the report must say of some files."""


@pytest.fixture(scope="module")
def container() -> Iterator[Sandbox]:
    with closing(ContainerSandbox()) as sandbox:
        yield sandbox


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.stem)
def test_every_point_is_kept(path: Path, untrained: AssignmentFolder, container: Sandbox) -> None:
    report = grade(untrained, receive(path.name, path.read_bytes()).upload, container, "public:1")

    failed = [c for part in report.parts for c in part.checks if c.verdict is not Verdict.PASSED]
    assert [(check.function, check.kind, check.diagnosis) for check in failed] == []
    assert report.score.given == report.score.maximum
    assert NOTED.get(path.stem, set()) <= {note.code for note in report.notes}


def test_the_drawing_and_the_columns_learn(folder: AssignmentFolder, container: Sandbox) -> None:
    parts = tuple(part for part in folder.assignment.parts if any(isinstance(c, Training) for c in part.checks))
    training = replace(folder, assignment=replace(folder.assignment, parts=parts))
    for stem in NOTED:
        data = (FOLDER / f"{stem}.py").read_bytes()
        report = grade(training, receive("work.py", data).upload, container, "public:1")

        assert report.score.given == report.score.maximum
