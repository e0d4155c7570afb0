"""Who does something, as the audit names them, where it is nobody with an account."""

from dataclasses import dataclass

from submissions.models import User


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody without an account; `name` is what the audit says."""

    name: str
    id: None = None


COMMAND_LINE = Actor("command line")
"""Whoever may run commands where the service runs: no role binds them, and every rule of a course does."""

By = User | Actor
