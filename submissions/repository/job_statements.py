"""What workers and uploads ask of the queue all the time, put together once: that takes longer than running it."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, bindparam, or_, select

from submissions.models import State
from submissions.schema.tables import blobs, course_assignments, gradings, submissions


def _reached(moment: ColumnElement[datetime]) -> ColumnElement[bool]:
    """Also where it is beyond `farthest`: it was written before the clock was set back."""
    return or_(moment <= bindparam("now"), moment > bindparam("farthest"))


HELD = and_(
    gradings.c.id == bindparam("of"),
    gradings.c.state == State.RUNNING.value,
    gradings.c.lease_token == bindparam("token"),
)
AVAILABLE = and_(
    gradings.c.state == State.QUEUED.value,
    gradings.c.lane.in_(bindparam("lanes", expanding=True)),
    # One that nobody has put off waits for no time, whatever the clock does meanwhile.
    or_(gradings.c.available_at == gradings.c.created_at, _reached(gradings.c.available_at)),
)
WAITING = select(gradings.c.id).where(AVAILABLE).limit(1)
NEXT = (
    select(gradings.c.id)
    .where(AVAILABLE)
    # "live" sorts before "regrade", so a worker of both lanes serves live first.
    .order_by(gradings.c.lane, gradings.c.priority.desc(), gradings.c.created_at, gradings.c.id)
    .limit(1)
    .with_for_update(skip_locked=True)  # SQLite has no such words and needs none: one claims at a time
    .scalar_subquery()
)
CLAIM = (
    gradings.update()
    .where(gradings.c.state == State.QUEUED.value)
    .values(
        state=State.RUNNING.value,
        lease_token=bindparam("token"),
        lease_until=bindparam("until"),
        worker=bindparam("by"),
        attempts=gradings.c.attempts + 1,
        started_at=bindparam("now"),
    )
    .returning(gradings.c.id, gradings.c.attempts, gradings.c.lane, gradings.c.fair_tag)
)
CLAIM_NEXT = CLAIM.where(gradings.c.id == NEXT)
CLAIM_THIS = CLAIM.where(gradings.c.id == bindparam("of"))
WORK = (
    select(submissions.c.id, submissions.c.filename, course_assignments.c.slug, blobs.c.data)
    .join(gradings, gradings.c.submission_id == submissions.c.id)
    .join(course_assignments, course_assignments.c.id == submissions.c.course_assignment_id)
    .join(blobs, blobs.c.sha256 == submissions.c.sha256)
    .where(gradings.c.id == bindparam("of"))
)
EXPIRED = (
    select(gradings.c.id, gradings.c.lease_token, gradings.c.worker, gradings.c.attempts)
    .where(gradings.c.state == State.RUNNING.value, _reached(gradings.c.lease_until))
    .order_by(gradings.c.lease_until)
)
RENEW = gradings.update().where(HELD)
