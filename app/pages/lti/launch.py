"""What platforms call: the beginning of a launch, the launch itself, our keys, and their own registration."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import JSONResponse, RedirectResponse, Response

from app.context import Context
from app.dependencies import Ctx, SameOriginForm
from app.errors import BadLaunch
from app.lti import keys, login, question, registering, sessions, storage, window
from app.lti.arrival import Arrival, arrive
from app.lti.launch import read_launch
from app.pages.account.sign_in import local
from app.pages.assignment.assignment_page import assignment_path
from app.pages.render import render
from app.security import login as signing_in
from app.uploads import read_form
from grader.translation import gettext as _

LAUNCH_PATH = "/lti/launch"

Secret = Annotated[str, Path(max_length=100)]


def make_router() -> APIRouter:
    """GET and POST /lti/login, POST /lti/launch and what may follow it, GET /lti/jwks, GET /lti/register."""
    router = APIRouter()
    router.add_api_route("/lti/login", begin_by_link, methods=["GET"])
    router.add_api_route("/lti/login", begin_by_form, methods=["POST"])
    router.add_api_route(LAUNCH_PATH, launch, methods=["POST"])
    router.add_api_route("/lti/stored/{secret}", stored, methods=["POST"])
    router.add_api_route("/lti/arrived/{secret}", arrived, methods=["GET"])
    router.add_api_route("/lti/jwks", jwks, methods=["GET"])
    router.add_api_route("/lti/register/{invitation}", register, methods=["GET"])
    return router


def begin_by_link(context: Ctx, request: Request) -> Response:
    """A launch that begins with a link."""
    return _begin(context, request, dict(request.query_params))


async def begin_by_form(context: Ctx, request: Request) -> Response:
    """A launch that begins with a form, which comes from the platform's site."""
    async with read_form(request) as form:
        sent = {name: value for name, value in form.items() if isinstance(value, str)}
    return await run_in_threadpool(_begin, context, request, sent)


async def launch(context: Ctx, request: Request) -> Response:
    """The signed message: who comes, from which course, to which activity."""
    async with read_form(request) as form:
        sent = FormData(form)
    return await run_in_threadpool(_launch, context, request, sent)


async def stored(context: Ctx, request: Request, form: SameOriginForm, secret: Secret) -> Response:
    """The state that the platform has kept for us, which says that the launch began in this browser."""
    return await run_in_threadpool(_stored, context, request, form, secret)


def arrived(context: Ctx, request: Request, secret: Secret) -> Response:
    """Whether the browser has kept the session that it was given a moment ago; a window where it has not."""
    request.state.frame_origin = sessions.ANYBODY  # until it is known whose frames these are
    entry = window.seen(context, secret)
    current = signing_in.current_session(context, request)
    if current is None or current.session.user.id != entry.user.id:
        request.state.frame_origin = entry.holders or None
        return render(
            request, "lti_window.html", name=entry.user.name, platform=_("this frame"), ticket=secret, storage=None
        )
    window.spend(context, secret)  # its address may have been kept on the way
    return RedirectResponse(local(entry.target), 303)


def jwks(context: Ctx) -> Response:
    """Our public keys."""
    return JSONResponse(keys.key_set(context), headers={"Cache-Control": "public, max-age=300"})


def register(
    context: Ctx,
    request: Request,
    invitation: str,
    openid_configuration: Annotated[str, Query()] = "",
    registration_token: Annotated[str | None, Query()] = None,
) -> Response:
    """Register at the platform that opened this page, and let it close the page."""
    if not openid_configuration:
        raise BadLaunch(
            _("Paste this link into your LMS as the registration URL of a new tool; it is not a page to visit.")
        )
    request.state.frame_origin = sessions.ANYBODY  # an LMS opens it in a frame of its pages, wherever those are
    origin = tool_origin(context, request)
    platform = registering.register(context, invitation, openid_configuration, registration_token, origin)
    return render(request, "lti_registered.html", platform=platform)


def tool_origin(context: Context, request: Request) -> str:
    """Where we are for a platform: the address people type, or else the one that was asked for."""
    return context.settings.public_url or str(request.base_url).rstrip("/")


def _begin(context: Context, request: Request, sent: dict[str, str]) -> Response:
    request.state.frame_origin = sessions.ANYBODY
    begun = login.begin(
        context,
        login.LoginRequest(
            sent.get("iss", ""),
            sent.get("login_hint", ""),
            sent.get("client_id"),
            sent.get("lti_message_hint"),
            sent.get("lti_storage_target"),
        ),
        tool_origin(context, request) + LAUNCH_PATH,
    )
    kept = storage.storage_of(begun.platform, begun.state)
    response: Response = RedirectResponse(begun.location, 302)
    if kept is not None:
        response = render(request, "lti_begin.html", storage=kept, state=begun.state, location=begun.location)
    sessions.set_state_cookie(response, begun.state)
    return response


def _launch(context: Context, request: Request, form: FormData) -> Response:
    request.state.frame_origin = sessions.ANYBODY  # until it is known whose frames these are
    state, id_token = form.get("state"), form.get("id_token")
    if form.get("error"):
        why = form.get("error_description") or form.get("error")
        raise BadLaunch(_("The platform did not name you: {why}.", why=why))
    if not isinstance(state, str) or not isinstance(id_token, str):
        raise BadLaunch(_("A launch carries a state and a signed message; this one does not. Launch from your course."))
    begun, platform = login.end(context, state)
    read = read_launch(id_token, begun, platform, context.platform_keys, context.clock())
    holders = sessions.holders(read)
    bound = request.cookies.get(sessions.state_cookie(state)) == state
    framed = sessions.is_framed(request)
    with context.database.transaction() as tx:
        arrival = arrive(context, tx, read)
        target = _target(arrival) or f"/lti/questions/{question.ask(context, tx, read, arrival.user)}"
        request.state.frame_origin = holders
        if not bound:  # the browser keeps no cookies here, or the launch began in another one
            entry = window.ticket(context, tx, arrival.user, target, holders)
            kept = storage.storage_of(platform, state)
            waits = storage.wait(tx, context, state, arrival.user, target, holders) if kept else ""
        else:
            signed_in = sessions.begin(context, tx, arrival.user, signing_in.caller(request)[1], holders, framed)
    if not bound:
        return render(
            request,
            "lti_window.html",
            name=arrival.user.name,
            platform=read.platform.name,
            ticket=entry,
            storage=kept,
            waits=waits,
        )
    response = RedirectResponse(target, 303)
    sessions.set_session_cookie(context, response, signed_in, framed)
    response.delete_cookie(sessions.state_cookie(state), path="/", secure=True, httponly=True, samesite="none")
    return response


def _target(arrival: Arrival) -> str | None:
    """The page for who has arrived; None where a question comes first."""
    if arrival.open is not None or arrival.course is None or arrival.assignment is None:
        return None
    path = assignment_path(arrival.course.slug, arrival.assignment.slug)
    return f"{path}/dashboard" if arrival.role.is_staff else path


def _stored(context: Context, request: Request, form: FormData, secret: str) -> Response:
    request.state.frame_origin = sessions.ANYBODY
    state, (_address, browser) = form.get("state"), signing_in.caller(request)
    with context.database.transaction() as tx:
        proven = storage.prove(context, tx, secret, state if isinstance(state, str) else "")
        signed_in = sessions.begin(context, tx, proven.user, browser, proven.holders, framed=True)
        entry = window.ticket(context, tx, proven.user, proven.target, proven.holders)
    response = RedirectResponse(f"/lti/arrived/{entry}", 303)
    sessions.set_session_cookie(context, response, signed_in, framed=True)
    return response
