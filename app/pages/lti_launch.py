"""What platforms call: the beginning of a launch, the launch itself, our keys, and their own registration."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import JSONResponse, RedirectResponse, Response

from app.context import Context
from app.dependencies import Ctx
from app.errors import BadLaunch
from app.lti import keys, login, question, registering, sessions, window
from app.lti.arrival import Arrival, arrive
from app.lti.launch import Launch, read_launch
from app.pages.assignment_page import assignment_path
from app.pages.render import render
from app.uploads import read_form

LAUNCH_PATH = "/lti/launch"


def make_router() -> APIRouter:
    """GET and POST /lti/login, POST /lti/launch, GET /lti/jwks, GET /lti/register."""
    router = APIRouter()
    router.add_api_route("/lti/login", begin_by_link, methods=["GET"])
    router.add_api_route("/lti/login", begin_by_form, methods=["POST"])
    router.add_api_route(LAUNCH_PATH, launch, methods=["POST"])
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
            "Paste this link into your LMS as the registration URL of a new tool; it is not a page to visit."
        )
    origin = tool_origin(context, request)
    platform = registering.register(context, invitation, openid_configuration, registration_token, origin)
    page = render(request, "lti_registered.html", platform=platform)
    request.state.frame_origin = sessions.frame_origin(platform)
    return page


def tool_origin(context: Context, request: Request) -> str:
    """Where we are for a platform: the address people type, or else the one that was asked for."""
    return context.settings.public_url or str(request.base_url).rstrip("/")


def _begin(context: Context, request: Request, sent: dict[str, str]) -> Response:
    begun = login.begin(
        context,
        login.LoginRequest(
            sent.get("iss", ""),
            sent.get("login_hint", ""),
            sent.get("target_link_uri", ""),
            sent.get("client_id"),
            sent.get("lti_message_hint"),
        ),
        tool_origin(context, request) + LAUNCH_PATH,
    )
    response = RedirectResponse(begun.location, 302)
    sessions.set_state_cookie(response, begun.state)
    return response


def _launch(context: Context, request: Request, form: FormData) -> Response:
    state, id_token = form.get("state"), form.get("id_token")
    if form.get("error"):
        raise BadLaunch(f"The platform did not name you: {form.get('error_description') or form.get('error')}.")
    if not isinstance(state, str) or not isinstance(id_token, str):
        raise BadLaunch("A launch carries a state and a signed message; this one does not. Launch from your course.")
    begun, platform = login.end(context, state)
    read = read_launch(id_token, begun, platform, context.platform_keys, context.clock())
    request.state.frame_origin = sessions.frame_origin(platform)
    bound = request.cookies.get(sessions.state_cookie(state)) == state
    framed = sessions.is_framed(request)
    with context.database.transaction() as tx:
        arrival = arrive(context, tx, read)
        target = _target(arrival) or f"/lti/questions/{question.ask(context, tx, read, arrival.user)}"
        if not bound:  # the browser keeps no cookies here, or the launch began in another one
            entry = window.ticket(context, tx, arrival.user, target)
        else:
            signed_in = sessions.begin(context, tx, arrival.user, platform, framed)
    if not bound:
        return _window(request, read, arrival, entry)
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


def _window(request: Request, read: Launch, arrival: Arrival, entry: str) -> Response:
    return render(request, "lti_window.html", name=arrival.user.name, platform=read.platform.name, ticket=entry)
