"""The optional layer of ece544-mlp: its mistakes are named, its points are not counted, and it may be left out."""

from dataclasses import replace

import pytest

from grader.grade import grade
from grader.report import Report
from reference.catalog import Catalog
from tests.fakes.in_process import InProcessSandbox, upload

WHOLE = Catalog.builtin().get("ece544-mlp")
PART = "tdnn1d (optional)"
ASKED = tuple(part for part in WHOLE.assignment.parts if part.name in {"confusion_matrix", PART})
FOLDER = replace(WHOLE, assignment=replace(WHOLE.assignment, parts=ASKED))
FORWARDS = "for k in range(width):\n        dx[:, :, k : k + places] +="
START = WHOLE.solution.index("def tdnn1d(")


def _graded(source: str) -> Report:
    return grade(FOLDER, upload(source), InProcessSandbox(), "public:4")


def test_its_points_are_not_counted() -> None:
    report = _graded(WHOLE.solution)

    assert [part.name for part in report.parts] == ["confusion_matrix", PART]
    assert report.parts[1].points.given == report.parts[1].points.maximum == 10
    assert report.score.given == report.score.maximum == FOLDER.assignment.points == 10
    assert WHOLE.assignment.points == 100


def test_a_wrong_one_costs_nothing_that_counts() -> None:
    report = _graded(WHOLE.mistakes["NOT_ACCUMULATED"])

    assert report.parts[1].points.given < report.parts[1].points.maximum
    assert report.score.given == report.score.maximum


def test_who_leaves_it_out_hears_nothing_of_it() -> None:
    assert [part.name for part in _graded(WHOLE.solution[:START]).parts] == ["confusion_matrix"]
    assert [part.name for part in _graded("def").parts] == ["confusion_matrix"]


@pytest.mark.parametrize(
    ("before", "after", "codes"),
    [
        ("+ b[:, None]", "", {"BIAS_IGNORED"}),
        ("+ b[:, None]", "- b[:, None]", {"BIAS_SUBTRACTED"}),
        ("w[:, :, k])\n    return out", "w[:, :, width - 1 - k])\n    return out", {"CONV_FLIPPED"}),
        ("width + 1\n", "width\n", {"LAST_WINDOW_MISSING"}),
        ("dx[:, :, k : k + places] +=", "dx[:, :, k : k + places] =", {"NOT_ACCUMULATED"}),
        (FORWARDS, "for k in range(width)[::-1]:\n        dx[:, :, k : k + places] =", {"NOT_ACCUMULATED"}),
        ("dw[:, :, k] =", "dw[:, :, -1 - k] =", {"CONV_FLIPPED"}),
        ("db = dout.sum(axis=(0, 2))", "db = dout.mean(axis=(0, 2))", {"BIAS_MEAN"}),
        ("db = dout.sum(axis=(0, 2))", "db = dout.sum(axis=0)", {"OTHER_FORMULA"}),
        ("db = dout.sum(axis=(0, 2))", "db = dout.sum(axis=2)", {"BIAS_NOT_SUMMED"}),
        ("db = dout.sum(axis=(0, 2))", "db = np.zeros(len(w))", {"BIAS_NO_GRADIENT"}),
        ("return dx, dw, db", "return -dx, -dw, -db", {"SIGN"}),
        ("return dx, dw, db", "return dx / len(x), dw / len(x), db / len(x)", {"DIVIDES_IN_LAYER"}),
        ("return dx, dw, db", "return dx, dw, db.reshape(1, -1)", set()),
    ],
)
def test_its_mistakes_are_named(before: str, after: str, codes: set[str]) -> None:
    head, tail = WHOLE.solution[:START], WHOLE.solution[START:]
    assert before in tail
    report = _graded(head + tail.replace(before, after))

    assert {check.diagnosis.code for part in report.parts for check in part.checks if check.diagnosis} == codes
