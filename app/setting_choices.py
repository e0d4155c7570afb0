"""Settings of which there are only a few values."""

from enum import StrEnum

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class Environment(StrEnum):
    """What this installation is for; production refuses demo accounts and the unsafe sandbox."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"


class SandboxLevel(StrEnum):
    """Which walls to put around student code; auto takes the strongest that holds."""

    AUTO = "auto"
    FULL = "full"
    CONTAINER = "container"
    UNSAFE = "unsafe"


class MailSecurity(StrEnum):
    """How the conversation with the mail server is encrypted."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


class LogFormat(StrEnum):
    """The form of a log line."""

    TEXT = "text"
    JSON = "json"


class MetricsAccess(StrEnum):
    """Who may read /metrics."""

    OFF = "off"
    LOOPBACK = "loopback"
    TOKEN = "token"  # noqa: S105  # a way to get in, not a secret
