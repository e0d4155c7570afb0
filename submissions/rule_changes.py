"""Whose grade changes where a course asks something else of work that was handed in already."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from submissions.grades import best_of, grade_of
from submissions.marking import Extension
from submissions.models import Attempt, CourseAssignment
from submissions.policy import extended
from submissions.regrading import Difference


def grades_under(
    after: CourseAssignment, attempts: Sequence[Attempt], extensions: Mapping[str, Extension], time_zone: str
) -> list[Difference]:
    """The learners whose best attempt counts other points as `after` asks than it does now.

    attempts: with what each counts now. Which attempt counts may change too: an earlier one that is not late.
    """
    by_learner: dict[str, list[Attempt]] = {}
    for attempt in attempts:
        by_learner.setdefault(attempt.submission.user_id, []).append(attempt)
    found = []
    for user_id, made in by_learner.items():
        theirs = extended(after, extensions.get(user_id))
        before, then = best_of(made), best_of([_under(theirs, one, time_zone) for one in made])
        if before is None or then is None or then.grade is None:
            continue
        difference = Difference(user_id, before.grade, then.grade, then.submission.id)
        if abs(difference.step) > 1e-9:
            found.append(difference)
    return found


def _under(asked: CourseAssignment, attempt: Attempt, time_zone: str) -> Attempt:
    if attempt.grade is None or attempt.given is None or attempt.maximum is None:
        return attempt
    handed_in_at, override = attempt.submission.created_at, attempt.grade.override
    return replace(attempt, grade=grade_of(asked, time_zone, handed_in_at, attempt.given, attempt.maximum, override))
