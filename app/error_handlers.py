"""Turns errors into answers: a problem for programs under /api, a page for people elsewhere, never a traceback."""

import logging
import secrets
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from urllib.parse import urlencode

from fastapi import FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.dependencies import count_early
from app.errors import EdgeError, NotSignedIn
from app.metrics.counted_requests import route_of
from app.problems import (
    BROKEN_ASSIGNMENT,
    MALFORMED,
    UNEXPECTED,
    Problem,
    details_of,
    headers_of,
    problem_of,
    problem_response,
)
from app.serving.allowed_methods import allowed_methods
from grader.translation import gettext as _
from grader.translation import gettext_noop
from reference.errors import MaterialError
from submissions.errors import SubmissionsError

ErrorPage = Callable[[Request, int, str, str, str], Response]
"""Makes the HTML for (request, status, title, sentence, whose fault)."""

FormPage = Callable[[Request, EdgeError, int], Awaitable[Response | None]]
"""Makes the HTML after a form that could not be taken; None where the page of the error says all there is."""

FRAMEWORK_SENTENCES = {
    HTTPStatus.NOT_FOUND: gettext_noop("There is nothing at this address."),
    HTTPStatus.METHOD_NOT_ALLOWED: gettext_noop("This address does not take this method."),
}

BROKEN_SENTENCE = gettext_noop(
    "Its folder is gone or has a fault, which the course staff can see in the log. Nothing is wrong with your work: "
    "what was handed in is kept, and no attempt is used."
)

logger = logging.getLogger("chainrule.errors")


class ErrorAnswers:
    """Answers for every error; `error_page` makes the HTML, `form_page` after forms."""

    def __init__(self, error_page: ErrorPage, form_page: FormPage | None = None) -> None:
        self._error_page = error_page
        self._form_page = form_page

    def install(self, app: FastAPI) -> None:
        """Have `app` answer with these."""
        app.add_exception_handler(EdgeError, self.expected)
        app.add_exception_handler(SubmissionsError, self.expected)
        app.add_exception_handler(MaterialError, self.material)
        app.add_exception_handler(RequestValidationError, self.malformed)
        app.add_exception_handler(HTTPException, self.framework)

    async def expected(self, request: Request, error: Exception) -> Response:
        """An error of the table."""
        problem = problem_of(error)
        if problem is None:
            raise error
        if isinstance(error, NotSignedIn) and not is_api(request) and request.method in ("GET", "HEAD"):
            target = request.url.path + (f"?{request.url.query}" if request.url.query else "")
            return RedirectResponse(f"/login?{urlencode({'next': target})}", HTTPStatus.SEE_OTHER)
        if self._form_page is not None and isinstance(error, EdgeError) and not is_api(request):
            page = await self._form_page(request, error, int(problem.status))
            if page is not None:
                page.headers.update(headers_of(error))
                return page
        return await self._answer(request, problem, str(error), details_of(error), headers_of(error))

    async def material(self, request: Request, error: Exception) -> Response:
        """An assignment's folder is gone or broken: the operator reads why, students only that it is so."""
        logger.error("%s", error)
        return await self._answer(request, BROKEN_ASSIGNMENT, _(BROKEN_SENTENCE))

    async def malformed(self, request: Request, error: Exception) -> Response:
        """A query, path or body that does not fit the schema. What was sent is not repeated."""
        assert isinstance(error, RequestValidationError)  # noqa: S101  # registered for this type only
        details = [
            {"pointer": "/" + "/".join(str(step) for step in one["loc"]), "detail": str(one["msg"])}
            for one in error.errors()
        ]
        await run_in_threadpool(count_early, request)
        return await self._answer(request, MALFORMED, "; ".join(one["detail"] for one in details), details)

    async def framework(self, request: Request, error: Exception) -> Response:
        """An error of the framework itself: no such address, no such method, a body that cannot be parsed."""
        if isinstance(error, EdgeError):
            return await self.expected(request, error)
        assert isinstance(error, HTTPException)  # noqa: S101  # registered for this type only
        status = HTTPStatus(error.status_code)
        name = status.phrase.lower().replace(" ", "-").replace("'", "")
        known = FRAMEWORK_SENTENCES.get(status)
        sentence = str(error.detail) if known is None else _(known)
        headers = dict(error.headers or {})
        if status is HTTPStatus.METHOD_NOT_ALLOWED:
            headers["Allow"] = allowed_methods(request)
        await run_in_threadpool(count_early, request)
        return await self._answer(request, Problem(status, name, status.phrase), sentence, headers=headers)

    def unexpected(self, request: Request, error: Exception) -> Response:
        """An error nobody expected: logged under an id, and the id is all that is shown."""
        error_id = secrets.token_hex(6)
        logger.error("error %s in %s %s", error_id, request.method, route_of(request.scope), exc_info=error)
        sentence = _(
            "Something went wrong on our side, and nothing is lost that was accepted. Staff find it as {id}.",
            id=error_id,
        )
        return self._made(request, UNEXPECTED, sentence, None, {"Cache-Control": "no-store"})

    async def _answer(
        self,
        request: Request,
        problem: Problem,
        sentence: str,
        details: list[dict[str, str]] | None = None,
        headers: dict[str, str] | None = None,
    ) -> Response:
        """The problem, made where it keeps nobody waiting: a page looks up who has it open."""
        return await run_in_threadpool(self._made, request, problem, sentence, details, headers)

    def _made(
        self,
        request: Request,
        problem: Problem,
        sentence: str,
        details: list[dict[str, str]] | None,
        headers: dict[str, str] | None,
    ) -> Response:
        """The problem as JSON or as a page, by the address that was asked for."""
        if is_api(request):
            return problem_response(problem, sentence, request.url.path, details, headers)
        page = self._error_page(request, int(problem.status), _(problem.title), sentence, problem.fault)
        page.headers.update(headers or {})
        return page


def is_api(request: Request) -> bool:
    """Whether a program asks."""
    path = request.url.path
    return path == "/api" or path.startswith("/api/") or path in ("/healthz", "/readyz", "/metrics")


class UnexpectedErrors:
    """Catches what no handler took, inside the security headers, so that the answer carries them too."""

    def __init__(self, app: ASGIApp, answers: ErrorAnswers) -> None:
        self._app = app
        self._answers = answers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def noting(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, noting)
        except ClientDisconnect:  # in the middle of a form: nobody's fault, and nobody is there to be told
            if not started:
                await Response(status_code=HTTPStatus.BAD_REQUEST)(scope, receive, send)
        except Exception as error:
            response = self._answers.unexpected(Request(scope), error)
            if started:
                raise  # half an answer is out: the server must cut the connection
            await response(scope, receive, send)
