"""`chainrule lti`: learning management systems that may launch us."""

import click

from app.commands.lti_registrations import change, check_address, invitations, remove
from app.commands.opening import opened_database
from app.lti import keys
from app.lti.registering import INVITATION_LASTS
from app.security.tokens import digest, new_secret
from app.settings import Settings, read_settings
from submissions.clock import system_clock


@click.group()
def lti() -> None:
    """Connect learning management systems (LTI 1.3)."""


@lti.command("tool")
def tool() -> None:
    """Print the addresses that an LMS asks for when Chainrule is added by hand."""
    settings = read_settings()
    origin = settings.public_origin
    for name, value in (
        ("Launch URL (target link, redirect)", f"{origin}/lti/launch"),
        ("Login URL (OpenID Connect initiation)", f"{origin}/lti/login"),
        ("Public keys (JWKS)", f"{origin}/lti/jwks"),
        ("Deep linking URL", f"{origin}/lti/launch"),
    ):
        click.echo(f"{name:40}{value}")
    _warn_of_no_address(settings)


@lti.command("invite")
@click.argument("name")
def invite(name: str) -> None:
    """Print a link with which the LMS called NAME registers itself, once (dynamic registration)."""
    settings = read_settings()
    secret, now = new_secret(), system_clock()
    with opened_database(settings) as database, database.transaction() as tx:
        tx.lti_platforms.invite(digest(secret), name, now + INVITATION_LASTS)
    click.echo(f"{settings.public_origin}/lti/register/{secret}")
    _warn_of_no_address(settings)


@lti.command("register")
@click.argument("name")
@click.option("--issuer", required=True, help="Platform ID, such as https://canvas.instructure.com.")
@click.option("--client-id", required=True, help="Client ID that the LMS gave to Chainrule.")
@click.option("--auth-url", required=True, help="Authentication request URL.")
@click.option("--token-url", required=True, help="Access token URL.")
@click.option("--jwks-url", required=True, help="Public keyset URL.")
@click.option(
    "--audience",
    default="",
    help="To whom requests for tokens are addressed, where the LMS names it (Brightspace); otherwise the token URL.",
)
@click.option(
    "--deployment", "deployments", multiple=True, help="Deployment ID that may launch; none named: every one."
)
def register(
    name: str,
    issuer: str,
    client_id: str,
    auth_url: str,
    token_url: str,
    jwks_url: str,
    audience: str,
    deployments: tuple[str, ...],
) -> None:
    """Register the LMS called NAME by hand, with what it shows after Chainrule was added there."""
    settings = read_settings()
    for option, url in (("--auth-url", auth_url), ("--token-url", token_url), ("--jwks-url", jwks_url)):
        check_address(settings, option, url)
    with opened_database(settings) as database, database.transaction() as tx:
        tx.lti_platforms.add(
            name, issuer, client_id, auth_url, token_url, jwks_url, deployments, system_clock(), audience
        )
    click.echo(f"{name} may launch Chainrule.")


@lti.command("renew-key")
@click.option("--forget", is_flag=True, help="Use and publish the old keys no longer from this moment on: they leaked.")
def renew_key(forget: bool) -> None:
    """Publish a new key, and sign with it in a day, when every LMS has seen it."""
    with opened_database(read_settings()) as database:
        made = keys.new_key(database, system_clock(), forget)
    click.echo(f"Signing with {made} {'from now on' if forget else 'in a day'}.")


@lti.command("list")
def list_platforms() -> None:
    """List the registered systems and how many scores they are owed."""
    with opened_database(read_settings()) as database, database.reading() as tx:
        for one in tx.lti_platforms.all():
            deployments = ", ".join(one.deployment_ids) or "every deployment"
            click.echo(f"{one.name}\t{one.issuer}\t{one.client_id}\t{deployments}")
        click.echo(f"{tx.lti_scores.owed()} scores are still to be sent.")


def _warn_of_no_address(settings: Settings) -> None:
    if not settings.public_url:
        click.echo(
            f"Warning: CHAINRULE_PUBLIC_URL is not set, so this begins with {settings.public_origin}, which no LMS on "
            "another machine can reach. Set it to the address that people use, and ask again.",
            err=True,
        )


for command in (change, remove, invitations):
    lti.add_command(command)
