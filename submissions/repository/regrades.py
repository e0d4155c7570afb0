"""Regrades: gradings of a whole assignment that are kept aside until somebody has them count."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, func, select

from submissions.marking import Regrade, Regraded, RegradeState
from submissions.models import State
from submissions.schema.marking_tables import regrade_gradings, regrades
from submissions.schema.tables import gradings, submissions, users


@dataclass(frozen=True, slots=True)
class Kept:
    """A grading of a regrade as it stands: the submission, what counts now, and what counted before.

    is_newer: whether nothing that is done and counts is newer.
    """

    submission_id: str
    grading_id: str
    current_id: str
    replaced_id: str | None
    state: State
    is_newer: bool


class Regrades:
    """The regrades of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def begin(self, course_assignment_id: str, version: str, by_id: str, now: datetime) -> str:
        """Begin a preview for `version` of the assignment and return its id."""
        regrade_id = uuid4().hex
        self._connection.execute(
            regrades.insert().values(
                id=regrade_id,
                course_assignment_id=course_assignment_id,
                state=RegradeState.PREVIEW.value,
                version=version,
                by_id=by_id,
                at=now,
            )
        )
        return regrade_id

    def keep(self, regrade_id: str, submission_id: str, grading_id: str) -> None:
        """Make a grading one of this regrade: it does not count by being done."""
        self._connection.execute(
            regrade_gradings.insert().values(regrade_id=regrade_id, submission_id=submission_id, grading_id=grading_id)
        )

    def get(self, regrade_id: str) -> Regrade | None:
        """The regrade with this id."""
        row = self._connection.execute(_regrades().where(regrades.c.id == regrade_id)).one_or_none()
        return None if row is None else _regrade_of(row)

    def of(self, course_assignment_id: str) -> list[Regrade]:
        """The regrades of an assignment, newest first."""
        rows = self._connection.execute(
            _regrades()
            .where(regrades.c.course_assignment_id == course_assignment_id)
            .order_by(regrades.c.at.desc(), regrades.c.id)
        )
        return [_regrade_of(row) for row in rows]

    def end(self, regrade_id: str, state: RegradeState, now: datetime) -> None:
        """Note that a regrade was applied, undone or discarded."""
        mine = regrades.c.id == regrade_id
        self._connection.execute(regrades.update().where(mine).values(state=state.value, ended_at=now))

    def kept(self, regrade_id: str) -> list[Kept]:
        """Every grading of a regrade."""
        counts = gradings.alias()
        rows = self._connection.execute(
            select(
                regrade_gradings.c.submission_id,
                regrade_gradings.c.grading_id,
                regrade_gradings.c.replaced_id,
                submissions.c.current_grading_id,
                gradings.c.state,
                gradings.c.number,
                counts.c.number.label("current_number"),
                counts.c.state.label("current_state"),
            )
            .join(gradings, gradings.c.id == regrade_gradings.c.grading_id)
            .join(submissions, submissions.c.id == regrade_gradings.c.submission_id)
            .join(counts, counts.c.id == submissions.c.current_grading_id)
            .where(regrade_gradings.c.regrade_id == regrade_id)
            .order_by(submissions.c.user_id, submissions.c.number)
        )
        return [
            Kept(
                row.submission_id,
                row.grading_id,
                row.current_grading_id,
                row.replaced_id,
                State(row.state),
                row.current_state != State.DONE.value or row.number > row.current_number,
            )
            for row in rows
        ]

    def states(self, regrade_id: str) -> dict[State, int]:
        """How many gradings of a regrade are in which state."""
        rows = self._connection.execute(
            select(gradings.c.state, func.count().label("gradings"))
            .join(regrade_gradings, regrade_gradings.c.grading_id == gradings.c.id)
            .where(regrade_gradings.c.regrade_id == regrade_id)
            .group_by(gradings.c.state)
        )
        return {State(row.state): row.gradings for row in rows}

    def results(self, regrade_id: str) -> list[Regraded]:
        """What the finished gradings of a regrade give, beside what counted before: now, or when it was applied.

        Not those that would not count, because their submission was graded anew since.
        """
        before = gradings.alias()
        counted = func.coalesce(regrade_gradings.c.replaced_id, submissions.c.current_grading_id)
        rows = self._connection.execute(
            select(
                submissions.c.id,
                submissions.c.user_id,
                submissions.c.number,
                gradings.c.id.label("grading_id"),
                before.c.id.label("before_id"),
                gradings.c.score_given,
                gradings.c.score_maximum,
                before.c.state.label("before_state"),
                before.c.score_given.label("before_given"),
                before.c.score_maximum.label("before_maximum"),
            )
            .join(regrade_gradings, regrade_gradings.c.submission_id == submissions.c.id)
            .join(gradings, gradings.c.id == regrade_gradings.c.grading_id)
            .join(before, before.c.id == counted)
            .where(
                regrade_gradings.c.regrade_id == regrade_id,
                gradings.c.state == State.DONE.value,
                (before.c.state != State.DONE.value) | (before.c.number < gradings.c.number),
            )
            .order_by(submissions.c.user_id, submissions.c.number)
        )
        return [_regraded_of(row) for row in rows]

    def point(self, submission_id: str, grading_id: str) -> None:
        """Have a grading of the submission count from now on."""
        self._connection.execute(
            submissions.update().where(submissions.c.id == submission_id).values(current_grading_id=grading_id)
        )

    def replaced(self, grading_id: str, replaced_id: str | None) -> None:
        """Remember which grading counted before this one; None forgets it."""
        self._connection.execute(
            regrade_gradings.update().where(regrade_gradings.c.grading_id == grading_id).values(replaced_id=replaced_id)
        )


def _regrades() -> Any:
    return select(regrades, users.c.name).join(users, users.c.id == regrades.c.by_id)


def _regrade_of(row: Row[Any]) -> Regrade:
    return Regrade(
        row.id, row.course_assignment_id, RegradeState(row.state), row.version, row.name, row.at, row.ended_at
    )


def _regraded_of(row: Any) -> Regraded:
    was_done = row.before_state == State.DONE.value
    return Regraded(
        submission_id=row.id,
        user_id=row.user_id,
        number=row.number,
        grading_id=row.grading_id,
        before_id=row.before_id,
        given=row.score_given,
        maximum=row.score_maximum,
        before=(row.before_given, row.before_maximum) if was_done else None,
    )
