"""Gradebook files for learning management systems: made new, or an instructor's own export filled in."""

import base64
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import Response

from app.access import asked_in
from app.context import Context
from app.dependencies import Ctx, CurrentSession, SessionForm
from app.errors import BadForm, NotFound
from app.gradebooks.exports import gradebook_file, scores_exported
from app.gradebooks.filling import fill
from app.gradebooks.new_files import NEW_FILES, without_user_name
from app.gradebooks.scores import AssignmentScores
from app.gradebooks.sheet import Sheet, read_sheet
from app.pages.assignment.assignment_page import assignment_path
from app.pages.render import render
from app.permissions import Action
from app.serving.body_limit import allow_file
from app.uploads import one_file
from grader.translation import gettext as _
from submissions.models import Course, CourseAssignment, LoginSession

NAMES = {"canvas": "Canvas", "moodle": "Moodle", "brightspace": "Brightspace", "blackboard": "Blackboard"}
MOST_BYTES = 4 << 20
"""Of an export: a large course with a year's columns; more than an upload may have."""


def make_router() -> APIRouter:
    """GET .../gradebook and .../gradebook/KIND.csv, POST .../gradebook."""
    router = APIRouter()
    path = assignment_path("{course}", "{assignment}") + "/gradebook"
    router.add_api_route(path, show, methods=["GET"])
    router.add_api_route(path, fill_in, methods=["POST"])
    router.add_api_route(path + "/{kind}.csv", new_file, methods=["GET"])
    return router


def show(request: Request, context: Ctx, found: CurrentSession, course: str, assignment: str) -> Response:
    """The files there are, and a place for an export."""
    asked_in, asked, scores = scores_exported(context, found.user, course, assignment)
    return _page(request, found, asked_in, asked, scores)


def new_file(
    context: Ctx, found: CurrentSession, course: str, assignment: str, kind: Annotated[str, Path(max_length=20)]
) -> Response:
    """A file made from nothing."""
    if kind not in NEW_FILES:
        scores_exported(context, found.user, course, assignment)  # who may not look is told that first
        raise NotFound(_("There is no file for {kind}; there are {known}.", kind=kind, known=", ".join(NEW_FILES)))
    return gradebook_file(context, found.user, course, assignment, kind)


def may_send(request: Request, context: Ctx, found: CurrentSession, course: str, assignment: str) -> None:
    """Before the file is read: it may be longer than an upload of a student's. Raises NotFound or NotAllowed."""
    with context.database.reading() as tx:
        asked_in(tx, found.user, course, assignment, Action.EXPORT_GRADES)
    allow_file(request.scope, MOST_BYTES)


async def fill_in(
    request: Request,
    context: Ctx,
    found: CurrentSession,
    _may: Annotated[None, Depends(may_send)],
    form: SessionForm,
    course: str,
    assignment: str,
) -> Response:
    """An export with our scores in it, and what could not be matched."""
    try:
        sent = await one_file(form, MOST_BYTES)
    except BadForm as error:
        return await run_in_threadpool(_refused, request, context, found, course, assignment, error)
    return await run_in_threadpool(_fill, request, context, found, course, assignment, sent.filename, sent.data, form)


def _fill(
    request: Request,
    context: Context,
    found: LoginSession,
    course: str,
    assignment: str,
    filename: str,
    data: bytes,
    form: FormData,
) -> Response:
    asked_in, asked, scores = scores_exported(context, found.user, course, assignment)
    column = form.get("column")
    try:
        filled = fill(read_sheet(data), scores, column.strip() if isinstance(column, str) else "")
    except BadForm as error:
        return _page(request, found, asked_in, asked, scores, error.sentence, 422)
    return render(
        request,
        "gradebook_filled.html",
        login=found,
        course=asked_in,
        assignment=asked,
        path=assignment_path(asked_in.slug, asked.slug),
        filled=filled,
        filename=filename.replace("\\", "/").rpartition("/")[2][:100],
        data=_encoded(filled.sheet),
        kept=_encoded(filled.keeping) if filled.replaced else "",
    )


def _encoded(sheet: Sheet) -> str:
    return base64.b64encode(sheet.written()).decode("ascii")


def _refused(
    request: Request, context: Context, found: LoginSession, course: str, assignment: str, error: BadForm
) -> Response:
    asked_in, asked, scores = scores_exported(context, found.user, course, assignment)
    return _page(request, found, asked_in, asked, scores, error.sentence, 422)


def _page(
    request: Request,
    found: LoginSession,
    course: Course,
    asked: CourseAssignment,
    scores: AssignmentScores,
    problem: str = "",
    status: int = 200,
) -> Response:
    return render(
        request,
        "gradebook_files.html",
        status,
        login=found,
        course=course,
        assignment=asked,
        path=assignment_path(course.slug, asked.slug),
        kinds=NAMES,
        nameless=without_user_name(scores),
        problem=problem,
    )
