"""The grades of an assignment as JSON: every learner with what counts and why, and every attempt."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from submissions.marking import Extension, Grade
from submissions.models import Attempt, CourseAssignment, GradebookRow


def grades_json(
    course: str,
    asked: CourseAssignment,
    rows: Sequence[GradebookRow],
    attempts: Sequence[Attempt],
    extensions: Mapping[str, Extension],
    now: datetime,
) -> str:
    """The text of the file."""
    body = {
        "course": course,
        "assignment": asked.slug,
        "points": asked.points,
        "exported_at": now.isoformat(),
        "learners": [_learner(row, attempts, extensions.get(row.user.id)) for row in rows],
    }
    return json.dumps(body, indent=1, allow_nan=False, ensure_ascii=False)


def _learner(row: GradebookRow, attempts: Sequence[Attempt], extension: Extension | None) -> dict[str, object]:
    return {
        "name": row.user.name,
        "email": row.user.email,
        "grade": _grade(row.grade),
        "submission": row.submission_id,
        "state": row.state.value if row.state else None,
        "parts": {name: {"given": given, "maximum": most} for name, (given, most) in row.part_points.items()},
        "codes": list(row.codes),
        "attempts": [_attempt(one) for one in attempts if one.submission.user_id == row.user.id],
        "extension": None
        if extension is None
        else {
            "due_at": extension.due_at.isoformat() if extension.due_at else None,
            "more_attempts": extension.more_attempts,
        },
    }


def _attempt(attempt: Attempt) -> dict[str, object]:
    submission = attempt.submission
    return {
        "submission": submission.id,
        "number": submission.number,
        "handed_in_at": submission.created_at.isoformat(),
        "filename": submission.filename,
        "sha256": submission.sha256,
        "state": attempt.state.value,
        "score": None if attempt.given is None else {"given": attempt.given, "maximum": attempt.maximum},
        "version": attempt.version,
        "grade": _grade(attempt.grade),
    }


def _grade(grade: Grade | None) -> dict[str, object] | None:
    if grade is None:
        return None
    override = grade.override
    return {
        "points": grade.points,
        "maximum": grade.maximum,
        "before_lateness": grade.before,
        "late_days": grade.late_days,
        "loss_percent": grade.loss_percent,
        "override": None if override is None else {"by": override.by, "comment": override.comment},
    }
