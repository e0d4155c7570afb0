"""Takes an upload from the form: to its page when it is kept, back to the form with every reason when it is not."""

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.responses import RedirectResponse, Response

from app.access import assignment_asked, membership
from app.context import Context
from app.dependencies import Ctx, CurrentSession, SessionForm
from app.errors import BadForm, BodyTooLarge, TooManyRequests
from app.pages.assignment.assignment_page import assignment_page
from app.pages.assignment.doubt import InDoubt, clear_of_doubt
from app.pages.assignment.kept_file import sent_back
from app.pages.assignment.refusal import refusal
from app.permissions import Action
from app.problems import headers_of
from app.uploads import FILE_FIELD, UploadedFile, one_file
from grader.translation import gettext as _
from submissions.errors import RejectedUpload, SubmissionRefused
from submissions.models import Submission, User
from submissions.receiving import submit
from submissions.uploads.intake import receive

CODE_FIELD = "code"
PASTED_NAME = "pasted.py"


async def hand_in(
    request: Request, context: Ctx, login: CurrentSession, form: SessionForm, course: str, assignment: str
) -> Response:
    """Keep the upload and go to its page. A refusal shows the form again, with a 4xx and what was pasted.

    So does the question about a file in which there is nothing to grade; what comes back from there is not asked again.
    """
    most_bytes = context.settings.upload_max_bytes
    pasted = form.get(CODE_FIELD)
    pasted = pasted if isinstance(pasted, str) else ""
    try:
        with context.metrics.upload():
            context.person_limits.hand_in(login.user.id, context.clock())
            answered = sent_back(form, most_bytes)
            upload = answered or await chosen_or_pasted(form, pasted, most_bytes)
            kept = await run_in_threadpool(
                _keep, context, login.user, course, assignment, upload, asking=answered is None
            )
    except SubmissionRefused as error:
        return await run_in_threadpool(
            assignment_page, request, context, login, course, assignment, refused=error, pasted=pasted
        )
    except InDoubt as error:
        return await run_in_threadpool(
            assignment_page,
            request,
            context,
            login,
            course,
            assignment,
            status=422,
            doubt=error.doubt,
            pasted=pasted,
        )
    except (BadForm, BodyTooLarge, RejectedUpload, TooManyRequests) as error:
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
    """The chosen file or the pasted text as a file. Raises BadForm for none of them and for both, or BodyTooLarge."""
    sent = [one for _name, one in form.multi_items() if isinstance(one, UploadFile)]
    files = [one for one in sent if (one.filename or "").strip()]  # a browser sends a part without a name for no file
    if len(files) > 1:
        raise BadForm(_("One file at a time: several modules go into one .zip."), FILE_FIELD)
    if files and pasted.strip():
        raise BadForm(
            _(
                "There is a chosen file and a pasted text, and only one of them can be handed in. Empty the text to "
                "hand in the file, or send the text without a file; it is kept below."
            ),
            CODE_FIELD,
        )
    if pasted.strip():
        return UploadedFile(PASTED_NAME, pasted.replace("\r\n", "\n").encode("utf-8", "surrogatepass"))
    if not files:
        raise BadForm(_("Choose a file or paste your code first."), FILE_FIELD)
    return await one_file(form, most_bytes)


def _keep(
    context: Context, user: User, course: str, assignment: str, upload: UploadedFile, *, asking: bool
) -> Submission:
    received = receive(upload.filename, upload.data)
    if asking:
        clear_of_doubt(context, user, course, assignment, upload, received)
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
