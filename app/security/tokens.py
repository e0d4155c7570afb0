"""Opaque random secrets: what the bearer holds is never stored, only its SHA-256."""

import hashlib
import secrets
from enum import StrEnum

TOKEN_BYTES = 32
API_PREFIX = "cr_"  # lets a person, and a secret scanner, see what it is


class Scope(StrEnum):
    """What an API token may do, within what its owner may."""

    SUBMISSIONS_WRITE = "submissions:write"
    SUBMISSIONS_READ = "submissions:read"
    SUBMISSIONS_FOR_OTHERS = "submissions:for-others"
    GRADES_READ = "grades:read"
    GRADES_WRITE = "grades:write"
    ROSTER_READ = "roster:read"
    ROSTER_WRITE = "roster:write"
    COURSES_WRITE = "courses:write"


def digest(secret: str) -> str:
    """SHA-256 in hexadecimal. No salt is needed: the secret is 256 random bits, not a password."""
    return hashlib.sha256(secret.encode("utf-8", "surrogateescape")).hexdigest()


def new_secret() -> str:
    """256 random bits as text for a cookie or a form."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def new_api_token() -> str:
    """A new API token; shown once."""
    return API_PREFIX + new_secret()
