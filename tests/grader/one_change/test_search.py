"""A mistake that no list knows is found as one change of the file, its line is told, and no points are changed."""

from collections.abc import Iterator

import pytest

from grader.grade import grade
from grader.messages import sentence
from grader.report import CheckResult, Report
from grader.sandbox import Sandbox
from grader.sandbox.container import ContainerSandbox
from grader.upload import SourceFile, Upload
from reference.catalog import Catalog
from tests.fakes.in_process import InProcessSandbox, upload
from tests.students.judgement import quick

FOLDER = Catalog.builtin().get("ece421-numpy-nn")
RELU = "def relu(x):\n    return np.maximum(x, 0)\n"
SOFTMAX = """
def softmax(logits):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    total = e.sum(axis=1, keepdims=True)
    {line}
    return p
"""


def _graded(source: str, changes: int = 600, sandbox: Sandbox | None = None) -> Report:
    folder = quick(FOLDER, changes)
    return grade(folder, upload("import numpy as np\n" + source), sandbox or InProcessSandbox(), "public:1")


def _of(report: Report, function: str) -> list[CheckResult]:
    return [check for part in report.parts for check in part.checks if check.function == function]


def test_a_mistake_without_a_name_is_told_by_its_line() -> None:
    report = _graded(SOFTMAX.format(line="p = e / (total + e * e)"))
    forward = next(check for check in _of(report, "softmax") if check.kind == "forward")

    assert forward.diagnosis is not None
    assert forward.diagnosis.code == "ONE_CHANGE"
    assert forward.lines == (6, 6)
    assert sentence(forward) == (
        "softmax is wrong on 4 of 4 probes. One change in line 6 makes every number of this check right:"
        " another operator where `e * e` stands."
    )


def test_points_are_as_they_are_without_a_search() -> None:
    source = SOFTMAX.format(line="p = e / (total + e * e)")
    with_search, without = _graded(source), _graded(source, changes=0)

    assert with_search.score == without.score
    assert [part.points for part in with_search.parts] == [part.points for part in without.parts]
    assert "ONE_CHANGE" not in {check.diagnosis.code for check in _of(without, "softmax") if check.diagnosis}


def test_what_was_measured_stays_beside_the_change() -> None:
    shift = "    shift = np.max(np.abs(logits), axis=1, keepdims=True)\n    e = np.exp(logits - shift)\n"
    report = _graded(f"def softmax(logits):\n{shift}    return e / np.sum(e, axis=1, keepdims=True)\n")
    stability = next(check for check in _of(report, "softmax") if check.kind == "stability")

    assert stability.diagnosis is not None
    assert stability.diagnosis.code == "NOT_FINITE"
    said = sentence(stability)
    assert "rows differ by 1000 before exp: subtract from each row its own largest entry." in said
    assert said.endswith("one call less where `np.abs(logits)` stands.")


def test_two_changes_apart_are_unknown() -> None:
    report = _graded(SOFTMAX.format(line="p = np.sin(e / (total + e * e)) + e ** 3"))

    assert {
        check.diagnosis.code for check in _of(report, "softmax") if check.kind == "forward" and check.diagnosis
    } == {"UNKNOWN"}


def test_a_change_that_is_right_only_after_many_calls_is_not_told() -> None:
    line = "p = (e if len(seen) > 100 else e * e) / (total if len(seen) > 100 else total + 3)"
    report = _graded("seen = []\n" + SOFTMAX.format(line=f"seen.append(1)\n    {line}"))

    told = [check.diagnosis for check in _of(report, "softmax") if check.kind == "forward"]
    assert [found.code for found in told if found] == ["UNKNOWN"]


@pytest.fixture(scope="module")
def container() -> Iterator[Sandbox]:
    sandbox = ContainerSandbox()
    yield sandbox
    sandbox.close()


def test_the_real_sandbox_finds_the_same(container: Sandbox) -> None:
    source = SOFTMAX.format(line="p = e / (total + e * e)")

    assert [check.diagnosis for check in _of(_graded(source, sandbox=container), "softmax")] == [
        check.diagnosis for check in _of(_graded(source), "softmax")
    ]


def test_a_line_of_another_file_is_not_told(container: Sandbox) -> None:
    wrong = "import numpy as np\n" + SOFTMAX.format(line="p = e / (total + e * e)")
    files = (SourceFile("main.py", "from layers import softmax\n" + "\n" * 20), SourceFile("layers.py", wrong))
    report = grade(FOLDER, Upload(files), container, "public:1")
    forward = next(check for check in _of(report, "softmax") if check.kind == "forward")

    assert forward.diagnosis is not None
    assert forward.diagnosis.code == "UNKNOWN"


def test_a_changed_loop_that_never_ends_costs_its_process_only(container: Sandbox) -> None:
    line = "i = 0\n    while i < 1:\n        i += 1\n    p = e / (total + e * total)"
    report = _graded(SOFTMAX.format(line=line), sandbox=container)
    forward = next(check for check in _of(report, "softmax") if check.kind == "forward")

    assert forward.diagnosis is not None
    assert forward.diagnosis.code == "ONE_CHANGE"
