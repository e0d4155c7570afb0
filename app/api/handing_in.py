"""Handing in through the API: one's own work, or with a scope of its own that of a student."""

import json
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse, Response
from pydantic import ValidationError

from app.access import Membership
from app.api.callers import AssignmentCaller, on_assignment
from app.api.documentation import LOCATION, UPLOAD_BODY, problems
from app.api.file_schema import FileIn
from app.api.idempotency import IdempotencyKey, Made, once
from app.api.schemas import SubmissionOut
from app.api.submissions import ON_BEHALF, described
from app.context import Context
from app.dependencies import Ctx, TokenUser
from app.errors import BadForm, NotAllowed, NotFound, UnsupportedBody
from app.permissions import Action
from app.security.tokens import Scope
from app.serving.body_limit import allow_json
from app.uploads import UploadedFile, one_file, read_form
from grader.translation import gettext as _
from submissions.database import Transaction
from submissions.models import CourseAssignment, Role, User
from submissions.receiving import submit
from submissions.uploads.intake import ReceivedUpload, receive

router = APIRouter(tags=["submissions"])

Writer = Annotated[
    AssignmentCaller, Depends(on_assignment(Action.SUBMIT, Scope.SUBMISSIONS_WRITE, Scope.SUBMISSIONS_FOR_OTHERS))
]
OnBehalfOf = Annotated[
    str | None,
    Query(
        min_length=1,
        max_length=254,
        description="The id or the e-mail of a student of the course whose work this is. It needs the scope "
        "submissions:for-others and the role of an instructor; the student's deadline and attempts count.",
    ),
]


async def upload(request: Request, context: Ctx, _caller: Writer) -> UploadedFile:
    """The file in the form or the JSON, read only once the token is known to be good."""
    most = context.settings.upload_max_bytes
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        try:
            async with read_form(request) as form:
                return await one_file(form, most)
        except UnsupportedBody as error:
            raise UnsupportedBody(
                _("Send the file as a form (multipart/form-data, in the field `file`) or as application/json.")
            ) from error
    allow_json(request.scope)
    try:
        return FileIn.model_validate(json.loads(await request.body())).uploaded(most)
    except ValidationError as error:
        first = error.errors()[0]
        raise BadForm(str(first["msg"]), "/".join(str(step) for step in first["loc"]) or None) from error
    except (ValueError, RecursionError) as error:
        raise BadForm(_("The body is not JSON. Send an object with the name and the content of the file.")) from error


@router.post(
    "/courses/{course}/assignments/{assignment}/submissions",
    operation_id="createSubmission",
    status_code=202,
    response_model=SubmissionOut,
    responses={202: {"headers": LOCATION}, **problems(400, 401, 403, 404, 413, 415, 422, 429)},
    openapi_extra=UPLOAD_BODY,
)
def create_submission(
    request: Request,
    context: Ctx,
    caller: Writer,
    file: Annotated[UploadedFile, Depends(upload)],
    on_behalf_of: OnBehalfOf = None,
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Hand in one file. It is stored and queued before the answer; Location says where its result will be."""
    own = on_behalf_of is None
    _needs(caller, Scope.SUBMISSIONS_WRITE if own else Scope.SUBMISSIONS_FOR_OTHERS)
    caller.member.require(Action.SUBMIT if own else Action.SUBMIT_FOR_OTHERS)
    with context.metrics.upload():
        received = receive(file.filename, file.data)
        return _handed_in(request, context, caller, received, on_behalf_of, idempotency_key)


def _handed_in(
    request: Request,
    context: Context,
    caller: AssignmentCaller,
    received: ReceivedUpload,
    on_behalf_of: str | None,
    idempotency_key: str | None,
) -> Response:
    member, asked = caller.member, caller.asked
    if on_behalf_of is None:
        return _own(context, member, asked, received, idempotency_key)
    with context.database.transaction() as tx:
        student = _student(tx, member, on_behalf_of)

        def make() -> Made:
            made = submit(
                tx,
                course_assignment=asked,
                user=student,
                role=Role.STUDENT,
                received=received,
                idempotency_key=None,  # the key is the caller's, and so is what it stands for
                now=context.clock(),
            ).submission
            tx.events.add(
                ON_BEHALF,
                context.clock(),
                user_id=caller.user.id,
                course_id=member.course.id,
                submission_id=made.id,
                detail={"by": caller.user.name, "student": student.email, "assignment": asked.slug},
            )
            body = described(tx, made, member.course.slug, asked.slug)
            return 202, f"/api/v1/submissions/{made.id}", body

        sent = received.filename.encode("utf-8", "replace") + b"\n" + received.data
        return once(tx, request, caller, idempotency_key, sent, context.clock, make)


def _own(
    context: Context,
    member: Membership,
    asked: CourseAssignment,
    received: ReceivedUpload,
    idempotency_key: str | None,
) -> Response:
    with context.database.transaction() as tx:
        submitted = submit(
            tx,
            course_assignment=asked,
            user=member.user,
            role=member.role,
            received=received,
            idempotency_key=idempotency_key,
            now=context.clock(),
        )
    # Kept as it is; how it stands is looked up while others have their turn to write.
    with context.database.reading() as tx:
        body = described(tx, submitted.submission, member.course.slug, asked.slug)
    headers = {"Location": f"/api/v1/submissions/{submitted.submission.id}"}
    if submitted.replayed:
        headers["Idempotent-Replayed"] = "true"
    return JSONResponse(body.model_dump(mode="json"), 202, headers)


def _needs(caller: TokenUser, scope: Scope) -> None:
    if scope.value not in caller.token.scopes:
        raise NotAllowed(_("This needs an API token with the scope {scope}.", scope=scope.value))


def _student(tx: Transaction, member: Membership, name: str) -> User:
    user = tx.accounts.by_id(name) or tx.accounts.by_email(name)
    if user is None or tx.courses.role(member.course.id, user.id) is not Role.STUDENT:
        raise NotFound(_("This course has no student with that id or e-mail."))
    return user
