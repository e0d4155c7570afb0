"""People, their browser sessions and their API tokens. Tokens are stored as hashes, passwords as given: hashed."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, and_, bindparam, or_, select

from submissions.errors import EmailTaken
from submissions.models import ApiToken, BrowserSession, LoginSession, User
from submissions.schema.tables import api_tokens, login_sessions, users

USE_NOTED_EVERY = timedelta(minutes=1)
"""A token used on every request would write on every request; staff want to know the day, not the second."""

BROWSER_CHARACTERS = 200  # what is kept of the name that a browser gives itself

# Asked at every request, and so put together once.
_BY_ID = select(users).where(users.c.id == bindparam("of"))
_TOKEN = select(api_tokens).where(
    api_tokens.c.token_sha256 == bindparam("digest"),
    or_(api_tokens.c.expires_at.is_(None), api_tokens.c.expires_at > bindparam("now")),
)


class Accounts:
    """The accounts of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_user(
        self,
        email: str,
        name: str,
        password_hash: str | None,
        now: datetime,
        is_operator: bool = False,
        email_confirmed: bool = True,
    ) -> User:
        """A new account; `password_hash` None for people who come through an LMS or an identity provider.

        email_confirmed: False where nobody but the person says that the address is theirs. Raises EmailTaken.
        """
        user = User(uuid4().hex, _same_case(email), name, is_operator, now)
        if self.by_email(email) is not None:
            raise EmailTaken(user.email)
        self._connection.execute(
            users.insert().values(
                id=user.id,
                email=user.email,
                name=name,
                password_hash=password_hash,
                is_operator=is_operator,
                created_at=now,
                email_confirmed=email_confirmed,
            )
        )
        return user

    def credentials(self, email: str) -> tuple[User, str | None] | None:
        """The account with this address and its password hash."""
        row = self._connection.execute(select(users).where(users.c.email == _same_case(email))).one_or_none()
        return None if row is None else (user_of(row), row.password_hash)

    def by_id(self, user_id: str) -> User | None:
        """The account with this id."""
        row = self._connection.execute(_BY_ID, {"of": user_id}).one_or_none()
        return None if row is None else user_of(row)

    def by_email(self, email: str) -> User | None:
        """The account with this address, in whatever case it is written."""
        found = self.credentials(email)
        return None if found is None else found[0]

    def all(self) -> list[User]:
        """Every account, by address."""
        return [user_of(row) for row in self._connection.execute(select(users).order_by(users.c.email))]

    def set_password(self, user_id: str, password_hash: str | None) -> None:
        """Replace the password; end_sessions() is a separate decision, since who changes their own stays signed in."""
        self._connection.execute(users.update().where(users.c.id == user_id).values(password_hash=password_hash))

    def set_first_password(self, user_id: str, password_hash: str, confirmed: bool) -> bool:
        """The password of an account that has none; whether it had none. confirmed: whether the address is proved."""
        none_yet = (users.c.id == user_id) & users.c.password_hash.is_(None)
        values = {"password_hash": password_hash, "email_confirmed": confirmed}
        return self._connection.execute(users.update().where(none_yet).values(values)).rowcount == 1

    def renew_password(self, user_id: str, before: str, after: str) -> None:
        """Keep the same password hashed anew, unless it was changed meanwhile."""
        same = (users.c.id == user_id) & (users.c.password_hash == before)
        self._connection.execute(users.update().where(same).values(password_hash=after))

    def set_profile(self, user_id: str, name: str, time_zone: str | None) -> None:
        """Change what a person may change of themselves."""
        values = {"name": name, "time_zone": time_zone}
        self._connection.execute(users.update().where(users.c.id == user_id).values(values))

    def correct(self, user: User, name: str, email: str) -> User:
        """The same account under another name or address. Raises EmailTaken."""
        corrected = replace(user, name=name, email=_same_case(email))
        other = self.by_email(corrected.email)
        if other is not None and other.id != user.id:
            raise EmailTaken(corrected.email)
        values = {"name": name, "email": corrected.email}
        self._connection.execute(users.update().where(users.c.id == user.id).values(values))
        return corrected

    def set_operator(self, user_id: str, is_operator: bool) -> None:
        """Let somebody see and do everything in every course, or no longer."""
        self._connection.execute(users.update().where(users.c.id == user_id).values(is_operator=is_operator))

    def has_password(self, user_id: str) -> bool:
        """Whether somebody can sign in to this account with a password."""
        return self._connection.scalar(select(users.c.password_hash).where(users.c.id == user_id)) is not None

    def is_confirmed(self, user_id: str) -> bool:
        """Whether somebody other than the person says that the address of the account is theirs."""
        found = self._connection.execute(select(users.c.email_confirmed).where(users.c.id == user_id)).scalar()
        return bool(found)

    def owner_proved(self, user_id: str) -> None:
        """Somebody proved that the address of the account is theirs.

        If nobody had before, whoever made the account may have been another: their password, sessions and tokens end.
        """
        unproved = (users.c.id == user_id) & users.c.email_confirmed.is_(False)
        values = {"email_confirmed": True, "password_hash": None}
        if self._connection.execute(users.update().where(unproved).values(values)).rowcount:
            self.end_sessions(user_id)
            self._connection.execute(api_tokens.delete().where(api_tokens.c.user_id == user_id))

    def start_session(
        self,
        user_id: str,
        token_sha256: str,
        csrf_token: str,
        now: datetime,
        expires_at: datetime,
        browser: str = "",
    ) -> None:
        """Log a browser in; sessions that have expired are forgotten at this occasion."""
        self._connection.execute(login_sessions.delete().where(login_sessions.c.expires_at <= now))
        self._connection.execute(
            login_sessions.insert().values(
                token_sha256=token_sha256,
                user_id=user_id,
                csrf_token=csrf_token,
                created_at=now,
                expires_at=expires_at,
                browser=browser[:BROWSER_CHARACTERS],
                last_seen_at=now,
            )
        )

    def session(self, token_sha256: str, now: datetime) -> LoginSession | None:
        """The session of a cookie, unless it has expired."""
        row = self._connection.execute(
            select(users, login_sessions.c.csrf_token, login_sessions.c.expires_at, login_sessions.c.last_seen_at)
            .join(login_sessions, login_sessions.c.user_id == users.c.id)
            .where(login_sessions.c.token_sha256 == token_sha256, login_sessions.c.expires_at > now)
        ).one_or_none()
        if row is None:
            return None
        return LoginSession(user_of(row), row.csrf_token, row.expires_at, token_sha256, row.last_seen_at)

    def session_seen(self, token_sha256: str, now: datetime) -> None:
        """Remember that a session was used."""
        mine = login_sessions.c.token_sha256 == token_sha256
        self._connection.execute(login_sessions.update().where(mine).values(last_seen_at=now))

    def sessions(self, user_id: str, now: datetime) -> list[BrowserSession]:
        """Where a person is signed in, the newest first."""
        rows = self._connection.execute(
            select(login_sessions)
            .where(login_sessions.c.user_id == user_id, login_sessions.c.expires_at > now)
            .order_by(login_sessions.c.created_at.desc(), login_sessions.c.token_sha256)
        )
        return [
            BrowserSession(
                row.token_sha256, row.browser or "", row.created_at, row.last_seen_at or row.created_at, row.expires_at
            )
            for row in rows
        ]

    def end_session(self, token_sha256: str) -> None:
        """Log a browser out."""
        self._connection.execute(login_sessions.delete().where(login_sessions.c.token_sha256 == token_sha256))

    def end_sessions(self, user_id: str, keep: str = "", only: str = "") -> None:
        """Log a person out everywhere but in the session `keep`, or in the session `only` alone; see BrowserSession."""
        which = login_sessions.c.user_id == user_id
        if keep:
            which &= login_sessions.c.token_sha256 != keep
        if only:
            which &= login_sessions.c.token_sha256 == only
        self._connection.execute(login_sessions.delete().where(which))

    def add_token(
        self,
        user_id: str,
        name: str,
        token_sha256: str,
        scopes: frozenset[str],
        now: datetime,
        expires_at: datetime | None,
    ) -> ApiToken:
        """A new API token, known from now on by its hash only."""
        token = ApiToken(uuid4().hex, user_id, name, scopes, now, expires_at, None)
        self._connection.execute(
            api_tokens.insert().values(
                id=token.id,
                user_id=user_id,
                name=name,
                token_sha256=token_sha256,
                scopes=sorted(scopes),
                created_at=now,
                expires_at=expires_at,
            )
        )
        return token

    def token(self, token_sha256: str, now: datetime) -> tuple[ApiToken, User] | None:
        """The token with this hash and its owner, unless it has expired."""
        row = self._connection.execute(_TOKEN, {"digest": token_sha256, "now": now}).one_or_none()
        owner = None if row is None else self.by_id(row.user_id)
        return None if row is None or owner is None else (_token_of(row), owner)

    def token_used(self, token_id: str, now: datetime) -> None:
        """Remember that a token was used, to the minute."""
        stale = or_(api_tokens.c.last_used_at.is_(None), api_tokens.c.last_used_at <= now - USE_NOTED_EVERY)
        self._connection.execute(
            api_tokens.update().where(and_(api_tokens.c.id == token_id, stale)).values(last_used_at=now)
        )

    def tokens(self, user_id: str) -> list[ApiToken]:
        """A person's tokens, newest first, expired ones included."""
        rows = self._connection.execute(
            select(api_tokens)
            .where(api_tokens.c.user_id == user_id)
            .order_by(api_tokens.c.created_at.desc(), api_tokens.c.id)
        )
        return [_token_of(row) for row in rows]

    def revoke_token(self, token_id: str, user_id: str | None = None) -> None:
        """Forget a token at once; where `user_id` is given, only if it is theirs."""
        which = api_tokens.c.id == token_id
        if user_id is not None:
            which &= api_tokens.c.user_id == user_id
        self._connection.execute(api_tokens.delete().where(which))


def user_of(row: Row[Any]) -> User:
    """The user in a row that selects the users table."""
    return User(row.id, row.email, row.name, row.is_operator, row.created_at, row.time_zone)


def _token_of(row: Row[Any]) -> ApiToken:
    return ApiToken(
        row.id, row.user_id, row.name, frozenset(row.scopes), row.created_at, row.expires_at, row.last_used_at
    )


def _same_case(email: str) -> str:
    return email.strip().lower()
