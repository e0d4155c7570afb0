"""Whose fault it is that a grading has no result. It is never the student's: theirs are in the report."""

from enum import StrEnum

from submissions.errors import AssignmentUnusable


class Fault(StrEnum):
    """COURSE: the assignment's folder is gone, invalid or fails on its own. SERVICE: the sandbox, a worker, a machine.

    Neither costs an attempt, for both end a grading as FAILED.
    """

    COURSE = "course"
    SERVICE = "service"


def written(error: Exception) -> str:
    """An error of a handler as gradings keep it, for staff: its kind and its message."""
    return f"{type(error).__name__}: {error}"


def fault_of(kept: str | None) -> Fault:
    """Whose fault an error is that `written` made; an unknown one is ours."""
    return Fault.COURSE if (kept or "").startswith(f"{AssignmentUnusable.__name__}: ") else Fault.SERVICE
