"""Gradings as they are read, asked for and ended. A grading that is DONE never changes; a regrade is a new one."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Result, Row, select

from submissions.models import Attempt, Course, GradebookRow, Grading, GradingReason, Place, State
from submissions.repository import grading_statements as sql
from submissions.repository.gradebook import BestAttempt, attempts, best_attempt, gradebook, gradebook_of
from submissions.repository.standings import standings
from submissions.schema.tables import gradings, submissions
from submissions.standings import Standing


@dataclass(frozen=True, slots=True)
class PartPoints:
    """What dashboards show of a part: points, and the diagnosis codes in report order without repeats."""

    name: str
    given: float
    maximum: float
    codes: tuple[str, ...]


class Gradings:
    """The gradings of one transaction. `ended`: submissions of which it has made one DONE."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.ended: list[str] = []

    def add(
        self,
        submission_id: str,
        reason: GradingReason,
        place: Place,
        now: datetime,
        aside: bool = False,
        named: str | None = None,
    ) -> str:
        """Ask for a grading and return its id. Nobody is told of it here.

        aside: it never counts by itself, and Regrades.keep is called next. named: the id by which the submission, of
        which this is the first grading, says already that it counts.
        """
        grading_id = named or uuid4().hex
        self._connection.execute(
            sql.ADD,
            {
                "id": grading_id,
                "submission_id": submission_id,
                "of": submission_id,
                "reason": reason.value,
                "state": State.QUEUED.value,
                "created_at": now,
                "lane": place.lane.value,
                "priority": place.priority,
                "fair_tag": place.tag,
                "available_at": now,
                "attempts": 0,
            },
        )
        if not aside and named is None:
            self._count_unless_done(submission_id, grading_id)
        return grading_id

    def get(self, grading_id: str) -> Grading | None:
        """The grading with this id."""
        row = self._connection.execute(sql.GET, {"of": grading_id}).one_or_none()
        return None if row is None else _grading_of(row)

    def of_submission(self, submission_id: str) -> list[Grading]:
        """Every grading of a submission, newest first."""
        rows = self._connection.execute(
            select(gradings).where(gradings.c.submission_id == submission_id).order_by(gradings.c.number.desc())
        )
        return [_grading_of(row) for row in rows]

    def current(self, submission_id: str) -> Grading | None:
        """The grading that counts: the newest that is DONE, or the newest while none is, of those not kept aside."""
        row = self._connection.execute(sql.CURRENT, {"of": submission_id}).one_or_none()
        return None if row is None else _grading_of(row)

    def standing(self, submission_ids: Collection[str]) -> dict[str, Grading]:
        """By submission, the grading that counts, without its report: that is most of what a row holds."""
        rows: Result[Any] = self._connection.execute(sql.STANDING, {"of": list(submission_ids)})
        return {row.submission_id: _grading_of(row) for row in rows}

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

    def standings(
        self, course: Course, people: Collection[str] | None = None, assignment: str | None = None
    ) -> dict[tuple[str, str], Standing]:
        """User id and assignment id -> what counts. Of these people, or in this assignment, where given."""
        return standings(self._connection, course, people, assignment)

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
        return self.positions([grading_id]).get(grading_id)

    def positions(self, grading_ids: Collection[str]) -> dict[str, int]:
        """The places of those of the gradings that wait."""
        return {row.id: row.place for row in self._connection.execute(sql.PLACES, {"of": list(grading_ids)})}

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
        result = {
            "of": grading_id,
            "now": now,
            "reported": report,
            "given": given,
            "maximum": maximum,
            "from_seed": seed,
            "of_version": version,
        }
        if lease_token is None:
            changed = self._connection.execute(sql.FINISH_OPEN, result).rowcount
        else:
            changed = self._connection.execute(sql.FINISH_HELD, {**result, "token": lease_token}).rowcount
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
            self._connection.execute(sql.ADD_PARTS, rows)
        self._count_if_newer(grading_id)
        return True

    def _count_unless_done(self, submission_id: str, grading_id: str) -> None:
        """Point the submission at a new grading, unless one that is DONE counts."""
        self._connection.execute(sql.COUNT_UNLESS_DONE, {"of": submission_id, "counting": grading_id})

    def _count_if_newer(self, grading_id: str) -> None:
        """Point the submission at a grading that is DONE, unless it is kept aside or a newer DONE one counts."""
        mine = self._connection.execute(sql.NUMBER, {"of": grading_id}).one()
        self.ended.append(mine.submission_id)
        if mine.aside:
            return
        counting = {"of": mine.submission_id, "its_number": mine.number, "counting": grading_id}
        self._connection.execute(sql.COUNT_UNLESS_NEWER, counting)


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
