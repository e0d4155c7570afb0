"""Tells batches as columns from batches as rows, by the one function that cannot be right for both."""

from dataclasses import replace

from grader.checks.subject import Subject
from grader.comparison import compare
from grader.probes import SCALE_1, SCALE_1_AGAIN, draw
from grader.student import Layout
from reference.spec import Function, Operation


def layout(subject: Subject) -> Layout:
    """Columns where the layout function is right on them only, and no other function is right on rows only."""
    name = subject.assignment.layout_function
    if name is None or name not in subject.student.bindings:
        return Layout.ROWS
    way = next((way for way in Layout if _right(subject, name, way)), Layout.ROWS)
    if way is Layout.ROWS:
        return way
    others = (f for f in subject.assignment.functions if f.name in subject.student.bindings and f.name != name)
    return Layout.ROWS if any(_only_rows(subject, f, way) for f in others) else way


def _only_rows(subject: Subject, function: Function, way: Layout) -> bool:
    """Whether a function is right on rows and wrong on columns: then the file is about rows and w x + b a mistake."""
    if function.operation is Operation.TRAIN:
        return False
    return _right(subject, function.name, Layout.ROWS) and not _right(subject, function.name, way)


def _right(subject: Subject, name: str, way: Layout) -> bool:
    function = subject.assignment.function(name)
    rng = subject.rng("layout", name)
    probes = [draw(function, "layout", 1.0, sizes, rng) for sizes in (SCALE_1, SCALE_1_AGAIN)]
    student = replace(subject.student, layout=way)
    replies = student.call(name, [list(probe.arguments.values()) for probe in probes])
    return compare(function, subject.forms(function), subject.oracle, probes, replies).passed
