"""Signing in and out: a random secret in a cookie, its hash in the database."""

from dataclasses import dataclass
from datetime import timedelta

from fastapi import Request, Response

from app.context import Context
from app.errors import WrongLogin
from app.security.tokens import digest, new_secret
from submissions.database import Transaction
from submissions.models import LoginSession, User

SEEN_EVERY = timedelta(minutes=10)  # a session costs a write now and then, not one a page


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


def sign_in(context: Context, email: str, password: str, address: str, browser: str = "") -> SignedIn:
    """Start a session for the account. `address` is the caller's, for the throttle; `browser` what it calls itself.

    Raises WrongLogin, the same for an unknown e-mail as for a wrong password, or TooManyAttempts.
    """
    user = known_by_password(context, email, password, address)
    with context.database.transaction() as tx:
        return start(context, tx, user, browser)


def known_by_password(context: Context, email: str, password: str, address: str) -> User:
    """Whose password this is. Raises WrongLogin or TooManyAttempts."""
    email, now = email.strip().lower(), context.clock()
    with context.database.transaction() as tx:
        context.throttle.begin(tx, email, address, now)
        found = tx.accounts.credentials(email)
    user, stored = found or (None, None)
    right = context.passwords.matches(password, stored)
    if user is None or stored is None or not right:
        raise WrongLogin
    renewed = context.passwords.renewed(password, stored)
    with context.database.transaction() as tx:
        context.throttle.right(tx, email, address, now)
        if renewed is not None:
            tx.accounts.renew_password(user.id, stored, renewed)
    return user


def start(context: Context, tx: Transaction, user: User, browser: str) -> SignedIn:
    """A new session of `user`, in a transaction that may do more."""
    now, secret, csrf_token = context.clock(), new_secret(), new_secret()
    expires_at = now + session_length(context)
    tx.accounts.start_session(user.id, digest(secret), csrf_token, now, expires_at, browser)
    return SignedIn(secret, LoginSession(user, csrf_token, expires_at, digest(secret), now))


def sign_out(context: Context, request: Request) -> None:
    """End the session of this browser, if it has one."""
    with context.database.transaction() as tx:
        for secret in _secrets(context, request):
            tx.accounts.end_session(digest(secret))


@dataclass(frozen=True, slots=True)
class Current:
    """Who is signed in, and the origins in whose frames the session may live, separated by spaces; None: in none."""

    session: LoginSession
    frame_origin: str | None


def current_session(context: Context, request: Request) -> Current | None:
    """The session that the request's cookie stands for; None where there is none or it has ended."""
    secrets = _secrets(context, request)
    if not secrets:
        return None
    now = context.clock()
    with context.database.reading() as tx:
        found = next(filter(None, (tx.accounts.session(digest(secret), now) for secret in secrets)), None)
        frame_origin = tx.lti_links.frame_origin(found.key) if found else None
    if found is None:
        return None
    if found.last_seen_at is None or now - found.last_seen_at >= SEEN_EVERY:
        with context.database.transaction() as tx:
            tx.accounts.session_seen(found.key, now)
    return Current(found, frame_origin)


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


def caller(request: Request) -> tuple[str, str]:
    """Address and name of the browser that asks; both are what it, or a proxy in front of it, says."""
    return (request.client.host if request.client else "", request.headers.get("user-agent", ""))
