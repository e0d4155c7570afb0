"""Virtual time as it is kept: how far each lane has come, and the last tag given to each course in it."""

from dataclasses import dataclass

from sqlalchemy import BindParameter, Connection, bindparam, func, select

from submissions.models import Lane, State
from submissions.repository.upsert import upsert
from submissions.schema.tables import course_clock, gradings, lane_clock

_IN_LANE: BindParameter[str] = bindparam("of_lane")
_OF_COURSE = (course_clock.c.lane == _IN_LANE) & (course_clock.c.course_id == bindparam("of_course"))
_WAITING = select(gradings.c.id).where(gradings.c.state == State.QUEUED.value, gradings.c.lane == _IN_LANE)
_READ = select(
    (~_WAITING.exists()).label("is_idle"),
    func.coalesce(select(course_clock.c.last_tag).where(_OF_COURSE).scalar_subquery(), 0).label("of_course"),
    func.coalesce(select(lane_clock.c.tag).where(lane_clock.c.lane == _IN_LANE).scalar_subquery(), 0).label("of_lane"),
)
_GIVE = course_clock.update().where(_OF_COURSE)
_GIVE_FIRST = course_clock.insert()


@dataclass(frozen=True, slots=True)
class Times:
    """Virtual times: the last tag given to a course in a lane, and the greatest taken from the lane.

    is_idle: nothing waits in the lane.
    """

    is_idle: bool
    of_course: int
    of_lane: int


AT_REST = Times(is_idle=True, of_course=0, of_lane=0)


class Clocks:
    """The virtual clocks of one transaction; tags are whole numbers, greater is later."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def read(self, lane: Lane, course_id: str) -> Times:
        """What the clocks show for a course in a lane."""
        row = self._connection.execute(_READ, {"of_lane": lane.value, "of_course": course_id}).one()
        return Times(bool(row.is_idle), row.of_course, row.of_lane)

    def restart(self, lane: Lane) -> None:
        """Begin the lane's time again at 0."""
        self._connection.execute(course_clock.delete().where(course_clock.c.lane == lane.value))
        self._connection.execute(lane_clock.delete().where(lane_clock.c.lane == lane.value))

    def give(self, lane: Lane, course_id: str, tag: int) -> None:
        """Remember `tag` as the last one given to a course."""
        mine = {"of_lane": lane.value, "of_course": course_id}
        if self._connection.execute(_GIVE, {**mine, "last_tag": tag}).rowcount == 0:
            self._connection.execute(_GIVE_FIRST, {"lane": lane.value, "course_id": course_id, "last_tag": tag})

    def taken(self, lane: Lane, tag: int) -> None:
        """A grading with this tag has been taken: its lane's time is at least that."""
        reached = upsert(self._connection, lane_clock).values(lane=lane.value, tag=tag)
        self._connection.execute(
            reached.on_conflict_do_update(
                index_elements=[lane_clock.c.lane],
                set_={"tag": reached.excluded.tag},
                where=lane_clock.c.tag < reached.excluded.tag,
            )
        )
