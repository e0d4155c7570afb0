"""What staff open: an assignment's dashboard and its grades as CSV."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.access import Membership, assignment_of, membership
from app.context import Context
from app.dependencies import Ctx, CurrentSession
from app.pages.assignment_page import assignment_path
from app.pages.dashboard import dashboard
from app.pages.gradebook_csv import gradebook_csv
from app.pages.render import render
from app.permissions import Action
from grader import messages, report_json
from submissions.database import Transaction
from submissions.models import CourseAssignment, GradebookRow, LoginSession


def make_router() -> APIRouter:
    """The dashboard and the CSV of an assignment."""
    router = APIRouter()
    path = assignment_path("{course}", "{assignment}")
    router.add_api_route(f"{path}/dashboard", show, methods=["GET"])
    router.add_api_route(f"{path}/grades.csv", grades, methods=["GET"])
    return router


def show(request: Request, context: Ctx, login: CurrentSession, course: str, assignment: str) -> Response:
    """Students by parts, scores, pass rates and causes."""
    with context.database.reading() as tx:
        member, asked = _asked(tx, login, course, assignment, Action.SEE_GRADES)
        rows = tx.gradings.gradebook(asked.id)
        parts, maximum = _parts(context, asked)
        view = dashboard(rows, parts, maximum, lambda row, code: _sentence(tx, row, code))
    return render(
        request,
        "dashboard.html",
        login=login,
        course=member.course,
        assignment=asked,
        path=assignment_path(member.course.slug, asked.slug),
        view=view,
        may_export=member.may(Action.EXPORT_GRADES),
        now=context.clock(),
    )


def grades(context: Ctx, login: CurrentSession, course: str, assignment: str) -> Response:
    """The gradebook as a file for a spreadsheet."""
    with context.database.reading() as tx:
        _, asked = _asked(tx, login, course, assignment, Action.EXPORT_GRADES)
        rows = tx.gradings.gradebook(asked.id)
    parts, maximum = _parts(context, asked)
    headers = {"Content-Disposition": f'attachment; filename="{asked.slug}.csv"'}
    text = "\ufeff" + gradebook_csv(rows, parts, maximum)  # without the mark, Excel reads UTF-8 as Latin-1
    return Response(text, media_type="text/csv; charset=utf-8", headers=headers)


def _asked(
    tx: Transaction, login: LoginSession, course: str, assignment: str, action: Action
) -> tuple[Membership, CourseAssignment]:
    member = membership(tx, login.user, course, action)
    return member, assignment_of(tx, member, assignment)


def _parts(context: Context, asked: CourseAssignment) -> tuple[dict[str, float], float]:
    spec = context.catalog.get(asked.slug).assignment
    return {part.name: part.points for part in spec.parts}, spec.points


def _sentence(tx: Transaction, row: GradebookRow, code: str) -> str | None:
    """How the report of this student words `code`."""
    grading = tx.gradings.current(row.submission_id) if row.submission_id else None
    if grading is None or grading.report is None:
        return None
    for part in report_json.from_json(grading.report).parts:
        for check in part.checks:
            if check.diagnosis is not None and check.diagnosis.code == code:
                return messages.sentence(check)
    return None
