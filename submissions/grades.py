"""What a graded submission counts: the report's points, less what lateness costs, or what staff decided."""

from collections.abc import Sequence
from datetime import datetime

from submissions.lateness import late_days, loss_percent
from submissions.marking import Grade, Override
from submissions.models import Attempt, CourseAssignment


def grade_of(
    asked: CourseAssignment,
    time_zone: str,
    handed_in_at: datetime,
    given: float,
    maximum: float,
    override: Override | None = None,
) -> Grade:
    """The grade of a report with `given` of `maximum` points, `asked` being as it is asked of this student."""
    before = asked.points * (given / maximum if maximum else 0.0)
    days = late_days(asked.due_at, handed_in_at, time_zone)
    loss = loss_percent(asked.late, days)
    points = before * (1 - loss / 100)
    if override is not None:
        points = asked.points * (override.points / override.maximum if override.maximum else 0.0)
    return Grade(
        points=points,
        maximum=asked.points,
        before=before,
        late_days=days,
        loss_percent=loss,
        override=override,
        as_reported=override is None and not loss and asked.points == maximum,
    )


def best_of(attempts: Sequence[Attempt]) -> Attempt | None:
    """The attempt that counts: the one with the most points, of equals the earliest; None while none is graded.

    An assignment that is worth nothing is practice: all its attempts count 0, and the first would be the best for ever.
    There the one that did more of what was asked is better, by its report's own points; where the report gives none
    either, the newest, for that is what the student stands by.
    """
    graded = ((one, one.grade) for one in attempts if one.grade is not None)
    best = max(graded, key=_rank, default=None)
    return best[0] if best else None


def rank(grade: Grade, number: int, given: float | None, maximum: float | None) -> tuple[float, float, int]:
    """What attempts are compared by, the greater the better; given, maximum: of the report. See best_of."""
    if not maximum:
        return grade.points, 0.0, number
    share = (given or 0.0) / maximum if not grade.maximum else 0.0
    return grade.points, share, -number


def _rank(graded: tuple[Attempt, Grade]) -> tuple[float, float, int]:
    attempt, grade = graded
    return rank(grade, attempt.submission.number, attempt.given, attempt.maximum)


def points_of(attempt: Attempt) -> float:
    """What an attempt counts; 0 while it is not graded."""
    return attempt.grade.points if attempt.grade else 0.0
