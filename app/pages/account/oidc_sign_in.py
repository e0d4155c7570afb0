"""Signing in at an identity provider: leaving for it, and coming back."""

import hmac
import logging
import secrets
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from app.context import Context
from app.dependencies import Ctx
from app.errors import NotFound, ProviderFailed, SignInRefused
from app.oidc.accounts import account_of
from app.oidc.opening import CALLBACK_PATH
from app.oidc.provider import Person, Provider
from app.pages.account.sign_in import HOME, form_page, local
from app.problems import problem_of
from app.security import login
from app.security.links import INVITATION_PATH
from app.security.tokens import digest, new_secret
from grader.translation import gettext as _
from submissions.database import Transaction
from submissions.repository.identities import BegunSignIn

PATIENCE = timedelta(minutes=10)  # for whoever looks for a second factor
VERIFIER_BYTES = 64  # 86 characters; RFC 7636 asks for 43 to 128

logger = logging.getLogger("chainrule.oidc")


def make_router() -> APIRouter:
    """/login/oidc and where the provider sends people back to."""
    router = APIRouter()
    router.add_api_route("/login/oidc", leave, methods=["GET"])
    router.add_api_route(CALLBACK_PATH, come_back, methods=["GET"])
    return router


def leave(request: Request, context: Ctx, next_: Annotated[str, Query(alias="next")] = HOME) -> Response:
    """Send the browser to the provider, with a cookie that it must still have when it comes back."""
    secret, state, nonce, verifier = new_secret(), new_secret(), new_secret(), secrets.token_urlsafe(VERIFIER_BYTES)
    target, now = local(next_), context.clock()
    try:
        address = _provider(context).authorization_url(state, nonce, verifier)
    except ProviderFailed as error:
        return _refused(request, context, target, error)
    with context.database.transaction() as tx:
        tx.identities.begin(digest(secret), BegunSignIn(state, nonce, verifier, target[:2000]), now, now + PATIENCE)
    response = RedirectResponse(address, 303)
    response.set_cookie(
        _cookie(context),
        secret,
        max_age=int(PATIENCE.total_seconds()),
        path="/",
        secure=context.settings.secure_cookies,
        httponly=True,
        samesite="lax",  # strict would not come back from the provider
    )
    return response


def come_back(
    request: Request, context: Ctx, state: str = "", code: str = "", error: str = "", iss: str = ""
) -> Response:
    """Sign in whoever the provider names; every failure is the sign-in page with a sentence."""
    provider, target = _provider(context), HOME
    try:
        begun = _begun(context, request, state)
        target = begun.target
        if iss and iss != provider.issuer:  # RFC 9207: another provider's answer must not be taken for this one's
            raise SignInRefused(_("This answer is from another sign-in service. Start the sign-in again."))
        if error or not code:
            raise SignInRefused(_said(error))
        person = provider.person(code, begun.verifier, begun.nonce)
        signed_in = _signed_in(context, person, target, login.caller(request)[1])
    except (SignInRefused, ProviderFailed) as refused:
        response = _refused(request, context, target, refused)
    else:
        response = RedirectResponse(target, 303)
        login.set_cookie(context, response, signed_in)
    response.delete_cookie(
        _cookie(context), path="/", secure=context.settings.secure_cookies, httponly=True, samesite="lax"
    )
    return response


def _begun(context: Context, request: Request, state: str) -> BegunSignIn:
    secret = request.cookies.get(_cookie(context), "")
    with context.database.transaction() as tx:
        begun = tx.identities.take(digest(secret), context.clock()) if secret else None
    if begun is None or not hmac.compare_digest(begun.state.encode(), state.encode()):
        raise SignInRefused(
            _("This sign-in did not begin in this browser, or more than ten minutes ago. Start it again.")
        )
    return begun


def _signed_in(context: Context, person: Person, target: str, browser: str) -> login.SignedIn:
    with context.database.transaction() as tx:
        invited = _is_invited(tx, context, person, target)
        user = account_of(tx, context.settings, person, context.clock(), invited=invited)
        return login.start(context, tx, user, browser)


def _is_invited(tx: Transaction, context: Context, person: Person, target: str) -> bool:
    """Whether this person is on the way to an invitation that is theirs: it makes an account by itself."""
    path, _slash, secret = target.rpartition("/")
    invitation = tx.invitations.by_token(digest(secret)) if path == INVITATION_PATH else None
    if invitation is None or invitation.accepted_at is not None or invitation.expires_at <= context.clock():
        return False
    return invitation.email in (None, person.email)


def _provider(context: Context) -> Provider:
    if context.oidc is None:
        raise NotFound(_("There is no single sign-on here."))
    return context.oidc


def _refused(request: Request, context: Context, target: str, error: SignInRefused | ProviderFailed) -> Response:
    if isinstance(error, ProviderFailed):
        logger.error("the identity provider %s %s", context.settings.oidc_issuer, error.why)
    problem = problem_of(error)
    return form_page(request, context, int(problem.status) if problem else 403, target=target, problem=error.sentence)


def _said(error: str) -> str:
    if error == "access_denied":
        return _("The sign-in was cancelled there. Start it again, or sign in with your password.")
    return _("The sign-in service sent no sign-in back. Start it again, or sign in with your password.")


def _cookie(context: Context) -> str:
    return login.cookie_name(context) + "-oidc"
