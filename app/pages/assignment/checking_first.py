"""A look at a file before it is handed in: what is certain to cost points. It costs no attempt and stores nothing."""

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from starlette.responses import Response

from app.access import assignment_of, membership
from app.context import Context
from app.dependencies import Ctx, CurrentSession, SessionForm
from app.errors import BadForm, BodyTooLarge, TooManyRequests
from app.pages.assignment.assignment_page import assignment_page
from app.pages.assignment.checked import Checked, checked
from app.pages.assignment.handing_in import CODE_FIELD, chosen_or_pasted
from app.pages.assignment.refusal import refusal
from app.pages.render import render
from app.permissions import Action
from app.problems import headers_of
from app.uploads import UploadedFile
from grader.precheck import precheck
from submissions.errors import RejectedUpload
from submissions.models import User
from submissions.uploads.intake import receive

FRAGMENT_FIELD = "fragment"
"""Sent by the script of the page, which puts the answer where it belongs; a browser alone gets the whole page."""


async def check(
    request: Request, context: Ctx, login: CurrentSession, form: SessionForm, course: str, assignment: str
) -> Response:
    """The page of the assignment with what was found, or only that where the page's script asks."""
    await run_in_threadpool(_slug, context, login.user, course, assignment)  # strangers learn nothing of the form
    pasted = form.get(CODE_FIELD)
    pasted = pasted if isinstance(pasted, str) else ""
    status, headers = 200, {}
    try:
        upload = await chosen_or_pasted(form, pasted, context.settings.upload_max_bytes)
        looked = await run_in_threadpool(_looked_at, context, login.user, course, assignment, upload)
    except (BadForm, BodyTooLarge, RejectedUpload, TooManyRequests) as error:
        (status, why), headers = refusal(error), headers_of(error)
        looked = Checked("", why)
    if form.get(FRAGMENT_FIELD):
        answer: Response = render(request, "precheck.html", status, checked=looked)
    else:
        answer = await run_in_threadpool(
            assignment_page, request, context, login, course, assignment, status=status, checked=looked, pasted=pasted
        )
    answer.headers.update(headers)
    return answer


def _slug(context: Context, user: User, course: str, assignment: str) -> str:
    """The assignment in the catalogue, if this person may hand in for it. Raises NotFound or NotAllowed."""
    with context.database.reading() as tx:
        return assignment_of(tx, membership(tx, user, course, Action.SUBMIT), assignment).slug


def _looked_at(context: Context, user: User, course: str, assignment: str, upload: UploadedFile) -> Checked:
    """Raises RejectedUpload or TooManyRequests."""
    received = receive(upload.filename, upload.data)
    spec = context.catalog.get(_slug(context, user, course, assignment)).assignment
    return checked(received, precheck(spec, context.check_desk.look(user.id, received.upload)))
