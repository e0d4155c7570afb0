"""Gradings as they are read, asked for and ended. A grading that is DONE never changes; a regrade is a new one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, Row, and_, bindparam, func, or_, select, tuple_

from submissions.marking_tables import regrade_gradings
from submissions.models import Attempt, GradebookRow, Grading, GradingReason, Lane, State
from submissions.repository.gradebook import BestAttempt, attempts, best_attempt, gradebook, gradebook_of
from submissions.tables import grading_parts, gradings, submissions

# Written once: putting this together took longer than all else of its transaction.
_counts = gradings.alias()
_COUNT_UNLESS_DONE = (
    submissions.update()
    .where(
        submissions.c.id == bindparam("of"),
        ~select(_counts.c.id)
        .where(_counts.c.id == submissions.c.current_grading_id, _counts.c.state == State.DONE.value)
        .exists(),
    )
    .values(current_grading_id=bindparam("counting"))
)


@dataclass(frozen=True, slots=True)
class PartPoints:
    """What dashboards show of a part: points, and the diagnosis codes in report order without repeats."""

    name: str
    given: float
    maximum: float
    codes: tuple[str, ...]


class Gradings:
    """The gradings of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        submission_id: str,
        reason: GradingReason,
        lane: Lane,
        fair_tag: int,
        now: datetime,
        aside: bool = False,
    ) -> str:
        """Ask for a grading and return its id; `fair_tag` is its place in virtual time (fairness.py).

        aside: it never counts by itself, and Regrades.keep is called next.
        """
        grading_id = uuid4().hex
        earlier = self._connection.scalar(select(func.count()).where(gradings.c.submission_id == submission_id)) or 0
        self._connection.execute(
            gradings.insert().values(
                id=grading_id,
                submission_id=submission_id,
                number=earlier + 1,
                reason=reason.value,
                state=State.QUEUED.value,
                created_at=now,
                lane=lane.value,
                priority=-fair_tag,
                fair_tag=fair_tag,
                available_at=now,
                attempts=0,
            )
        )
        if not aside:
            self._count_unless_done(submission_id, grading_id)
        return grading_id

    def get(self, grading_id: str) -> Grading | None:
        """The grading with this id."""
        row = self._connection.execute(select(gradings).where(gradings.c.id == grading_id)).one_or_none()
        return None if row is None else _grading_of(row)

    def of_submission(self, submission_id: str) -> list[Grading]:
        """Every grading of a submission, newest first."""
        rows = self._connection.execute(
            select(gradings).where(gradings.c.submission_id == submission_id).order_by(gradings.c.number.desc())
        )
        return [_grading_of(row) for row in rows]

    def current(self, submission_id: str) -> Grading | None:
        """The grading that counts: the newest that is DONE, or the newest while none is, of those not kept aside."""
        row = self._connection.execute(
            select(gradings)
            .join(submissions, submissions.c.current_grading_id == gradings.c.id)
            .where(submissions.c.id == submission_id)
        ).one_or_none()
        return None if row is None else _grading_of(row)

    def waiting(self, course_assignment_id: str, user_id: str) -> list[str]:
        """The gradings by which a person's uploads to an assignment wait for their first result."""
        rows = self._connection.scalars(
            select(gradings.c.id)
            .join(submissions, submissions.c.current_grading_id == gradings.c.id)
            .where(
                submissions.c.course_assignment_id == course_assignment_id,
                submissions.c.user_id == user_id,
                gradings.c.state == State.QUEUED.value,
                gradings.c.reason == GradingReason.SUBMITTED.value,
            )
        )
        return list(rows)

    def attempts(self, course_assignment_id: str, user_id: str | None = None) -> list[Attempt]:
        """Every attempt at an assignment, of one person or of all, by person and number, with what each counts."""
        return attempts(self._connection, course_assignment_id, user_id)

    def best(self, course_assignment_id: str, user_id: str) -> BestAttempt | None:
        """The attempt of a learner that counts; None while none is graded."""
        return best_attempt(self._connection, course_assignment_id, user_id)

    def gradebook_of(self, course_assignment_id: str, made: Sequence[Attempt]) -> list[GradebookRow]:
        """The same as gradebook(), where the attempts of everybody have been read already."""
        return gradebook_of(self._connection, course_assignment_id, made)

    def gradebook(self, course_assignment_id: str) -> list[GradebookRow]:
        """One row for every learner of the course, by name, also for those who handed in nothing."""
        return gradebook(self._connection, course_assignment_id)

    def position(self, grading_id: str) -> int | None:
        """The place in the queue, 1 being next; None for a grading that does not wait."""
        mine = self._connection.execute(
            select(gradings.c.lane, gradings.c.priority, gradings.c.created_at, gradings.c.id).where(
                gradings.c.id == grading_id, gradings.c.state == State.QUEUED.value
            )
        ).one_or_none()
        if mine is None:
            return None
        same_lane = gradings.c.lane == mine.lane
        older = tuple_(gradings.c.created_at, gradings.c.id) < (mine.created_at, mine.id)
        ahead = or_(
            gradings.c.lane < mine.lane,
            and_(same_lane, gradings.c.priority > mine.priority),
            and_(same_lane, gradings.c.priority == mine.priority, older),
        )
        query = select(func.count()).where(gradings.c.state == State.QUEUED.value, ahead)
        return (self._connection.scalar(query) or 0) + 1

    def recent_seconds(self, course_assignment_id: str, limit: int = 20) -> list[float]:
        """How long the gradings that count of an assignment's newest submissions took, of at most `limit` DONE ones."""
        rows = self._connection.execute(
            select(gradings.c.started_at, gradings.c.finished_at)
            .join(submissions, submissions.c.current_grading_id == gradings.c.id)
            .where(
                submissions.c.course_assignment_id == course_assignment_id,
                gradings.c.state == State.DONE.value,
                gradings.c.started_at.is_not(None),
            )
            .order_by(submissions.c.created_at.desc(), submissions.c.id.desc())
            .limit(limit)
        )
        return [(row.finished_at - row.started_at).total_seconds() for row in rows]

    def finish(
        self,
        grading_id: str,
        lease_token: str | None,
        report: Mapping[str, Any],
        given: float,
        maximum: float,
        parts: Sequence[PartPoints],
        seed: str,
        version: str,
        now: datetime,
    ) -> bool:
        """Make it DONE unless it has ended or, with a token, is no longer held under it; whether that happened."""
        open_still: ColumnElement[bool]
        if lease_token is None:
            open_still = gradings.c.state.in_((State.QUEUED.value, State.RUNNING.value))
        else:
            open_still = and_(gradings.c.state == State.RUNNING.value, gradings.c.lease_token == lease_token)
        changed = self._connection.execute(
            gradings.update()
            .where(gradings.c.id == grading_id, open_still)
            .values(
                state=State.DONE.value,
                lease_token=None,
                lease_until=None,
                finished_at=now,
                report=report,
                score_given=given,
                score_maximum=maximum,
                seed=seed,
                version=version,
                error=None,
            )
        ).rowcount
        if changed == 0:
            return False
        rows = [
            {
                "grading_id": grading_id,
                "position": position,
                "name": part.name,
                "given": part.given,
                "maximum": part.maximum,
                "codes": list(part.codes),
            }
            for position, part in enumerate(parts)
        ]
        if rows:
            self._connection.execute(grading_parts.insert(), rows)
        self._count_if_newer(grading_id)
        return True

    def _count_unless_done(self, submission_id: str, grading_id: str) -> None:
        """Point the submission at a new grading, unless one that is DONE counts."""
        self._connection.execute(_COUNT_UNLESS_DONE, {"of": submission_id, "counting": grading_id})

    def _count_if_newer(self, grading_id: str) -> None:
        """Point the submission at a grading that is DONE, unless it is kept aside or a newer DONE one counts."""
        mine = self._connection.execute(
            select(gradings.c.submission_id, gradings.c.number).where(gradings.c.id == grading_id)
        ).one()
        kept = select(regrade_gradings.c.grading_id).where(regrade_gradings.c.grading_id == grading_id)
        if self._connection.scalar(kept) is not None:
            return
        newer = select(gradings.c.id).where(
            gradings.c.id == submissions.c.current_grading_id,
            gradings.c.state == State.DONE.value,
            gradings.c.number > mine.number,
        )
        self._connection.execute(
            submissions.update()
            .where(submissions.c.id == mine.submission_id, ~newer.exists())
            .values(current_grading_id=grading_id)
        )


def _grading_of(row: Row[Any]) -> Grading:
    return Grading(
        id=row.id,
        submission_id=row.submission_id,
        number=row.number,
        reason=GradingReason(row.reason),
        state=State(row.state),
        version=row.version,
        seed=row.seed,
        score_given=row.score_given,
        score_maximum=row.score_maximum,
        report=row.report,
        error=row.error,
        attempts=row.attempts,
        created_at=row.created_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
    )
