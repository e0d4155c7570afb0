"""What instructors take out of an assignment: grades as JSON, and everything handed in as one zip."""

import json
from collections.abc import Iterator

from fastapi import APIRouter
from starlette.responses import Response, StreamingResponse

from app.access import assignment_asked, membership
from app.context import Context
from app.dependencies import Ctx, CurrentSession
from app.pages.assignment_page import assignment_path
from app.pages.source_archive import Entry, archive, entry_name
from app.permissions import Action
from submissions.database import Transaction
from submissions.marking import Grade
from submissions.models import Attempt, CourseAssignment, GradebookRow, User


def make_router() -> APIRouter:
    """The downloads of an assignment beside its CSV."""
    router = APIRouter()
    path = assignment_path("{course}", "{assignment}")
    router.add_api_route(f"{path}/grades.json", grades, methods=["GET"])
    router.add_api_route(f"{path}/sources.zip", sources, methods=["GET"])
    return router


def grades(context: Ctx, login: CurrentSession, course: str, assignment: str) -> Response:
    """Every learner with what counts and why, and every attempt."""
    with context.database.reading() as tx:
        asked, attempts = _asked(tx, login.user, course, assignment)
        rows = tx.gradings.gradebook_of(asked.id, attempts)
    body = {
        "course": course,
        "assignment": asked.slug,
        "points": asked.points,
        "exported_at": context.clock().isoformat(),
        "learners": [_learner(row, attempts) for row in rows],
    }
    headers = {"Content-Disposition": f'attachment; filename="{asked.slug}.json"'}
    text = json.dumps(body, indent=1, allow_nan=False, ensure_ascii=False)
    return Response(text, media_type="application/json", headers=headers)


def sources(context: Ctx, login: CurrentSession, course: str, assignment: str) -> Response:
    """Everything that was handed in, as it came, one folder a person. It is made while it is sent."""
    with context.database.reading() as tx:
        asked, attempts = _asked(tx, login.user, course, assignment)
        people = {attempt.submission.user_id: tx.accounts.by_id(attempt.submission.user_id) for attempt in attempts}
    headers = {"Content-Disposition": f'attachment; filename="{asked.slug}-sources.zip"'}
    return StreamingResponse(
        archive(_entries(context, attempts, people)), media_type="application/zip", headers=headers
    )


def _asked(tx: Transaction, user: User, course: str, assignment: str) -> tuple[CourseAssignment, list[Attempt]]:
    member = membership(tx, user, course, Action.EXPORT_GRADES)
    asked = assignment_asked(tx, member, assignment)
    return asked, tx.gradings.attempts(asked.id)


def _entries(context: Context, attempts: list[Attempt], people: dict[str, User | None]) -> Iterator[Entry]:
    """One upload at a time is in memory."""
    for attempt in attempts:
        submission, person = attempt.submission, people[attempt.submission.user_id]
        if person is None:
            continue
        with context.database.reading() as tx:
            data = tx.submissions.source(submission.id)
        if not data:  # removed after the time that this installation keeps files
            continue
        yield Entry(entry_name(person, submission), data, submission.created_at)


def _learner(row: GradebookRow, attempts: list[Attempt]) -> dict[str, object]:
    return {
        "name": row.user.name,
        "email": row.user.email,
        "grade": _grade(row.grade),
        "submission": row.submission_id,
        "state": row.state.value if row.state else None,
        "parts": {name: {"given": given, "maximum": most} for name, (given, most) in row.part_points.items()},
        "codes": list(row.codes),
        "attempts": [_attempt(one) for one in attempts if one.submission.user_id == row.user.id],
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
