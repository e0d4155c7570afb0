"""Settings that need each other, or exclude each other."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from app.setting_choices import LOOPBACK, Environment, MailSecurity, MetricsAccess, SandboxLevel


def refuse_incomplete(values: Mapping[str, Any]) -> None:
    """Raise ValueError, with one sentence, for the first setting that stands without its partner."""
    if values["environment"] is Environment.PRODUCTION and values["sandbox"] is SandboxLevel.UNSAFE:
        raise ValueError("the unsafe sandbox is not for production")
    if values["smtp_host"] and not values["mail_from"]:
        raise ValueError("CHAINRULE_SMTP_HOST needs CHAINRULE_MAIL_FROM")
    if bool(values["smtp_user"]) != (values["smtp_password_file"] is not None):
        raise ValueError("CHAINRULE_SMTP_USER and CHAINRULE_SMTP_PASSWORD_FILE need each other")
    if values["smtp_user"] and values["smtp_security"] is MailSecurity.NONE:
        raise ValueError("CHAINRULE_SMTP_SECURITY=none would send the password in the clear")
    if bool(values["oidc_issuer"]) != bool(values["oidc_client_id"]):
        raise ValueError("CHAINRULE_OIDC_ISSUER and CHAINRULE_OIDC_CLIENT_ID need each other")
    if (values["metrics"] is MetricsAccess.TOKEN) != (values["metrics_token_file"] is not None):
        raise ValueError("CHAINRULE_METRICS=token and CHAINRULE_METRICS_TOKEN_FILE need each other")
    public_host = urlsplit(values["public_url"]).hostname
    if values["metrics"] is MetricsAccess.LOOPBACK and public_host and public_host not in LOOPBACK:
        # A proxy on this machine asks from loopback too, and nothing in what it asks need say so.
        raise ValueError("CHAINRULE_METRICS=loopback with a CHAINRULE_PUBLIC_URL is open to everybody: use token")
