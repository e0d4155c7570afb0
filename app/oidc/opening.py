"""The identity provider of the settings."""

from app.oidc.provider import Provider, Registration
from app.outgoing import Outgoing
from app.settings import Settings
from submissions.clock import Clock

CALLBACK_PATH = "/login/oidc/callback"


def opened_provider(settings: Settings, clock: Clock) -> Provider | None:
    """The provider that people may sign in with; None where the settings name none."""
    if not settings.oidc_issuer:
        return None
    registration = Registration(
        settings.oidc_issuer,
        settings.oidc_client_id,
        settings.oidc_client_secret,
        settings.public_origin + CALLBACK_PATH,
    )
    # The operator chose the issuer, so it may be on campus; addresses that it names are checked in provider.py.
    return Provider(registration, Outgoing(private=True), clock)
