"""Passwords, hashed with Argon2; an unknown e-mail costs the same time as a wrong password."""

import secrets

from pwdlib import PasswordHash
from pwdlib.exceptions import UnknownHashError

from app.errors import BadForm
from grader.translation import gettext as _

LEAST_LENGTH = 8
MOST_LENGTH = 1024  # hashing reads the whole password, so its length is work somebody else orders


class Passwords:
    """Hashes passwords and compares them."""

    def __init__(self, hasher: PasswordHash) -> None:
        self._hasher = hasher
        self._nobodys = hasher.hash(secrets.token_hex(16))

    @classmethod
    def recommended(cls) -> "Passwords":
        """Argon2id with pwdlib's recommended costs."""
        return cls(PasswordHash.recommended())

    def hash(self, password: str) -> str:
        """The hash to store. Raises BadForm for a password that is too short or too long."""
        if not LEAST_LENGTH <= len(password) <= MOST_LENGTH:
            raise BadForm(
                _(
                    "A password has at least {least} and at most {most} characters.",
                    least=LEAST_LENGTH,
                    most=MOST_LENGTH,
                ),
                "password",
            )
        return self._hasher.hash(password)

    def matches(self, password: str, stored: str | None) -> bool:
        """Whether `password` is the one behind `stored`; None (no such account) takes as long and says no."""
        try:
            right = self._hasher.verify(password[: MOST_LENGTH + 1], stored or self._nobodys)
        except UnknownHashError:
            return False
        return right and stored is not None

    def renewed(self, password: str, stored: str) -> str | None:
        """The hash to store instead of a right password's; None while it is made as it would be now."""
        now = self._hasher.current_hasher
        return None if now.identify(stored) and not now.check_needs_rehash(stored) else self._hasher.hash(password)
