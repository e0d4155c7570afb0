"""Whose fault a failed grading is."""

import pytest

from submissions.errors import AssignmentUnusable
from submissions.faults import Fault, fault_of, written


@pytest.mark.parametrize(
    ("kept", "fault"),
    [
        (written(AssignmentUnusable("answers.py is missing")), Fault.COURSE),
        (written(RuntimeError("AssignmentUnusable: said somebody else")), Fault.SERVICE),
        ("the worker host:1/1 ended, or was out of reach, in the middle of attempt 3", Fault.SERVICE),
        (None, Fault.SERVICE),
    ],
)
def test_an_unknown_fault_is_ours(kept: str | None, fault: Fault) -> None:
    assert fault_of(kept) is fault
