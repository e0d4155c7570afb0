"""Signing in who came by a launch: in a window of its own as everybody, in a frame with a cookie that frames may keep.

Measured in Chromium: of all cookies only `SameSite=None; Secure; Partitioned` survives in another site's frame.
"""

import re
from datetime import timedelta
from urllib.parse import urlsplit

from fastapi import Request, Response

from app.context import Context
from app.lti.launch import Launch
from app.security import login
from app.security.tokens import digest
from submissions.database import Transaction
from submissions.models import User

STATE_SECONDS = 600
TICKET_LASTS = timedelta(minutes=10)

ANYBODY = "*"
"""Holds a page in a frame that is nobody's: a message about a launch, which must be seen where the launch was."""

_ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?")


def state_cookie(state: str) -> str:
    """Name of the cookie that binds a launch to the browser in which it began; several may be on their way."""
    return f"chainrule-lti-{digest(state)[:16]}"


def is_framed(request: Request) -> bool:
    """Whether the page is for a frame; a browser that does not say is taken to be one, which works in both."""
    return request.headers.get("sec-fetch-dest", "iframe") != "document"


def begin(context: Context, tx: Transaction, user: User, browser: str, holders: str, framed: bool) -> login.SignedIn:
    """A session for a person who came by a launch; framed: one that lives in frames of `holders`."""
    signed_in = login.start(context, tx, user, browser)
    if framed:
        tx.lti_links.frame_session(digest(signed_in.secret), holders)
    return signed_in


def holders(read: Launch) -> str:
    """The origins whose frames may hold us, as a policy writes them: of the platform's sign-in, and of its services.

    The clouds of Canvas and Blackboard sign everybody in at one address and have each school's pages at another, which
    the signed message names.
    """
    named = (read.platform.authorization_url, *read.addresses)
    return " ".join(dict.fromkeys(filter(None, map(origin_of, named))))


def origin_of(address: str) -> str:
    """Scheme, host and port of an address; empty where they cannot stand in a policy."""
    parts = urlsplit(address)
    origin = f"{parts.scheme}://{parts.netloc}"
    return origin if _ORIGIN.fullmatch(origin) else ""


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
