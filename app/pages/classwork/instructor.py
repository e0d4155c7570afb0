"""What staff open: an assignment's dashboard and its grades as CSV."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.access import Membership, assignment_of, membership
from app.dependencies import Ctx, CurrentSession
from app.gradebooks.exports import CSV_TYPE, attached, grades_csv
from app.gradebooks.material import material_of
from app.pages.assignment.assignment_page import assignment_path
from app.pages.classwork.audit import last_audit
from app.pages.classwork.dashboard import dashboard
from app.pages.classwork.student_filter import filter_asked
from app.pages.classwork.student_rows import student_rows
from app.pages.render import render
from app.permissions import Action
from grader import messages, report_json
from submissions.database import Transaction
from submissions.marking import RegradeState
from submissions.models import CourseAssignment, GradebookRow, LoginSession


def make_router() -> APIRouter:
    """The dashboard and the CSV of an assignment."""
    router = APIRouter()
    path = assignment_path("{course}", "{assignment}")
    router.add_api_route(f"{path}/dashboard", show, methods=["GET"])
    router.add_api_route(f"{path}/grades.csv", grades, methods=["GET"])
    return router


def show(
    request: Request,
    context: Ctx,
    login: CurrentSession,
    course: str,
    assignment: str,
    first: int = 1,
    code: str = "",
    state: str = "",
) -> Response:
    """Scores, pass rates, causes, and students by parts: from number `first`, of one group, or with one cause."""
    with context.database.reading() as tx:
        member, asked = _asked(tx, login, course, assignment, Action.SEE_GRADES)
        attempts = tx.gradings.attempts(asked.id)
        rows = tx.gradings.gradebook_of(asked.id, attempts)
        material = material_of(context.catalog, asked.slug, rows)
        view = dashboard(rows, attempts, material.parts, asked.points, material.version, Sentences(tx))
        audited = last_audit(tx, asked.slug, material.version)
        links = tx.lti_links.links_of(asked.id)
        sync = {state.user_id: state for state in tx.lti_scores.states(asked.id)} if links else None
        preview = next((one for one in tx.regrades.of(asked.id) if one.state is RegradeState.PREVIEW), None)
        depth = tx.queue.depth()
        questions = tx.questions.open_of(member.course.id).get(asked.id, 0)
    return render(
        request,
        "dashboard.html",
        login=login,
        course=member.course,
        assignment=asked,
        path=assignment_path(member.course.slug, asked.slug),
        view=view,
        table=student_rows(view.students, first, filter_asked(state, code), {one.user.id for one in view.stuck}),
        preview=preview,
        broken=material.reasons,
        sync=sync,
        audited=audited,
        depth=depth,
        questions=questions,
        may_compare=member.may(Action.COMPARE),
        may_export=member.may(Action.EXPORT_GRADES),
        may_extend=member.may(Action.EXTEND),
        may_regrade=member.may(Action.REGRADE),
        may_set_up=member.may(Action.SET_UP_COURSE),
        now=context.clock(),
    )


def grades(context: Ctx, login: CurrentSession, course: str, assignment: str) -> Response:
    """The gradebook as a file for a spreadsheet."""
    asked, text = grades_csv(context, login.user, course, assignment)
    return attached("\ufeff" + text, f"{asked.slug}.csv", CSV_TYPE)  # without the mark, Excel reads UTF-8 as Latin-1


def _asked(
    tx: Transaction, login: LoginSession, course: str, assignment: str, action: Action
) -> tuple[Membership, CourseAssignment]:
    member = membership(tx, login.user, course, action)
    return member, assignment_of(tx, member, assignment)


class Sentences:
    """How reports word diagnosis codes, each report read once."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._read: dict[str, dict[str, str]] = {}

    def __call__(self, row: GradebookRow, code: str) -> str | None:
        """The sentence on `code` in this student's report."""
        if row.submission_id is None:
            return None
        if row.submission_id not in self._read:
            self._read[row.submission_id] = self._sentences(row.submission_id)
        return self._read[row.submission_id].get(code)

    def _sentences(self, submission_id: str) -> dict[str, str]:
        grading = self._tx.gradings.current(submission_id)
        if grading is None or grading.report is None:
            return {}
        found: dict[str, str] = {}
        for part in report_json.from_json(grading.report).parts:
            for check in part.checks:
                if check.diagnosis is not None:
                    found.setdefault(check.diagnosis.code, messages.sentence(check))
        return found
