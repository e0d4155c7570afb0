"""What is asked of gradings at every upload, look and result, put together once: that takes longer than running it."""

from sqlalchemy import and_, bindparam, func, literal, null, select

from submissions.models import State
from submissions.schema.marking_tables import regrade_gradings
from submissions.schema.tables import grading_parts, gradings, submissions

OF = gradings.c.id == bindparam("of")
GET = select(gradings).where(OF)
CURRENT = (
    select(gradings)
    .join(submissions, submissions.c.current_grading_id == gradings.c.id)
    .where(submissions.c.id == bindparam("of"))
)
_WITHOUT_REPORT = [column for column in gradings.c if column is not gradings.c.report]
STANDING = (
    select(*_WITHOUT_REPORT, null().label("report"))
    .join(submissions, submissions.c.current_grading_id == gradings.c.id)
    .where(submissions.c.id.in_(bindparam("of", expanding=True)))
)
ADD = gradings.insert().values(
    number=select(func.count() + 1).where(gradings.c.submission_id == bindparam("of")).scalar_subquery()
)
_mine = gradings.alias()
_QUEUED = gradings.c.state == State.QUEUED.value
_SAME_LANE = and_(_QUEUED, gradings.c.lane == _mine.c.lane)
_TIED = and_(_SAME_LANE, gradings.c.priority == _mine.c.priority)
_AHEAD = (
    and_(_QUEUED, gradings.c.lane < _mine.c.lane),
    and_(_SAME_LANE, gradings.c.priority > _mine.c.priority),
    and_(_TIED, gradings.c.created_at < _mine.c.created_at),
    and_(_TIED, gradings.c.created_at == _mine.c.created_at, gradings.c.id < _mine.c.id),
)
# A sum, because of each summand the index gives just what counts: a look in a rush does not read a regrade behind it.
PLACES = select(
    _mine.c.id,
    sum((select(func.count()).where(ahead).scalar_subquery() for ahead in _AHEAD), start=literal(1)).label("place"),
).where(_mine.c.id.in_(bindparam("of", expanding=True)), _mine.c.state == State.QUEUED.value)
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
NUMBER = select(
    gradings.c.submission_id,
    gradings.c.number,
    select(regrade_gradings.c.grading_id).where(regrade_gradings.c.grading_id == gradings.c.id).exists().label("aside"),
).where(OF)
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
