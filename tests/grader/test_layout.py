"""Columns are taken for columns only where the layer function is wrong on rows and right on columns."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from grader.checks.subject import Subject
from grader.layout import layout
from grader.naming import bind
from grader.oracle import Oracle
from grader.report import Verdict
from grader.sandbox import Loaded, Stopped
from grader.student import Layout, Student
from reference.catalog import AssignmentFolder
from tests.fakes.in_process import InProcessSandbox, upload

ROW_SOFTMAX = "def softmax(x):\n    e = 2.718281828459045 ** x\n    return e / e.sum(1)[:, None]\n"


@pytest.fixture
def laid_out(folder: AssignmentFolder) -> Callable[..., Layout]:
    def run(source: str, function: str | None = "compute_layer", **endings: Stopped) -> Layout:
        with InProcessSandbox(**endings).open(upload(source), folder.assignment.limits) as session:
            assert isinstance(session.loaded, Loaded)
            student = Student(session, bind(folder.assignment.functions, session.loaded.definitions))
            assignment = replace(folder.assignment, layout_function=function)
            return layout(Subject(assignment, student, Oracle(folder.answers), "public:1", lambda: 0.0))

    return run


@pytest.mark.parametrize(
    ("source", "way"),
    [
        ("def compute_layer(x, w, b):\n    return x @ w + b\n", Layout.ROWS),
        # (D, N) by (H, D): transposed weights, the usual form of column code
        ("def compute_layer(x, w, b):\n    return w @ x + b\n", Layout.COLUMNS),
        ("def compute_layer(x, w, b):\n    return w.T @ x + b\n", Layout.COLUMN_BATCHES),
        # not a layout but a mistake: the other functions of the file are about rows
        (f"def compute_layer(x, w, b):\n    return w.T @ x + b\n{ROW_SOFTMAX}", Layout.ROWS),
        ("def compute_layer(x, w, b):\n    return x @ w.T + b\n", Layout.ROWS),
        ("def compute_layer(x, w, b):\n    return x @ w\n", Layout.ROWS),
        ("def compute_layer(x, w, b):\n    raise ValueError\n", Layout.ROWS),
        ("def relu(x):\n    return x\n", Layout.ROWS),
        # both ways right: what is asked wins
        (
            "def compute_layer(x, w, b):\n    return x @ w + b if x.shape[1] == w.shape[0] else w @ x + b\n",
            Layout.ROWS,
        ),
    ],
)
def test_the_layer_function_decides(source: str, way: Layout, laid_out: Callable[..., Layout]) -> None:
    assert laid_out(source) is way


def test_without_a_layout_function_only_rows_are_accepted(laid_out: Callable[..., Layout]) -> None:
    assert laid_out("def compute_layer(x, w, b):\n    return w @ x + b\n", None) is Layout.ROWS


def test_an_ending_leaves_rows(laid_out: Callable[..., Layout]) -> None:
    ending = Stopped(Verdict.TIME_LIMIT, "too long")

    assert laid_out("def compute_layer(x, w, b):\n    return w @ x + b\n", compute_layer=ending) is Layout.ROWS
