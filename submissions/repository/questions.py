"""What students ask about their results, and what of it is answered."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from submissions.marking import Question
from submissions.repository.upsert import upsert
from submissions.schema.marking_tables import questions
from submissions.schema.tables import course_assignments, submissions, users


class Questions:
    """The questions of one transaction; a submission has one at most."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def ask(self, submission_id: str, part: str, text: str, now: datetime) -> bool:
        """Ask about a submission; whether nothing was asked about it before."""
        asked = upsert(self._connection, questions).values(submission_id=submission_id, part=part, text=text, at=now)
        made = asked.on_conflict_do_nothing().returning(questions.c.submission_id)
        return self._connection.scalar(made) is not None

    def answer(self, submission_id: str, by_id: str, now: datetime) -> bool:
        """Close what is asked about a submission; whether it was open."""
        mine = (questions.c.submission_id == submission_id) & questions.c.answered_at.is_(None)
        closed = questions.update().where(mine).values(answered_at=now, answered_by_id=by_id)
        return self._connection.execute(closed).rowcount == 1

    def about(self, submission_ids: Collection[str]) -> dict[str, Question]:
        """Submission id -> what is asked about it, where something is."""
        found = self._read(_questions().where(questions.c.submission_id.in_(submission_ids)))
        return {one.submission_id: one for one in found}

    def open_of(self, course_id: str) -> dict[str, int]:
        """Assignment of a course, by id -> how many open questions it has, where it has any."""
        asked = submissions.c.course_assignment_id
        rows = self._connection.execute(
            select(asked, func.count().label("open"))
            .join(questions, questions.c.submission_id == submissions.c.id)
            .join(course_assignments, course_assignments.c.id == asked)
            .where(course_assignments.c.course_id == course_id, questions.c.answered_at.is_(None))
            .group_by(asked)
        )
        return {row.course_assignment_id: row.open for row in rows}

    def listed(self, course_assignment_ids: Collection[str], *, answered: bool) -> list[Question]:
        """What is open about these assignments, the longest first, or what is answered, the last first."""
        asked = _questions().join(submissions, submissions.c.id == questions.c.submission_id)
        asked = asked.where(submissions.c.course_assignment_id.in_(course_assignment_ids))
        if answered:
            asked = asked.where(questions.c.answered_at.is_not(None)).order_by(questions.c.answered_at.desc())
        else:
            asked = asked.where(questions.c.answered_at.is_(None)).order_by(questions.c.at)
        return self._read(asked.order_by(questions.c.submission_id))

    def _read(self, asked: Select[Any]) -> list[Question]:
        return [_question_of(row) for row in self._connection.execute(asked)]


def _questions() -> Select[Any]:
    return select(questions, users.c.name).join(users, users.c.id == questions.c.answered_by_id, isouter=True)


def _question_of(row: Row[Any]) -> Question:
    return Question(row.submission_id, row.part, row.text, row.at, row.answered_at, row.name)
