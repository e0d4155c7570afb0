"""Signing in and out in a browser."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from app.context import Context
from app.dependencies import Ctx, MaybeSession, SameOriginForm, SessionForm
from app.errors import TooManyAttempts, WrongLogin
from app.pages.form_fields import typed
from app.pages.render import render
from app.problems import headers_of, problem_of
from app.security import login

HOME = "/"


def make_router() -> APIRouter:
    """GET and POST /login, POST /logout."""
    router = APIRouter()
    router.add_api_route("/login", show, methods=["GET"])
    router.add_api_route("/login", enter, methods=["POST"])
    router.add_api_route("/logout", leave, methods=["POST"])
    return router


def show(
    request: Request, context: Ctx, found: MaybeSession, next_: Annotated[str, Query(alias="next")] = HOME
) -> Response:
    """The form; somebody who is signed in goes on at once."""
    if found is not None:
        return RedirectResponse(local(next_), 303)
    return form_page(request, context, 200, target=local(next_))


async def enter(request: Request, context: Ctx, form: SameOriginForm) -> Response:
    """Sign in and go on; a wrong password shows the form again with what was typed, except the password."""
    email, target = typed(form, "email"), local(typed(form, "next"))
    try:
        signed_in = await run_in_threadpool(
            login.sign_in, context, email, typed(form, "password"), *login.caller(request)
        )
    except (WrongLogin, TooManyAttempts) as error:
        problem = problem_of(error)
        status = int(problem.status) if problem else 401
        page = form_page(request, context, status, target=target, email=email, problem=error.sentence)
        page.headers.update(headers_of(error))
        return page
    response = RedirectResponse(target, 303)
    login.set_cookie(context, response, signed_in)
    return response


async def leave(request: Request, context: Ctx, form: SessionForm) -> Response:
    """End the session and go to the sign-in."""
    await run_in_threadpool(login.sign_out, context, request)
    response = RedirectResponse("/login", 303)
    login.clear_cookie(context, response)
    return response


def form_page(
    request: Request, context: Context, status: int, *, target: str, email: str = "", problem: str = ""
) -> Response:
    """The sign-in form, with what was typed and what was wrong with it."""
    provider = context.settings.oidc_name if context.oidc is not None else ""
    return render(request, "login.html", status, next=target, email=email, problem=problem, provider=provider)


def local(target: str) -> str:
    """`target` if it is a path of this site, else the start page: a sign-in never leads to another site."""
    starts_here = target.startswith("/") and not target.startswith(("//", "/\\"))
    return target if starts_here and target.isprintable() and "\\" not in target else HOME
