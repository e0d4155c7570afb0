"""The one table from an error to an HTTP status, and its form for programs (RFC 9457)."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

from fastapi.responses import JSONResponse

from app import errors as edge
from grader.translation import gettext as _
from grader.translation import gettext_noop
from submissions import errors as kept
from submissions.faults import Fault

TYPE_PREFIX = "/api/v1/problems/"
MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Problem:
    """A kind of problem: its status, its stable name and its title."""

    status: HTTPStatus
    name: str
    title: str

    @property
    def fault(self) -> str:
        """Whose fault it is: "course", "service", or empty where somebody only asked for what is not to be had."""
        if self.name == BROKEN_ASSIGNMENT.name:
            return Fault.COURSE
        return Fault.SERVICE if self.status >= HTTPStatus.INTERNAL_SERVER_ERROR else ""


UNEXPECTED = Problem(HTTPStatus.INTERNAL_SERVER_ERROR, "our-fault", gettext_noop("Our fault"))
BROKEN_ASSIGNMENT = Problem(
    HTTPStatus.SERVICE_UNAVAILABLE, "broken-assignment", gettext_noop("This assignment cannot be used now")
)
MALFORMED = Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "malformed", gettext_noop("The request is malformed"))
BAD_REQUEST = Problem(HTTPStatus.BAD_REQUEST, "bad-request", gettext_noop("Bad Request"))
METHOD_NOT_ALLOWED = Problem(HTTPStatus.METHOD_NOT_ALLOWED, "method-not-allowed", gettext_noop("Method Not Allowed"))

PROBLEMS: Mapping[type[Exception], Problem] = MappingProxyType(
    {
        edge.NotSignedIn: Problem(HTTPStatus.UNAUTHORIZED, "not-signed-in", edge.NotSignedIn.title),
        edge.WrongLogin: Problem(HTTPStatus.UNAUTHORIZED, "wrong-login", edge.WrongLogin.title),
        edge.SignInRefused: Problem(HTTPStatus.FORBIDDEN, "sign-in-refused", edge.SignInRefused.title),
        edge.ProviderFailed: Problem(HTTPStatus.BAD_GATEWAY, "provider-failed", edge.ProviderFailed.title),
        edge.MailNeeded: Problem(HTTPStatus.NOT_FOUND, "mail-needed", edge.MailNeeded.title),
        edge.NotAllowed: Problem(HTTPStatus.FORBIDDEN, "not-allowed", edge.NotAllowed.title),
        edge.ForgedRequest: Problem(HTTPStatus.FORBIDDEN, "forged-request", edge.ForgedRequest.title),
        edge.NotFound: Problem(HTTPStatus.NOT_FOUND, "not-found", edge.NotFound.title),
        edge.BodyTooLarge: Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too-large", edge.BodyTooLarge.title),
        edge.UnsupportedBody: Problem(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported-body", edge.UnsupportedBody.title
        ),
        edge.BadLaunch: Problem(HTTPStatus.BAD_REQUEST, "bad-launch", edge.BadLaunch.title),
        edge.Unreachable: Problem(HTTPStatus.BAD_GATEWAY, "unreachable", edge.Unreachable.title),
        edge.BadForm: Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "bad-form", edge.BadForm.title),
        edge.TooManyAttempts: Problem(HTTPStatus.TOO_MANY_REQUESTS, "too-many-attempts", edge.TooManyAttempts.title),
        edge.TooManyRequests: Problem(HTTPStatus.TOO_MANY_REQUESTS, "too-many-requests", edge.TooManyRequests.title),
        edge.ChangedMeanwhile: Problem(
            HTTPStatus.PRECONDITION_FAILED, "changed-meanwhile", edge.ChangedMeanwhile.title
        ),
        kept.RejectedUpload: Problem(
            HTTPStatus.UNPROCESSABLE_ENTITY, "rejected-upload", gettext_noop("This file cannot be graded")
        ),
        kept.NotOpenYet: Problem(HTTPStatus.FORBIDDEN, "not-open-yet", gettext_noop("Not open yet")),
        kept.DeadlinePassed: Problem(HTTPStatus.FORBIDDEN, "deadline-passed", gettext_noop("The deadline has passed")),
        kept.AttemptsUsed: Problem(HTTPStatus.FORBIDDEN, "attempts-used", gettext_noop("No attempts left")),
        kept.IdempotencyConflict: Problem(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "idempotency-conflict",
            gettext_noop("This key was used for something else"),
        ),
        kept.LinkUnusable: Problem(HTTPStatus.GONE, "link-unusable", gettext_noop("This link does nothing any more")),
        kept.InvitationForAnother: Problem(
            HTTPStatus.FORBIDDEN, "invitation-for-another", gettext_noop("This invitation is for somebody else")
        ),
        kept.AlreadyThere: Problem(HTTPStatus.CONFLICT, "already-there", gettext_noop("This name is taken")),
        kept.AlreadyUsed: Problem(HTTPStatus.CONFLICT, "already-used", gettext_noop("Work was handed in for this")),
        kept.LastInstructor: Problem(
            HTTPStatus.CONFLICT, "last-instructor", gettext_noop("A course keeps an instructor")
        ),
        kept.AddressUnproved: Problem(
            HTTPStatus.CONFLICT, "address-unproved", gettext_noop("Nobody has proved that this address is theirs")
        ),
        kept.RegradeRefused: Problem(
            HTTPStatus.CONFLICT, "regrade-refused", gettext_noop("This regrade is not there to be changed")
        ),
        kept.GradingAgainRefused: Problem(
            HTTPStatus.CONFLICT, "grading-again-refused", gettext_noop("This upload cannot be graded again like this")
        ),
        kept.DatabaseUnsuitable: Problem(
            HTTPStatus.SERVICE_UNAVAILABLE, "database-unsuitable", gettext_noop("The database cannot be used")
        ),
    }
)


def problem_of(error: Exception) -> Problem | None:
    """The row for this error or its nearest ancestor; None for an error that nobody expected."""
    for kind in type(error).__mro__:
        if kind in PROBLEMS:
            return PROBLEMS[kind]
    return None


def details_of(error: Exception) -> list[dict[str, str]]:
    """The single reasons of an error that has several, or the part of the form that is to blame."""
    if isinstance(error, kept.RejectedUpload):
        return [{"code": reason.code, "detail": reason.sentence} for reason in error.reasons]
    if isinstance(error, edge.BadForm) and error.field:
        return [{"pointer": f"/{error.field}", "detail": error.sentence}]
    return []


def headers_of(error: Exception) -> dict[str, str]:
    """What else the answer must carry."""
    if isinstance(error, edge.NotSignedIn):
        return {"WWW-Authenticate": 'Bearer realm="chainrule"'}
    if isinstance(error, edge.TooManyAttempts | edge.TooManyRequests):
        return {"Retry-After": str(error.retry_seconds)}
    return {}


def problem_response(
    problem: Problem,
    detail: str,
    instance: str,
    errors: list[dict[str, str]] | None = None,
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """The problem as application/problem+json. `instance` is the path that was asked for."""
    body: dict[str, Any] = {
        "type": TYPE_PREFIX + problem.name,
        "title": _(problem.title),
        "status": int(problem.status),
        "detail": detail,
        "instance": instance,
    }
    if errors:
        body["errors"] = errors
    return JSONResponse(body, problem.status, dict(headers or {}), media_type=MEDIA_TYPE)
