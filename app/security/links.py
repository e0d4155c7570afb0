"""Links that carry a secret: made here, so that one file knows their form, and taken out of the logs."""

import logging
import re

INVITATION_PATH = "/invitations"
RESET_PATH = "/reset"

# Also those of learning management systems, and in a query, where the slashes are written otherwise.
_SECRET = re.compile(r"((?:/|%2F)(?:invitations|reset|register|window|questions)(?:/|%2F))[\w-]+", re.IGNORECASE)


def invitation_link(origin: str, secret: str) -> str:
    """Where an invitation is accepted; `origin` is the address people use."""
    return f"{origin}{INVITATION_PATH}/{secret}"


def reset_link(origin: str, secret: str) -> str:
    """Where a new password is set."""
    return f"{origin}{RESET_PATH}/{secret}"


class WithoutSecrets(logging.Filter):
    """Takes the secrets out of addresses in log lines: who reads a log must not be able to use the links in it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the line; it is always kept."""
        if isinstance(record.args, tuple):
            record.args = tuple(_hidden(value) if isinstance(value, str) else value for value in record.args)
        record.msg = _hidden(record.msg) if isinstance(record.msg, str) else record.msg
        return True


def _hidden(words: str) -> str:
    return _SECRET.sub(r"\1...", words)
