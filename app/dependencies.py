"""What routes ask for: the context, who is signed in, whose token this is, a checked form."""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.security import HTTPBearer
from starlette.datastructures import FormData

from app.context import Context
from app.errors import NotAllowed, NotSignedIn, TooManyRequests
from app.security import csrf
from app.security.login import current_session
from app.security.tokens import API_PREFIX, Scope, digest
from app.uploads import read_form
from grader.translation import gettext as _
from submissions.database import Transaction
from submissions.models import ApiToken, LoginSession, User
from submissions.repository.accounts import USE_NOTED_EVERY

BEARER = HTTPBearer(auto_error=False, description="An API token, from your profile page or `chainrule token create`.")
"""For the description of the API alone; the answers are our own."""

Shown = Annotated[object, Security(BEARER)]


async def context_of(request: Request) -> Context:
    """The context that create_app put together. It awaits nothing: were it not async, each request took a thread."""
    context: Context = request.app.state.context
    return context


Ctx = Annotated[Context, Depends(context_of)]


def maybe_session(request: Request, context: Ctx) -> LoginSession | None:
    """Who is signed in, or nobody; every page that is made for this request can tell from `request.state.login`."""
    found = current_session(context, request)
    session = found.session if found else None
    request.state.login = session
    request.state.frame_origin = found.frame_origin if found else None  # see security/headers.py
    return session


def session(
    request: Request, context: Ctx, found: Annotated[LoginSession | None, Depends(maybe_session)]
) -> LoginSession:
    """Who is signed in. Raises NotSignedIn, and TooManyRequests for somebody who opens pages without end."""
    if found is None:
        raise NotSignedIn(_("Sign in to see this page."))
    if request.method in ("GET", "HEAD"):
        context.person_limits.open_page(found.user.id, context.clock())
    return found


MaybeSession = Annotated[LoginSession | None, Depends(maybe_session)]
CurrentSession = Annotated[LoginSession, Depends(session)]


async def same_origin_form(request: Request, context: Ctx) -> AsyncIterator[FormData]:
    """A form of our own origin, for pages without a session (the sign-in). Raises ForgedRequest."""
    csrf.check_origin(request.headers, context.settings.public_origin)
    async with read_form(request) as form:
        yield form


async def session_form(request: Request, context: Ctx, found: CurrentSession) -> AsyncIterator[FormData]:
    """A form of our own origin that carries the token of this session, in a field or a header. Raises ForgedRequest."""
    csrf.check_origin(request.headers, context.settings.public_origin)
    async with read_form(request) as form:
        csrf.check_token(request.headers.get(csrf.HEADER, form.get(csrf.FIELD)), found.csrf_token)
        yield form


SameOriginForm = Annotated[FormData, Depends(same_origin_form)]
SessionForm = Annotated[FormData, Depends(session_form)]


@dataclass(frozen=True, slots=True)
class TokenUser:
    """The person behind an API token."""

    user: User
    token: ApiToken


def token_user(*scopes: Scope) -> Callable[..., TokenUser]:
    """A dependency that gives the person behind a token which has any of `scopes` (any token where none is named).

    It raises what `bearer` raises.
    """

    def find(request: Request, context: Ctx, _shown: Shown = None) -> TokenUser:
        with context.database.reading() as tx:
            caller = bearer(request, context, tx, scopes)
        note_use(context, caller)
        return caller

    return find


def bearer(request: Request, context: Context, tx: Transaction, scopes: Sequence[Scope]) -> TokenUser:
    """The person behind the token of a request.

    Raises NotSignedIn for no token or one that is unknown, expired or revoked, TooManyRequests for one that asks too
    often, NotAllowed for one that has none of `scopes`.
    """
    kind, _space, secret = request.headers.get("authorization", "").partition(" ")
    secret = secret.strip()
    if kind.lower() != "bearer" or not secret:
        raise NotSignedIn(_("Send an API token in the header: Authorization: Bearer cr_..."))
    now = context.clock()
    found = tx.accounts.token(digest(secret), now) if secret.startswith(API_PREFIX) else None
    if found is None:
        raise NotSignedIn(_("This API token is not known, has expired or was revoked."))
    token, user = found
    quota = request.state.quota = context.api_limits.take(token.id, now)  # see rate_limits.py
    if quota is not None and quota.is_spent:
        raise TooManyRequests(_("This token may ask {limit} times a minute.", limit=quota.limit), quota.reset_seconds)
    if scopes and not token.scopes & {scope.value for scope in scopes}:
        named = _(" or ").join(scope.value for scope in scopes)
        raise NotAllowed(_("This needs an API token with the scope {scope}.", scope=named))
    return TokenUser(user, token)


def count_early(request: Request) -> None:
    """Count what was refused before its token was looked at, so that its answer too says what is left.

    It is refused for what it is, whatever is left: that a body is no JSON would be told again in a minute.
    """
    kind, _space, secret = request.headers.get("authorization", "").partition(" ")
    secret = secret.strip()
    if hasattr(request.state, "quota") or kind.lower() != "bearer" or not secret.startswith(API_PREFIX):
        return
    context: Context = request.app.state.context
    now = context.clock()
    with context.database.reading() as tx:
        found = tx.accounts.token(digest(secret), now)
    if found is not None:
        request.state.quota = context.api_limits.take(found[0].id, now)


def note_use(context: Context, caller: TokenUser) -> None:
    """Remember that a token was used; in a transaction that writes, and so after the one that found it."""
    token, now = caller.token, context.clock()
    if token.last_used_at is None or now - token.last_used_at >= USE_NOTED_EVERY:
        with context.database.transaction() as tx:
            tx.accounts.token_used(token.id, now)
