"""Tensors may be called anything in an assignment: whole reports stay what they are, but for the names."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any

import pytest

from grader.report import Report
from reference.catalog import AssignmentFolder, Catalog
from reference.spec import Function
from tests.students.judgement import quick, report_of

CATALOG = Catalog.builtin()
PREFIX = "my_"

NO_TENSORS = frozenset(
    {"slug", "title", "summary", "operation", "aliases", "readings", "variants", "form", "cases", "axes", "of"}
)
"""Fields whose words are not names of tensors, whatever they are equal to."""


def _renamed(value: Any, names: frozenset[str]) -> Any:
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return PREFIX + value if value in names else value
    if isinstance(value, tuple):
        return tuple(_renamed(entry, names) for entry in value)
    if isinstance(value, Mapping):
        return {_renamed(key, names): _renamed(entry, names) for key, entry in value.items()}
    if not is_dataclass(value) or isinstance(value, type):
        return value
    kept = NO_TENSORS | ({"name"} if isinstance(value, Function) else set())
    changed = {f.name: _renamed(getattr(value, f.name), names) for f in fields(value) if f.init and f.name not in kept}
    return replace(value, **changed)


def _with_other_names(folder: AssignmentFolder) -> AssignmentFolder:
    functions = folder.assignment.functions
    names = frozenset(tensor.name for f in functions for tensor in (*f.arguments, *f.results))
    return replace(folder, assignment=_renamed(folder.assignment, names - {f.name for f in functions}))


def _said(report: Report) -> list[tuple[object, ...]]:
    checks = [check for part in report.parts for check in part.checks]
    return [(c.kind, c.function, c.points, c.verdict, c.diagnosis.code if c.diagnosis else None) for c in checks]


@pytest.mark.parametrize("slug", ["hw2-softmax", "ece544-derivatives"])
def test_the_same_is_said_of_every_mistake(slug: str) -> None:
    folder = quick(CATALOG.get(slug))
    other = _with_other_names(folder)

    for source in (folder.solution, *folder.mistakes.values()):
        known, renamed = (_said(report_of(each, source, "public:1", 5.0)) for each in (folder, other))
        assert renamed == known
