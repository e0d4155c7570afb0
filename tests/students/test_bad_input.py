"""Each kind of bad input is survived and named in every assignment; what is harmless costs nothing."""

from dataclasses import replace

import pytest

from grader.audit.training import untrained
from grader.grade import grade
from grader.report import Report
from grader.sandbox import Sandbox
from reference.catalog import Catalog
from reference.spec import Limits
from tests.fakes.in_process import upload
from tests.students.bad_input import CASES, TARGETS, Bad, spoilt

CATALOG = Catalog.builtin()

HANG = {"an endless loop", "a long sleep"}
HANG_SECONDS = 0.2
"""What a call may take in files that never end: waiting longer shows nothing more."""

HOARD_SECONDS = 60.0
"""What it may take in a file that takes all memory: it ends by that, on a busy machine too."""

WHOLE = "ece421-numpy-nn"
"""Here all parts are graded, those too whose functions call the bad one; elsewhere those that are about it."""

SAID = {
    "missing": {"MISSING", "RAISED"},  # a missing method is found by calling the class
    "misspelt": {"MISSING", "RAISED"},
    "one parameter too many": {"ARITY", "RAISED"},
    "nothing returned": {"UNFINISHED", "RAISED"},  # a layer raises where its backward uses it
    "a scalar": {"SHAPE", "RESULT_COUNT", "UNKNOWN", "CONSTANT_RESULT", "RAISED"},
    "an object": {"RESULT_TYPE", "RESULT_COUNT", "RAISED"},
    "another shape": {"SHAPE", "RESULT_COUNT", "RAISED"},
    "NaN": {"NOT_FINITE"},
    "an input overwritten": {"MUTATES_INPUT"},
    "an exception": {"RAISED"},
    "a name that NumPy lacks": {"RAISED"},
    "exit()": {"RAISED"},
    "os._exit": {"NO_RESULT"},
    "a fork": {"RAISED"},
    "an endless loop": {"TIME_LIMIT"},
    "a long sleep": {"TIME_LIMIT"},
    "a flood of prints": {"OUTPUT_LIMIT"},
    "all memory": {"MEMORY_LIMIT"},
    "another result each time": {"NOT_DETERMINISTIC"},
    "a syntax error": {"NOT_LOADED"},
    "Python 2": {"NOT_LOADED"},
}
"""Codes of which one must be said of the function."""

HARMLESS = {
    "prints": set[str](),
    "work at import": {"SKIPPED_AT_LOAD"},
    "absent modules": {"STAND_IN"},
    "NumPy overridden": {"SKIPPED_AT_LOAD"},
}
"""What costs nothing, and the notes that it gets."""


def about(slug: str) -> frozenset[str]:
    """What checks call the function that is made bad: its name, that of its class, or those of what it is asked as."""
    asked = {f.name for f in CATALOG.get(slug).assignment.functions if f.bound_to == TARGETS[slug]}
    return frozenset({TARGETS[slug], TARGETS[slug].partition(".")[0]} | asked)


def graded(slug: str, bad: Bad, sandbox: Sandbox, whole: bool = True, limits: Limits | None = None) -> Report:
    """What is reported of the assignment's solution with its function made bad; of the parts about it, or of all."""
    folder = untrained(CATALOG.get(slug))
    parts = folder.assignment.parts
    kept = tuple(part for part in parts if whole or any(check.function in about(slug) for check in part.checks))
    limits = limits or folder.assignment.limits
    folder = replace(folder, assignment=replace(folder.assignment, parts=kept, limits=limits))
    return grade(folder, upload(spoilt(folder.solution, TARGETS[slug], bad)), sandbox, "public:1")


@pytest.mark.parametrize("case", SAID)
@pytest.mark.parametrize("slug", TARGETS)
def test_it_is_survived_and_named(slug: str, case: str, sandbox: Sandbox) -> None:
    limits = CATALOG.get(slug).assignment.limits
    if case in HANG:
        limits = replace(limits, call_seconds=HANG_SECONDS)
    if case == "all memory":
        limits = replace(limits, call_seconds=HOARD_SECONDS, part_seconds=HOARD_SECONDS)
    report = graded(slug, CASES[case], sandbox, slug == WHOLE, limits)

    checks = [check for part in report.parts for check in part.checks if check.function in about(slug)]
    said = [check.diagnosis.code for check in checks if check.diagnosis is not None]
    assert set(said) & SAID[case], said
    assert report.score.given < report.score.maximum


@pytest.mark.parametrize("case", HARMLESS)
@pytest.mark.parametrize("slug", TARGETS)
def test_it_costs_nothing_and_is_noted(slug: str, case: str, sandbox: Sandbox) -> None:
    report = graded(slug, CASES[case], sandbox)

    assert report.score.given == report.score.maximum
    assert {note.code for note in report.notes} >= HARMLESS[case]


def test_a_list_is_taken_as_an_array(sandbox: Sandbox) -> None:
    """Where no other function of the file needs the array."""
    for slug in ("cs231n-two-layer", "ece544-mlp", "hw2-layers-mlp"):
        report = graded(slug, CASES["a list"], sandbox)
        assert report.score.given == report.score.maximum
        assert "LIST_RESULT" in {note.code for note in report.notes}


def test_every_assignment_and_every_case_is_met() -> None:
    assert set(TARGETS) == set(CATALOG.slugs())
    assert set(SAID) | set(HARMLESS) | {"a list"} == set(CASES)
