"""`chainrule lti change`, `remove` and `invitations`: what was registered, put right or taken back."""

from dataclasses import asdict, replace
from operator import attrgetter
from typing import Any

import click

from app.commands.opening import opened_database
from app.errors import BadForm, NotFound
from app.settings import Settings, read_settings
from submissions.actors import COMMAND_LINE
from submissions.clock import system_clock
from submissions.database import Transaction
from submissions.disconnecting import remove_platform
from submissions.lti import Platform
from submissions.repository.lti_endings import Ending


@click.command("change")
@click.argument("which")
@click.option("--name", help="What it is called here.")
@click.option("--issuer", help="Platform ID.")
@click.option("--client-id", help="Client ID that the LMS gave to Chainrule.")
@click.option("--auth-url", "authorization_url", help="Authentication request URL.")
@click.option("--token-url", help="Access token URL.")
@click.option("--jwks-url", help="Public keyset URL.")
@click.option("--audience", "token_audience", help="To whom requests for tokens are addressed; '' for the token URL.")
@click.option("--deployment", "deployments", multiple=True, help="Deployment ID that may launch, in place of those.")
@click.option("--add-deployment", "added", multiple=True, help="Deployment ID that may launch too.")
@click.option("--every-deployment", is_flag=True, help="Let every deployment of this client launch.")
def change(
    which: str, deployments: tuple[str, ...], added: tuple[str, ...], every_deployment: bool, **given: str | None
) -> None:
    """Put the registration of an LMS right. WHICH is its client ID, name or issuer: what only one has.

    What is not named stays. People and courses of the LMS stay connected: the ids that it gives must mean the same.
    """
    settings = read_settings()
    values: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    for name in ("authorization_url", "token_url", "jwks_url"):
        if name in values:
            check_address(settings, "--" + name.replace("authorization", "auth").replace("_", "-"), values[name])
    if bool(deployments) + bool(added) + every_deployment > 1:
        raise BadForm("Give one of --deployment, --add-deployment and --every-deployment.")
    empty = [name for name, value in values.items() if not value.strip() and name != "token_audience"]
    if empty:
        raise BadForm(f"--{empty[0].replace('_', '-')} is empty.")
    with opened_database(settings) as database, database.transaction() as tx:
        before = _platform(tx, which)
        after = replace(before, **values, deployment_ids=_deployments(before, deployments, added, every_deployment))
        changed = {
            name: (old, asdict(after)[name]) for name, old in asdict(before).items() if asdict(after)[name] != old
        }
        if not changed:
            raise BadForm("Nothing would change: say with the options what is to be different.")
        tx.lti_platforms.change(after)
        detail = {
            "by": COMMAND_LINE.name,
            "platform": before.id,
            **{name: new for name, (_old, new) in changed.items()},
        }
        tx.events.add("lti.platform_changed", system_clock(), detail=detail)
    for name, (old, new) in changed.items():
        click.echo(f"{name.replace('_', ' ')}: {_shown(old)} -> {_shown(new)}")


@click.command("remove")
@click.argument("which")
@click.option("--yes", is_flag=True, help="Do it; without this option it is only said what would end.")
def remove(which: str, yes: bool) -> None:
    """Let an LMS launch no longer and forget its courses, activities and people. WHICH as in `change`.

    Accounts, work and scores here stay, and so do the scores that the LMS has.
    """
    with opened_database(read_settings()) as database, database.transaction() as tx:
        platform = _platform(tx, which)
        if yes:
            ending = remove_platform(tx, platform, COMMAND_LINE, system_clock())
        else:
            ending = tx.lti_endings.of_platform(platform.id)
    click.echo(f"{platform.name}, {platform.issuer}, client {platform.client_id}: {_ending(ending, yes)}")
    if not yes:
        raise BadForm("Nothing is removed: ask again with --yes.")


@click.command("invitations")
@click.option("--withdraw", metavar="ID", help="End the one with this ID.")
def invitations(withdraw: str | None) -> None:
    """List the links of `chainrule lti invite` that can still be used: ID, name, until when."""
    now = system_clock()
    with opened_database(read_settings()) as database, database.transaction() as tx:
        if withdraw is not None:
            name = tx.lti_platforms.withdraw(withdraw, now)
            if name is None:
                raise NotFound(f"No open invitation has the ID {withdraw}.")
            click.echo(f"The invitation of {name} is withdrawn.")
            return
        found = tx.lti_platforms.invitations(now)
    for one in found:
        click.echo(f"{one.id}\t{one.name}\t{one.expires_at:%Y-%m-%d %H:%M} UTC")
    if not found:
        click.echo("No invitation is open.")


def check_address(settings: Settings, option: str, url: str) -> None:
    """Refuse an address that no request is sent to. Raises BadForm."""
    allowed = ("https://", "http://") if settings.private_platforms else ("https://",)
    if not url.startswith(allowed):
        raise BadForm(f"{option} must begin with {' or '.join(allowed)}, and {url} does not.")


def _platform(tx: Transaction, which: str) -> Platform:
    every = tx.lti_platforms.all()
    ways = ([one for one in every if which == said(one)] for said in map(attrgetter, ("client_id", "name", "issuer")))
    found = min((some for some in ways if some), key=len, default=[])
    if not found:
        raise NotFound(
            f"No LMS is registered with the client ID, name or issuer {which}: `chainrule lti list` shows all."
        )
    if len(found) > 1:
        known = ", ".join(f"{one.name} ({one.issuer}, client {one.client_id})" for one in found)
        raise BadForm(f"{which} is of several: {known}. Say a client ID, name or issuer that only one has.")
    return found[0]


def _deployments(before: Platform, instead: tuple[str, ...], added: tuple[str, ...], every: bool) -> tuple[str, ...]:
    if every:
        return ()
    if added and not before.deployment_ids:
        raise BadForm("Every deployment of this client may launch already: --deployment names the only ones that may.")
    return tuple(dict.fromkeys(instead or (*before.deployment_ids, *added)))


def _shown(value: object) -> str:
    if isinstance(value, tuple | list):
        return ", ".join(value) or "every deployment"
    return str(value) or "(none)"


def _ending(ending: Ending, done: bool) -> str:
    said = (
        f"{ending.courses} connected courses, {ending.links} activities and {ending.owed} scores still to be sent "
        f"{'ended' if done else 'would end'}."
    )
    locked = f" {ending.locked_out} accounts {'have' if done else 'would have'} no way in then: nobody set a password."
    return said + (locked if ending.locked_out else "")
