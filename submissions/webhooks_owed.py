"""What webhooks are told of grades, written in the transaction that records or changes them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from submissions.deliveries import owe
from submissions.models import Attempt, Course, CourseAssignment, Submission
from submissions.transaction import Transaction
from submissions.webhooks import Webhook

Decision = Literal["override.set", "override.withdrawn", "regrade.applied", "regrade.undone"]
"""What can change a grade that was told already; the word is the type of the message."""


def owe_webhooks(
    tx: Transaction, submission: Submission, grading_id: str, given: float, maximum: float, now: datetime
) -> int:
    """Owe a message to every webhook of the submission's course, with the points of the report; how many."""
    told = _Listeners.of(tx, submission.course_assignment_id)
    return told.tell(submission, grading_id, "grading.done", given, maximum, now, "") if told else 0


def owe_decision(tx: Transaction, submission: Submission, decision: Decision, occasion: str, now: datetime) -> int:
    """Owe a message that a decision changed what a submission counts, with its points in the course; how many.

    occasion: names this decision, so that it is told once.
    """
    told = _Listeners.of(tx, submission.course_assignment_id)
    if told is None:
        return 0
    attempts = tx.gradings.attempts(submission.course_assignment_id, submission.user_id)
    return told.decided((one for one in attempts if one.submission.id == submission.id), decision, occasion, now)


def owe_decisions(
    tx: Transaction,
    asked: CourseAssignment,
    attempts: Iterable[Attempt],
    decision: Decision,
    occasion: str,
    now: datetime,
) -> int:
    """The same for one decision about many attempts at an assignment, each with what it counts now."""
    told = _Listeners.of(tx, asked.id)
    return told.decided(attempts, decision, occasion, now) if told else 0


class _Listeners:
    """The webhooks that are told of an assignment, looked up once."""

    def __init__(self, tx: Transaction, course: Course, asked: CourseAssignment, hooks: list[Webhook]) -> None:
        self._tx = tx
        self._course = course
        self._asked = asked
        self._hooks = hooks

    @classmethod
    def of(cls, tx: Transaction, course_assignment_id: str) -> "_Listeners | None":
        """Those of the assignment's course; None where there are none."""
        hooks = tx.webhooks.of_assignment(course_assignment_id)
        asked = tx.courses.assignment(course_assignment_id) if hooks else None
        course = tx.courses.by_id(asked.course_id) if asked else None
        return cls(tx, course, asked, hooks) if asked and course else None

    def decided(self, attempts: Iterable[Attempt], decision: Decision, occasion: str, now: datetime) -> int:
        """Tell of each attempt that counts something; how many messages."""
        said = f"{decision} {occasion}"
        return sum(
            self.tell(one.submission, one.grading_id, decision, one.grade.points, one.grade.maximum, now, said)
            for one in attempts
            if one.grade is not None
        )

    def tell(
        self,
        submission: Submission,
        grading_id: str,
        kind: str,
        given: float,
        maximum: float,
        now: datetime,
        occasion: str,
    ) -> int:
        """Owe one message to each webhook; how many."""
        learner = self._tx.accounts.by_id(submission.user_id)
        if learner is None:
            return 0
        payload = {
            "type": kind,
            "timestamp": now.isoformat(),
            "data": {
                "course": self._course.slug,
                "assignment": self._asked.slug,
                "submission": submission.id,
                "attempt": submission.number,
                "grading": grading_id,
                "learner": {"id": learner.id, "email": learner.email, "name": learner.name},
                "score": {"given": given, "maximum": maximum},
            },
        }
        return sum(owe(self._tx, grading_id, "webhook", hook.id, payload, now, occasion) for hook in self._hooks)
