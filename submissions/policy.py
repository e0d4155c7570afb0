"""Whether a person may hand in now: opening time, deadline, attempts."""

from datetime import datetime

from submissions.errors import AttemptsUsed, DeadlinePassed, NotOpenYet
from submissions.models import CourseAssignment, Role


def may_submit(course_assignment: CourseAssignment, role: Role, earlier: int, now: datetime) -> None:
    """Return if a person with `role` and `earlier` submissions may hand in at `now`.

    Both limits are inclusive: the opening second and the due second are in time. Staff try things out at any time and
    as often as they like. Raises NotOpenYet, DeadlinePassed or AttemptsUsed.
    """
    if role.is_staff:
        return
    if course_assignment.opens_at is not None and now < course_assignment.opens_at:
        raise NotOpenYet(course_assignment.opens_at)
    if course_assignment.due_at is not None and now > course_assignment.due_at:
        raise DeadlinePassed(course_assignment.due_at)
    if course_assignment.attempts is not None and earlier >= course_assignment.attempts:
        raise AttemptsUsed(course_assignment.attempts)
