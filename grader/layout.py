"""Tells batches as columns from batches as rows, by the one function that cannot be right for both."""

from dataclasses import replace

from grader.checks.subject import Subject
from grader.comparison import compare
from grader.probes import SCALE_1, SCALE_1_AGAIN, draw
from grader.student import Layout


def layout(subject: Subject) -> Layout:
    """COLUMNS where the assignment's layout function is wrong on rows and right on columns; else ROWS."""
    name = subject.assignment.layout_function
    if name is None or name not in subject.student.bindings:
        return Layout.ROWS
    rows, columns = (_right(subject, name, Layout.ROWS), _right(subject, name, Layout.COLUMNS))
    return Layout.COLUMNS if columns and not rows else Layout.ROWS


def _right(subject: Subject, name: str, way: Layout) -> bool:
    function = subject.assignment.function(name)
    rng = subject.rng("layout", name)
    probes = [draw(function, "layout", 1.0, sizes, rng) for sizes in (SCALE_1, SCALE_1_AGAIN)]
    student = replace(subject.student, layout=way)
    replies = student.call(name, [list(probe.arguments.values()) for probe in probes])
    return compare(function, subject.forms(function), subject.oracle, probes, replies).passed
