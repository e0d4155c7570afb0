"""Virtual time as it is kept: how far each lane has come, and the last tag given to each course in it."""

from sqlalchemy import Connection, select

from submissions.models import Lane, State
from submissions.repository.upsert import upsert
from submissions.tables import course_clock, gradings, lane_clock


class Clocks:
    """The virtual clocks of one transaction; tags are whole numbers, greater is later."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def is_idle(self, lane: Lane) -> bool:
        """Whether nothing waits in the lane."""
        waiting = select(gradings.c.id).where(gradings.c.state == State.QUEUED.value, gradings.c.lane == lane.value)
        return self._connection.scalar(waiting.limit(1)) is None

    def restart(self, lane: Lane) -> None:
        """Begin the lane's time again at 0."""
        self._connection.execute(course_clock.delete().where(course_clock.c.lane == lane.value))
        self._connection.execute(lane_clock.delete().where(lane_clock.c.lane == lane.value))

    def lane_tag(self, lane: Lane) -> int:
        """The greatest tag that has been taken from the lane."""
        return self._connection.scalar(select(lane_clock.c.tag).where(lane_clock.c.lane == lane.value)) or 0

    def course_tag(self, lane: Lane, course_id: str) -> int:
        """The last tag given to a course."""
        query = select(course_clock.c.last_tag).where(
            course_clock.c.lane == lane.value, course_clock.c.course_id == course_id
        )
        return self._connection.scalar(query) or 0

    def give(self, lane: Lane, course_id: str, tag: int) -> None:
        """Remember `tag` as the last one given to a course."""
        mine = (course_clock.c.lane == lane.value) & (course_clock.c.course_id == course_id)
        if self._connection.execute(course_clock.update().where(mine).values(last_tag=tag)).rowcount == 0:
            self._connection.execute(course_clock.insert().values(lane=lane.value, course_id=course_id, last_tag=tag))

    def taken(self, grading_id: str) -> None:
        """A grading has been taken: its lane's time is at least its tag."""
        row = self._connection.execute(
            select(gradings.c.lane, gradings.c.fair_tag).where(gradings.c.id == grading_id)
        ).one()
        reached = upsert(self._connection, lane_clock).values(lane=row.lane, tag=row.fair_tag)
        self._connection.execute(
            reached.on_conflict_do_update(
                index_elements=[lane_clock.c.lane],
                set_={"tag": reached.excluded.tag},
                where=lane_clock.c.tag < reached.excluded.tag,
            )
        )
