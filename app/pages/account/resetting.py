"""A forgotten password: ask for a link, and set a new password with it."""

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from app.context import Context
from app.dependencies import Ctx, SameOriginForm
from app.errors import BadForm, MailNeeded
from app.pages import form_fields
from app.pages.render import render
from app.people.password_resets import mail_reset, use_reset, user_of_link
from app.security import login
from app.security.links import RESET_PATH

PATH = RESET_PATH + "/{secret}"
ASKED = "asked for a link: "
"""In front of the address, so that asking for links and trying passwords are counted apart."""


def make_router() -> APIRouter:
    """/forgot and /reset/{secret}."""
    router = APIRouter()
    router.add_api_route("/forgot", ask, methods=["GET"])
    router.add_api_route("/forgot", asked, methods=["POST"])
    router.add_api_route(PATH, show, methods=["GET"])
    router.add_api_route(PATH, change, methods=["POST"])
    return router


def ask(request: Request, context: Ctx) -> Response:
    """The form; where no mail is sent, whom to ask."""
    return render(request, "forgot.html", mails=context.sends_mail, sent=False, email="", problem="")


async def asked(request: Request, context: Ctx, form: SameOriginForm) -> Response:
    """Owe the mail. The answer is the same whether there is such an account; the mail leaves later either way."""
    if not context.sends_mail:
        raise MailNeeded
    try:
        email = form_fields.email(form)
    except BadForm as error:
        kept = form_fields.typed(form, "email")
        return render(request, "forgot.html", 422, mails=True, sent=False, email=kept, problem=error.sentence)
    await run_in_threadpool(_owe, context, email, login.caller(request)[0])
    return render(request, "forgot.html", mails=True, sent=True, email=email, problem="")


def show(request: Request, context: Ctx, secret: str) -> Response:
    """The form for the new password. Looking uses nothing up."""
    return _form(request, context, secret, 200)


async def change(request: Request, context: Ctx, form: SameOriginForm, secret: str) -> Response:
    """Set the password and sign this browser in, and no other."""
    try:
        password = form_fields.new_password(form)
        signed_in = await run_in_threadpool(_set, context, secret, password, login.caller(request)[1])
    except BadForm as error:
        return await run_in_threadpool(_form, request, context, secret, 422, error.sentence, error.field or "")
    response = RedirectResponse("/", 303)
    login.set_cookie(context, response, signed_in)
    return response


def _form(request: Request, context: Context, secret: str, status: int, problem: str = "", field: str = "") -> Response:
    with context.database.reading() as tx:
        user = user_of_link(tx, secret, context.clock())
    here = f"{RESET_PATH}/{secret}"
    return render(request, "reset.html", status, here=here, email=user.email, problem=problem, field=field)


def _owe(context: Context, email: str, address: str) -> None:
    now = context.clock()
    with context.database.transaction() as tx:
        context.throttle.begin(tx, ASKED + email, address, now)
        mail_reset(tx, email, now)


def _set(context: Context, secret: str, password: str, browser: str) -> login.SignedIn:
    with context.database.reading() as tx:
        user_of_link(tx, secret, context.clock())  # nobody without a link makes us hash
    hashed = context.passwords.hash(password)
    with context.database.transaction() as tx:
        user = use_reset(tx, secret, hashed, context.clock())
        return login.start(context, tx, user, browser)
