"""Right files of unusual structure, loaded for real: hierarchies, decorators, tapes, notebooks; none loses a point."""

from pathlib import Path

import pytest

from grader.grade import grade
from grader.sandbox import Sandbox
from grader.upload import SourceFile, Upload
from reference.catalog import Catalog
from tests.students.judgement import quick

CATALOG = Catalog.builtin()
FILES = sorted((Path(__file__).parent / "structures").glob("*/*.py"))
FLAGGED = {
    "aarhus-net-classifier/11_messy_bom_crlf_tabs": {"AUTODIFF"},
    "cs231n-two-layer/e03_autograd": {"OVERLOADED"},
    "dlsys-hw0/e03_needle": {"OVERLOADED"},
    "ece544-derivatives/10_import_fallbacks_methods_after_class": {"AUTODIFF"},
    "ece544-derivatives/e03_plain_python": {"DECIMALS"},
    "ece544-derivatives/e04_scalar_tape": {"OVERLOADED"},
    "ece544-mlp/10_tape_autodiff_tensor": {"OVERLOADED"},
    "hw2-softmax/e02_autodiff": {"OVERLOADED"},
}
"""Where a person is asked to look: at tapes, an absent library that differentiates, and more digits than NumPy's."""


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_right_file_keeps_every_point_however_it_is_built(path: Path, sandbox: Sandbox) -> None:
    text = path.read_bytes().decode()  # with its own line ends and byte order mark
    report = grade(quick(CATALOG.get(path.parent.name)), Upload((SourceFile("student.py", text),)), sandbox, "public:1")

    assert report.score.given == report.score.maximum
    assert {flag.code for flag in report.flags} == FLAGGED.get(f"{path.parent.name}/{path.stem}", set())
