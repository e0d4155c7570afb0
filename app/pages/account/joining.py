"""An invitation opened in a browser: join with the account one has, open the one that staff made, or make one."""

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from app.context import Context
from app.dependencies import Ctx, MaybeSession, SameOriginForm
from app.errors import BadForm
from app.pages import form_fields
from app.pages.render import render
from app.people.first_passwords import open_account, opened_by
from app.security import csrf, login
from app.security.links import INVITATION_PATH
from app.security.tokens import digest
from grader.translation import gettext as _
from submissions.errors import EmailTaken, InvitationGone
from submissions.invitations import accept_invitation, open_invitation
from submissions.models import Invitation, LoginSession

PATH = INVITATION_PATH + "/{secret}"


def make_router() -> APIRouter:
    """/invitations/{secret}."""
    router = APIRouter()
    router.add_api_route(PATH, show, methods=["GET"])
    router.add_api_route(PATH, join, methods=["POST"])
    return router


def show(request: Request, context: Ctx, found: MaybeSession, secret: str) -> Response:
    """What one is invited to. Looking uses nothing up: mail programs look at links before people do."""
    with context.database.reading() as tx:
        invitation = open_invitation(tx, digest(secret), context.clock())
    if invitation.accepted_at is not None:
        if found is not None and found.user.id == invitation.accepted_by:
            return RedirectResponse(f"/courses/{invitation.course_slug}", 303)
        raise InvitationGone
    return _page(request, context, found, secret, invitation)


async def join(request: Request, context: Ctx, found: MaybeSession, form: SameOriginForm, secret: str) -> Response:
    """Join as whoever is signed in, else make the account that the form describes and join with it."""
    if found is not None:
        csrf.check_token(form.get(csrf.FIELD), found.csrf_token)
        invitation = await run_in_threadpool(_join, context, found, secret)
        return RedirectResponse(f"/courses/{invitation.course_slug}", 303)
    try:
        invitation, signed_in = await run_in_threadpool(_join_anew, request, context, form, secret)
    except (BadForm, EmailTaken) as error:
        return await run_in_threadpool(_again, request, context, form, secret, error)
    response = RedirectResponse(f"/courses/{invitation.course_slug}", 303)
    login.set_cookie(context, response, signed_in)
    return response


def _join(context: Context, found: LoginSession, secret: str) -> Invitation:
    with context.database.transaction() as tx:
        return accept_invitation(tx, digest(secret), found.user, context.clock())


def _join_anew(request: Request, context: Context, form: FormData, secret: str) -> tuple[Invitation, login.SignedIn]:
    """One transaction makes or opens the account and uses the invitation: neither is there without the other."""
    now = context.clock()
    with context.database.reading() as tx:
        invitation = open_invitation(tx, digest(secret), now)
        opens = opened_by(tx, invitation) is not None
    if invitation.accepted_at is not None:
        raise InvitationGone
    name = "" if opens else form_fields.line(form, "name", _("Write your name as your course knows it."))
    email = invitation.email or form_fields.email(form)
    hashed = context.passwords.hash(form_fields.new_password(form))
    with context.database.transaction() as tx:
        if opens:
            invitation = open_invitation(tx, digest(secret), now)
            user = open_account(tx, invitation, secret, hashed, now)
            return invitation, login.start(context, tx, user, login.caller(request)[1])
        # A link that was handed over was staff's first, who could use it in the name of any address.
        confirmed = invitation.email is not None and tx.mails.carries(invitation.id)
        user = tx.accounts.add_user(email, name, hashed, now, email_confirmed=confirmed)
        invitation = accept_invitation(tx, digest(secret), user, now)
        return invitation, login.start(context, tx, user, login.caller(request)[1])


def _again(request: Request, context: Context, form: FormData, secret: str, error: BadForm | EmailTaken) -> Response:
    with context.database.reading() as tx:
        invitation = open_invitation(tx, digest(secret), context.clock())
    if isinstance(error, EmailTaken):
        problem, field = (
            _(
                "An account with this address exists already. Sign in with it to join. If it never had a password, ask "
                "your course staff for a sign-in link of your own."
            ),
            "email",
        )
    else:
        problem, field = error.sentence, error.field or ""
    kept = {name: form_fields.typed(form, name) for name in ("name", "email")}
    return _page(request, context, None, secret, invitation, 422, problem, field, kept)


def _page(
    request: Request,
    context: Context,
    found: LoginSession | None,
    secret: str,
    invitation: Invitation,
    status: int = 200,
    problem: str = "",
    field: str = "",
    kept: dict[str, str] | None = None,
) -> Response:
    with context.database.reading() as tx:
        has_account = invitation.email is not None and tx.accounts.by_email(invitation.email) is not None
        opens = opened_by(tx, invitation)
    return render(
        request,
        "invitation.html",
        status,
        login=found,
        invitation=invitation,
        here=f"{INVITATION_PATH}/{secret}",
        has_account=has_account,
        opens=opens,
        for_another=found is not None and invitation.email not in (None, found.user.email),
        provider=context.settings.oidc_name if context.oidc is not None else "",
        problem=problem,
        field=field,
        kept=kept or {"name": "", "email": ""},
        now=context.clock(),
    )
