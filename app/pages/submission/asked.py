"""What the page of a submission says of questions about results: what is asked, and until when one may ask."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.access import SeenSubmission
from app.permissions import Action
from submissions.database import Transaction
from submissions.marking import Question
from submissions.models import Attempt, Grading, State
from submissions.policy import asked_until


@dataclass(frozen=True, slots=True)
class Asked:
    """questions: about which of the author's attempts. until: when the time to ask about this one is over, if ever.

    may_ask: whether the reader can ask now.
    """

    questions: Mapping[str, Question]
    question: Question | None
    until: datetime | None
    may_ask: bool


def asked_about(
    tx: Transaction, found: SeenSubmission, grading: Grading, attempts: list[Attempt], now: datetime
) -> Asked:
    """Reads it; `attempts` are the author's."""
    questions = tx.questions.about([one.submission.id for one in attempts])
    question = questions.get(found.submission.id)
    until = open_until(found, grading, attempts)
    own = found.submission.user_id == found.membership.user.id and found.membership.may(Action.ASK)
    return Asked(questions, question, until, own and question is None and until is not None and now <= until)


def open_until(found: SeenSubmission, grading: Grading, attempts: list[Attempt]) -> datetime | None:
    """Until when its author may ask about the result as it is; None where there is none, or no question is taken.

    What staff decide is a result as much as what the checks gave.
    """
    if grading.state is not State.DONE or grading.finished_at is None:
        return None
    grade = next((one.grade for one in attempts if one.submission.id == found.submission.id), None)
    decided_at = grade.override.at if grade and grade.override else grading.finished_at
    return asked_until(found.assignment, max(grading.finished_at, decided_at))
