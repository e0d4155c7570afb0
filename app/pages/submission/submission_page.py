"""The page of a submission in every state, its Report as JSON, and its source."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.access import SeenSubmission, seen_submission
from app.context import Context
from app.dependencies import Ctx, CurrentSession
from app.errors import BadForm, NotFound
from app.pages.account.time_zones import read_by
from app.pages.assignment.assignment_page import assignment_path, closed_words
from app.pages.assignment.attempts import newest_first
from app.pages.exports.report_files import ReportFile, report_files, zipped
from app.pages.render import render
from app.pages.report.findings import findings
from app.pages.report.marked_source import fits, marked_source
from app.pages.report.result import result_view
from app.pages.report.since import Earlier, since
from app.pages.source.coloured_source import ColouredFile, Excerpt
from app.pages.submission.around import around
from app.pages.submission.asked import Asked, asked_about
from app.pages.submission.decisions import Decisions, decisions_of
from app.pages.submission.grading_again import offered
from app.pages.submission.ungraded import ungraded_words
from app.pages.submission.unsaved_mark import NOTHING_UNSAVED, UnsavedMark
from app.pages.submission.waiting import page_of, seconds_between, waiting
from grader import report_json
from grader.report import Report
from grader.translation import gettext as _
from grader.upload import Upload
from reference.catalog import AssignmentFolder
from reference.errors import MaterialError
from submissions.errors import RejectedUpload
from submissions.models import Attempt, Grading, LoginSession, State, User
from submissions.policy import allowance
from submissions.uploads.intake import receive


@dataclass(frozen=True, slots=True)
class Seen:
    """What every page of a submission reads from the database."""

    found: SeenSubmission
    author: User
    grading: Grading
    attempts: list[Attempt]
    used: Sequence[datetime]
    decided: Decisions
    asked: Asked
    data: bytes


def make_router() -> APIRouter:
    """/submissions/{id} and what belongs to it."""
    router = APIRouter()
    router.add_api_route("/submissions/{submission}", show, methods=["GET"])
    router.add_api_route("/submissions/{submission}/report.json", report, methods=["GET"])
    router.add_api_route("/submissions/{submission}/files.zip", files, methods=["GET"])
    router.add_api_route("/submissions/{submission}/files/{name}", file, methods=["GET"])
    router.add_api_route("/submissions/{submission}/source", source, methods=["GET"])
    return router


def show(request: Request, context: Ctx, login: CurrentSession, submission: str) -> Response:
    """The result, or how far it is, or that it is not graded by our fault."""
    return submission_page(request, context, login, submission)


def submission_page(
    request: Request,
    context: Context,
    login: LoginSession,
    submission: str,
    unsaved: UnsavedMark = NOTHING_UNSAVED,
) -> Response:
    """The page; with what was written and could not be saved still in its forms, where it has any.

    Raises BadForm with what is wrong where it has none, as only what is graded has.
    """
    seen = _seen(context, login, submission)
    shared = {**_shared(context, login, seen), "around": around(request, context, seen.found)}
    grading = seen.grading
    if grading.state is State.DONE and grading.report is not None:
        done = report_json.from_json(grading.report)
        return _result(request, context, seen, done, {**shared, "unsaved": unsaved})
    if unsaved.problem:
        raise BadForm(unsaved.problem, unsaved.field)
    if grading.state in (State.FAILED, State.CANCELLED):
        words = ungraded_words(grading)
        with context.database.reading() as tx:
            again = offered(tx, seen.found, grading)
        return render(request, "failed.html", 200, grading=grading, again=again, **asdict(words), **shared)
    with context.database.reading() as tx:
        now = waiting(context, tx, seen.found, grading)
    return render(request, "waiting.html", 200, **{**shared, **page_of(login, seen.found, now)})


def report(context: Ctx, login: CurrentSession, submission: str) -> Response:
    """The Report as JSON."""
    grading = _seen(context, login, submission).grading
    if grading.report is None:
        raise NotFound(_("This submission has no report yet."))
    return Response(json.dumps(grading.report, indent=1, allow_nan=False), media_type="application/json")


def files(context: Ctx, login: CurrentSession, submission: str) -> Response:
    """Every table and figure of the report in one zip."""
    found = _report_files(context, login, submission)
    return _attached(zipped(found), "report.zip", "application/zip")


def file(context: Ctx, login: CurrentSession, submission: str, name: str) -> Response:
    """One table or figure of the report."""
    for one in _report_files(context, login, submission):
        if one.name == name:
            return _attached(one.data, one.name, one.media_type)
    raise NotFound(_("The report has no such file."))


def source(request: Request, context: Ctx, login: CurrentSession, submission: str, download: bool = False) -> Response:
    """The uploaded files as coloured text, or with ?download=1 the bytes as they came."""
    seen = _seen(context, login, submission)
    if not seen.data:
        raise NotFound(_("This file was removed after the time that this installation keeps files. The result stays."))
    if download:
        name = quote(seen.found.submission.filename, safe="")
        headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
        return Response(seen.data, media_type="application/octet-stream", headers=headers)
    upload, stored = _upload(seen.found.submission.filename, seen.data), seen.grading.report
    files: tuple[Excerpt, ...] = ()
    if upload is not None and stored is not None:
        done = report_json.from_json(stored)
        files = marked_source(upload, findings(done, ColouredFile(*_named(upload)).about), done.notes)
    elif upload is not None:
        files = marked_source(upload, (), ())
    return render(request, "source.html", 200, files=files, **_shared(context, login, seen))


def _result(request: Request, context: Context, seen: Seen, done: Report, shared: dict[str, object]) -> Response:
    upload = _upload(seen.found.submission.filename, seen.data)
    entry = ColouredFile(*_named(upload)) if upload else None
    view = result_view(done, lambda lines: entry.about(lines) if entry else None)
    shown = marked_source(upload, view.findings, done.notes) if upload and fits(upload) else ()
    found, grading = seen.found, seen.grading
    earlier = _earlier(context, seen)
    folder = _folder(context, found.assignment.slug)
    closed = closed_words(found.assignment, found.membership.course, found.membership.role, seen.used, context.clock())
    started = grading.started_at or grading.created_at
    return render(
        request,
        "result.html",
        422 if shared["unsaved"] != NOTHING_UNSAVED else 200,
        view=view,
        since=since(earlier, done, upload) if earlier else None,
        may_upload=not closed,
        changed=folder is not None and folder.version != done.version,
        queued_seconds=seconds_between(grading.created_at, started),
        files=shown,
        readable=upload is not None,
        source_path="" if shown else f"/submissions/{found.submission.id}/source",
        files_path=f"/submissions/{found.submission.id}/files",
        **{**shared, "sandbox": done.sandbox},
    )


def _report_files(context: Context, login: LoginSession, submission: str) -> tuple[ReportFile, ...]:
    """The files of a report. Raises NotFound where there is none yet."""
    grading = _seen(context, login, submission).grading
    if grading.report is None:
        raise NotFound(_("This submission has no report yet."))
    return report_files(report_json.from_json(grading.report))


def _attached(data: bytes, name: str, media_type: str) -> Response:
    """A download under a name of ours, which needs no quoting."""
    return Response(data, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _seen(context: Context, login: LoginSession, submission_id: str) -> Seen:
    """Reads it all in one transaction. Raises NotFound for what is not there or not theirs to see."""
    with context.database.reading() as tx:
        found = seen_submission(tx, login.user, submission_id)
        author = tx.accounts.by_id(found.submission.user_id)
        grading = tx.gradings.current(submission_id)
        if author is None or grading is None:
            raise NotFound(_("There is no such submission among those you may see."))
        attempts = newest_first(tx.gradings.attempts(found.assignment.id, author.id))
        return Seen(
            found=found,
            author=author,
            grading=grading,
            attempts=attempts,
            used=tx.submissions.attempts_used(found.assignment.id, author.id),
            decided=decisions_of(tx, found, attempts),
            asked=asked_about(tx, found, grading, attempts, context.clock()),
            data=tx.submissions.source(submission_id),
        )


def _earlier(context: Context, seen: Seen) -> Earlier | None:
    """The newest graded attempt before this one; it is unpacked when the transaction is over."""
    number = seen.found.submission.number
    before = [one.submission for one in seen.attempts if one.submission.number < number and one.state is State.DONE]
    with context.database.reading() as tx:
        for one in before:
            grading = tx.gradings.current(one.id)
            if grading is not None and grading.report is not None:
                stored, data = grading.report, tx.submissions.source(one.id)
                break
        else:
            return None
    return Earlier(one.number, one.id, report_json.from_json(stored), _upload(one.filename, data))


def _shared(context: Context, login: LoginSession, seen: Seen) -> dict[str, object]:
    """What every page of a submission is given."""
    found = seen.found
    return {
        "login": login,
        "course": read_by(found.membership.course, login.user),
        "assignment": found.assignment,
        "path": assignment_path(found.membership.course.slug, found.assignment.slug),
        "submission": found.submission,
        "kept": bool(seen.data),
        "author": seen.author,
        "own": seen.author.id == login.user.id,
        "staff": found.membership.role.is_staff,
        "attempts": seen.attempts,
        "allowance": allowance(found.assignment, seen.used, context.clock()),
        "decided": seen.decided,
        "asked": seen.asked,
        "now": context.clock(),
    }


def _upload(filename: str, data: bytes) -> Upload | None:
    """The files as text; None where the rules have changed since and the bytes are no longer accepted."""
    try:
        return receive(filename, data).upload
    except RejectedUpload:
        return None


def _named(upload: Upload) -> tuple[str, str]:
    """Name and text of the graded file."""
    return upload.entry.name, upload.entry.text


def _folder(context: Context, slug: str) -> AssignmentFolder | None:
    """The assignment as it is now, unless its folder is gone or broken: then a page says a little less."""
    try:
        return context.catalog.get(slug)
    except MaterialError:
        return None
