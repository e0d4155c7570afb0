"""What the `type` of a problem leads to: a page for people, the same as JSON for programs."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from app.api.documentation import KINDS, problems
from app.api.schemas import ProblemKindOut
from app.errors import NotFound
from app.problems import TYPE_PREFIX, Problem
from grader.translation import gettext as _
from grader.translation import gettext_noop

router = APIRouter(tags=["problems"])

REMEDIES = {
    "not-signed-in": gettext_noop(
        "Send `Authorization: Bearer cr_...` with a token from your profile page that has not expired."
    ),
    "not-allowed": gettext_noop(
        "Use a token with the scope that `detail` names, or ask somebody whose role allows it."
    ),
    "not-found": gettext_noop("Check the address. What is somebody else's looks like what does not exist."),
    "too-large": gettext_noop("Send a smaller file; leave data and outputs of notebooks out."),
    "unsupported-body": gettext_noop("Set Content-Type to one that the description of the API names for this address."),
    "bad-form": gettext_noop("Mend the field that `errors` points at and send it again."),
    "too-many-requests": gettext_noop(
        "Wait for as many seconds as Retry-After says. RateLimit says what is left before that."
    ),
    "changed-meanwhile": gettext_noop("Read it again, decide anew, and send the new ETag in If-Match."),
    "rejected-upload": gettext_noop("Each entry of `errors` is one cause, with a code that stays the same."),
    "not-open-yet": gettext_noop("Wait until the assignment opens."),
    "deadline-passed": gettext_noop("Ask the course staff for an extension."),
    "attempts-used": gettext_noop("Wait until an attempt comes back, if any does, or ask the course staff for more."),
    "idempotency-conflict": gettext_noop(
        "Send a new key with every new request; the old key only repeats the old one."
    ),
    "already-there": gettext_noop("Choose another name, or change what has it."),
    "already-used": gettext_noop("Hide the assignment instead; what was handed in stays."),
    "last-instructor": gettext_noop("Make somebody else an instructor first."),
    "address-unproved": gettext_noop(
        "Invite the address as staff: who opens the link in the mail proves it is theirs."
    ),
    "regrade-refused": gettext_noop("Read the regrade to see where it is; `detail` says what is missing."),
    "malformed": gettext_noop("Each entry of `errors` points at a place that does not fit the description of the API."),
    "bad-request": gettext_noop("Send valid HTTP and, for a form, one with a boundary that its body has."),
    "method-not-allowed": gettext_noop("Use a method that the description of the API names for this address."),
    "broken-assignment": gettext_noop("Nothing that you can mend: staff see the cause in the log."),
    "database-unsuitable": gettext_noop("Nothing that you can mend: staff see the cause in the log."),
    "our-fault": gettext_noop("Try again later. If it stays, give staff the number in `detail`."),
}
"""What to do about each kind, for whoever wrote the client."""

BY_NAME = {problem.name: problem for problem in KINDS}


@router.get("/problems", operation_id="listProblems", responses=problems(422))
def list_problems() -> list[ProblemKindOut]:
    """The kinds of problem that answers can name in their `type`."""
    return [_kind(problem) for problem in KINDS]


@router.get(
    "/problems/{name}",
    operation_id="getProblem",
    response_model=ProblemKindOut,
    responses={200: {"content": {"text/html": {"schema": {"type": "string"}}}}, **problems(404, 422)},
)
def get_problem(request: Request, name: Annotated[str, Path(max_length=60)]) -> Response:
    """What a kind of problem means and what to do about it, as a page where HTML is asked for."""
    problem = BY_NAME.get(name)
    if problem is None:
        raise NotFound(_("There is no problem of this name."))
    kind = _kind(problem)
    if "text/html" not in request.headers.get("accept", ""):
        return JSONResponse(kind.model_dump(mode="json"), headers={"Vary": "Accept"})
    page: HTMLResponse = request.app.state.problem_page(request, kind)
    page.headers["Vary"] = "Accept"
    return page


def _kind(problem: Problem) -> ProblemKindOut:
    return ProblemKindOut(
        name=problem.name,
        type=TYPE_PREFIX + problem.name,
        status=int(problem.status),
        title=_(problem.title),
        meaning=KINDS[problem],
        remedy=_(REMEDIES[problem.name]) if problem.name in REMEDIES else "",
    )
