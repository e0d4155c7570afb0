"""A file that does not load is one finding, whatever the number of parts."""

from app.pages.report.findings import findings
from grader.grade import grade
from reference.catalog import Catalog
from tests.fakes.in_process import InProcessSandbox, upload


def test_a_syntax_error_is_told_once_and_about_the_whole_file() -> None:
    folder = Catalog.builtin().get("ece421-numpy-nn")
    report = grade(folder, upload("import numpy as np\n\ndef relu(x)\n    return x\n"), InProcessSandbox(), "public:1")

    (finding,) = findings(report, lambda lines: None)

    assert finding.function == "the whole file"
    assert finding.sentence.startswith("Your file does not load: SyntaxError on line 3")
    assert finding.points.given == 0
    assert finding.points.maximum == report.score.maximum == 100
