"""Whose grading is next: virtual time, so that no course's rush and no student's 50th upload delays another's first.

Start-time fair queueing over courses: a grading's tag is one after its course's last, but never before the tag the lane
has reached, so courses take turns and none saves up turns while it is away. A student's earlier submissions to the same
assignment then push the grading back, without pushing back the rest of the course: behind others of their own course,
so no farther than that course has turns waiting. Where nobody of it waits, another course's rush delays no repeat.
"""

from submissions.models import Lane, Place
from submissions.repository.clocks import AT_REST
from submissions.transaction import Transaction

EARLIER_SUBMISSION = 100
"""Turns that each earlier submission costs. Far more than a course's usual share of a rush, far less than forever."""

TURN_WAITING = 10
"""Turns at most for each that the course has waiting: of so many others each may overtake, if they come soon."""

EARLIER_AT_MOST = 1000
"""Earlier submissions that count: keeps a priority within 32 bits, whatever a student does."""


def place(lane: Lane, last_of_course: int, reached_by_lane: int, earlier: int) -> Place:
    """The place of a course's next grading, `earlier` being the student's earlier submissions to the assignment."""
    tag = max(last_of_course, reached_by_lane) + 1
    waiting = max(0, last_of_course - reached_by_lane)
    back = min(EARLIER_SUBMISSION * min(earlier, EARLIER_AT_MOST), TURN_WAITING * waiting)
    return Place(lane, tag, -(tag + back))


def next_place(tx: Transaction, course_id: str, lane: Lane, earlier: int) -> Place:
    """Take the next place of a course in a lane; its clock moves in the same transaction."""
    times = tx.clocks.read(lane, course_id)
    if times.is_idle:
        tx.clocks.restart(lane)  # nobody waits, so nobody is owed a turn, and tags stay small
        times = AT_REST
    given = place(lane, times.of_course, times.of_lane, earlier)
    tx.clocks.give(lane, course_id, given.tag)
    return given
