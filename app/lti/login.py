"""The first half of a launch: a platform says that somebody comes, and we send them back there to be named."""

import re
import secrets
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode, urlsplit, urlunsplit

from app.context import Context
from app.errors import BadLaunch
from app.security.tokens import digest
from grader.translation import gettext as _
from submissions.lti import BegunLogin, Platform

LOGIN_LASTS = timedelta(minutes=10)

_FRAME = re.compile(r"[A-Za-z0-9_.-]{1,100}")
_BEFORE_FRAME = "~"  # in a state; no part of the secret, and of an address and a cookie as it stands


@dataclass(frozen=True, slots=True)
class LoginRequest:
    """What a platform sends at the beginning of a launch. The hints are the platform's own and go back untouched."""

    issuer: str
    login_hint: str
    client_id: str | None
    message_hint: str | None
    storage_frame: str | None = None


@dataclass(frozen=True, slots=True)
class Begun:
    """Where the browser is to go, and the state it must come back with."""

    location: str
    state: str
    platform: Platform


def begin(context: Context, request: LoginRequest, launch_url: str) -> Begun:
    """Begin a launch. Raises BadLaunch for a platform that is not registered, or one of several that is not named."""
    platform = _platform(context, request)
    if not request.login_hint:
        raise BadLaunch(_("The platform does not say who comes (login_hint)."))
    state, nonce = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    if request.storage_frame and _FRAME.fullmatch(request.storage_frame):
        state += _BEFORE_FRAME + request.storage_frame
    now = context.clock()
    with context.database.transaction() as tx:
        tx.lti_platforms.begin_login(digest(state), nonce, platform.id, now, now + LOGIN_LASTS)
    query = {
        "scope": "openid",
        "response_type": "id_token",
        "response_mode": "form_post",
        "prompt": "none",
        "client_id": platform.client_id,
        "redirect_uri": launch_url,
        "login_hint": request.login_hint,
        "state": state,
        "nonce": nonce,
    }
    if request.message_hint is not None:
        query["lti_message_hint"] = request.message_hint
    parts = urlsplit(platform.authorization_url)
    joined = "&".join(filter(None, (parts.query, urlencode(query))))
    return Begun(urlunsplit((parts.scheme, parts.netloc, parts.path, joined, "")), state, platform)


def storage_frame(state: str) -> str | None:
    """The frame in which the platform offered to keep this state; it is part of the state, which nobody can change."""
    return state.partition(_BEFORE_FRAME)[2] or None


def end(context: Context, state: str) -> tuple[BegunLogin, Platform]:
    """The launch that began with this state; it can come back once. Raises BadLaunch."""
    with context.database.transaction() as tx:
        begun = tx.lti_platforms.end_login(digest(state), context.clock())
        platform = tx.lti_platforms.by_id(begun.platform_id) if begun else None
    if begun is None or platform is None:
        raise BadLaunch(_("This launch was used already or took too long. Launch again from your course."))
    return begun, platform


def _platform(context: Context, request: LoginRequest) -> Platform:
    with context.database.reading() as tx:
        found = tx.lti_platforms.by_client(request.issuer, request.client_id)
    if len(found) == 1:
        return found[0]
    if found:
        raise BadLaunch(
            _(
                "{issuer} is registered here several times and does not say for which client it comes.",
                issuer=request.issuer,
            )
        )
    issuer = request.issuer or "(none)"
    if not request.client_id:
        raise BadLaunch(_("The platform {issuer} is not registered here. Ask your administrator.", issuer=issuer))
    raise BadLaunch(
        _(
            "The platform {issuer} with the client id {client} is not registered here. Ask your administrator.",
            issuer=issuer,
            client=request.client_id,
        )
    )
