"""The scores of an assignment, as gradebook files need them."""

from collections.abc import Sequence
from dataclasses import dataclass

from submissions.models import CourseAssignment, GradebookRow


@dataclass(frozen=True, slots=True)
class LearnerScore:
    """A learner and the points that count, in the course's points; None for nothing graded."""

    name: str
    email: str
    points: float | None


@dataclass(frozen=True, slots=True)
class AssignmentScores:
    """An assignment with the scores of a course's learners. maximum: what it is worth in the course."""

    title: str
    maximum: float
    learners: tuple[LearnerScore, ...]


def assignment_scores(asked: CourseAssignment, rows: Sequence[GradebookRow]) -> AssignmentScores:
    """The scores in a gradebook's rows, which are in the course's points already."""
    learners = (
        LearnerScore(row.user.name, row.user.email, None if row.score_given is None else round(row.score_given, 4))
        for row in rows
    )
    return AssignmentScores(asked.title, asked.points, tuple(learners))
