"""Links that carry a secret: made here, so that one file knows their form, and taken out of the logs."""

import re

from app.security.tokens import API_PREFIX

INVITATION_PATH = "/invitations"
RESET_PATH = "/reset"

_SECRETS = (
    # Also those of learning management systems, and in a query, where the slashes are written otherwise.
    re.compile(r"((?:/|%2F)(?:invitations|reset|register|window|questions)(?:/|%2F))[\w-]+", re.IGNORECASE),
    re.compile(rf"\b({API_PREFIX})[\w-]{{16,}}"),
    re.compile(r"\b((?:bearer|basic)\s+)[\w.~+/=-]{8,}", re.IGNORECASE),
    re.compile(r"\b((?:set-)?cookie\W+)[^\r\n]{8,}", re.IGNORECASE),
)


def invitation_link(origin: str, secret: str) -> str:
    """Where an invitation is accepted; `origin` is the address people use."""
    return f"{origin}{INVITATION_PATH}/{secret}"


def reset_link(origin: str, secret: str) -> str:
    """Where a new password is set."""
    return f"{origin}{RESET_PATH}/{secret}"


def without_secrets(words: str) -> str:
    """`words` without what opens anything: who reads a log must not be able to use the links and tokens in it."""
    for secret in _SECRETS:
        words = secret.sub(r"\1...", words)
    return words
