"""Everything an operator may set, read once from the environment at the edge; the rest of the code is given values."""

import os
import re
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from app.email_address import is_sender
from app.errors import SettingsInvalid
from app.misspelt_settings import misspelt
from app.setting_choices import LOOPBACK, Environment, LogFormat, MailSecurity, MetricsAccess, SandboxLevel
from app.settings_together import refuse_incomplete
from submissions.uploads.intake import MAX_UPLOAD_BYTES

PREFIX = "CHAINRULE_"


__all__ = [
    "LOOPBACK",
    "PREFIX",
    "Environment",
    "LogFormat",
    "MailSecurity",
    "MetricsAccess",
    "SandboxLevel",
    "Settings",
    "read_settings",
]


class Settings(BaseSettings):
    """The settings; each is also an environment variable: CHAINRULE_ and its name in capitals."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, frozen=True, extra="forbid")

    environment: Environment = Field(
        default=Environment.DEVELOPMENT,
        description="`development` or `production`. Production refuses demo accounts and the unsafe sandbox.",
    )
    data_dir: Path = Field(default=Path("data"), description="Folder of the database and the secret key.")
    database_url: str = Field(
        default="", description="`postgresql://user:password@host/name`. Empty: `chainrule.sqlite3` in the data folder."
    )
    secret_key_file: Path | None = Field(
        default=None,
        description="File with the key that seeds are made from. Empty: `secret.key` in the data folder, made once.",
    )
    host: str = Field(default="127.0.0.1", min_length=1, description="Address to listen on.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port to listen on; 0 takes a free one.")
    public_url: str = Field(
        default="", description="The address people type, such as https://grade.example.org. Empty: http://HOST:PORT."
    )
    drain_seconds: float = Field(
        default=0.0,
        ge=0,
        le=300,
        description="How long a server that is told to end (SIGTERM) still answers while `/readyz` says that it "
        "drains, in seconds: time for a load balancer to look elsewhere.",
    )
    session_hours: float = Field(default=12.0, gt=0, le=24 * 90, description="How long a sign-in lasts, in hours.")
    upload_max_bytes: int = Field(
        default=MAX_UPLOAD_BYTES, ge=1024, le=MAX_UPLOAD_BYTES, description="Largest upload accepted, in bytes."
    )
    assignment_dirs: tuple[Path, ...] = Field(
        default=(), description="Folders with further assignments, as a JSON list of paths."
    )
    assignments: str = Field(
        default="", description="Further folders with assignments, separated as in PATH (by `:`; on Windows by `;`)."
    )
    translations: Path | None = Field(
        default=None,
        description="Folder with translations of the pages, such as `de/LC_MESSAGES/chainrule.mo`. A browser is "
        "answered in the language it asks for. Empty: English only.",
    )
    keep_files_days: int = Field(
        default=0,
        ge=0,
        le=36_500,
        description="Days after which what students handed in, and what it printed, is removed; scores and findings "
        "stay. 0: never.",
    )
    sandbox: SandboxLevel = Field(
        default=SandboxLevel.AUTO, description="`auto`, `full`, `container` or `unsafe` (development only)."
    )
    embedded_worker: bool = Field(
        default=True, description="Whether `serve` also grades. Off beside `chainrule worker`: `serve --workers 0`."
    )
    worker_slots: int = Field(
        default=1, ge=1, le=64, description="Gradings at a time in one worker; of several, one is kept for live ones."
    )
    worker_lease_seconds: float = Field(
        default=15.0,
        ge=1,
        le=300,
        description="How long a worker may be out of reach before its grading is given to another, in seconds.",
    )
    grading_wall_seconds: float = Field(
        default=1200.0,
        gt=0,
        le=24 * 3600,
        description="Wall time of one whole grading, in seconds. Passing it is our fault and is retried.",
    )
    login_attempts: int = Field(
        default=10,
        ge=1,
        description="Wrong passwords allowed for one e-mail from one address before a pause; five times as many from "
        "all addresses, twenty times as many for all e-mails from one.",
    )
    login_pause_seconds: float = Field(default=300.0, gt=0, le=1e6, description="How long that pause is, in seconds.")
    uploads_per_minute: int = Field(
        default=20,
        ge=0,
        description="How often a person may hand in on pages in a minute; more gets a 429. 0: without a limit.",
    )
    pages_per_minute: int = Field(
        default=600,
        ge=0,
        description="How many pages a person who is signed in may open in a minute. 0: without a limit.",
    )
    api_requests_per_minute: int = Field(
        default=600,
        ge=0,
        description="How often one API token may ask in a minute; more is answered with 429. 0: without a limit.",
    )
    private_platforms: bool = Field(
        default=False,
        description="Whether a learning management system or a webhook may be in a private network or on plain http; "
        "such addresses are refused otherwise.",
    )
    smtp_host: str = Field(
        default="", description="Server that invitations and password resets are mailed by. Empty: no mail is sent."
    )
    smtp_port: int = Field(default=587, ge=1, le=65535, description="Its port.")
    smtp_security: MailSecurity = Field(
        default=MailSecurity.STARTTLS,
        description="`starttls`, `tls` (usually port 465) or `none` (without a password only).",
    )
    smtp_user: str = Field(default="", description="Name to sign in to it with. Empty: without a sign-in.")
    smtp_password_file: Path | None = Field(default=None, description="File with the password for that name.")
    mail_from: str = Field(default="", description="Sender of the mail, such as Chainrule <grader@example.org>.")
    oidc_issuer: str = Field(
        default="",
        description="OpenID Connect provider to sign in with, such as https://login.example.org. Empty: none.",
    )
    oidc_client_id: str = Field(default="", description="What the provider calls this service.")
    oidc_client_secret_file: Path | None = Field(
        default=None, description="File with the secret that the provider gave. Empty: a public client, by PKCE alone."
    )
    oidc_name: str = Field(default="single sign-on", description='Name of the provider on the button "Sign in with".')
    oidc_new_accounts: bool = Field(
        default=False, description="Whether somebody with a verified e-mail and no account gets one."
    )
    oidc_domains: tuple[str, ...] = Field(
        default=(), description="Domains whose e-mails the provider may vouch for, as a JSON list. Empty: any."
    )
    metrics: MetricsAccess = Field(
        default=MetricsAccess.OFF,
        description="Who may read `/metrics`: `off` (nobody), `loopback` (programs on this machine; not where a proxy "
        "on it serves others: refused with a public URL elsewhere) or `token`.",
    )
    metrics_token_file: Path | None = Field(
        default=None, description="File with the token that a monitor sends as `Authorization: Bearer`."
    )
    worker_metrics_port: int | None = Field(
        default=None,
        ge=0,
        le=65535,
        description="Port on which `chainrule worker` answers `/metrics` and `/healthz`. Empty: none.",
    )
    otlp_endpoint: str = Field(
        default="",
        description="Collector that traces are sent to by OTLP over HTTP, such as http://collector:4318. Empty: none. "
        "Needs `pip install chainrule[tracing]`.",
    )
    log_level: str = Field(default="INFO", description="`DEBUG`, `INFO`, `WARNING` or `ERROR`.")
    log_format: LogFormat = Field(
        default=LogFormat.TEXT, description="`text`, or `json` with one object a line for machines that collect them."
    )

    @field_validator("log_level")
    @classmethod
    def _known_level(cls, value: str) -> str:
        if value.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
            raise ValueError("say DEBUG, INFO, WARNING or ERROR")
        return value.upper()

    @field_validator("public_url", "otlp_endpoint")
    @classmethod
    def _web_address(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("start it with http:// or https://")
        return value.rstrip("/")

    @field_validator("oidc_issuer")
    @classmethod
    def _issuer(cls, value: str) -> str:
        parts = urlsplit(value)
        secure = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
        if value and not (secure and parts.hostname and not parts.query and not parts.fragment):
            raise ValueError("an address that starts with https:// (http:// only on this machine)")
        return value

    @field_validator("oidc_domains")
    @classmethod
    def _domains(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if any("@" in domain or "." not in domain for domain in value):
            raise ValueError('domains such as ["example.org"]')
        return tuple(domain.lower() for domain in value)

    @field_validator("mail_from")
    @classmethod
    def _sender(cls, value: str) -> str:
        if value and not is_sender(value):
            raise ValueError("an e-mail address, with or without a name: Chainrule <grader@example.org>")
        return value

    @field_validator("smtp_password_file", "oidc_client_secret_file", "metrics_token_file")
    @classmethod
    def _readable(cls, value: Path | None) -> Path | None:
        if value is not None and not _secret_in(value):
            raise ValueError(f"{value} cannot be read or is empty")
        return value

    @model_validator(mode="after")
    def _complete(self) -> "Settings":
        refuse_incomplete(dict(self))
        return self

    @property
    def smtp_password(self) -> str:
        """The password for the mail server, read when it is needed; empty without one."""
        return _secret_in(self.smtp_password_file)

    @property
    def oidc_client_secret(self) -> str:
        """The secret of this service at the identity provider; empty for a public client."""
        return _secret_in(self.oidc_client_secret_file)

    @property
    def metrics_token(self) -> str:
        """What a monitor must send; empty without one."""
        return _secret_in(self.metrics_token_file)

    @property
    def assignment_folders(self) -> tuple[Path, ...]:
        """Every folder with further assignments, each once."""
        named = (Path(name) for name in self.assignments.split(os.pathsep) if name)
        return tuple(dict.fromkeys((*self.assignment_dirs, *named)))

    @property
    def database(self) -> str:
        """URL of the database, with the default filled in."""
        return self.database_url or f"sqlite:///{(self.data_dir / 'chainrule.sqlite3').absolute()}"

    @property
    def secret_key_path(self) -> Path:
        """Where the secret key is kept."""
        return self.secret_key_file or self.data_dir / "secret.key"

    @property
    def public_origin(self) -> str:
        """Scheme and host people use, without a path."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return self.public_url or f"http://{host}:{self.port}"

    @property
    def secure_cookies(self) -> bool:
        """Whether cookies may only travel over https."""
        return self.public_url.startswith("https://")


def read_settings(**overrides: object) -> Settings:
    """The settings from the environment, `overrides` first. Raises SettingsInvalid with every reason, one for each."""
    reasons = misspelt(os.environ, PREFIX, Settings.model_fields)
    settings = None
    try:
        settings = Settings(**{name: value for name, value in overrides.items() if value is not None})  # type: ignore[arg-type] # pydantic checks the values
    except ValidationError as error:
        reasons += [_reason(detail["loc"], detail["msg"]) for detail in error.errors()]
    except SettingsError as error:  # of the values that are JSON; it names the field and not what is wrong
        named = re.search(r'field "(\w+)"', str(error))
        reasons.append(_reason((named[1],) if named else (), 'write a JSON list, such as ["one", "two"]'))
    if settings is None or reasons:
        raise SettingsInvalid(tuple(reasons))
    return settings


def _reason(location: tuple[int | str, ...], message: str) -> str:
    name = PREFIX + str(location[0]).upper() if location else "settings"
    return f"{name}: {message.removeprefix('Value error, ')}"


def _secret_in(file: Path | None) -> str:
    try:
        return file.read_text().strip() if file else ""
    except (OSError, UnicodeDecodeError):
        return ""
