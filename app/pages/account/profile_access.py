"""What else opens a person's account, to be ended from the profile page: browsers and API tokens."""

from datetime import timedelta

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from app.context import Context
from app.dependencies import Ctx, CurrentSession, SessionForm
from app.errors import BadForm
from app.pages import form_fields
from app.pages.account.profile import PATH, TOKEN_DAYS, again, page
from app.security.tokens import Scope, digest, new_api_token
from grader.translation import gettext as _
from submissions.models import LoginSession

MOST_TOKENS = 50


def make_router() -> APIRouter:
    """Ending sessions; making and revoking tokens."""
    router = APIRouter()
    router.add_api_route(f"{PATH}/sessions/end", end_sessions, methods=["POST"])
    router.add_api_route(f"{PATH}/tokens", make_token, methods=["POST"])
    router.add_api_route(f"{PATH}/tokens/revoke", revoke, methods=["POST"])
    return router


async def end_sessions(context: Ctx, found: CurrentSession, form: SessionForm) -> Response:
    """Sign out the browser that the form names, or every one but this."""
    only = form_fields.typed(form, "session")
    await run_in_threadpool(_end, context, found, only)
    return RedirectResponse(f"{PATH}?done={'session' if only else 'sessions'}", 303)


async def make_token(request: Request, context: Ctx, found: CurrentSession, form: SessionForm) -> Response:
    """Make a token and show it, this once."""
    try:
        secret = await run_in_threadpool(_make, context, found, form)
    except BadForm as error:
        return await run_in_threadpool(again, request, context, found, "token", error, form)
    return await run_in_threadpool(page, request, context, found, new_token=secret)


async def revoke(context: Ctx, found: CurrentSession, form: SessionForm) -> Response:
    """End a token of one's own at once."""
    await run_in_threadpool(_revoke, context, found, form_fields.typed(form, "token"))
    return RedirectResponse(f"{PATH}?done=token", 303)


def _end(context: Context, found: LoginSession, only: str) -> None:
    with context.database.transaction() as tx:
        if only:
            tx.accounts.end_sessions(found.user.id, only=only)
        else:
            tx.accounts.end_sessions(found.user.id, keep=found.key)


def _make(context: Context, found: LoginSession, form: FormData) -> str:
    name = form_fields.line(form, "name", _("Write what the token is for."))
    scopes = frozenset(scope.value for scope in Scope if form.get(scope.value) == "yes")
    if not scopes:
        raise BadForm(_("Choose at least one thing that the token may do."), "scopes")
    days = form_fields.typed(form, "days")
    if days not in {str(each) for each in TOKEN_DAYS}:
        raise BadForm(_("Choose how long the token is valid."), "days")
    secret, now = new_api_token(), context.clock()
    with context.database.transaction() as tx:
        if len(tx.accounts.tokens(found.user.id)) >= MOST_TOKENS:
            raise BadForm(
                _("You have {most} tokens, the most there can be. Revoke one first.", most=MOST_TOKENS), "name"
            )
        until = now + timedelta(days=int(days))
        made = tx.accounts.add_token(found.user.id, name, digest(secret), scopes, now, until)
        tx.events.add("token.made", now, user_id=found.user.id, detail={"token": made.id, "scopes": sorted(scopes)})
    return secret


def _revoke(context: Context, found: LoginSession, token_id: str) -> None:
    with context.database.transaction() as tx:
        tx.accounts.revoke_token(token_id, found.user.id)
