"""Signing in and out: a random secret in a cookie, its hash in the database."""

from dataclasses import dataclass
from datetime import timedelta

from fastapi import Request, Response

from app.context import Context
from app.errors import WrongLogin
from app.security.tokens import digest, new_secret
from submissions.models import LoginSession


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A new sign-in: the secret for the cookie, and what it stands for."""

    secret: str
    session: LoginSession


def cookie_name(context: Context) -> str:
    """Name of the cookie; the __Host- prefix binds it to this host where https allows it."""
    return "__Host-chainrule" if context.settings.secure_cookies else "chainrule"


def frame_cookie_name(context: Context) -> str:
    """Name of the cookie of a session that lives in a frame of a learning management system."""
    return cookie_name(context) + "-frame"


def session_length(context: Context) -> timedelta:
    """How long a sign-in lasts."""
    return timedelta(hours=context.settings.session_hours)


def sign_in(context: Context, email: str, password: str, address: str) -> SignedIn:
    """Start a session for the account. `address` is the caller's, for the throttle.

    Raises WrongLogin, the same for an unknown e-mail as for a wrong password, or TooManyAttempts.
    """
    email = email.strip().lower()
    now = context.clock()
    context.throttle.check(email, address, now)
    with context.database.reading() as tx:
        found = tx.accounts.credentials(email)
    right = context.passwords.matches(password, found[1] if found else None)
    if found is None or not right:
        context.throttle.wrong(email, address, now)
        raise WrongLogin
    context.throttle.right(email, address)
    secret, csrf_token = new_secret(), new_secret()
    expires_at = now + session_length(context)
    with context.database.transaction() as tx:
        tx.accounts.start_session(found[0].id, digest(secret), csrf_token, now, expires_at)
    return SignedIn(secret, LoginSession(found[0], csrf_token, expires_at))


def sign_out(context: Context, request: Request) -> None:
    """End the session of this browser, if it has one."""
    with context.database.transaction() as tx:
        for secret in _secrets(context, request):
            tx.accounts.end_session(digest(secret))


@dataclass(frozen=True, slots=True)
class Current:
    """Who is signed in, and the origin in whose frame the session lives, if it does."""

    session: LoginSession
    frame_origin: str | None


def current_session(context: Context, request: Request) -> Current | None:
    """The session that the request's cookie stands for; None where there is none or it has ended."""
    secrets = _secrets(context, request)
    if not secrets:
        return None
    with context.database.reading() as tx:
        for secret in secrets:
            found = tx.accounts.session(digest(secret), context.clock())
            if found is not None:
                return Current(found, tx.lti_links.frame_origin(digest(secret)))
    return None


def _secrets(context: Context, request: Request) -> list[str]:
    """The secrets of this browser. Another site's frame gets only the cookie made for it; a window prefers its own."""
    names = (cookie_name(context), frame_cookie_name(context))
    return [request.cookies[name] for name in names if request.cookies.get(name)]


def set_cookie(context: Context, response: Response, signed_in: SignedIn) -> None:
    """Give the browser its secret: no script reads it, and no other site's form sends it."""
    response.set_cookie(
        cookie_name(context),
        signed_in.secret,
        max_age=int(context.settings.session_hours * 3600),
        path="/",
        secure=context.settings.secure_cookies,
        httponly=True,
        samesite="lax",
    )


def clear_cookie(context: Context, response: Response) -> None:
    """Take the secret back."""
    response.delete_cookie(
        cookie_name(context), path="/", secure=context.settings.secure_cookies, httponly=True, samesite="lax"
    )
