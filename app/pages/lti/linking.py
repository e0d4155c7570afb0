"""Pages on which somebody who came by a launch links the account that they have here already, by signing in to it.

They work in windows of their own only: in a frame nobody sees whose page asks for a password, and a page around it
could be laid over the button.
"""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from app.context import Context
from app.dependencies import Ctx, CurrentSession, SessionForm
from app.errors import BadLaunch
from app.lti import linking
from app.lti.sessions import STATE_SECONDS
from app.pages.account.sign_in import HOME, local
from app.pages.form_fields import typed
from app.pages.notices import saved
from app.pages.render import render
from app.security import login
from grader.translation import gettext as _
from submissions.linking import unlink
from submissions.models import LoginSession

PATH = "/lti/account"
CONFIRMED_PATH = f"{PATH}/link"
PROFILE = "/profile"


def make_router() -> APIRouter:
    """GET and POST /lti/account and /lti/account/link, POST /lti/account/unlink."""
    router = APIRouter()
    router.add_api_route(PATH, show, methods=["GET"])
    router.add_api_route(PATH, begin, methods=["POST"])
    router.add_api_route(CONFIRMED_PATH, ask, methods=["GET"])
    router.add_api_route(CONFIRMED_PATH, link, methods=["POST"])
    router.add_api_route(f"{PATH}/unlink", unlink_platform, methods=["POST"])
    return router


def show(
    request: Request, context: Ctx, found: CurrentSession, next_: Annotated[str, Query(alias="next")] = HOME
) -> Response:
    """What linking does, and the way to the sign-in."""
    with context.database.reading() as tx:
        platform = linking.offered(tx, found.user)
    if platform is None:
        raise linking.nothing_to_link()
    again = f"{PATH}?{urlencode({'next': local(next_)})}"
    return render(request, "lti_account.html", login=found, platform=platform, next=local(next_), again=again)


async def begin(request: Request, context: Ctx, found: CurrentSession, form: SessionForm) -> Response:
    """Leave the account that the launch made, for the sign-in: this browser remembers which it was."""
    return await run_in_threadpool(_begin, request, context, found, form)


def ask(request: Request, context: Ctx, found: CurrentSession) -> Response:
    """Whether both are the same person, asked of whoever has signed in since."""
    _in_a_window(request)
    with context.database.reading() as tx:
        begun = linking.begun(context, tx, _secret(context, request))
    return render(
        request, "lti_link.html", login=found, begun=begun, same=begun.launched.id == found.user.id, next=begun.target
    )


async def link(request: Request, context: Ctx, found: CurrentSession, form: SessionForm) -> Response:
    """They are: link them."""
    return await run_in_threadpool(_link, request, context, found)


async def unlink_platform(context: Ctx, found: CurrentSession, form: SessionForm) -> Response:
    """Let an LMS open this account no longer."""
    return await run_in_threadpool(_unlink, context, found, form)


def _begin(request: Request, context: Context, found: LoginSession, form: FormData) -> Response:
    _in_a_window(request)
    with context.database.transaction() as tx:
        secret = linking.begin(context, tx, found.user, local(typed(form, "next")))
        tx.accounts.end_session(found.key)
    response = RedirectResponse(f"/login?{urlencode({'next': CONFIRMED_PATH})}", 303)
    login.clear_cookie(context, response)
    response.set_cookie(
        _cookie(context),
        secret,
        max_age=STATE_SECONDS,
        path="/",
        secure=context.settings.secure_cookies,
        httponly=True,
        samesite="lax",  # strict would not come back from an identity provider
    )
    return response


def _link(request: Request, context: Context, found: LoginSession) -> Response:
    _in_a_window(request)
    with context.database.transaction() as tx:
        linked = linking.finish(context, tx, _secret(context, request), found, login.caller(request)[1])
    if linked.signed_in is not None:
        plain = "?" not in linked.target and "#" not in linked.target
        response: Response = saved(linked.target, "linked") if plain else RedirectResponse(linked.target, 303)
        login.set_cookie(context, response, linked.signed_in)
    else:
        why = linking.OBSTACLES[linked.obstacle] if linked.obstacle else ""
        response = render(request, "lti_not_linked.html", 409, login=found, why=_(why))
    response.delete_cookie(
        _cookie(context), path="/", secure=context.settings.secure_cookies, httponly=True, samesite="lax"
    )
    return response


def _unlink(context: Context, found: LoginSession, form: FormData) -> Response:
    with context.database.transaction() as tx:
        if not unlink(tx, found.user, typed(form, "platform"), context.clock()):
            raise BadLaunch(_("This account has no other way in than this LMS, or is not linked with it."))
    return RedirectResponse(f"{PROFILE}?done=unlinked", 303)


def _in_a_window(request: Request) -> None:
    if request.state.frame_origin:
        raise BadLaunch(_("Open this page in a window of its own first."))


def _secret(context: Context, request: Request) -> str:
    return request.cookies.get(_cookie(context), "")


def _cookie(context: Context) -> str:
    return login.cookie_name(context) + "-link"
