"""Where the learners of a course stand: what counts of theirs in each assignment, and what that makes together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from submissions.marking import Grade
from submissions.models import CourseAssignment, State, User


@dataclass(frozen=True, slots=True)
class Standing:
    """What a learner has in one assignment: the submission that counts, or the newest while none is graded.

    attempts: made. grade: None while nothing is graded; then `state` is that of the newest.
    """

    submission_id: str
    state: State
    attempts: int
    grade: Grade | None


Standings = Mapping[tuple[str, str], Standing]
"""User id and assignment id -> what there is; nothing where nothing was handed in."""


@dataclass(frozen=True, slots=True)
class Total:
    """Points over several assignments. graded: what those are worth of which something is graded; whole: all."""

    points: float
    graded: float
    whole: float


@dataclass(frozen=True, slots=True)
class CourseRow:
    """A learner with what they have in each assignment, in the order of the assignments; None for nothing."""

    user: User
    standings: tuple[Standing | None, ...]
    total: Total


def course_rows(people: Iterable[User], asked: Sequence[CourseAssignment], found: Standings) -> list[CourseRow]:
    """The gradebook of a course, one row a person."""
    made = []
    for user in people:
        mine = tuple(found.get((user.id, one.id)) for one in asked)
        made.append(CourseRow(user, mine, total(asked, [one.grade if one else None for one in mine])))
    return made


def total(asked: Sequence[CourseAssignment], grades: Sequence[Grade | None]) -> Total:
    """What the grades make together. What is hidden from students counts in no total, for they could not check it."""
    counting = [(one, grade) for one, grade in zip(asked, grades, strict=True) if one.visible]
    graded = [(one, grade) for one, grade in counting if grade is not None]
    return Total(
        points=fsum(grade.points for _, grade in graded),
        graded=fsum(one.points for one, _ in graded),
        whole=fsum(one.points for one, _ in counting),
    )
