"""What is asked of gradings at every upload, look and result, put together once: that takes longer than running it."""

from sqlalchemy import and_, bindparam, func, or_, select

from submissions.marking_tables import regrade_gradings
from submissions.models import State
from submissions.tables import grading_parts, gradings, submissions

OF = gradings.c.id == bindparam("of")
GET = select(gradings).where(OF)
CURRENT = (
    select(gradings)
    .join(submissions, submissions.c.current_grading_id == gradings.c.id)
    .where(submissions.c.id == bindparam("of"))
)
COUNT = select(func.count()).where(gradings.c.submission_id == bindparam("of"))
ADD = gradings.insert()
PLACE = select(gradings.c.lane, gradings.c.priority, gradings.c.created_at, gradings.c.id).where(
    OF, gradings.c.state == State.QUEUED.value
)
SAME_LANE = gradings.c.lane == bindparam("lane")
AHEAD = or_(
    gradings.c.lane < bindparam("lane"),
    and_(SAME_LANE, gradings.c.priority > bindparam("priority")),
    and_(
        SAME_LANE,
        gradings.c.priority == bindparam("priority"),
        or_(
            gradings.c.created_at < bindparam("created_at"),
            and_(gradings.c.created_at == bindparam("created_at"), gradings.c.id < bindparam("of")),
        ),
    ),
)
HOW_MANY_AHEAD = select(func.count()).where(gradings.c.state == State.QUEUED.value, AHEAD)
FINISH = (
    gradings.update()
    .where(OF)
    .values(
        state=State.DONE.value,
        lease_token=None,
        lease_until=None,
        finished_at=bindparam("now"),
        report=bindparam("reported"),
        score_given=bindparam("given"),
        score_maximum=bindparam("maximum"),
        seed=bindparam("from_seed"),
        version=bindparam("of_version"),
        error=None,
    )
)
FINISH_OPEN = FINISH.where(gradings.c.state.in_((State.QUEUED.value, State.RUNNING.value)))
FINISH_HELD = FINISH.where(gradings.c.state == State.RUNNING.value, gradings.c.lease_token == bindparam("token"))
ADD_PARTS = grading_parts.insert()
NUMBER = select(gradings.c.submission_id, gradings.c.number).where(OF)
KEPT_ASIDE = select(regrade_gradings.c.grading_id).where(regrade_gradings.c.grading_id == bindparam("of"))
_counts = gradings.alias()
COUNT_UNLESS_DONE = (
    submissions.update()
    .where(
        submissions.c.id == bindparam("of"),
        ~select(_counts.c.id)
        .where(_counts.c.id == submissions.c.current_grading_id, _counts.c.state == State.DONE.value)
        .exists(),
    )
    .values(current_grading_id=bindparam("counting"))
)
COUNT_UNLESS_NEWER = (
    submissions.update()
    .where(
        submissions.c.id == bindparam("of"),
        ~select(_counts.c.id)
        .where(
            _counts.c.id == submissions.c.current_grading_id,
            _counts.c.state == State.DONE.value,
            _counts.c.number > bindparam("its_number"),
        )
        .exists(),
    )
    .values(current_grading_id=bindparam("counting"))
)
