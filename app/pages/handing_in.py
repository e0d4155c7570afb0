"""Takes an upload from the form: to its page when it is kept, back to the form with every reason when it is not."""

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.responses import RedirectResponse, Response

from app.access import assignment_asked, membership
from app.context import Context
from app.dependencies import Ctx, CurrentSession, SessionForm
from app.errors import BadForm, BodyTooLarge, TooManyRequests
from app.pages.assignment_page import assignment_page
from app.pages.refusal import refusal
from app.permissions import Action
from app.problems import headers_of
from app.uploads import FILE_FIELD, UploadedFile, one_file
from submissions.errors import RejectedUpload, SubmissionRefused
from submissions.intake import receive
from submissions.models import Submission, User
from submissions.receiving import submit

CODE_FIELD = "code"
PASTED_NAME = "pasted.py"


async def hand_in(
    request: Request, context: Ctx, login: CurrentSession, form: SessionForm, course: str, assignment: str
) -> Response:
    """Keep the upload and go to its page. A refusal shows the form again, with a 4xx and what was pasted."""
    pasted = form.get(CODE_FIELD)
    pasted = pasted if isinstance(pasted, str) else ""
    try:
        with context.metrics.upload():
            context.person_limits.hand_in(login.user.id, context.clock())
            upload = await chosen_or_pasted(form, pasted, context.settings.upload_max_bytes)
            kept = await run_in_threadpool(_keep, context, login.user, course, assignment, upload)
    except (BadForm, BodyTooLarge, RejectedUpload, SubmissionRefused, TooManyRequests) as error:
        status, why = refusal(error)
        answer = await run_in_threadpool(
            assignment_page,
            request,
            context,
            login,
            course,
            assignment,
            status=status,
            refusal=why,
            pasted=pasted,
        )
        answer.headers.update(headers_of(error))
        return answer
    return RedirectResponse(f"/submissions/{kept.id}", 303)


async def chosen_or_pasted(form: FormData, pasted: str, most_bytes: int) -> UploadedFile:
    """The chosen file, or else the pasted text as a file. Raises BadForm or BodyTooLarge."""
    chosen = form.get(FILE_FIELD)
    no_file = not (chosen.filename if isinstance(chosen, UploadFile) else chosen)
    if pasted.strip() and no_file:
        return UploadedFile(PASTED_NAME, pasted.replace("\r\n", "\n").encode("utf-8", "surrogatepass"))
    return await one_file(form, most_bytes)


def _keep(context: Context, user: User, course: str, assignment: str, upload: UploadedFile) -> Submission:
    received = receive(upload.filename, upload.data)
    with context.database.transaction() as tx:
        member = membership(tx, user, course, Action.SUBMIT)
        return submit(
            tx,
            course_assignment=assignment_asked(tx, member, assignment),
            user=user,
            role=member.role,
            received=received,
            idempotency_key=None,
            now=context.clock(),
        ).submission
