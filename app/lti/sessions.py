"""Signing in who came by a launch: in a window of its own as everybody, in a frame with a cookie that frames may keep.

Measured in Chromium: of all cookies only `SameSite=None; Secure; Partitioned` survives in another site's frame.
"""

from datetime import timedelta
from urllib.parse import urlsplit

from fastapi import Request, Response

from app.context import Context
from app.security import login
from app.security.tokens import digest, new_secret
from submissions.database import Transaction
from submissions.lti import Platform
from submissions.models import LoginSession, User

STATE_SECONDS = 600
TICKET_LASTS = timedelta(minutes=10)


def state_cookie(state: str) -> str:
    """Name of the cookie that binds a launch to the browser in which it began; several may be on their way."""
    return f"chainrule-lti-{digest(state)[:16]}"


def is_framed(request: Request) -> bool:
    """Whether the page is for a frame; a browser that does not say is taken to be one, which works in both."""
    return request.headers.get("sec-fetch-dest", "iframe") != "document"


def begin(context: Context, tx: Transaction, user: User, platform: Platform, framed: bool) -> login.SignedIn:
    """A session for a person who came by a launch of `platform`."""
    secret, csrf_token = new_secret(), new_secret()
    now = context.clock()
    expires_at = now + login.session_length(context)
    tx.accounts.start_session(user.id, digest(secret), csrf_token, now, expires_at)
    if framed:
        tx.lti_links.frame_session(digest(secret), frame_origin(platform))
    return login.SignedIn(secret, LoginSession(user, csrf_token, expires_at))


def frame_origin(platform: Platform) -> str:
    """The origin whose frames may hold us: that of the platform's sign-in, which is where its pages are."""
    parts = urlsplit(platform.authorization_url)
    return f"{parts.scheme}://{parts.netloc}"


def set_session_cookie(context: Context, response: Response, signed_in: login.SignedIn, framed: bool) -> None:
    """Give the browser the session's secret."""
    if framed:
        _set_partitioned(
            response,
            login.frame_cookie_name(context),
            signed_in.secret,
            int(login.session_length(context).total_seconds()),
        )
    else:
        login.set_cookie(context, response, signed_in)


def set_state_cookie(response: Response, state: str) -> None:
    """Bind a launch to this browser."""
    _set_partitioned(response, state_cookie(state), state, STATE_SECONDS)


def _set_partitioned(response: Response, name: str, value: str, seconds: int) -> None:
    # Starlette writes Partitioned only from Python 3.14 on, where http.cookies knows it.
    response.headers.append(
        "set-cookie", f"{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; Secure; SameSite=None; Partitioned"
    )
