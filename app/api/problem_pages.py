"""What the `type` of a problem leads to: a page for people, the same as JSON for programs."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from app.api.documentation import KINDS, problems
from app.api.schemas import ProblemKindOut
from app.errors import NotFound
from app.problems import TYPE_PREFIX, Problem

router = APIRouter(tags=["problems"])

REMEDIES = {
    "not-signed-in": "Send `Authorization: Bearer cr_...` with a token from your profile page that has not expired.",
    "not-allowed": "Use a token with the scope that `detail` names, or ask somebody whose role allows it.",
    "not-found": "Check the address. What is somebody else's looks like what does not exist.",
    "too-large": "Send a smaller file; leave data and outputs of notebooks out.",
    "unsupported-body": "Set Content-Type to one that the description of the API names for this address.",
    "bad-form": "Mend the field that `errors` points at and send it again.",
    "too-many-requests": "Wait for as many seconds as Retry-After says. RateLimit says what is left before that.",
    "changed-meanwhile": "Read it again, decide anew, and send the new ETag in If-Match.",
    "rejected-upload": "Each entry of `errors` is one cause, with a code that stays the same.",
    "not-open-yet": "Wait until the assignment opens.",
    "deadline-passed": "Ask the course staff for an extension.",
    "attempts-used": "Wait until an attempt comes back, if any does, or ask the course staff for more.",
    "idempotency-conflict": "Send a new key with every new request; the old key only repeats the old one.",
    "already-there": "Choose another name, or change what has it.",
    "already-used": "Hide the assignment instead; what was handed in stays.",
    "last-instructor": "Make somebody else an instructor first.",
    "regrade-refused": "Read the regrade to see where it is; `detail` says what is missing.",
    "malformed": "Each entry of `errors` points at a place that does not fit the description of the API.",
    "bad-request": "Send valid HTTP and, for a form, one with a boundary that its body has.",
    "method-not-allowed": "Use a method that the description of the API names for this address.",
    "broken-assignment": "Nothing that you can mend: staff see the cause in the log.",
    "database-unsuitable": "Nothing that you can mend: staff see the cause in the log.",
    "our-fault": "Try again later. If it stays, give staff the number in `detail`.",
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
        raise NotFound("There is no problem of this name.")
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
        title=problem.title,
        meaning=KINDS[problem],
        remedy=REMEDIES.get(problem.name, ""),
    )
